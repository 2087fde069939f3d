// The modules of the package: few, minified, each beside what it asks for; what is of a part lies in a directory of its name.

import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What a page imports: names in the package, and files of www/. */
const ENTRIES = {
    'lazy-limits': 'lazy-limits.js',
    element: 'element.js',
    hash: 'hash.js',
    lesson: 'taught/lesson.js',
    single: 'single/save.js',
};

/** A file beside a module, as bundlers look for it: whole, but for the name of a part. */
const BESIDE = /new URL\((['`])([^'`]+)\1, import\.meta\.url\)/g;

/** The name of a part in an address. */
const PART = '${part}';

/**
 * Writes modules, workers and wasm files into a directory.
 * @param {string} www
 * @param {string} out
 * @param {object} options
 * @param {string} options.banner The first line of each module.
 * @param {string} options.cdn Where the package's files will lie, with a slash at its end.
 */
export async function writeModules(www, out, { banner, cdn }) {
    /** @type {typeof import('../../../www/parts.js')} */
    const { PARTS } = await import(pathToFileURL(path.join(www, 'parts.js')).href);
    const parts = Object.keys(PARTS);
    const isMade = (/** @type {string} */ file) => file.startsWith(path.join(www, 'pkg') + path.sep);
    /** What lies beside the modules, by its name there. @type {Map<string, string>} */
    const beside = new Map();
    /** @type {import('esbuild').BuildOptions} */
    const common = {
        bundle: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        banner: { js: banner },
        charset: 'utf8',
        legalComments: 'none',
        logLevel: 'warning',
    };
    await build({
        ...common,
        entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, path.join(www, file)])),
        outdir: out,
        splitting: true,
        // Modules in one directory: addresses are relative to the module that they stand in, and which that is only esbuild knows.
        chunkNames: '[name]-[hash]',
        plugins: [{
            name: 'flat addresses',
            setup: ({ onLoad }) => {
                onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
                    // The core's glue is asked for no address of its own.
                    if (isMade(file)) return undefined;
                    const module = file === path.join(www, 'place.js') ? path.join(www, '../npm/place.js') : file;
                    const text = (await readFile(module, 'utf8')).replaceAll('{{cdn}}', cdn);
                    return { contents: flat(text, module, parts, beside) };
                });
            },
        }],
    });
    for (const [name, file] of beside) {
        const copy = path.join(out, name);
        await mkdir(path.dirname(copy), { recursive: true });
        // A worker is whole in its one file: bundlers that know no workers copy it, as they do any other. What is in pkg is made already.
        if (name.endsWith('.js') && !isMade(file)) await build({ ...common, entryPoints: [file], outfile: copy });
        else await copyFile(file, copy);
    }
}

/**
 * A module with all addresses beside it, or in the directory of a part beside it.
 * @param {string} text
 * @param {string} module Where it lies.
 * @param {string[]} parts
 * @param {Map<string, string>} beside Is given the files, by their new names.
 */
function flat(text, module, parts, beside) {
    const moved = text.replace(BESIDE, (_, _quote, /** @type {string} */ address) => {
        const put = (/** @type {string} */ relative) => {
            const file = path.resolve(path.dirname(module), relative);
            const part = path.basename(path.dirname(file));
            // All parts have files of the same names.
            const name = parts.includes(part) ? `${part}/${path.basename(file)}` : path.basename(file);
            const other = beside.get(name) ?? file;
            if (other !== file) throw new Error(`${other} and ${file} would be one file in the package: give one of them another name`);
            beside.set(name, file);
            return `new URL('./${name}', import.meta.url)`;
        };
        if (!address.includes(PART)) return put(address);
        // Whole, as bundlers want them.
        return `{ ${parts.map((part) => `${part}: ${put(address.replaceAll(PART, part))}`).join(', ')} }[part]`;
    });
    if (/\$\{[^}]*\}[^'`]*`, import\.meta\.url/.test(moved)) throw new Error(`${module} has an address that is not whole, which bundlers would not find`);
    return moved;
}

/**
 * What a browser compares a file with, as `integrity` has it.
 * @param {string} file
 */
export async function integrity(file) {
    return `sha384-${createHash('sha384').update(await readFile(file)).digest('base64')}`;
}
