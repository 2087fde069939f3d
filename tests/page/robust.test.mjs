// What a figure bears: any state, any order of events, a thousand resets, an hour of nobody.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { withChance } from './chance.mjs';
import { CHAPTERS, SMALL, answered, calm, embedded, finished, inside, keepWorkers, ready, until } from './figure.mjs';
import { rattle } from './rattle.mjs';

/** @typedef {import('./figure.mjs').LazyLimits} LazyLimits */
/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Random states and events of all figures together. */
const EVENTS = 100_000;

for (const [number, figure] of Object.keys(CHAPTERS).entries()) {
    test(`${figure}: of any states and events, each is taken or refused in a sentence, and no number is none`, async () => {
        await embedded(browser, { body: '' }, async ({ page }) => {
            const count = EVENTS / Object.keys(CHAPTERS).length;
            const { taken, refused, faults } = await page.evaluate(rattle, { figure, count, looks: 250, seed: 1 + number });
            assert.deepEqual(faults, []);
            // Where all is refused, or nothing is, nothing has been tried.
            assert.ok(taken > count / 2 && refused > count / 50, JSON.stringify({ taken, refused }));
        });
    });
}

/**
 * Does anything at all with the controls of a figure, in the page.
 * @param {LazyLimits} figure
 * @param {{ count: number, seed: number, figures: string[] }} how
 * @param {(seed: number) => import('./chance.mjs').Chance} chance
 */
async function fumble(figure, { count, seed, figures }, chance) {
    const { random, one } = chance(seed);
    const root = /** @type {ShadowRoot} */ (figure.shadowRoot);
    /** @type {string[]} */
    const errors = [];
    figure.addEventListener('error', (event) => errors.push(/** @type {any} */ (event).detail.message));
    const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', 'Enter', 'Escape', ' ', '7', 'é'];
    const ATTRIBUTES = {
        panels: ['', 'risk', 'samples,risk', 'spectrum', 'maps', 'risk,maps'], controls: ['', 'none', 'rho', 'rho,spectrum,runs', 'tables'],
        readouts: ['', 'table', 'line', 'none'], height: ['', '400', '900'], lock: ['', 'rho', 'all'],
        figure: figures, paused: [''], theme: ['', 'dark', 'light'], rho: ['', '0.3', '3'], dim: ['12', '16'],
    };
    const acts = {
        press: () => one(root.querySelectorAll('button:not(:disabled):not(.opener *)'))?.click(),
        type: () => {
            const field = one(root.querySelectorAll('input:not([type=file]):not(:disabled)'));
            if (!field) return;
            if (field.type === 'checkbox') { field.click(); return; }
            field.value = one([String(random()), String(Math.round(random() * 40)), '', '-1', ...field.type === 'text' ? ['x'] : []]);
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));
        },
        choose: () => {
            const list = one(root.querySelectorAll('select:not(:disabled)'));
            if (!list) return;
            list.selectedIndex = Math.floor(random() * list.options.length);
            list.dispatchEvent(new Event('change', { bubbles: true }));
        },
        key: () => {
            const target = one(root.querySelectorAll('input, .widget, canvas, summary, button'));
            target?.dispatchEvent(new KeyboardEvent('keydown', { key: one(KEYS), bubbles: true, cancelable: true, composed: true }));
        },
        drag: () => {
            const target = one(root.querySelectorAll('canvas, .widget'));
            if (!target) return;
            const box = target.getBoundingClientRect();
            const at = () => ({ clientX: box.x + random() * box.width, clientY: box.y + random() * box.height, pointerId: 1, isPrimary: true, bubbles: true, cancelable: true, buttons: 1 });
            target.dispatchEvent(new PointerEvent('pointerdown', at()));
            target.dispatchEvent(new PointerEvent('pointermove', at()));
            target.dispatchEvent(new PointerEvent(one(['pointerup', 'pointercancel', 'pointermove']), at()));
        },
        fold: () => { const fold = one(root.querySelectorAll('details')); if (fold) fold.open = !fold.open; },
        ask: () => {
            const name = one(Object.keys(ATTRIBUTES));
            const text = one(ATTRIBUTES[/** @type {keyof typeof ATTRIBUTES} */ (name)]);
            if (random() < 0.3 && name !== 'dim') figure.removeAttribute(name);
            else figure.setAttribute(name, text);
        },
        move: () => {
            const next = figure.nextSibling;
            const parent = figure.parentElement;
            figure.remove();
            parent?.insertBefore(figure, next);
        },
        drive: () => figure[/** @type {'start' | 'pause' | 'step' | 'reset'} */ (one(['start', 'pause', 'step', 'reset']))](),
    };
    /** @type {string[]} */
    const faults = [];
    for (let event = 0; event < count; event += 1) {
        const name = one(Object.keys(acts));
        acts[/** @type {keyof typeof acts} */ (name)]();
        if (random() < 0.3) await new Promise((resolve) => { requestAnimationFrame(resolve); });
        const wrong = /.{0,40}(NaN|Infinity|undefined|\[object).{0,20}/.exec(root.textContent ?? '');
        if (wrong && faults.length < 5) faults.push(`“${wrong[0]}” is read after ${name}, at #${figure.hash}`);
    }
    await figure.ready;
    return { faults, errors };
}

