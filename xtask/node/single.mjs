// Writes chapters of the site, or their figures alone, each as one file:
//
//     node xtask/node/single.mjs [--figure NAME] [--article] [--address URL] --output FILE|DIR/
//
// Into a directory, all chapters are written, under their names, so that they link each other there.

import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { partOf } from '../../www/parts.js';
import { compose } from '../../www/single/compose.js';
import { INSIDE, attributesIn } from '../../www/single/markup.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string} file From the repository's top. */
const text = (file) => readFile(path.join(ROOT, file), 'utf8');

/**
 * @typedef {object} Chapter
 * @property {string} name Of its file.
 * @property {string} html
 * @property {Record<string, string>} figure The attributes of its figure.
 */

/** Every page with a figure. @returns {Promise<Chapter[]>} */
async function chapters() {
    const names = (await readdir(ROOT)).filter((name) => name.endsWith('.html')).sort();
    const all = await Promise.all(names.map(async (name) => {
        const html = await text(name);
        const [, inside] = new RegExp(`<lazy-limits(${INSIDE})>`).exec(html) ?? [];
        return inside === undefined ? [] : [{ name, html, figure: attributesIn(inside) }];
    }));
    return all.flat();
}

/**
 * @param {Chapter} chapter
 * @param {object} options
 * @param {boolean} options.article
 * @param {string | undefined} options.address
 */
async function written({ name, html, figure: { id: _, results, ...attributes } }, { article, address }) {
    const part = partOf(attributes['figure'] ?? '');
    const base = address === undefined ? undefined : new URL(name, address).href;
    const pieces = {
        part,
        page: await text(`www/pkg/single/page-${part}.js`),
        worker: await text(`www/pkg/single/worker-${part}.js`),
        core: await readFile(path.join(ROOT, `www/pkg/${part}/lazy_limits_bg.wasm`)),
        qr: await readFile(path.join(ROOT, 'www/pkg/qr/qr_bg.wasm')),
    };
    return compose(pieces, {
        attributes,
        hash: '',
        results: results ? await text(results) : '',
        origin: base ?? '',
        home: address === undefined ? '' : new URL('.', address).href,
        ...article && { article: { html, index: 0, base, sheets: await sheets(html, base) } },
    });
}

/**
 * The texts of a page's style sheets, by the addresses that they have there.
 * @param {string} html
 * @param {string | undefined} base
 * @returns {Promise<Record<string, string>>}
 */
async function sheets(html, base) {
    const files = [...html.matchAll(/<link rel="stylesheet" href="([^"]*)"/g)].map(([, file = '']) => file);
    return Object.fromEntries(await Promise.all(files.map(async (file) => [base ? new URL(file, base).href : file, await text(file)])));
}

/** Writes what is asked for. */
async function main() {
    const { values: { figure, article = false, address, output = '' } } = parseArgs({
        options: { figure: { type: 'string' }, article: { type: 'boolean' }, address: { type: 'string' }, output: { type: 'string' } },
    });
    if (address !== undefined && !(/^https?:/.test(address) && URL.canParse(address))) {
        throw new Error(`address is “${address}”, but must be a whole one such as https://example.org/limits/`);
    }
    const all = await chapters();
    const isDirectory = /[\\/]$/.test(output) || await stat(output).then((found) => found.isDirectory(), () => false);
    const wanted = isDirectory && figure === undefined ? all : all.filter((chapter) => chapter.figure['figure'] === (figure ?? 'quadratic'));
    if (wanted.length === 0) {
        throw new Error(`figure is “${figure}”, but must be one of ${all.map((chapter) => chapter.figure['figure']).join(', ')}`);
    }
    await mkdir(isDirectory ? output : path.dirname(output), { recursive: true });
    for (const chapter of wanted) {
        const file = isDirectory ? path.join(output, chapter.name) : output;
        const html = await written(chapter, { article, address });
        await writeFile(file, html);
        console.log(`${Buffer.byteLength(html).toLocaleString('en')} bytes in ${file}`);
    }
}

await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
});
