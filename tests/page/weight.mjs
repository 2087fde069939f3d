// What a reader downloads before a figure stands: everything that the first view of a page loads, workers included, as a
// server would send it.

import { brotliCompressSync, gzipSync } from 'node:zlib';
import { open } from './browser.mjs';
import { inside, loadedFirst, noteFirst, reported } from './figure.mjs';

/** Bytes in brotli that no page may exceed. */
export const GOAL = 250_000;

/** Of what is asked for once the figure stands, what belongs to it: the rest is results, and what paper takes. */
const WANTED = /\/worker\.js$|\/lazy_limits\w*\.wasm$|\/icon\.svg$/;

/**
 * @typedef {object} Weight
 * @property {string} path
 * @property {number} raw
 * @property {number} gzip
 * @property {number} brotli
 * @property {boolean} isLater Whether it comes after the first figure.
 */

/**
 * The files that the first view of a page loads, by path; what the bundler adds to a name is left out.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address Relative to the served page, or a whole one.
 * @returns {Promise<Weight[]>}
 */
export async function weigh(browser, address) {
    /** @type {Map<string, Promise<Buffer>>} */
    const loaded = new Map();
    const { page, close } = await open(browser, {
        address,
        shipped: true,
        before: async (page) => {
            await noteFirst(page);
            page.context().on('response', (response) => {
                const body = response.body();
                // What is still on its way when the page is closed is none of the first view's.
                body.catch(() => {});
                loaded.set(new URL(response.url()).pathname, body);
            });
        },
    });
    // Workers are there once one of them has reported; what the page loads by itself is there when the network rests.
    const first = new Set([page.url(), ...await loadedFirst(page)].map((file) => new URL(file).pathname));
    await inside(page, (figure) => figure.start());
    await reported(page);
    await page.waitForLoadState('networkidle');
    /** What a worker imports, which no list of the page's has. @type {Set<string>} */
    const ofWorkers = new Set();
    for (const [path, body] of loaded) {
        if (!path.endsWith('/worker.js')) continue;
        for (const [, name = ''] of (await body).toString().matchAll(/(?:from|import)\s*"([^"]+)"/g)) {
            ofWorkers.add(new URL(name, new URL(path, page.url())).pathname);
        }
    }
    const weights = [];
    for (const [path, body] of [...loaded].sort(([one], [other]) => one.localeCompare(other))) {
        const bytes = await body;
        weights.push({
            path: path.replace(/-[A-Z0-9]{8}(?=\.js$)/, ''),
            raw: bytes.length,
            gzip: gzipSync(bytes).length,
            brotli: brotliCompressSync(bytes).length,
            isLater: !first.has(path) && !ofWorkers.has(path) && !WANTED.test(path),
        });
    }
    await close();
    return weights;
}

/**
 * What all that counts weighs in brotli.
 * @param {Weight[]} weights
 */
export function total(weights) {
    return weights.reduce((sum, { brotli, isLater }) => sum + (isLater ? 0 : brotli), 0);
}
