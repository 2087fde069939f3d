// The figure of a page, for tests.

import assert from 'node:assert/strict';
import { PARTS, partOf } from '../../www/parts.js';
import { url, visit } from './browser.mjs';

/** @typedef {import('../../www/lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('playwright-core').Page} Page */

/** A context in which nothing begins by itself. */
export const calm = /** @type {const} */ ({ reducedMotion: 'reduce' });

/** The pages, by the name of their figure. */
export const CHAPTERS = { quadratic: '', laziness: 'laziness.html', mixture: 'mixture.html', activation: 'activation.html', neuron: 'neuron.html' };

/** What a figure that there is not is told. */
export const ALL = Object.keys(CHAPTERS).join(', ');

/** So small and short that all runs end within a second or two. */
export const SMALL = 'v=1&dim=12&steps=300&batch=20';

/**
 * What of a state a chapter's part has: {@link SMALL} for each.
 * @param {string} chapter
 * @param {string} [state]
 */
export function stateOf(chapter, state = SMALL) {
    const keys = ['v', ...PARTS[partOf(chapter)]?.keys ?? []];
    return state.split('&').filter((pair) => keys.includes(pair.split('=')[0] ?? '')).join('&');
}

/**
 * Whether results of runs made elsewhere can be laid over a chapter's figure, as its page then does.
 * @param {string} chapter
 */
export function takesResults(chapter) {
    return PARTS[partOf(chapter)]?.reader !== undefined;
}

/**
 * Does something with the first figure, in the page.
 * @template Result, Argument
 * @param {Page} page
 * @param {(figure: LazyLimits, argument: Argument) => Result | Promise<Result>} work
 * @param {Argument} [argument]
 * @returns {Promise<Result>}
 */
export async function inside(page, work, argument) {
    await page.waitForFunction(() => customElements.get('lazy-limits') !== undefined);
    return page.$eval('lazy-limits', /** @type {any} */ (work), argument);
}

/**
 * Waits until the figure has been drawn.
 * @param {Page} page
 */
export async function ready(page) {
    await inside(page, async (figure) => { await figure.ready; });
}

/**
 * To be called before the page is loaded: notes what has been loaded by the time that its first figure stands, for
 * {@link loadedFirst}.
 * @param {Page} page
 */
export async function noteFirst(page) {
    await page.addInitScript(() => {
        customElements.whenDefined('lazy-limits').then(async () => {
            await /** @type {LazyLimits} */ (document.querySelector('lazy-limits')).ready;
            Object.assign(globalThis, { loadedFirst: performance.getEntriesByType('resource').map(({ name }) => name) });
        });
    });
}

/**
 * The addresses of what was loaded by the time that the first figure stood.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function loadedFirst(page) {
    await page.waitForFunction(() => 'loadedFirst' in globalThis);
    return page.evaluate(() => /** @type {any} */ (globalThis).loadedFirst);
}

/**
 * Waits until all runs have ended.
 * @param {Page} page
 */
export async function finished(page) {
    await page.waitForFunction(() => {
        const figure = /** @type {LazyLimits} */ (document.querySelector('lazy-limits'));
        const ended = ['finished', 'diverged', 'failed'];
        return figure.runs.length > 0 && figure.runs.every(({ status }) => ended.includes(status));
    });
}

/**
 * Waits until some run has been reported on.
 * @param {Page} page
 */
export async function reported(page) {
    await page.waitForFunction(() => {
        const figure = /** @type {LazyLimits} */ (document.querySelector('lazy-limits'));
        return figure.runs.some(({ risk }) => risk !== null);
    });
}

/**
 * Waits until something is true of the figure.
 * @template Argument
 * @param {Page} page
 * @param {(figure: LazyLimits, argument: Argument) => boolean} condition
 * @param {Argument} [argument]
 */
export async function until(page, condition, argument) {
    await page.waitForFunction(() => customElements.get('lazy-limits') !== undefined);
    // As text, to be a part of what the page evaluates; an argument that is undefined has no JSON.
    await page.waitForFunction(`(${condition})(document.querySelector('lazy-limits'), ${JSON.stringify(argument) ?? 'undefined'})`);
}

/**
 * Waits until what is to be drawn has been.
 * @param {Page} page
 */
export async function drawn(page) {
    await page.evaluate(() => new Promise((resolve) => {
        // What a frame puts off comes in the next.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
    }));
}

/**
 * Lets time pass in which something must *not* happen. A machine that is too busy for it sees less, and fails no test.
 * @param {Page} page
 */
export async function meanwhile(page) {
    await page.waitForTimeout(600);
}

/**
 * To be called before the page is loaded: keeps its workers, for {@link answered}.
 * @param {Page} page
 */
export async function keepWorkers(page) {
    await page.addInitScript(() => {
        const Original = globalThis.Worker;
        /** @type {Worker[]} */
        const workers = [];
        Object.assign(globalThis, { workers });
        globalThis.Worker = class extends Original {
            /**
             * @param {string | URL} address
             * @param {WorkerOptions} [options]
             */
            constructor(address, options) {
                super(address, options);
                workers.push(this);
            }

            // One that is ended answers no more.
            terminate() {
                super.terminate();
                const place = workers.indexOf(this);
                // It may be ended twice.
                if (place >= 0) workers.splice(place, 1);
                this.dispatchEvent(new Event('ended'));
            }
        };
    });
}

/**
 * Waits until the workers have done what the page has told them so far, and their answers are there.
 * @param {Page} page
 */
export async function answered(page) {
    await page.evaluate(() => {
        const { workers } = /** @type {{ workers: Worker[] }} */ (/** @type {unknown} */ (globalThis));
        return Promise.all(workers.map((worker) => new Promise((resolve) => {
            worker.addEventListener('message', ({ data }) => { if (data.run === -1) resolve(undefined); });
            worker.addEventListener('ended', () => resolve(undefined));
            // Of a version that there is not, which they answer in any case, after all before it.
            worker.postMessage({ version: -1, type: 'pause', run: -1 });
        })));
    });
}

/**
 * Where on the screen a share of an element is.
 * @param {import('playwright-core').Locator} locator
 * @param {number} x
 * @param {number} y
 */
export async function place(locator, x, y) {
    await locator.scrollIntoViewIfNeeded();
    const box = await locator.boundingBox();
    assert.ok(box, 'it is not visible');
    return { x: box.x + x * box.width, y: box.y + y * box.height };
}

/**
 * A page of someone who embeds the figure.
 * @param {string} body
 */
export function embedder(body) {
    return `<!doctype html><html lang="en"><title>Embedder</title><link rel="icon" href="${url}www/icon.svg">
        <script type="module" src="${url}www/lazy-limits.js"></script><main>${body}</main>`;
}

/**
 * Opens a page of someone who embeds the figure.
 * @param {import('playwright-core').Browser} browser
 * @param {object} what
 * @param {string} what.body
 * @param {string} [what.query] What its address has after the path.
 * @param {Record<string, string>} [what.headers]
 * @param {(page: Page) => Promise<void>} [what.before]
 * @param {(visit: import('./browser.mjs').Visit) => Promise<void>} work
 */
export async function embedded(browser, { body, query = '', headers = {}, before }, work) {
    const address = new URL(`embedder.html${query}`, url).href;
    const options = {
        address,
        context: calm,
        before: async (/** @type {Page} */ page) => {
            await page.route(address, (route) => route.fulfill({
                contentType: 'text/html; charset=utf-8',
                headers,
                body: embedder(body),
            }));
            await before?.(page);
        },
    };
    await visit(browser, options, work);
}
