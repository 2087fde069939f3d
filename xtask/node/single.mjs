// Writes chapters of the site, or their figures alone, each as one file:
//
//     node xtask/node/single.mjs [--figure NAME] [--lesson FILE] [--article] [--address URL] --output FILE|DIR/
//
// Into a directory, all chapters are written, under their names, so that they link each other there.

import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { partOf } from '../../www/parts.js';
import { compose } from '../../www/single/compose.js';
import { INSIDE, attributesIn } from '../../www/single/markup.js';
import { checkValues } from '../../www/taught/check.js';
import { readLesson } from '../../www/taught/format.js';

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
 * A lesson in a file, checked.
 * @param {string} file
 * @returns {Promise<import('../../www/taught/format.js').Lesson>}
 */
async function lessonIn(file) {
    try {
        const lesson = readLesson(JSON.parse(await readFile(file, 'utf8')));
        const pkg = `www/pkg/${partOf(lesson.figure)}`;
        const glue = await import(new URL(`../../${pkg}/lazy_limits.js`, import.meta.url).href);
        glue.initSync({ module: await readFile(path.join(ROOT, pkg, 'lazy_limits_bg.wasm')) });
        checkValues(lesson, glue);
        return lesson;
    } catch (error) {
        throw new Error(`the lesson in ${file} cannot be given: ${error instanceof Error ? error.message : error}`);
    }
}

/**
 * @param {Chapter} chapter
 * @param {object} options
 * @param {object | undefined} options.lesson
 * @param {boolean} options.article
 * @param {string | undefined} options.address
 */
async function written({ name, html, figure: { id: _, results, ...attributes } }, { lesson, article, address }) {
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
        lesson: lesson ? JSON.stringify(lesson) : '',
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
    const { values: { figure: named, lesson: file, article = false, address, output = '' } } = parseArgs({
        options: {
            figure: { type: 'string' },
            lesson: { type: 'string' },
            article: { type: 'boolean' },
            address: { type: 'string' },
            output: { type: 'string' },
        },
    });
    if (address !== undefined && !(/^https?:/.test(address) && URL.canParse(address))) {
        throw new Error(`address is “${address}”, but must be a whole one such as https://example.org/limits/`);
    }
    const lesson = file === undefined ? undefined : await lessonIn(file);
    if (lesson && named !== undefined && named !== lesson.figure) {
        throw new Error(`figure is “${named}”, but must be “${lesson.figure}”, which the lesson is about`);
    }
    const figure = lesson?.figure ?? named;
    const all = await chapters();
    const isDirectory = /[\\/]$/.test(output) || await stat(output).then((found) => found.isDirectory(), () => false);
    const wanted = isDirectory && figure === undefined ? all : all.filter((chapter) => chapter.figure['figure'] === (figure ?? 'quadratic'));
    if (wanted.length === 0) {
        throw new Error(`figure is “${figure}”, but must be one of ${all.map((chapter) => chapter.figure['figure']).join(', ')}`);
    }
    await mkdir(isDirectory ? output : path.dirname(output), { recursive: true });
    for (const chapter of wanted) {
        const file = isDirectory ? path.join(output, chapter.name) : output;
        const html = await written(chapter, { lesson, article, address });
        await writeFile(file, html);
        console.log(`${Buffer.byteLength(html).toLocaleString('en')} bytes in ${file}`);
    }
}

await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
});
