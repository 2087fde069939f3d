// Chapters know each other: each ends with the question that the next one answers, the first has a card for each, and presets say
// what to take away.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, visit } from './browser.mjs';
import { CHAPTERS, calm, inside, ready, takesResults, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const PAGES = Object.values(CHAPTERS).map((address) => address || 'index.html');

for (const [place, address] of PAGES.entries()) {
    test(`${address} ends with a question, and a link to the chapter that answers it`, async () => {
        await visit(browser, { address, context: { ...calm, javaScriptEnabled: false } }, async ({ page, complaints }) => {
            const end = page.locator('.next');
            assert.equal(await end.count(), 1);
            assert.match(await end.innerText(), /\?/);
            assert.equal(await end.getByRole('link').getAttribute('href'), PAGES[(place + 1) % PAGES.length]);
            // Nothing but where it is from comes after it.
            const heads = await page.locator('.next ~ section h2, section:has(.next) ~ section h2').allTextContents();
            assert.deepEqual(heads, [address === 'index.html' ? 'Sources' : 'In full']);
            complaints.length = 0;
        });
    });
}

test('a card a chapter, whose figure costs nothing until it is near, and which is one stop', async () => {
    /** @type {string[]} */
    const asked = [];
    const before = async (/** @type {Page} */ page) => {
        page.context().on('request', (request) => asked.push(new URL(request.url()).pathname));
    };
    await visit(browser, { story: true, address: '#v=1', context: { ...calm, viewport: { width: 1280, height: 800 } }, before }, async ({ page }) => {
        const cores = () => asked.filter((path) => path.endsWith('.wasm') && !path.includes('/qr/'));
        await ready(page);
        await page.locator('.presets a[aria-current]').waitFor();
        await page.waitForLoadState('networkidle');
        assert.equal(await page.locator('.cards lazy-limits').count(), 0);
        assert.deepEqual(cores().filter((path) => path.includes('/neuron/')), []);
        const heads = cores().length;

        const cards = page.locator('.cards li');
        assert.deepEqual(await cards.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), PAGES.slice(1));
        await page.locator('.cards').scrollIntoViewIfNeeded();
        const figures = page.locator('.cards lazy-limits');
        await figures.nth(3).waitFor();
        assert.equal(await figures.count(), 4);
        await figures.evaluateAll((all) => Promise.all(all.map((figure) => /** @type {import('./figure.mjs').LazyLimits} */ (figure).ready)));
        // That of the other paper alone, and once.
        assert.equal(cores().filter((path) => path.includes('/neuron/')).length, 1);
        assert.equal(cores().length, heads + 1);
        for (const figure of await figures.all()) {
            const colours = await figure.evaluate(({ shadowRoot }) => {
                const canvas = /** @type {HTMLCanvasElement} */ (shadowRoot?.querySelector('canvas[role=img]'));
                const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
                return new Set(new Uint32Array(data.buffer)).size;
            });
            assert.ok(colours > 8, `${colours} colours`);
            // Nor does anything train in it.
            assert.ok(await figure.evaluate((element) => /** @type {import('./figure.mjs').LazyLimits} */ (element).runs.every(({ risk }) => risk === null)));
        }

        await page.locator('.cards .next a').focus();
        for (const address of PAGES.slice(1)) {
            await page.keyboard.press('Tab');
            assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), address);
        }
        await page.keyboard.press('Tab');
        assert.equal(await page.evaluate(() => document.activeElement?.closest('.cards')), null);
        assert.deepEqual(await findings(page), []);
        // The link covers its card, figure and all.
        const box = await cards.nth(1).boundingBox();
        assert.ok(box);
        await page.mouse.click(box.x + box.width / 2, box.y + box.height - 60);
        await page.waitForURL('**/mixture.html');
    });
});

for (const [width, columns] of /** @type {const} */ ([[360, 1], [800, 1], [1280, 2]])) {
    test(`cards stand in ${columns === 1 ? 'a column' : `${columns} columns`} at ${width} px, and move nothing when their figures come`, async () => {
        await visit(browser, { story: true, address: '#v=1', context: { ...calm, viewport: { width, height: 800 } } }, async ({ page }) => {
            await ready(page);
            const boxes = () => page.locator('.cards li').evaluateAll((all) => all.map((one) => {
                const { left, width, height } = one.getBoundingClientRect();
                return [left, width, height].map(Math.round);
            }));
            const empty = await boxes();
            assert.equal(new Set(empty.map(([left]) => left)).size, columns);
            await page.locator('.cards').scrollIntoViewIfNeeded();
            await page.locator('.cards lazy-limits').nth(3).waitFor();
            await page.locator('.cards lazy-limits').evaluateAll((all) => Promise.all(all.map((figure) => /** @type {import('./figure.mjs').LazyLimits} */ (figure).ready)));
            assert.deepEqual(await boxes(), empty);
        });
    });
}

test('the preset that is in force is marked, and no other', async () => {
    await visit(browser, { story: true, address: '#v=1', context: calm }, async ({ page }) => {
        await ready(page);
        const current = page.locator('.presets a[aria-current]');
        await current.waitFor();
        assert.deepEqual(await current.allTextContents(), ['The default']);
        await page.getByRole('link', { name: 'Four spikes' }).click();
        await page.locator('.presets a[aria-current]', { hasText: 'Four spikes' }).waitFor();
        assert.equal(await current.count(), 1);
        await page.locator('#figure .risk canvas[role=img]').click({ position: { x: 200, y: 120 } });
        await current.waitFor({ state: 'detached' });
    });
});

/** Percentages that are of other states than that of their preset: with features that are not aligned; at the end of the axis. */
const ELSEWHERE = new Map([['Aligned features', [83]], ['Shifted', [22]]]);

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`each preset of ${chapter} has a sentence, whose percentages are those of its figure`, async () => {
        await visit(browser, { story: true, address, context: calm, shipped: true }, async ({ page }) => {
            await ready(page);
            if (takesResults(chapter)) await page.locator('#figure .results.laid').waitFor();
            for (const preset of await page.locator('.presets li').all()) {
                const name = await preset.getByRole('link').innerText();
                const sentence = await preset.locator('p').innerText();
                assert.match(sentence, /^[A-Z].*[.]$/s, name);
                const said = [...sentence.matchAll(/(\d+)\s%/g)].map(([, number]) => Number(number)).filter((one) => !ELSEWHERE.get(name)?.includes(one));
                if (said.length === 0) continue;
                const hash = await preset.getByRole('link').getAttribute('href');
                await page.evaluate((target) => { location.hash = target ?? ''; }, hash);
                await until(page, (figure, expected) => `#${figure.hash}` === expected, hash);
                /** Everything that the figure says: numbers at the handle, and in words. */
                const known = await inside(page, (figure) => {
                    /** @type {number[]} */
                    const numbers = [];
                    const gather = (/** @type {unknown} */ value) => {
                        if (typeof value === 'number') numbers.push(Math.round(100 * value), Math.round(100 * (1 - value)));
                        else if (value && typeof value === 'object') for (const one of Object.values(value)) gather(one);
                    };
                    gather(figure.risks);
                    const words = [...figure.shadowRoot?.querySelectorAll('canvas[role=img]') ?? []].map((canvas) => canvas.getAttribute('aria-label')).join();
                    return [...numbers, ...[...words.matchAll(/(\d+) %/g)].map(([, number]) => Number(number))];
                });
                for (const number of said) assert.ok(known.includes(number), `${name}: ${number} % is not among ${known.join(', ')}`);
            }
        });
    });
}
