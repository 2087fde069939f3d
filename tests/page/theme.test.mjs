// The figure looks as the page around it wants: colour scheme, colours, font; its canvases at once, too.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { CHAPTERS, calm, embedded, inside, ready } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const docs = await readFile(new URL('../../docs/embedding.md', import.meta.url), 'utf8');

/** Frames within which pictures have followed: far more than it takes. */
const FRAMES = 120;

/**
 * Waits until the ground of the pictures has this colour.
 * @param {Page} page
 * @param {string} colour
 */
async function shows(page, colour) {
    const seen = await inside(page, async (figure, [expected, frames]) => {
        // Through another canvas: reading the figure's own would make them slower, and Chromium says so.
        const copy = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
        let seen = '';
        for (let frame = 0; frame < frames && seen !== expected; frame += 1) {
            await new Promise(requestAnimationFrame);
            const all = ['risk', 'samples', 'spectrum', 'arrows'].map((name) => {
                const canvas = figure.shadowRoot?.querySelector(`.${name} canvas[role=img]`);
                copy?.drawImage(/** @type {HTMLCanvasElement} */ (canvas), 0, 0);
                return [...copy?.getImageData(0, 0, 1, 1).data ?? []].slice(0, 3).join(' ');
            });
            seen = [...new Set(all)].join('; ');
        }
        return seen;
    }, /** @type {const} */ ([colour, FRAMES]));
    assert.equal(seen, colour);
}

const LIGHT = '255 255 255';
const DARK = '23 25 30';

/** Ways in which pages switch to dark, and back. @type {Record<string, [string, () => void, () => void]>} */
const SWITCHES = {
    'the property color-scheme': [
        '',
        () => { document.documentElement.style.colorScheme = 'dark'; },
        () => { document.documentElement.style.colorScheme = 'light'; },
    ],
    'a class of the page': [
        '<style>:root { color-scheme: light; } .dark { color-scheme: dark; }</style>',
        () => { document.documentElement.classList.add('dark'); },
        () => { document.documentElement.classList.remove('dark'); },
    ],
    'a data attribute on what is around': [
        '<style>[data-theme="dark"] main { color-scheme: dark; }</style>',
        () => { document.body.dataset['theme'] = 'dark'; },
        () => { delete document.body.dataset['theme']; },
    ],
    'a style sheet': [
        '<style id="sheet" media="not all">:root { color-scheme: dark; }</style>',
        () => { /** @type {HTMLStyleElement} */ (document.getElementById('sheet')).media = 'all'; },
        () => { /** @type {HTMLStyleElement} */ (document.getElementById('sheet')).media = 'not all'; },
    ],
    'a meta element': [
        '<meta name="color-scheme" content="light">',
        () => { document.querySelector('meta')?.setAttribute('content', 'dark'); },
        () => { document.querySelector('meta')?.setAttribute('content', 'light'); },
    ],
    'its own property theme': [
        '',
        () => { /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('lazy-limits')).theme = 'dark'; },
        () => { /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('lazy-limits')).theme = 'auto'; },
    ],
    'while it cannot be seen': [
        '',
        () => {
            document.body.style.display = 'none';
            document.documentElement.style.colorScheme = 'dark';
            document.body.style.display = '';
        },
        () => { document.documentElement.style.colorScheme = ''; },
    ],
};
for (const [name, [head, dark, light]] of Object.entries(SWITCHES)) {
    test(`canvases follow ${name} at once`, async () => {
        await embedded(browser, { body: `${head}<lazy-limits></lazy-limits>` }, async ({ page }) => {
            await ready(page);
            await shows(page, LIGHT);
            await page.evaluate(dark);
            await shows(page, DARK);
            await page.evaluate(light);
            await shows(page, LIGHT);
        });
    });
}

test('in a tab that was hidden meanwhile, too', async () => {
    await embedded(browser, { body: '<lazy-limits></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        await page.evaluate(() => { document.body.hidden = true; });
        await page.evaluate(() => new Promise(requestAnimationFrame));
        await page.evaluate(() => { document.documentElement.style.colorScheme = 'dark'; });
        await page.evaluate(() => new Promise(requestAnimationFrame));
        await page.evaluate(() => { document.body.hidden = false; });
        await shows(page, DARK);
    });
});

