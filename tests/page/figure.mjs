// The figure of a page, for tests.

import assert from 'node:assert/strict';
import { url, visit } from './browser.mjs';

/** @typedef {import('../../www/lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('playwright-core').Page} Page */

/** A context in which nothing begins by itself. */
export const calm = /** @type {const} */ ({ reducedMotion: 'reduce' });

/** The pages, by the name of their figure. */
export const CHAPTERS = { quadratic: '', mixture: 'mixture.html', activation: 'activation.html' };

/** So small and short that all runs end within a second or two. */
export const SMALL = 'v=1&dim=12&steps=300&batch=20';

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
 * Waits until all runs have ended.
 * @param {Page} page
 */
export async function finished(page) {
    await page.waitForFunction(() => {
        const figure = /** @type {LazyLimits} */ (document.querySelector('lazy-limits'));
        const ended = ['finished', 'diverged', 'failed'];
        return figure.runs.length > 0 && figure.runs.every(({ status }) => ended.includes(status));
    }, undefined, { timeout: 120_000 });
}

/**
 * Waits until some run has been reported on.
 * @param {Page} page
 */
export async function reported(page) {
    await page.waitForFunction(() => {
        const figure = /** @type {LazyLimits} */ (document.querySelector('lazy-limits'));
        return figure.runs.some(({ risk }) => risk !== null);
    }, undefined, { timeout: 120_000 });
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
