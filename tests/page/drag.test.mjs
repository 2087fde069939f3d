// Everything that can be dragged, by mouse, by finger and by keyboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { calm, drawn, inside, place, ready, reported, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** @param {Page} page */
const rho = (page) => inside(page, (figure) => figure.risks?.rho ?? NaN);
/** @param {Page} page */
const spectrum = (page) => inside(page, (figure) => [...figure.eigenvalues ?? []]);

test('ρ by mouse, anywhere on the plot', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const canvas = page.locator('.risk canvas[role=img]');
        const start = await place(canvas, 0.3, 0.3);
        await page.mouse.move(start.x, start.y);
        await page.mouse.down();
        const first = await rho(page);
        const seen = [first];
        for (const share of [0.4, 0.5, 0.6, 0.7]) {
            const { x, y } = await place(canvas, share, 0.9);
            await page.mouse.move(x, y);
            seen.push(await rho(page));
        }
        await page.mouse.up();
        assert.ok(first < 0.5);
        assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
        assert.equal(new Set(seen).size, seen.length);
        // The range is the same handle, and has the focus for the arrow keys.
        await page.keyboard.press('ArrowRight');
        assert.ok(await rho(page) > (seen.at(-1) ?? NaN));
        // A mouse that only passes by moves nothing.
        const before = await rho(page);
        await page.mouse.move(start.x, start.y);
        assert.equal(await rho(page), before);
    });
});

test('a bar by mouse', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const before = await spectrum(page);
        const widget = page.locator('.widget');
        const from = await place(widget, 0.06, 0.8);
        const to = await place(widget, 0.06, 0.5);
        await page.mouse.move(from.x, from.y);
        await page.mouse.down();
        await page.mouse.move(to.x, to.y, { steps: 5 });
        await page.mouse.up();
        const now = await spectrum(page);
        assert.notDeepEqual(now, before);
        const { multipliers } = await inside(page, (figure) => figure.state);
        assert.match(String(multipliers), /^[\d.,]+$/);
        await page.getByRole('button', { name: 'Undo edits' }).click();
        assert.deepEqual(await spectrum(page), before);
    });
});

/**
 * A finger that goes from one place to another.
 * @param {Page} page
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 */
async function swipe(page, from, to) {
    const client = await page.context().newCDPSession(page);
    const touch = (/** @type {'touchStart' | 'touchMove'} */ type, /** @type {{ x: number, y: number }} */ point) =>
        client.send('Input.dispatchTouchEvent', { type, touchPoints: [point] });
    await touch('touchStart', from);
    for (let step = 1; step <= 12; step += 1) {
        const share = step / 12;
        await touch('touchMove', {
            x: from.x + share * (to.x - from.x),
            y: from.y + share * (to.y - from.y),
        });
        await drawn(page);
    }
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await drawn(page);
}

const phone = { ...calm, hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } };

test('a finger across the plot drags ρ, and along the page scrolls it', async () => {
    await visit(browser, { context: phone }, async ({ page }) => {
        await ready(page);
        const canvas = page.locator('.risk canvas[role=img]');
        await place(canvas, 0.5, 0.5);
        const scrolled = () => page.evaluate(() => scrollY);
        const before = [await rho(page), await scrolled()];
        await swipe(page, await place(canvas, 0.4, 0.5), await place(canvas, 0.8, 0.52));
        const across = [await rho(page), await scrolled()];
        assert.ok((across[0] ?? 0) > 1, `ρ is ${across[0]}`);
        assert.equal(across[1], before[1]);
        const { x, y } = await place(canvas, 0.3, 0.9);
        await swipe(page, { x, y }, { x, y: y - 200 });
        await page.waitForFunction((before) => scrollY > before + 100, Number(across[1]));
        assert.equal(await rho(page), across[0]);
    });
});

test('a finger on a bar drags it', async () => {
    await visit(browser, { context: phone }, async ({ page }) => {
        await ready(page);
        const before = await spectrum(page);
        const widget = page.locator('.widget');
        const from = await place(widget, 0.2, 0.28);
        const scrolled = await page.evaluate(() => scrollY);
        await swipe(page, from, { x: from.x, y: from.y - 60 });
        assert.notDeepEqual(await spectrum(page), before);
        assert.equal(await page.evaluate(() => scrollY), scrolled);
    });
});

test('ρ by keyboard, and what it says', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const range = page.locator('input[name="rho"]');
        await range.focus();
        let last = await rho(page);
        for (const key of ['ArrowRight', 'ArrowUp', 'PageUp', 'End']) {
            await page.keyboard.press(key);
            const now = await rho(page);
            assert.ok(now > last, key);
            last = now;
        }
        assert.equal(last, 12);
        for (const key of ['ArrowLeft', 'ArrowDown', 'PageDown', 'Home']) {
            await page.keyboard.press(key);
            const now = await rho(page);
            assert.ok(now < last, key);
            last = now;
        }
        assert.equal(last, 0.01);
        assert.match(await range.getAttribute('aria-valuetext') ?? '', /ρ = 0\.01.*RF .*NT .*NN/);
        // An exact value has a field of its own.
        const number = page.locator('.rho').getByRole('spinbutton');
        await number.fill('0.3333');
        await number.press('Enter');
        assert.equal(await rho(page), 0.3333);
        await number.fill('-4');
        await number.press('Enter');
        assert.equal(await rho(page), 0.3333);
        assert.equal(await number.inputValue(), '0.3333');
        await page.getByText('rho is “-4”, but must be').waitFor();
    });
});

test('what is being typed stays while training has news, and counts once it is entered', async () => {
    await visit(browser, { address: '#v=1&dim=40&steps=1000000' }, async ({ page }) => {
        await reported(page);
        const number = page.locator('.rho').getByRole('spinbutton');
        await number.fill('0.25');
        const seen = await inside(page, ({ runs }) => runs.reduce((sum, { curve }) => sum + curve.length, 0));
        await until(page, ({ runs }, before) => runs.reduce((sum, { curve }) => sum + curve.length, 0) > before + 5, seen);
        // News is shown a moment after it has come: this has been when later news is there.
        await page.getByRole('button', { name: 'Pause' }).click({ trial: true });
        await drawn(page);
        assert.equal(await number.inputValue(), '0.25');
        assert.equal(await rho(page), 0.5);
        await number.press('Enter');
        assert.equal(await rho(page), 0.25);
    });
});

test('the bars by keyboard are one widget', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const before = await spectrum(page);
        const widget = page.locator('.widget');
        const said = async () => await widget.getAttribute('aria-valuetext') ?? '';
        await widget.focus();
        assert.match(await said(), /group 1 of 24/);
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
        assert.match(await said(), /group 3 of 24: factor 1,/);
        await page.keyboard.press('PageUp');
        assert.match(await said(), /group 3 of 24: factor 1\.5,/);
        await page.keyboard.press('ArrowDown');
        assert.match(await said(), /factor 1\.429/);
        assert.notDeepEqual(await spectrum(page), before);
        const [range, number] = [page.locator('.editor input[type="range"]'), page.locator('.editor input[type="number"]')];
        await number.fill('0');
        await number.press('Enter');
        assert.match(await said(), /group 3 of 24: factor 0,/);
        await range.fill('1');
        assert.match(await said(), /group 3 of 24: factor 1,/);
        assert.deepEqual(await spectrum(page), before);
        await widget.focus();
        await page.keyboard.press('End');
        assert.match(await said(), /group 24 of 24/);
        await page.keyboard.press('Home');
        assert.match(await said(), /group 1 of 24/);
    });
});
