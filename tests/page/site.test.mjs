// The site as it is shipped, its scripts bundled: each chapter does what it does from its sources, wherever the site lies.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, siteUrl, visit } from './browser.mjs';
import { CHAPTERS, finished, inside, loadedFirst, noteFirst, ready, stateOf, takesResults, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A place below the top of a host, which the site knows nothing of. */
const BELOW = new URL('some/prefix/', siteUrl).href;

for (const [where, root] of Object.entries({ 'at the top': siteUrl, 'below a prefix': BELOW })) {
    for (const [chapter, address] of Object.entries(CHAPTERS)) {
        test(`${chapter} ${where} is drawn, follows the hand, trains, has its results, and asks nobody else`, async () => {
            /** @type {string[]} */
            const asked = [];
            const before = async (/** @type {Page} */ page) => {
                page.context().on('request', (request) => asked.push(request.url()));
                if (root === siteUrl) return;
                await page.context().route(`${root}**`, async (route) => {
                    const address = new URL(route.request().url());
                    const file = address.href.slice(root.length).split('#')[0] ?? '';
                    await route.fulfill({ response: await route.fetch({ url: new URL(file, siteUrl).href }) });
                });
            };
            await visit(browser, { address: new URL(`${address}#${stateOf(chapter)}`, root).href, shipped: true, before }, async ({ page }) => {
                await ready(page);
                const colours = await inside(page, ({ shadowRoot }) => {
                    const canvas = /** @type {HTMLCanvasElement} */ (shadowRoot?.querySelector('.risk canvas[role=img]'));
                    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
                        .getImageData(0, 0, canvas.width, canvas.height);
                    return new Set(new Uint32Array(data.buffer)).size;
                });
                assert.ok(colours > 8, `${colours} colours`);
                if (takesResults(chapter)) await page.locator('lazy-limits .results.laid').waitFor();
                const state = await inside(page, (figure) => figure.hash);
                await page.locator('lazy-limits .main canvas[role=img]').click({ position: { x: 200, y: 120 } });
                await until(page, (figure, hash) => figure.hash !== hash, state);
                await finished(page);
                assert.equal(await page.locator('lazy-limits .runs').getAttribute('data-kind'), 'module');
                // Those of its links that lead to the site; each is there.
                const links = await page.locator('nav a').evaluateAll((all) => all.map((link) => /** @type {HTMLAnchorElement} */ (link).href));
                assert.deepEqual(links.map((link) => link.slice(0, root.length)), Object.keys(CHAPTERS).map(() => root));
                for (const link of links) {
                    const status = await page.evaluate((address) => fetch(address).then((response) => response.status), link);
                    assert.equal(status, 200, link);
                }
                const ahead = await page.locator('link[rel=modulepreload]').evaluateAll((all) =>
                    all.map((link) => /** @type {HTMLLinkElement} */ (link).href));
                const modules = asked.filter((one) => /\.js(\?|$)/.test(one));
                assert.ok(ahead.length > 0 && ahead.every((one) => modules.includes(one)));
                assert.deepEqual(asked.filter((one) => !one.startsWith(root)), []);
            });
        });
    }
}

for (const [chapter, address] of Object.entries(CHAPTERS)) test(`what is loaded ahead of ${chapter} is all that the first view needs, but for its worker`, async () => {
    await visit(browser, { address: new URL(address, siteUrl).href, context: { reducedMotion: 'reduce' }, before: noteFirst }, async ({ page }) => {
        const modules = (await loadedFirst(page)).map((file) => file.split('?')[0] ?? '').filter((file) => file.endsWith('.js'));
        assert.ok(modules.length > 3, modules.join());
        const ahead = await page.locator('link[rel=modulepreload]').evaluateAll((all) =>
            all.map((link) => /** @type {HTMLLinkElement} */ (link).href));
        const others = new Set(modules.filter((one) => !ahead.includes(one)).map((one) => new URL(one).pathname.replace(/-[A-Z0-9]{8}/, '')));
        assert.deepEqual([...others].filter((one) => !/worker\.js$/.test(one)), []);
        // Nobody loads another paper's.
        assert.equal(ahead.filter((one) => /\/lazy_limits(-\w+)?\.js$/.test(one)).length, 1);
    });
});
