// How much of a figure is shown: panels, controls, numbers, height; what a reader may not change; and when its core is fetched.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch } from './browser.mjs';
import { drawn, embedded, inside, meanwhile, place, ready, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const COMPACT = '<h1>A post</h1><lazy-limits panels="risk" controls="rho" readouts="line" height="400"></lazy-limits>';

/**
 * What of the figure can be seen, by the names of its parts.
 * @param {Page} page
 */
function seen(page) {
    return inside(page, ({ shadowRoot }) => [...shadowRoot?.querySelectorAll('[part]') ?? []]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 0)
        .map((element) => element.getAttribute('part')));
}

for (const width of [280, 360, 520, 800]) {
    test(`a plot, a slider and a line of numbers are 400 px high and ${width} wide, and work`, async () => {
        await embedded(browser, { body: COMPACT }, async ({ page, screenshot }) => {
            await page.setViewportSize({ width: width + 16, height: 700 });
            await ready(page);
            assert.deepEqual((await seen(page)).sort(), ['figure', 'readouts', 'rho', 'risk']);
            const [box, inner] = await inside(page, (figure) => [figure, figure.shadowRoot?.querySelector('.figure')].map((element) => {
                const { width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
                return { width, height: Math.round(height) };
            }));
            assert.ok(box && inner && box.height === 400 && inner.height === 400, JSON.stringify([box, inner]));
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
            const plot = page.locator('lazy-limits .plot').first();
            assert.ok((await plot.boundingBox())?.height ?? 0 >= 200);
            await screenshot(`fit-${width}`);
            const { x, y } = await place(page.locator('lazy-limits .rho input').first(), 0.8, 0.5);
            await page.mouse.click(x, y);
            await until(page, (figure) => figure['rho'] > 1);
            const shown = Number(await page.locator('lazy-limits .rho input[type=number]').inputValue());
            const rho = await inside(page, (figure) => Number(figure['rho']));
            assert.ok(Math.abs(shown / rho - 1) < 1e-3, `${shown} ${rho}`);
            await plot.locator('input').press('End');
            await until(page, (figure) => figure['rho'] > 10);
            assert.deepEqual(await findings(page), []);
        });
    });
}

test('as soon as it is ready it is drawn, in its own size', async () => {
    await embedded(browser, { body: COMPACT }, async ({ page }) => {
        await ready(page);
        // Another, whose first frame is not missed.
        const [drawn, seen] = await inside(page, async (first) => {
            const figure = /** @type {typeof first} */ (first.cloneNode());
            first.replaceWith(figure);
            await figure.ready;
            const canvas = /** @type {HTMLCanvasElement} */ (figure.shadowRoot?.querySelector('.risk canvas'));
            const { width, height } = canvas.getBoundingClientRect();
            return [[canvas.width, canvas.height], [Math.round(width), Math.round(height)]];
        });
        assert.deepEqual(drawn, seen);
    });
});

for (const [name, body] of Object.entries({ whole: '<lazy-limits></lazy-limits>', compact: COMPACT })) {
    test(`whatever is in the plots of a ${name} figure, nothing is laid out otherwise`, async () => {
        await embedded(browser, { body }, async ({ page }) => {
            await page.setViewportSize({ width: 1200, height: 900 });
            await ready(page);
            const [before, after] = await inside(page, ({ shadowRoot }) => {
                const sizes = () => [...shadowRoot?.querySelectorAll('.figure, .figure :not(.plot *)') ?? []].map((element) => {
                    const { width, height } = element.getBoundingClientRect();
                    return `${element.localName}.${element.classList} ${width} ${height}`;
                });
                const before = sizes();
                for (const plot of shadowRoot?.querySelectorAll('.plot') ?? []) {
                    const large = document.createElement('div');
                    Object.assign(large.style, { width: '2000px', height: '2000px' });
                    plot.append(large);
                }
                return [before, sizes()];
            });
            assert.deepEqual(after, before);
        });
    });
}

test('a canvas is drawn in its new size before that is seen', async () => {
    await embedded(browser, { body: '<lazy-limits></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, async (figure) => {
            const canvases = /** @type {HTMLCanvasElement[]} */ ([...figure.shadowRoot?.querySelectorAll('.plot > canvas') ?? []]);
            /** @type {number[]} */
            const seen = [];
            await new Promise((resolve) => {
                // Told after the figure's own, as it is younger; told at once, and of the new size.
                const observer = new ResizeObserver(() => {
                    if (figure.clientWidth === 600) {
                        seen.push(...canvases.map((canvas) => canvas.width - Math.round(canvas.getBoundingClientRect().width * devicePixelRatio)));
                        resolve(observer.disconnect());
                    } else {
                        requestAnimationFrame(() => { figure.style.width = '600px'; });
                    }
                });
                observer.observe(canvases[0] ?? figure);
            });
            return seen;
        });
        assert.ok(seen.length >= 3);
        assert.deepEqual(seen, seen.map(() => 0));
    });
});

