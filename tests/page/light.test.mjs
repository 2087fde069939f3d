// Words that name a line light it up, and everything is as it was afterwards.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { calm, drawn, ready } from './figure.mjs';
import { coloured } from './pixels.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Waits for what comes once the page is idle: it says which button is pressed. @param {Page} page */
async function tied(page) {
    await ready(page);
    await page.locator('.presets a[aria-current]').waitFor();
    await drawn(page);
}

/** Where nothing is named. @param {Page} page */
const away = (page) => page.mouse.move(2, 2);

test('a word that is pointed at pales the other lines, until it is no more', async () => {
    await visit(browser, { address: '#v=1', context: calm }, async ({ page }) => {
        await tied(page);
        const all = await coloured(page);
        assert.ok(all.rf > 100 && all.nt > 100 && all.nn > 100, JSON.stringify(all));
        for (const word of /** @type {const} */ (['rf', 'nt', 'nn'])) {
            await page.locator(`.regimes .${word} button`).hover();
            const lit = await coloured(page);
            for (const other of /** @type {const} */ (['rf', 'nt', 'nn'])) {
                if (other === word) assert.ok(lit[other] >= all[other], `${word}: ${JSON.stringify(lit)}`);
                else assert.ok(lit[other] === 0, `${word}: ${JSON.stringify(lit)}`);
            }
        }
        await away(page);
        assert.deepEqual(await coloured(page), all);
        // In running text, too, which is no stop for Tab.
        const word = page.locator('.presets b.nt').first();
        await word.hover();
        const { rf, nt, nn } = await coloured(page);
        assert.deepEqual([rf, nt > 0, nn], [0, true, 0]);
        assert.equal(await page.locator('b[tabindex]').count(), 0);
        await away(page);
        assert.deepEqual(await coloured(page), all);
    });
});

test('the focus lights lines, a press keeps them lit, and a second one ends it', async () => {
    await visit(browser, { address: '#v=1', context: calm }, async ({ page }) => {
        await tied(page);
        const all = await coloured(page);
        const button = page.getByRole('button', { name: 'NN Neural network' });
        await button.focus();
        assert.equal((await coloured(page)).rf, 0);
        await button.blur();
        assert.deepEqual(await coloured(page), all);
        await button.press('Enter');
        await button.blur();
        assert.equal(await button.getAttribute('aria-pressed'), 'true');
        assert.equal((await coloured(page)).rf, 0);
        await button.press('Enter');
        await button.blur();
        assert.equal(await button.getAttribute('aria-pressed'), 'false');
        assert.deepEqual(await coloured(page), all);
    });
});

test('another theme meanwhile is paled in its own colours, and they all come back', async () => {
    await visit(browser, { address: '#v=1', context: calm }, async ({ page }) => {
        await tied(page);
        await page.locator('.regimes .nt button').hover();
        assert.equal((await coloured(page)).nn, 0);
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
        // It is there when its lines are; those of the others are not.
        let seen;
        do seen = await coloured(page, { theme: 'dark' }); while (seen.nt < 100);
        assert.equal(seen.nn, 0);
        await away(page);
        const dark = await coloured(page, { theme: 'dark' });
        for (const count of Object.values(dark)) assert.ok(count > 100, JSON.stringify(dark));
        assert.deepEqual(await coloured(page), { rf: 0, nt: 0, nn: 0 });
    });
});

test('colours that a reader has forced are left alone', async () => {
    await visit(browser, { address: '#v=1', context: { ...calm, forcedColors: 'active' } }, async ({ page }) => {
        await tied(page);
        const all = await coloured(page);
        assert.ok(all.rf > 100);
        await page.locator('.regimes .nn button').hover();
        assert.deepEqual(await coloured(page), all);
    });
});

test('a word in a section with a figure of its own lights that one', async () => {
    await visit(browser, { story: true, address: 'mixture.html#v=1', context: calm }, async ({ page }) => {
        await tied(page);
        const section = page.locator('#lazy-wins');
        await section.scrollIntoViewIfNeeded();
        await section.locator('lazy-limits').waitFor();
        await section.locator('lazy-limits').evaluate((figure) => /** @type {import('./figure.mjs').LazyLimits} */ (figure).ready);
        const large = await coloured(page);
        const own = () => coloured(page, { figure: '#lazy-wins lazy-limits' });
        const all = await own();
        await section.locator('strong .nt').hover();
        const lit = await own();
        assert.deepEqual([lit.rf, lit.nn], [0, 0]);
        assert.ok(lit.nt >= all.nt);
        assert.deepEqual(await coloured(page), large);
        await away(page);
        assert.deepEqual(await own(), all);
    });
});

test('words are told apart without colours, too: each has the marker of its line', async () => {
    await visit(browser, { story: true, address: 'mixture.html#v=1', context: calm }, async ({ page }) => {
        const markers = await page.evaluate(() => ['rf', 'nt', 'nn'].map((name) => {
            const { content, borderRadius, rotate } = getComputedStyle(/** @type {Element} */ (document.querySelector(`b.${name}`)), '::before');
            return [content, borderRadius, rotate].join();
        }));
        assert.deepEqual(markers, ['"",50%,none', '"",0px,none', '"",0px,45deg']);
    });
});
