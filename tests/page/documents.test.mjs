// The figure in other documents: moved into a frame or another window, and back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, url, visit } from './browser.mjs';
import { SMALL, calm, embedded, inside, ready } from './figure.mjs';

/** @typedef {import('./figure.mjs').LazyLimits} LazyLimits */
/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Opens a place for the figure, and leaves its document's body in `globalThis.place`. */
const PLACES = {
    frame: async () => {
        const frame = document.createElement('iframe');
        frame.srcdoc = '<!doctype html><html lang="en"><title>Frame</title><body>';
        frame.width = frame.height = '900';
        const loaded = new Promise((resolve) => { frame.addEventListener('load', resolve); });
        document.body.prepend(frame);
        await loaded;
        Object.assign(globalThis, { place: frame.contentDocument?.body });
    },
    window: async () => {
        const other = window.open('', '', 'width=900,height=900');
        Object.assign(globalThis, { place: other?.document.body });
    },
};

/**
 * What a figure looks like where it is, and whether it follows what happens there.
 * @param {LazyLimits} figure
 */
async function look(figure) {
    const root = /** @type {ShadowRoot} */ (figure.shadowRoot);
    const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector('.risk canvas[role=img]'));
    // Through another canvas: reading the figure's own would make them slower, and Chromium says so.
    const copy = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    const pixel = () => {
        copy?.drawImage(canvas, 0, 0);
        return [...copy?.getImageData(0, 0, 1, 1).data ?? []].slice(0, 3).join(' ');
    };
    const seen = [];
    for (const [scheme, width, ground] of /** @type {const} */ ([['light', '600px', '255 255 255'], ['dark', '700px', '23 25 30']])) {
        figure.ownerDocument.documentElement.style.colorScheme = scheme;
        figure.style.width = width;
        // Far more frames than it takes.
        for (let frame = 0; frame < 120 && !(pixel() === ground && Math.abs(canvas.width - canvas.clientWidth) <= 1); frame += 1) {
            await new Promise((resolve) => { figure.ownerDocument.defaultView?.requestAnimationFrame(resolve); });
        }
        const { display } = getComputedStyle(/** @type {Element} */ (root.querySelector('.figure')));
        seen.push([display, pixel(), canvas.clientWidth > 500, Math.abs(canvas.width - canvas.clientWidth) <= 1]);
    }
    figure.rho = 0.75;
    const output = root.querySelector('output[data-regime="nt"]')?.textContent;
    return { seen, output, limit: figure.risks?.limit.nt?.toFixed(4) };
}

for (const [name, open] of Object.entries(PLACES)) {
    test(`into a ${name} and back, it looks the same, follows its document, and loses nothing`, async () => {
        await visit(browser, { address: `#${SMALL}`, context: calm }, async ({ page }) => {
            await ready(page);
            await page.evaluate(open);
            await page.evaluate((text) => { Object.assign(globalThis, { look: eval(`(${text})`) }); }, look.toString());
            const seen = await inside(page, async (figure) => {
                const { place, look: see } = /** @type {any} */ (globalThis);
                const ended = new Promise((resolve) => { figure.addEventListener('finish', resolve); });
                figure.start();
                await ended;
                figure.mix = 0.5;
                const before = await see(figure);
                // As where the first window is hidden: it has no frames then.
                const { requestAnimationFrame } = globalThis;
                globalThis.requestAnimationFrame = () => 0;
                place.append(figure);
                const there = await see(figure);
                const runs = figure.runs.filter(({ status }) => status === 'finished').length;
                figure.rho = 0.3;
                const range = /** @type {HTMLInputElement} */ (figure.shadowRoot?.querySelector('input[name="rho"]'));
                const told = new Promise((resolve) => {
                    figure.addEventListener('change', (event) => resolve(/** @type {CustomEvent} */ (event).detail.state.rho), { once: true });
                });
                range.value = '0.6';
                range.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
                const changed = await told;
                // It rests where nobody sees it, and only there.
                const other = place.ownerDocument;
                const hide = (/** @type {Document} */ where, /** @type {boolean} */ hidden) => {
                    Object.defineProperty(where, 'hidden', { value: hidden, configurable: true });
                    where.dispatchEvent(new Event('visibilitychange'));
                };
                const isRunning = () => figure.runs.some(({ status }) => status === 'running');
                figure.steps = 1_000_000;
                figure.start();
                while (!isRunning()) await new Promise((resolve) => { setTimeout(resolve, 20); });
                hide(document, true);
                const resting = [isRunning()];
                hide(other, true);
                resting.push(isRunning());
                hide(other, false);
                hide(document, false);
                figure.pause();
                globalThis.requestAnimationFrame = requestAnimationFrame;
                document.body.append(figure);
                const back = await see(figure);
                return { before, there, back, runs, changed, resting, hash: figure.hash };
            });
            const expected = [['grid', '255 255 255', true, true], ['grid', '23 25 30', true, true]];
            for (const place of /** @type {const} */ (['before', 'there', 'back'])) {
                assert.deepEqual(seen[place].seen, expected, place);
                assert.equal(seen[place].output, seen[place].limit, place);
            }
            assert.ok(seen.runs > 0, 'finished runs stay');
            assert.equal(seen.changed, 0.6);
            assert.deepEqual(seen.resting, [true, false]);
            assert.match(seen.hash, /mix=0\.5/);
        });
    });
}

test('results are found beside the page that the figure is in', async () => {
    const body = '<base href="/lessons/"><lazy-limits results="results.json"></lazy-limits>';
    /** @type {string[]} */
    const asked = [];
    const before = async (/** @type {Page} */ page) => {
        await page.route('**/results.json', (route) => {
            asked.push(route.request().url());
            return route.fulfill({ status: 204 });
        });
    };
    await embedded(browser, { body, before }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => new Promise((resolve) => { setTimeout(() => resolve(figure.hash), 100); }));
    });
    assert.deepEqual(asked, [`${url}lessons/results.json`]);
});
