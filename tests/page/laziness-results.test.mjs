// Networks of a laziness that were trained elsewhere, laid over the figure on it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { embedded, inside, ready } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** @param {string} path From the top of the repository. */
const file = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What the page ships. @param {Page} page */
const ships = async (page) => {
    const body = await file('www/data/laziness.json');
    await page.route('**/www/data/laziness.json', (route) => route.fulfill({ contentType: 'application/json', body }));
};

const shipped = { body: '<lazy-limits figure="laziness" results="www/data/laziness.json"></lazy-limits>', before: ships };

/** @param {Page} page */
const numbers = (page) => inside(page, (figure) => figure.risks);

/** @param {Page} page @param {Record<string, number>} state */
const set = (page, state) => inside(page, (figure, wanted) => { figure.state = wanted; }, state);

/**
 * Waits until the picture is described like this: that takes a moment.
 * @param {Page} page @param {string} text
 */
const described = (page, text) => page.locator(`.risk canvas[role="img"][aria-label*="${text}"]`).waitFor();

test('the networks that the page ships are in front, beside the best ones', async () => {
    const { dots, exact } = JSON.parse(await file('www/data/laziness.json'));
    await embedded(browser, shipped, async ({ page }) => {
        const choice = page.getByRole('radio', { name: 'Earlier runs, d = 450' });
        await choice.waitFor();
        assert.ok(await choice.isChecked());
        /** @typedef {{ neurons: number, laziness: number, risk: number, movement: number, alignment: number }} Dot */
        const wanted = dots.find((/** @type {Dot} */ dot) => dot.neurons === 225 && dot.laziness === 1);
        const line = exact.find((/** @type {{ neurons: number }} */ { neurons }) => neurons === 225);
        const own = dots.filter((/** @type {Dot} */ { neurons }) => neurons === 225).length;
        const at = await numbers(page);
        assert.deepEqual([at?.['laziness'], at?.['rho'], at?.['neurons'], at?.['dim']], [1, 0.5, 225, 450]);
        assert.deepEqual(at?.['trained'], { lazy: wanted.risk, movement: wanted.movement, alignment: wanted.alignment });
        const index = line.laziness.indexOf(1);
        const { nt, lazy, movement, alignment } = at?.['exact'] ?? {};
        assert.deepEqual([nt, lazy, movement, alignment], [line.nt, line.risk[index], line.movement[index], line.alignment[index]]);
        await described(page, `of 225 neurons in 450 dimensions, and ${own} trained dots`);
        await page.getByText(/^200,000 steps of 100 samples\..* At ρ = .*: the nearest of them is shown\.$/).waitFor();
    });
});

test('at any ρ the nearest width is shown whole, and between its values no number is made up', async () => {
    await embedded(browser, shipped, async ({ page }) => {
        await page.locator('.results.laid').waitFor();
        const before = await numbers(page);
        await set(page, { rho: 0.55 });
        assert.deepEqual(await numbers(page), before);
        assert.equal(await inside(page, (figure) => figure.state['rho']), 0.55);
        await set(page, { rho: 0.9, laziness: 3 });
        const at = await numbers(page);
        assert.deepEqual([at?.['neurons'], at?.['rho'], at?.['dim']], [360, 0.8, 450]);
        assert.deepEqual([at?.['exact'].lazy, at?.['trained'].lazy], [null, null]);
        assert.ok(at?.['limit'].lazy > 0.02);
        await described(page, 'of 360 neurons in 450 dimensions');
        // Another target is of live runs, at the very width.
        await inside(page, (figure) => { figure.state = { spectrum: 'identity' }; });
        const live = await numbers(page);
        assert.deepEqual([live?.['neurons'], live?.['dim']], [58, 64]);
    });
});

/**
 * Opens a file of the reader's.
 * @param {Page} page @param {string} name @param {string} text
 */
const opens = (page, name, text) => page.locator('input[type="file"]').setInputFiles({
    name, mimeType: 'application/jsonl', buffer: Buffer.from(text),
});

test('records of networks of a laziness are shown where they belong', async () => {
    const text = await file('tests/page/data/lazy.jsonl');
    const [first] = text.split('\n').map((line) => line && JSON.parse(line));
    await embedded(browser, { body: '<lazy-limits figure="laziness"></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        await opens(page, 'lazy.jsonl', text);
        await page.getByRole('radio', { name: 'lazy.jsonl, d = 8' }).waitFor();
        await set(page, { laziness: 0.5 });
        const at = await numbers(page);
        assert.deepEqual([at?.['neurons'], at?.['dim'], at?.['trained'].lazy], [4, 8, first.final]);
        await page.getByText('30 steps of 100 samples. At ρ = 0.5 alone.').waitFor();
    });
    await embedded(browser, { body: '<lazy-limits></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        await opens(page, 'lazy.jsonl', text);
        await page.getByText('lazy.jsonl cannot be shown: its networks have a laziness, which is for the figure “laziness”.').waitFor();
    });
});
