// A page with workers, for measuring in a headless browser.

import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const peers = path.resolve(process.env['PEERS'] ?? path.join(root, 'target/peers'));
/** Times that each side has its turn. */
export const rounds = Number(process.env['ROUNDS'] ?? 3);
/** Seconds of a turn. */
export const seconds = Number(process.env['SECONDS'] ?? 0.5);

/** What is served, and from where. */
const places = {
    '/www/': path.join(root, 'www/'),
    '/tfjs/': path.join(peers, 'node_modules/@tensorflow/'),
    '/': import.meta.dirname,
};

const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Sent with every answer. @type {Record<string, string>} */
let headers = {};

const server = createServer(({ url = '/' }, response) => {
    const [prefix, place] = Object.entries(places).find(([start]) => url.startsWith(start)) ?? ['/', root];
    const file = path.join(place, path.normalize(`/${url.slice(prefix.length)}`));
    const type = Object.entries(types).find(([end]) => file.endsWith(end))?.[1] ?? 'application/octet-stream';
    response.setHeaders(new Map(Object.entries({ ...headers, 'Content-Type': type })));
    createReadStream(file).on('error', () => response.writeHead(404).end()).pipe(response);
});

/** @param {number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/**
 * Asks a worker of the page; the first time, starts it.
 * @param {{ script: string, key: string, request: object }} question
 * @returns {Promise<any>}
 */
function ask({ script, key, request }) {
    const workers = /** @type {Record<string, Worker>} */ (/** @type {any} */ (globalThis).workers ??= {});
    /** @param {Worker} worker */
    const answer = (worker) => new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(`${script}: ${message}`));
    });
    const known = workers[key];
    const worker = known ?? new Worker(script, script.startsWith('/ours') ? { type: 'module' } : {});
    workers[key] = worker;
    const loaded = known ? Promise.resolve() : answer(worker);
    return loaded.then(() => {
        const promise = answer(worker);
        worker.postMessage(request);
        return promise;
    });
}

/** @typedef {(script: string, key: string, request: object) => Promise<any>} Ask What asks the worker of that key. */

/**
 * Opens the page, does something with its workers, and closes it.
 * @param {(ask: Ask, version: string) => Promise<void>} work
 * @param {{ isolated?: boolean }} [how] Isolated from other origins a page has a clock of microseconds.
 */
export async function inPage(work, { isolated = false } = {}) {
    if (isolated) headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('the server has no port');
    const browser = await chromium.launch({
        executablePath: process.env['CHROME'] ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    });
    try {
        const page = await browser.newPage();
        page.on('console', (message) => console.error(message.text()));
        await page.goto(`http://127.0.0.1:${address.port}/page.html`);
        await work(
            (script, key, request) => page.evaluate(ask, { script, key, request }),
            `Chromium ${browser.version()}`,
        );
    } finally {
        await browser.close();
        server.close();
    }
}