test('whatever is done with controls, keys, pointer, attributes and the element itself, in any order', async () => {
    await embedded(browser, { body: '<lazy-limits figure="quadratic" dim="12" steps="300" batch="20"></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const { faults, errors } = await inside(page, withChance(fumble), { count: 1500, seed: 7, figures: Object.keys(CHAPTERS) });
        assert.deepEqual(faults, []);
        // What is refused is refused by name.
        for (const message of errors) assert.match(message, /^(\S+|“\S+”, the default of \S+,) (is|has|cannot) .+/);
        // It still is what it was.
        await inside(page, (figure) => {
            for (const name of figure.getAttributeNames()) if (!['dim', 'steps', 'batch'].includes(name)) figure.removeAttribute(name);
            figure.hash = '';
            figure.start();
        });
        await finished(page);
        assert.equal(await inside(page, (figure) => figure.runs.every(({ status }) => status === 'finished')), true);
    });
});

test('a thousand resets leave memory, nodes and listeners as they were', async (t) => {
    // Only the whole browser measures memory.
    const whole = await launch({ whole: true, args: ['--enable-blink-features=ForceEagerMeasureMemory'] });
    t.after(() => whole.close());
    // Memory of workers, and of wasm, is told to pages that are isolated.
    const isolate = async (/** @type {Page} */ page) => {
        await page.route('**/*', async (route) => {
            const response = await route.fetch();
            const headers = { ...response.headers(), 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
            await route.fulfill({ response, headers });
        });
    };
    await visit(whole, { address: `#${SMALL}`, context: calm, before: isolate }, async ({ page }) => {
        await ready(page);
        const session = await page.context().newCDPSession(page);
        await session.send('Performance.enable');
        const resets = async (/** @type {number} */ count) => {
            await inside(page, async (figure, times) => {
                for (let reset = 0; reset < times; reset += 1) {
                    figure.reset();
                    figure.start();
                    await new Promise((resolve) => { figure.addEventListener('progress', resolve, { once: true }); });
                }
            }, count);
            await finished(page);
            await session.send('HeapProfiler.collectGarbage');
            const { metrics } = await session.send('Performance.getMetrics');
            const of = (/** @type {string} */ wanted) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
            const measured = await page.evaluate(async () => (await /** @type {any} */ (performance).measureUserAgentSpecificMemory()).bytes);
            return { nodes: of('Nodes'), listeners: of('JSEventListeners'), bytes: measured };
        };
        // The first ones fill what is kept.
        const before = await resets(50);
        const after = await resets(1000);
        // One node, one listener, or a curve of half a kilobyte is the least that a reset could leave behind.
        for (const [what, most] of /** @type {const} */ ([['nodes', 500], ['listeners', 500], ['bytes', 500_000]])) {
            assert.ok(after[what] - before[what] < most, `${after[what] - before[what]} ${what} more`);
        }
    });
});

test('an hour in which nobody does anything costs nothing', async () => {
    await visit(browser, { address: `#${SMALL}`, before: async (page) => { await page.clock.install(); await keepWorkers(page); } }, async ({ page }) => {
        await finished(page);
        await until(page, (figure) => figure.risks?.exact.rf !== null);
        // All that was on its way, and follows from it.
        await answered(page);
        await page.clock.runFor(10_000);
        await page.evaluate(() => {
            const seen = { frames: 0, timers: 0, messages: 0, animations: 0 };
            const { requestAnimationFrame: frame, setTimeout: timer, setInterval: interval } = globalThis;
            const counted = (/** @type {'frames' | 'timers'} */ kind, /** @type {Function} */ wait) => (/** @type {unknown[]} */ ...given) => {
                seen[kind] += 1;
                return wait(...given);
            };
            Object.assign(globalThis, {
                seen,
                requestAnimationFrame: counted('frames', frame),
                setTimeout: counted('timers', timer),
                setInterval: counted('timers', interval),
            });
            for (const worker of /** @type {{ workers: Worker[] }} */ (/** @type {unknown} */ (globalThis)).workers) {
                worker.addEventListener('message', () => { seen.messages += 1; });
            }
        });
        await page.clock.runFor('01:00:00');
        const seen = await page.evaluate(() => {
            const { seen: counts } = /** @type {any} */ (globalThis);
            counts.animations = document.getAnimations().length;
            return counts;
        });
        assert.deepEqual(seen, { frames: 0, timers: 0, messages: 0, animations: 0 });
        // It only slept.
        await inside(page, (figure) => { figure.rho = 0.25; });
        await page.waitForFunction(() => /** @type {any} */ (globalThis).seen.frames > 0);
    });
});
