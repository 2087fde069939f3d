// Neurons as arrows: they move while networks train, and their plane is chosen by keyboard, mouse and address.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, visit } from './browser.mjs';
import { SMALL, calm, drawn, embedded, finished, inside, place, ready, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** So long that no test sees its end. */
const LONG = 'v=1&dim=12&rho=0.5&steps=1000000';

/**
 * The neurons of a network, each where it started and where it is.
 * @param {Page} page
 * @param {string} name As in the table.
 * @returns {Promise<{ start: string[], now: string[] }[]>}
 */
function neurons(page, name) {
    return inside(page, (figure, asked) => {
        const { explorable } = /** @type {any} */ (figure)[Symbol.for('lazy-limits shown')];
        const rows = /** @type {string[][]} */ (explorable.table('arrows').rows).filter(([network]) => network === asked);
        return rows.map((row) => ({ start: row.slice(2, 4), now: row.slice(4, 6) }));
    }, name);
}

/** @param {Page} page */
function picture(page) {
    return inside(page, ({ shadowRoot }) =>
        /** @type {HTMLCanvasElement | null} */ (shadowRoot?.querySelector('.arrows canvas'))?.toDataURL() ?? '');
}

/**
 * Waits until the picture is another than that.
 * @param {Page} page
 * @param {string} before
 */
async function redrawn(page, before) {
    await until(page, ({ shadowRoot }, old) =>
        /** @type {HTMLCanvasElement | null} */ (shadowRoot?.querySelector('.arrows canvas'))?.toDataURL() !== old, before);
}

/** @param {Page} page */
const plane = (page) => inside(page, (figure) => figure['plane']);
/** @param {Page} page @param {string} name */
const range = (page, name) => page.getByRole('slider', { name: `Eigenvector ${name}`, exact: true });

test('arrows start where networks do, those of NT and NN move, and those of RF stay', async () => {
    await visit(browser, { address: `#${SMALL}&rho=0.5`, context: calm }, async ({ page }) => {
        await ready(page);
        const names = ['RF isotropic', 'NT', 'NN'];
        const before = await Promise.all(names.map((name) => neurons(page, name)));
        for (const own of before) {
            assert.equal(own.length, 6);
            assert.deepEqual(own.map(({ now }) => now), own.map(() => ['–', '–']));
        }
        await inside(page, (figure) => figure.start());
        await finished(page);
        for (const [index, name] of names.entries()) {
            const after = await neurons(page, name);
            const numbers = (/** @type {string[]} */ texts) => texts.map(Number);
            for (const [k, { start, now }] of after.entries()) {
                const [x = NaN, y = NaN] = numbers(before[index]?.[k]?.start ?? []);
                const [drawnX = NaN, drawnY = NaN] = numbers(start);
                assert.ok(Math.hypot(x - drawnX, y - drawnY) < 1e-2, `${name}: ${start} was ${x}, ${y}`);
                assert.equal(String(now) !== String(start), name !== 'RF isotropic', name);
            }
        }
        const words = await page.locator('.arrows canvas').getAttribute('aria-label');
        assert.match(words ?? '', /^6 neurons as arrows .*NN has learnt /);
    });
});

test('they move as training goes', async () => {
    await visit(browser, { address: `#${LONG}`, context: calm }, async ({ page }) => {
        await ready(page);
        const still = await picture(page);
        await inside(page, (figure) => figure.start());
        await redrawn(page, still);
        // Once the first have been told of, others follow.
        await page.waitForFunction(() => {
            const figure = /** @type {any} */ (document.querySelector('lazy-limits'));
            const { explorable } = figure[Symbol.for('lazy-limits shown')];
            const now = explorable.table('arrows').rows.filter((/** @type {string[]} */ [network]) => network === 'NN').join();
            const seen = /** @type {any} */ (globalThis).seen ??= now;
            return !now.includes('–') && now !== seen;
        });
        const moving = await picture(page);
        await redrawn(page, moving);
    });
});

test('they move where results stand in front, too', async () => {
    await visit(browser, { context: calm, shipped: true }, async ({ page }) => {
        await page.getByRole('radio', { name: 'The paper’s runs, d = 450', checked: true }).waitFor();
        await drawn(page);
        const before = await picture(page);
        await inside(page, (figure) => figure.start());
        await redrawn(page, before);
        assert.equal(await inside(page, (figure) => figure['show']), 'results');
    });
});

test('the plane is chosen by the keyboard, and is in the address', async () => {
    let address = '';
    await visit(browser, { address: `#${SMALL}`, context: calm }, async ({ page }) => {
        await ready(page);
        const before = await picture(page);
        assert.equal(await range(page, 'up').getAttribute('aria-valuetext'), 'up: eigenvector 2 of 12, eigenvalue 1.53');
        await range(page, 'up').press('ArrowRight');
        assert.equal(await plane(page), '1,3');
        await redrawn(page, before);
        assert.match(await range(page, 'up').getAttribute('aria-valuetext') ?? '', /^up: eigenvector 3 of 12/);
        await range(page, 'across').press('ArrowUp');
        await range(page, 'across').press('ArrowUp');
        // That of the other axis, which gets this one's.
        assert.equal(await plane(page), '3,2');
        await range(page, 'up').press('End');
        assert.equal(await plane(page), '3,12');
        assert.deepEqual(await findings(page), []);
        address = await inside(page, (figure) => figure.hash);
        assert.match(address, /plane=3(,|%2C)12/);
    });
    await visit(browser, { address: `#${address}`, context: calm }, async ({ page }) => {
        await ready(page);
        assert.equal(await plane(page), '3,12');
        assert.equal(await range(page, 'up').inputValue(), '12');
        assert.equal(await range(page, 'across').inputValue(), '3');
        assert.equal(await inside(page, (figure) => figure.hash), address);
    });
});

test('by a mouse on the numbers, and a double click undoes it', async () => {
    await visit(browser, { address: `#${SMALL}`, context: calm }, async ({ page }) => {
        await ready(page);
        const canvas = page.locator('.arrows canvas');
        await canvas.scrollIntoViewIfNeeded();
        const box = await canvas.boundingBox();
        assert.ok(box);
        // As drawn: numbers begin 58 pixels from the left, each 28 wide, in rows of 22 at the bottom.
        const at = (/** @type {number} */ row, /** @type {number} */ rank) =>
            /** @type {const} */ ([box.x + 58 + 28 * (rank - 0.5), box.y + box.height - 22 * (1.5 - row)]);
        await page.mouse.click(...at(1, 5));
        assert.equal(await plane(page), '1,5');
        await page.mouse.move(...at(0, 1));
        await page.mouse.down();
        await page.mouse.move(...at(0, 4), { steps: 4 });
        assert.equal(await plane(page), '4,5');
        await page.mouse.up();
        // It has the keyboard now.
        await page.keyboard.press('ArrowRight');
        assert.equal(await plane(page), '5,4');
        // The plot itself is no handle.
        await page.mouse.click(box.x + box.width / 2, box.y + 60);
        assert.equal(await plane(page), '5,4');
        await page.mouse.dblclick(box.x + box.width / 2, box.y + 60);
        assert.equal(await plane(page), '1,2');
        assert.equal(await range(page, 'across').inputValue(), '1');
    });
});

test('a plane that is locked has no grips', async () => {
    await embedded(browser, { body: '<lazy-limits panels="arrows" lock="plane" plane="2,5" dim="12"></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        assert.equal(await page.locator('lazy-limits .arrows input').count(), 0);
        const { x, y } = await place(page.locator('lazy-limits .arrows canvas'), 0.3, 0.98);
        await page.mouse.click(x, y);
        await page.mouse.dblclick(x, y);
        assert.equal(await plane(page), '2,5');
    });
});

for (const width of [320, 520, 800, 1280]) {
    test(`alone and ${width} px wide, its squares are as large as there is room`, async () => {
        await embedded(browser, { body: '<lazy-limits panels="arrows" controls="none" readouts="none"></lazy-limits>' }, async ({ page, screenshot }) => {
            await page.setViewportSize({ width: width + 16, height: 900 });
            await ready(page);
            const box = await page.locator('lazy-limits .arrows canvas').boundingBox();
            assert.ok(box && box.width > 0.9 * width);
            const side = Math.max(Math.min(box.width, box.height / 3), Math.min(box.width / 3, box.height));
            assert.ok(side > (width < 544 ? Math.min(0.9 * width, 300) : 0.3 * width), `${side}`);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
            await screenshot(`arrows-${width}`);
        });
    });
}
