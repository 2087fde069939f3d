// Bundles the page's scripts with esbuild:
//
//     node xtask/node/bundle.mjs single VERSION PART…    the scripts of a page that is one file, and the module for notebooks,
//                                                        into www/pkg/single
//     node xtask/node/bundle.mjs site DIR                the scripts and style sheets of a site, and links that load them ahead

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { partOf } from '../../www/parts.js';
import { INSIDE, attributesIn } from '../../www/single/markup.js';

/** @typedef {import('esbuild').Metafile} Metafile */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WWW = path.join(ROOT, 'www');

/** What is imported by its address, by pages and by those who embed the figure: these keep their names. */
const ENTRIES = ['article.js', 'early.js', 'embed.js', 'hash.js', 'host.js', 'lazy-limits.js', 'single/save.js', 'taught/lesson.js'];

/** Style sheets, of which pages name the files. */
const SHEETS = ['article.css', 'embed.css'];

/** @type {import('esbuild').BuildOptions} */
const common = { bundle: true, minify: true, charset: 'utf8', legalComments: 'none', logLevel: 'warning', absWorkingDir: ROOT };

/** The style sheet in `www/style.js` is a literal, which is minified as what it is. @type {import('esbuild').Plugin} */
const styles = {
    name: 'styles',
    setup(plugin) {
        plugin.onLoad({ filter: /[\\/]www[\\/]style\.js$/ }, async ({ path: file }) => {
            const source = await readFile(file, 'utf8');
            const [literal, written] = /\/\* css \*\/ `([^`]*)`/.exec(source) ?? [];
            assert.ok(literal && written !== undefined && !written.includes('${'), `${file} has no style sheet as a plain literal`);
            // As the program has it, escapes read.
            const sheet = /** @type {string} */ (new Function(`return \`${written}\``)());
            const { code } = await transform(sheet, { loader: 'css', minify: true, charset: 'utf8' });
            return { contents: source.replace(literal, () => JSON.stringify(code)), loader: 'js' };
        });
    },
};

/**
 * Modules in the place of others, all of www/.
 * @param {Record<string, string>} others
 * @returns {import('esbuild').Plugin}
 */
const standIns = (others) => ({
    name: 'stand-ins',
    setup(plugin) {
        plugin.onResolve({ filter: /\.js$/ }, ({ path: asked, importer, resolveDir }) => {
            const other = others[path.relative(WWW, path.resolve(resolveDir, asked)).replaceAll('\\', '/')];
            const file = other && path.join(WWW, other);
            // The one that stands for it may still ask for it.
            return file && file !== importer ? { path: file } : undefined;
        });
    },
});

/**
 * Leaves out what parts alone have: nobody calls it where there are none of their figures.
 * @param {string[]} parts
 * @returns {import('esbuild').Plugin}
 */
const without = (parts) => ({
    name: 'without',
    setup(plugin) {
        plugin.onLoad({ filter: /\.js$/ }, ({ path: file }) => {
            const [first = '', second = ''] = path.relative(WWW, file).split(path.sep);
            return parts.includes(first === 'pkg' ? second : first) ? { contents: '', loader: 'js' } : undefined;
        });
    },
});

/** What everything that is in one piece has in place of what fetches. */
const unfetched = { 'parts.js': 'single/parts.js', 'place.js': 'single/place.js' };

/** A single file takes what it needs from its document, */
const inlined = standIns({ ...unfetched, 'single/sources.js': 'single/inlined.js' });

/** and a module for notebooks from itself. */
const carried = standIns({ ...unfetched, 'single/sources.js': 'single/carried.js', 'single/inlined.js': 'single/carried.js' });

/**
 * Fills the module that holds what another carries.
 * @param {Record<string, string>} held
 * @returns {import('esbuild').Plugin}
 */
const holding = (held) => ({
    name: 'holding',
    setup(plugin) {
        plugin.onLoad({ filter: /[\\/]single[\\/]held\.js$/ }, () => ({ contents: `export const HELD = ${JSON.stringify(held)};`, loader: 'js' }));
    },
});

/**
 * Makes for each part the script of a page that is one file, and one for its workers.
 * @param {string} version Of the program.
 * @param {string[]} parts
 */
async function single(version, parts) {
    const licence = await readFile(path.join(ROOT, 'LICENSE-MIT'), 'utf8');
    const directory = path.join(WWW, 'pkg/single');
    /** @type {import('esbuild').BuildOptions} */
    // Of the rows that it replaces, nothing is called that would ask for an address.
    const classic = { ...common, format: 'iife', logOverride: { 'empty-import-meta': 'silent' } };
    const banner = { js: `/*! Lazy Limits ${version}.\n\n${licence.trim()}\n*/` };
    for (const part of parts) {
        await build({ ...classic, entryPoints: [`www/${part}/worker.js`], outfile: path.join(directory, `worker-${part}.js`) });
        await build({
            ...classic,
            entryPoints: ['www/single/page.js'],
            outfile: path.join(directory, `page-${part}.js`),
            plugins: [styles, inlined, without(parts.filter((other) => other !== part))],
            banner,
        });
    }
    const held = await carriedBy(directory, parts);
    const module = await build({
        ...classic,
        format: 'esm',
        entryPoints: ['www/single/widget.js'],
        plugins: [styles, carried, holding({ ...held, build: UNKNOWN })],
        banner,
        write: false,
    });
    const [{ text }] = /** @type {[import('esbuild').OutputFile]} */ (module.outputFiles);
    const digest = createHash('sha256').update(text).digest('hex').slice(0, UNKNOWN.length);
    // Last: when this is there, all are.
    await writeFile(path.join(directory, 'widget.js'), text.replace(UNKNOWN, digest));
}