test('its own theme stands against that of the page, whatever is written in style sheets', async () => {
    const body = '<style>lazy-limits { color-scheme: dark; }</style><lazy-limits theme="light"></lazy-limits>';
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        await shows(page, LIGHT);
        await inside(page, (figure) => { figure.theme = 'dark'; });
        await shows(page, DARK);
        await inside(page, (figure) => { figure.setAttribute('theme', 'sepia'); });
        assert.equal((await page.locator('.notice').textContent())?.trim().startsWith('theme is “sepia”, but must be one of auto, light, dark'), true);
        await inside(page, (figure) => { figure.setAttribute('theme', 'auto'); });
        assert.equal((await page.locator('.notice').textContent())?.trim(), '');
    });
});

test('the custom properties of the documentation are in use, in words and in pictures', async () => {
    const names = [...docs.matchAll(/^\| `--lazy-limits-(\w+)`/gm)].map(([, name]) => String(name));
    assert.ok(names.length > 8);
    const style = names.filter((name) => name !== 'font').map((name, index) => `--lazy-limits-${name}: rgb(${index + 1} 99 ${200 - index});`);
    const body = `<style>lazy-limits.own { ${style.join(' ')} --lazy-limits-font: "Courier New", monospace; }</style><lazy-limits></lazy-limits>`;
    await embedded(browser, { body }, async ({ page, screenshot }) => {
        await ready(page);
        const pictures = () => inside(page, async (figure, count) => {
            /** @type {Set<number>} */
            const found = new Set();
            for (const canvas of figure.shadowRoot?.querySelectorAll('canvas') ?? []) {
                const { width, height } = canvas;
                if (width < 2) continue;
                const copy = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
                copy?.drawImage(canvas, 0, 0);
                const { data = [] } = copy?.getImageData(0, 0, width, height) ?? {};
                for (let at = 0; at < data.length; at += 4) {
                    const index = Number(data[at]) - 1;
                    if (data[at + 1] === 99 && data[at + 2] === 200 - index && index < count) found.add(index);
                }
            }
            return [...found].sort((one, other) => one - other);
        }, names.length);
        const words = () => inside(page, (figure) => {
            const { fontFamily, color, backgroundColor } = getComputedStyle(/** @type {Element} */ (figure.shadowRoot?.querySelector('.figure')));
            return { fontFamily, color, backgroundColor };
        });
        assert.deepEqual(await pictures(), []);
        await inside(page, (figure) => { figure.className = 'own'; });
        await shows(page, `${names.indexOf('ground') + 1} 99 ${200 - names.indexOf('ground')}`);
        const drawn = new Set((await pictures()).map((index) => names[index]));
        for (const name of ['ink', 'ground', 'line', 'bar', 'rf', 'nt', 'nn']) assert.ok(drawn.has(name), `${name} is not in any picture: ${[...drawn]}`);
        const { fontFamily, color, backgroundColor } = await words();
        assert.match(fontFamily, /Courier/);
        assert.equal(color, `rgb(${names.indexOf('ink') + 1}, 99, ${200 - names.indexOf('ink')})`);
        assert.equal(backgroundColor, `rgb(${names.indexOf('ground') + 1}, 99, ${200 - names.indexOf('ground')})`);
        await screenshot('custom-properties');
        // Colours of any kind, and one alone.
        await inside(page, (figure) => {
            figure.className = '';
            figure.style.setProperty('--lazy-limits-ground', 'color(srgb 0.2 0.4 0.6)');
        });
        await shows(page, '51 102 153');
        await inside(page, (figure) => figure.style.removeProperty('--lazy-limits-ground'));
        await shows(page, LIGHT);
    });
});

test('each custom property and part is in the documentation, and the other way round', async () => {
    const style = await readFile(new URL('../../www/style.js', import.meta.url), 'utf8');
    /** @type {Set<string>} */
    const parts = new Set();
    for (const address of Object.values(CHAPTERS)) {
        await visit(browser, { address, context: calm }, async ({ page }) => {
            await ready(page);
            const found = await inside(page, ({ shadowRoot }) =>
                [...shadowRoot?.querySelectorAll('[part]') ?? []].map((element) => element.getAttribute('part') ?? ''));
            for (const part of found) parts.add(part);
        });
    }
    const all = (/** @type {string} */ text, /** @type {RegExp} */ pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
    assert.deepEqual(all(docs, /^\| `--lazy-limits-(\w+)`/gm), all(style, /var\(--lazy-limits-(\w+)/g));
    assert.deepEqual(all(docs, /^\| `::part\((\w+)\)`/gm), [...parts].sort());
});