test('panels come in the order asked for, the matrices among them, and only those are drawn', async () => {
    await embedded(browser, { body: '<lazy-limits panels="spectrum, maps samples" controls="none"></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const order = await inside(page, ({ shadowRoot }) => [...shadowRoot?.querySelectorAll('.plots > [part]') ?? []].map((part) => part.getAttribute('part')));
        assert.deepEqual(order, ['spectrum', 'learnt', 'samples']);
        assert.deepEqual((await seen(page)).sort(), ['figure', 'learnt', 'readouts', 'samples', 'spectrum']);
        assert.equal(await page.locator('lazy-limits canvas[role=img]').count(), 6);
    });
});

test('a list of controls shows these and no fold', async () => {
    await embedded(browser, { body: '<lazy-limits controls="spectrum,batch,runs"></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const names = await page.locator('lazy-limits .controls :is(select, input):visible').evaluateAll((all) => all.map((one) => one.getAttribute('name')));
        assert.deepEqual(names, ['spectrum', 'batch']);
        assert.equal(await page.locator('lazy-limits .controls details').count(), 0);
        const parts = await seen(page);
        assert.ok(parts.includes('runs') && parts.includes('samples') && !parts.includes('rho') && !parts.includes('tables'));
    });
});

test('what is locked a reader cannot change, by any way, and scripts can', async () => {
    await embedded(browser, { body: '<lazy-limits lock="rho multipliers,spectrum seed" dim="12"></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const hash = await inside(page, (figure) => figure.hash);
        for (const [panel, x, y] of /** @type {const} */ ([['.main', 0.5, 0.4], ['.middle', 0.1, 0.3]])) {
            const at = await place(page.locator(`lazy-limits ${panel} canvas`).first(), x, y);
            await page.mouse.move(at.x, at.y);
            await page.mouse.down();
            await page.mouse.move(at.x + 40, at.y - 40, { steps: 3 });
            await page.mouse.up();
        }
        await drawn(page);
        assert.equal(await inside(page, (figure) => figure.hash), hash);
        for (const locked of ['[name=spectrum]', '.rho', '.editor', ':text("New seed")', ':text("Restore defaults")', ':text("Open a result")']) {
            assert.equal(await page.locator(`lazy-limits ${locked}`).filter({ visible: true }).count(), 0, locked);
        }
        assert.ok(await page.locator('lazy-limits .main input[type=range]').isDisabled());
        assert.ok(await page.locator('lazy-limits [name=activation]').isVisible());
        await inside(page, (figure) => { figure.state = { rho: 2, spectrum: 'identity' }; });
        assert.equal(await inside(page, (figure) => figure['rho']), 2);
        await inside(page, (figure) => { figure['lock'] = 'all'; });
        await ready(page);
        assert.equal(await page.locator('lazy-limits .controls').isVisible(), false);
        assert.equal(await inside(page, (figure) => figure['rho']), 2);
    });
});

test('what cannot be is refused in a sentence each, and the rest is taken', async () => {
    const body = '<lazy-limits panels="bars,samples" controls="sigma rho" readouts="all" height="tall" lock="beta"></lazy-limits>';
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        const sentences = await page.locator('lazy-limits .notice p').allTextContents();
        assert.equal(sentences.length, 5);
        assert.equal(sentences[0], 'panels has “bars”, but must be of risk, samples, spectrum, arrows, maps');
        assert.match(sentences[1] ?? '', /^controls has “sigma”, but must be of none, spectrum, .*, runs, tables, results, share$/);
        assert.match(sentences[2] ?? '', /^lock has “beta”, but must be of all, spectrum, /);
        assert.equal(sentences[3], 'readouts is “all”, but must be one of table, line, none');
        assert.equal(sentences[4], 'height is “tall”, but must be a number of pixels from 200 to 4000');
        const parts = await seen(page);
        assert.ok(parts.includes('samples') && parts.includes('rho') && !parts.includes('risk'), String(parts));
        // Put right, none is left, and the state has stayed.
        await inside(page, (figure) => {
            figure['rho'] = 2;
            for (const name of ['panels', 'controls', 'readouts', 'height', 'lock']) figure.removeAttribute(name);
        });
        await ready(page);
        assert.equal(await page.locator('lazy-limits .notice p').count(), 0);
        assert.ok((await seen(page)).includes('risk'));
        assert.equal(await inside(page, (figure) => figure['rho']), 2);
    });
});

test('a figure far away is fetched when it comes near, or when somebody waits for it', async () => {
    /** @type {string[]} */
    const loaded = [];
    const before = async (/** @type {Page} */ page) => {
        page.on('request', (request) => { if (request.url().endsWith('.wasm')) loaded.push(request.url()); });
    };
    // A block of text, as far as a few screens go.
    const far = '<pre>' + '\n'.repeat(400) + '</pre><lazy-limits dim="12" rho="2"></lazy-limits>';
    await embedded(browser, { body: far, before }, async ({ page }) => {
        assert.equal(await inside(page, (figure) => String(figure.state['rho'])), '2');
        await meanwhile(page);
        assert.deepEqual(loaded, []);
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await until(page, (figure) => figure.risks !== null);
        assert.equal(loaded.length, 1);
    });
    await embedded(browser, { body: far, before }, async ({ page }) => {
        await ready(page);
        assert.equal(loaded.length, 2);
        assert.equal(await page.evaluate(() => scrollY), 0);
    });
});