/** Stands where the digest of a module will, which is of what that is without it. */
const UNKNOWN = '@digest-of-all@';

/**
 * What the module for notebooks carries, besides its own text.
 * @param {string} directory Where the scripts are.
 * @param {string[]} parts
 */
async function carriedBy(directory, parts) {
    const script = (/** @type {string} */ name) => readFile(path.join(directory, name), 'utf8');
    const wasm = (/** @type {string} */ name) => readFile(path.join(WWW, 'pkg', name), 'base64');
    /** @type {Record<string, string>} */
    const held = { qr: await wasm('qr/qr_bg.wasm') };
    for (const part of parts) {
        held[`core ${part}`] = await wasm(`${part}/lazy_limits_bg.wasm`);
        held[`page ${part}`] = await script(`page-${part}.js`);
        held[`worker ${part}`] = await script(`worker-${part}.js`);
    }
    return held;
}

/**
 * Puts the scripts into a site that has all other files already, minifies its style sheets, and lets its pages load ahead what
 * they need.
 * @param {string} directory
 */
async function site(directory) {
    const outdir = path.join(directory, 'www');
    const { metafile } = await build({
        ...common,
        format: 'esm',
        splitting: true,
        metafile: true,
        entryPoints: [...ENTRIES, ...await workers()].map((entry) => `www/${entry}`),
        outbase: 'www',
        outdir,
        chunkNames: '[name]-[hash]',
        plugins: [styles],
    });
    await checkAddresses(metafile, outdir);
    for (const sheet of SHEETS) {
        const file = path.join(outdir, sheet);
        const { code } = await transform(await readFile(file, 'utf8'), { loader: 'css', minify: true, charset: 'utf8' });
        await writeFile(file, code);
    }
    const pages = (await readdir(directory)).filter((name) => name.endsWith('.html'));
    for (const page of pages) {
        const file = path.join(directory, page);
        await writeFile(file, unindented(loadingAhead(await readFile(file, 'utf8'), metafile, directory)));
    }
}

/**
 * A page without the spaces at the beginning of its lines, which only those who write it see; what is preformatted keeps them.
 * @param {string} html
 */
function unindented(html) {
    return html.replace(/<pre\b[^]*?<\/pre>|\n[ \t]+/g, (found) => found.startsWith('<') ? found : '\n');
}

/** Scripts of workers, one a part that has one. */
async function workers() {
    const entries = await readdir(WWW, { withFileTypes: true });
    const directories = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const files = await Promise.all(directories.map(async (name) => (await readdir(path.join(WWW, name))).map((file) => `${name}/${file}`)));
    return files.flat().filter((file) => file.endsWith('/worker.js'));
}

/**
 * Code that finds files beside itself must have stayed in the directory that it was written for.
 * @param {Metafile} metafile
 * @param {string} outdir
 */
async function checkAddresses(metafile, outdir) {
    for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
        const now = path.relative(outdir, path.dirname(path.resolve(ROOT, output)));
        for (const input of Object.keys(inputs)) {
            const written = path.relative('www', path.dirname(input));
            if (now === written || !(await readFile(path.join(ROOT, input), 'utf8')).includes('import.meta.url')) continue;
            throw new Error(`${input} finds files by its own address, but was put into ${output}`);
        }
    }
}

/**
 * A page whose `modulepreload` links name the files that its scripts are made of.
 * @param {string} html
 * @param {Metafile} metafile
 * @param {string} directory
 */
function loadingAhead(html, metafile, directory) {
    const link = /^[ \t]*<link rel="modulepreload" href="[^"]*">\n/gm;
    const scripts = [...html.matchAll(/<script type="module"[^>]* src="([^"?]*)/g)].map(([, address = '']) => address);
    const { outputs } = metafile;
    const keys = new Map(Object.keys(outputs).map((key) => [path.relative(directory, path.resolve(ROOT, key)).replaceAll('\\', '/'), key]));
    const addresses = new Map([...keys].map(([address, key]) => [key, address]));
    const [, inside] = new RegExp(`<lazy-limits(${INSIDE})>`).exec(html) ?? [];
    // Which figure a page without one will show, it learns from its address.
    const glue = inside === undefined ? undefined : `www/pkg/${partOf(attributesIn(inside)['figure'] ?? '')}/`;
    /** @type {Set<string>} */
    const needed = new Set();
    const add = (/** @type {string} */ key) => {
        if (needed.has(key)) return;
        needed.add(key);
        for (const { path: imported, kind } of outputs[key]?.imports ?? []) {
            // The glue of its part is imported when the core is started, which is at once.
            if (kind === 'import-statement' || (glue && outputs[imported]?.entryPoint?.startsWith(glue))) add(imported);
        }
    };
    for (const script of scripts) {
        const key = keys.get(script);
        if (key === undefined) throw new Error(`a page loads ${script}, which is no entry: name it in xtask/node/bundle.mjs`);
        add(key);
    }
    const lines = [...needed].map((key) => `    <link rel="modulepreload" href="${addresses.get(key)}">\n`).join('');
    let isFirst = true;
    return html.replace(link, () => {
        const inserted = isFirst ? lines : '';
        isFirst = false;
        return inserted;
    });
}

const [what = '', first = '', ...others] = process.argv.slice(2);
if (what === 'single') await single(first, others);
else if (what === 'site') await site(path.resolve(first));
else throw new Error(`the first argument is “${what}”, but must be single or site`);
