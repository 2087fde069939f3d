// The package for npm as others get it: packed, installed, built into applications, and seen on a page.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pack } from '../../xtask/node/pack.mjs';
import { visit } from './browser.mjs';

/** @typedef {import('./figure.mjs').LazyLimits} LazyLimits */

/** Below the repository, so that applications find frameworks among its packages. */
const home = fileURLToPath(new URL('../../target/npm-tests', import.meta.url));

export const execute = promisify(execFile);

/** A figure so small that its runs end within a second or two. */
export const FIGURE = '<lazy-limits figure="quadratic" dim="12" steps="300" batch="20"></lazy-limits>';

/**
 * @typedef {object} Installed
 * @property {import('../../xtask/node/pack.mjs').Packed} packed
 * @property {string} directory Of the package in `node_modules`.
 * @property {(name: string, files: Record<string, string>) => Promise<string>} app Writes an application with the package
 *     among its own, and returns its directory.
 */

/**
 * Packs the package, and installs it from the tarball.
 * @param {string} name Of a directory of the tests of a file alone.
 * @returns {Promise<Installed>}
 */
export async function install(name) {
    const place = path.join(home, name);
    await rm(place, { recursive: true, force: true });
    const packed = await pack(path.join(place, 'packed'));
    const first = path.join(place, 'installed');
    await write(first, { 'package.json': '{ "private": true, "type": "module" }' });
    // npm is a script of the shell on Windows.
    const shell = process.platform === 'win32';
    await execute('npm', ['install', packed.tarball, '--offline', '--no-audit', '--no-fund'], { cwd: first, shell });
    return {
        packed,
        directory: path.join(first, 'node_modules/lazy-limits'),
        app: async (app, files) => {
            const directory = path.join(place, app);
            await cp(first, directory, { recursive: true });
            await write(directory, files);
            return directory;
        },
    };
}

/**
 * @param {string} directory
 * @param {Record<string, string>} files
 */
async function write(directory, files) {
    for (const [name, text] of Object.entries(files)) {
        const file = path.join(directory, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
    }
}

/** What browsers have to be told. */
const TYPES = /** @type {Record<string, string>} */ ({
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.wasm': 'application/wasm',
});

/**
 * Serves a directory to any origin while something is done.
 * @template Result
 * @param {string} directory
 * @param {(address: string) => Promise<Result>} work
 */
export async function served(directory, work) {
    const server = createServer(async ({ url = '/' }, response) => {
        const { pathname } = new URL(url, 'http://localhost');
        const file = path.join(directory, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
        try {
            const body = await readFile(file);
            const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
            response.writeHead(200, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' }).end(body);
        } catch {
            response.writeHead(404).end();
        }
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    try {
        return await work(`http://127.0.0.1:${port}/`);
    } finally {
        server.closeAllConnections();
        server.close();
    }
}

/**
 * A page around a figure. Its icon is empty: browsers ask for one.
 * @param {string} head
 * @param {string} [body]
 */
export function html(head, body = FIGURE) {
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>App</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
}

/**
 * Opens a page and sees that its figure is drawn and trains in workers of the kind that is expected, without a complaint.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {object} [options]
 * @param {string} [options.kind]
 * @param {(visit: import('./browser.mjs').Visit) => Promise<void>} [options.work] What else is done with it.
 */
export async function trains(browser, address, { kind = 'module', work } = {}) {
    await visit(browser, { address, context: { reducedMotion: 'reduce' } }, async (visit) => {
        const { page } = visit;
        await page.waitForFunction(() => customElements.get('lazy-limits') !== undefined);
        await page.waitForSelector('lazy-limits');
        await page.$eval('lazy-limits', async (figure) => {
            await /** @type {LazyLimits} */ (figure).ready;
            /** @type {LazyLimits} */ (figure).start();
        });
        await page.waitForFunction(() => /** @type {LazyLimits | null} */ (document.querySelector('lazy-limits'))?.runs.some(({ risk }) => risk !== null));
        const seen = await page.locator('lazy-limits').locator('.runs').getAttribute('data-kind');
        assert.equal(seen, kind);
        await work?.(visit);
    });
}
