// What the page looks like, and whether everyone can use it. Pictures are kept as artefacts, to be looked at.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, visit } from './browser.mjs';
import { calm, CHAPTERS, drawn, inside, ready, stateOf, takesResults, until } from './figure.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`what the page ships is for everyone, ${colorScheme}`, async () => {
        await visit(browser, { context: { ...calm, colorScheme }, shipped: true }, async ({ page }) => {
            await page.locator('.results.laid').waitFor();
            assert.deepEqual(await findings(page), []);
        });
    });
}

const sizes = { narrow: 360, usual: 1280, projector: 1920 };
const views = Object.entries(sizes).flatMap(([name, width]) =>
    Object.entries(CHAPTERS).map(([chapter, address]) => ({ name, width, chapter, address })));
for (const { name, width, chapter, address } of views) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        test(`${chapter}, ${name}, ${colorScheme}: nothing is cut off, and nothing stands in anyone's way`, async () => {
            const context = { colorScheme, viewport: { width, height: 900 } };
            // Dots that have not come down to their lines are as good as those that have.
            await visit(browser, { address: `${address}#${stateOf(chapter, 'v=1&steps=2000')}`, context }, async ({ page, screenshot }) => {
                await page.waitForFunction(() => {
                    const { runs } = /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('lazy-limits'));
                    return runs.length > 0 && runs.filter(({ status }) => status === 'finished').length >= Math.min(12, runs.length - 3);
                });
                // By script: the button goes with the last run.
                await inside(page, (figure) => figure.pause());
                await drawn(page);
                await screenshot(`${chapter}-${width}-${colorScheme}`);
                const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
                assert.ok(Number(inner) <= Number(outer), `the page is ${inner} wide in ${outer}`);
                assert.deepEqual(await findings(page), []);
                // And with everything open.
                await page.locator('details').evaluateAll((all) => {
                    for (const details of all) /** @type {HTMLDetailsElement} */ (details).open = true;
                });
                await drawn(page);
                assert.deepEqual(await findings(page), []);
                const wide = await page.evaluate(() => document.documentElement.scrollWidth);
                assert.ok(wide <= width, `with everything open the page is ${wide} wide`);
                await screenshot(`${chapter}-open-${width}-${colorScheme}`);
            });
        });
    }
}

test('at 320 pixels nothing is cut off', async () => {
    await visit(browser, { context: { ...calm, viewport: { width: 320, height: 640 } } }, async ({ page, screenshot }) => {
        await ready(page);
        await screenshot('page-320');
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
    });
});

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`${chapter}: at any width of its own nothing sticks out of the figure`, async () => {
        await visit(browser, { address, context: { ...calm, viewport: { width: 1400, height: 900 } }, shipped: true }, async ({ page }) => {
            // Then its words are the longest.
            if (takesResults(chapter)) await page.locator('.results.laid').waitFor();
            else await ready(page);
            const wider = await inside(page, (figure) => {
                const parts = [.../** @type {ShadowRoot} */ (figure.shadowRoot).querySelectorAll('.figure *')];
                /** @type {string[]} */
                const seen = [];
                for (let width = 280; width <= 1320; width += 8) {
                    figure.style.width = `${width}px`;
                    const { right } = figure.getBoundingClientRect();
                    const out = parts.filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > right + 0.6);
                    if (out[0]) seen.push(`${width}: ${out[0].outerHTML.slice(0, 60)}`);
                }
                return seen;
            });
            assert.deepEqual(wider, []);
        });
    });
}

