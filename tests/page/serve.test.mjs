// What the development server gives, and what it does not.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { launch, url, visit } from './browser.mjs';

/**
 * Asks for exactly `path`, where `fetch` would first tidy it up.
 * @param {string} path
 * @param {string} [method]
 * @returns {Promise<http.IncomingMessage>}
 */
function ask(path, method = 'GET') {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
        const request = http.request({ hostname, port, path, method, agent: false }, (response) => {
            response.resume();
            response.on('end', () => resolve(response));
        });
        request.on('error', reject);
        request.end();
    });
}

const types = {
    '/': 'text/html; charset=utf-8',
    '/index.html': 'text/html; charset=utf-8',
    '/www/pkg/lazy/lazy_limits.js?query': 'text/javascript; charset=utf-8',
    '/www/pkg/lazy/lazy_limits_bg.wasm': 'application/wasm',
};
for (const [path, type] of Object.entries(types)) {
    test(`${path} is ${type}, open to other origins and never stale`, async () => {
        for (const method of ['GET', 'HEAD']) {
            const { statusCode, headers } = await ask(path, method);
            assert.equal(statusCode, 200);
            assert.equal(headers['content-type'], type);
            assert.equal(headers['access-control-allow-origin'], '*');
            assert.equal(headers['cache-control'], 'no-store');
        }
    });
}

const hidden = [
    '/Cargo.toml',
    '/src/lib.rs',
    '/.git/HEAD',
    '/target/webdriver.json',
    '/www',
    '/www/',
    '/www/../Cargo.toml',
    '/www/%2e%2e/Cargo.toml',
    '/www/..%2fCargo.toml',
    '/www/..%5cCargo.toml',
    '/../../etc/passwd',
    '//etc/passwd',
    '/www/%00',
    '/nothing',
];
for (const path of hidden) {
    test(`${path} is not there`, async () => {
        assert.equal((await ask(path)).statusCode, 404);
    });
}

test('nothing can be sent', async () => {
    assert.equal((await ask('/', 'POST')).statusCode, 405);
});

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

test('the wasm starts in a browser', async () => {
    await visit(browser, {}, async ({ page }) => {
        const started = await page.evaluate(async (glue) => {
            const { default: start } = await import(glue);
            return typeof (await start()).memory;
        }, `${url}www/pkg/lazy/lazy_limits.js`);
        assert.equal(started, 'object');
    });
});
