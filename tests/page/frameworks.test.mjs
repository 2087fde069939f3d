// The snippets of the documentation, each in its framework: mounted, changed from both sides, and unmounted.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { launch, url, visit } from './browser.mjs';
import { calm } from './figure.mjs';
import { DEFINITIONS, FRAMEWORKS, snippet } from './frameworks.mjs';

/** @typedef {import('./figure.mjs').LazyLimits} LazyLimits */
/** @typedef {import('./frameworks.mjs').Framework} Framework */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** @param {Framework} framework */
async function bundle({ code, compile: translate = (text) => text, mount, jsx }) {
    const contents = translate(await code());
    const resolveDir = fileURLToPath(new URL('.', import.meta.url));
    const { outputFiles } = await build({
        stdin: { contents: mount, resolveDir },
        bundle: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        define: DEFINITIONS,
        jsx: 'automatic',
        jsxImportSource: jsx ?? 'react',
        logLevel: 'error',
        plugins: [{
            name: 'snippet',
            setup: (build) => {
                build.onResolve({ filter: /^snippet$/ }, ({ path }) => ({ path, namespace: 'snippet' }));
                build.onLoad({ filter: /.*/, namespace: 'snippet' }, () => ({ contents, loader: jsx ? 'jsx' : 'js', resolveDir }));
            },
        }],
    });
    return outputFiles[0]?.text ?? '';
}

const ORDERS = { 'the module before it': ['lazy-limits.js', 'app'], 'the module after it': ['app', 'lazy-limits.js'] };

for (const [name, framework] of Object.entries(FRAMEWORKS)) {
    for (const [how, order] of Object.entries(ORDERS)) {
        test(`the snippet for ${name}, ${how}`, async () => {
            const app = await bundle(framework);
            const address = new URL('framework.html', url).href;
            const before = async (/** @type {import('playwright-core').Page} */ page) => {
                await page.route('**/app.js', (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: app }));
                await page.route(address, (route) => route.fulfill({
                    contentType: 'text/html; charset=utf-8',
                    body: `<!doctype html><html lang="en"><title>${name}</title><link rel="icon" href="www/icon.svg"><div id="app"></div>`,
                }));
            };
            await visit(browser, { address, context: calm, before }, async ({ page }) => {
                for (const module of order) {
                    await page.addScriptTag({ type: 'module', url: module === 'app' ? '/app.js' : `/www/${module}` });
                }
                const figure = page.locator('lazy-limits');
                const read = () => figure.evaluate(async (/** @type {LazyLimits} */ element) => {
                    await customElements.whenDefined('lazy-limits');
                    await element.ready;
                    return [element.rho, element.spectrum, element.hash, element.shadowRoot?.querySelector('.notice')?.textContent];
                });
                assert.deepEqual(await read(), [0.5, 'spiked:8', 'v=1&spectrum=spiked:8', '']);

                const range = page.locator('input[type="range"][min="0.05"]');
                await range.fill('1');
                await page.waitForFunction((element) => /** @type {LazyLimits} */ (element).rho === 1, await figure.elementHandle());
                assert.deepEqual(await read(), [1, 'spiked:8', 'v=1&rho=1&spectrum=spiked:8', '']);

                const handle = /** @type {import('playwright-core').ElementHandle<HTMLInputElement>} */ (await range.elementHandle());
                await figure.locator('.rho').getByRole('spinbutton').fill('0.25');
                await page.keyboard.press('Enter');
                await page.waitForFunction((input) => input.value === '0.25', handle);
                assert.deepEqual(await read(), [0.25, 'spiked:8', 'v=1&rho=0.25&spectrum=spiked:8', '']);

                await page.evaluate(() => /** @type {any} */ (globalThis).unmount());
                await figure.waitFor({ state: 'detached' });
                // What it still has to say it says now.
                await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }));
            });
        });
    }
}

for (const [file, heading, figures] of /** @type {const} */ ([['README.md', '**Embed it**', 4], ['docs/embedding.md', '## Put it on a page', 1]])) {
    test(`the HTML of ${file}`, async () => {
        const body = await snippet(file, heading, 'html');
        const address = new URL('plain.html', url).href;
        const before = async (/** @type {import('playwright-core').Page} */ page) => {
            await page.route(address, (route) => route.fulfill({
                contentType: 'text/html; charset=utf-8',
                body: `<!doctype html><html lang="en"><title>Plain</title><link rel="icon" href="www/icon.svg">${body}`,
            }));
        };
        await visit(browser, { address, context: calm, before }, async ({ page }) => {
            const seen = await page.evaluate(async () => {
                await customElements.whenDefined('lazy-limits');
                const all = /** @type {LazyLimits[]} */ ([...document.querySelectorAll('lazy-limits')]);
                await Promise.all(all.map((element) => element.ready));
                return all.map((element) => element.getAttributeNames().every((name) => String(/** @type {any} */ (element)[name]) === element.getAttribute(name)));
            });
            assert.deepEqual(seen, Array(figures).fill(true));
        });
    });
}