test('at any width of the figure no words of pictures side by side lie on others, or are cut off', async () => {
    await visit(browser, { address: 'mixture.html', context: { ...calm, viewport: { width: 1400, height: 900 } }, shipped: true }, async ({ page }) => {
        await page.locator('.results.laid').waitFor();
        const wrong = await inside(page, async (figure) => {
            const module = '/www/taken/paper.js';
            /** @type {typeof import('../../www/taken/paper.js')} */
            const { panelsOf, pictureOf } = await import(module);
            /** @type {import('../../www/session.js').Shown} */
            const shown = Reflect.get(figure, Symbol.for('lazy-limits shown'));
            /** @type {string[]} */
            const seen = [];
            for (let width = 280; width <= 1320; width += 20) {
                figure.style.width = `${width}px`;
                for (const panel of panelsOf(shown).filter(({ key }) => ['spectrum', 'classes'].includes(key))) {
                    const picture = pictureOf(shown, panel);
                    document.body.append(picture);
                    const { left, right } = picture.getBoundingClientRect();
                    const words = [...picture.querySelectorAll('text')].map((element) => {
                        const { left, right, top, bottom } = element.getBoundingClientRect();
                        // Without what is above and below letters.
                        return { text: element.textContent, left, right, top: top + 3, bottom: bottom - 3 };
                    });
                    picture.remove();
                    for (const [at, one] of words.entries()) {
                        if (one.left < left || one.right > right) seen.push(`${width}, ${panel.key}: ${one.text} is cut off`);
                        for (const other of words.slice(at + 1)) {
                            const isOver = one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
                            if (isOver) seen.push(`${width}, ${panel.key}: ${one.text} is on ${other.text}`);
                        }
                    }
                }
            }
            return seen;
        });
        assert.deepEqual(wrong, []);
    });
});

test('forced colours, print, and a dense screen', async () => {
    await visit(browser, { context: { ...calm, forcedColors: 'active' } }, async ({ page, screenshot }) => {
        await ready(page);
        await screenshot('page-forced-colours');
    });
    await visit(browser, { context: calm }, async ({ page, screenshot }) => {
        await ready(page);
        await page.emulateMedia({ media: 'print' });
        await screenshot('page-print');
    });
    await visit(browser, { context: { ...calm, deviceScaleFactor: 3 } }, async ({ page }) => {
        await ready(page);
        const [width, css] = await inside(page, (figure) => {
            const canvas = figure.shadowRoot?.querySelector('canvas');
            return [canvas?.width, canvas?.getBoundingClientRect().width];
        });
        assert.equal(width, Math.round(3 * (css ?? NaN)));
    });
});

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`presets of ${chapter}, as pictures`, async () => {
        const context = { ...calm, viewport: { width: 1280, height: 1250 } };
        await visit(browser, { address, context }, async ({ page }) => {
            await ready(page);
            const links = await page.locator('.presets a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
            const directory = process.env['ARTEFACTS'] ?? 'target/page-artefacts';
            for (const [index, link] of links.entries()) {
                await page.evaluate((target) => { location.hash = target; }, link);
                await until(page, (figure, expected) => `#${figure.hash}` === expected, link);
                await drawn(page);
                await page.locator('#figure').screenshot({ path: `${directory}/${chapter}-preset-${index}.png` });
            }
        });
    });
}

test('a figure follows the colour scheme of the page around it', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const colours = await inside(page, async (figure) => {
            const ground = () => {
                const canvas = /** @type {HTMLCanvasElement} */ (figure.shadowRoot?.querySelector('.risk canvas[role=img]'));
                return canvas.getContext('2d')?.getImageData(1, 1, 1, 1).data[0];
            };
            const light = ground();
            figure.style.colorScheme = 'dark';
            figure.remove();
            document.body.append(figure);
            await figure.ready;
            figure.state = { rho: 0.4 };
            await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
            return [light, figure.shadowRoot && getComputedStyle(
                /** @type {Element} */ (figure.shadowRoot.querySelector('.figure'))).backgroundColor];
        });
        assert.equal(colours[0], 255);
        assert.equal(colours[1], 'rgb(23, 25, 30)');
    });
});

test('each picture has words and a table', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const pictures = page.locator('section:not([hidden]) canvas[role="img"]');
        assert.equal(await pictures.count(), 8);
        for (const picture of await pictures.all()) {
            assert.ok((await picture.getAttribute('aria-label') ?? '').length > 5);
        }
        for (const name of ['Risk against ρ', 'Risk against samples', 'Spectrum', 'Neurons in a plane']) {
            assert.equal(await page.getByRole('table', { name, exact: true }).count(), 0);
            await page.locator('summary', { hasText: `${name}, as a table` }).click();
            await page.getByRole('table', { name, exact: true }).waitFor();
        }
        const rows = page.getByRole('table', { name: 'Spectrum', exact: true }).getByRole('row');
        assert.equal(await rows.count(), 65);
    });
});
