// Steps in a browser: our wasm against TensorFlow.js, each in a worker of its own, one after the other.
//
// `cargo xtask bench` runs this with CHROME, PEERS (the directory that npm installed them in), ROUNDS and SECONDS, and
// reads the line of JSON that it prints for each row.

import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const peers = path.resolve(process.env['PEERS'] ?? path.join(root, 'target/peers'));
const rounds = Number(process.env['ROUNDS'] ?? 3);
const seconds = Number(process.env['SECONDS'] ?? 0.5);

/** What is served, and from where. */
const places = {
    '/www/': path.join(root, 'www/'),
    '/tfjs/': path.join(peers, 'node_modules/@tensorflow/'),
    '/': import.meta.dirname,
};

const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

const server = createServer(({ url = '/' }, response) => {
    const [prefix, place] = Object.entries(places).find(([start]) => url.startsWith(start)) ?? ['/', root];
    const file = path.join(place, path.normalize(`/${url.slice(prefix.length)}`));
    const type = Object.entries(types).find(([end]) => file.endsWith(end))?.[1] ?? 'application/octet-stream';
    response.setHeader('Content-Type', type);
    createReadStream(file).on('error', () => response.writeHead(404).end()).pipe(response);
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
const address = server.address();
if (!address || typeof address === 'string') throw new Error('the server has no port');

const browser = await chromium.launch({
    executablePath: process.env['CHROME'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

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

try {
    const page = await browser.newPage();
    page.on('console', (message) => console.error(message.text()));
    await page.goto(`http://127.0.0.1:${address.port}/page.html`);
    for (const [dim, neurons] of [[100, 50], [450, 225], [450, 450]]) {
        const sides = [
            { name: 'ours', script: '/ours.worker.js', samples: '' },
            { name: 'its tf.randomNormal', script: '/tfjs.worker.js', samples: 'tf.randomNormal' },
            { name: 'samples by hand', script: '/tfjs.worker.js', samples: 'by hand' },
            { name: 'as usual', script: '/tfjs.worker.js', samples: 'usual' },
        ];
        /** @type {Record<string, number[]>} */
        const times = {};
        let version = '';
        for (const { name, script, samples } of sides) {
            const request = { op: 'prepare', dim, neurons, samples };
            const said = await page.evaluate(ask, { script, key: name, request });
            if (name !== 'ours') version = said;
        }
        for (let round = 0; round < rounds; round += 1) {
            for (const { name, script } of sides) {
                const request = { op: 'measure', seconds };
                (times[name] ??= []).push(await page.evaluate(ask, { script, key: name, request }));
            }
        }
        const medians = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
        console.log(JSON.stringify({ dim, neurons, version: `${version}, Chromium ${browser.version()}`, ms: medians }));
    }
} finally {
    await browser.close();
    server.close();
}
