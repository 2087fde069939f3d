// A page that has the figure in a frame, for tests.

import { url, visit } from './browser.mjs';
import { calm } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/** The served page, by the name of another host: another origin. */
export const elsewhere = url.replace('127.0.0.1', 'localhost');

/** The figure's page with this hash. @param {string} hash */
export const embed = (hash, base = url) => `${base}embed.html#${hash}`;

/**
 * A page with the figure in a frame.
 * @typedef {object} Hosted
 * @property {Page} page
 * @property {() => Promise<Frame>} frame What the first frame shows, once it is there.
 * @property {() => Promise<any[]>} messages All that the frame has said so far.
 * @property {(type: string, count?: number) => Promise<any>} told Waits for so many messages of a type, and returns the last.
 * @property {(what: object) => Promise<void>} ask Tells the frame something.
 * @property {import('./browser.mjs').Visit} visit
 */

/**
 * Opens a page with a body of its own.
 * @param {import('playwright-core').Browser} browser
 * @param {object} what
 * @param {string} what.body
 * @param {string} [what.address] Where the page is.
 * @param {Record<string, string>} [what.headers]
 * @param {import('playwright-core').BrowserContextOptions} [what.context]
 * @param {(page: Page) => Promise<void>} [what.before]
 * @param {boolean} [what.hears] Whether it keeps what it is told. Without, it has no script at all.
 * @param {(hosted: Hosted) => Promise<void>} work
 */
export async function hosted(browser, { body, address = `${url}host.html`, headers = {}, context = calm, before, hears = true }, work) {
    const options = {
        address,
        context,
        before: async (/** @type {Page} */ page) => {
            await page.route(address, (route) => route.fulfill({
                contentType: 'text/html; charset=utf-8',
                headers,
                body: `<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="${url}www/icon.svg"><main>${body}</main>`,
            }));
            if (hears) await page.addInitScript(listen);
            await before?.(page);
        },
    };
    await visit(browser, options, async (opened) => {
        const { page } = opened;
        const messages = () => page.evaluate(() => /** @type {any} */ (globalThis).messages);
        await work({
            page,
            visit: opened,
            messages,
            frame: async () => {
                const element = await page.waitForSelector('iframe');
                return /** @type {Frame} */ (await element.contentFrame());
            },
            told: async (type, count = 1) => {
                await page.waitForFunction(([type, count]) => /** @type {any} */ (globalThis).messages
                    .filter((/** @type {any} */ message) => message.type === type).length >= Number(count), [type, count]);
                return (await messages()).findLast((/** @type {any} */ message) => message.type === type);
            },
            ask: (what) => page.evaluate((what) => {
                document.querySelector('iframe')?.contentWindow?.postMessage(what, '*');
            }, what),
        });
    });
}

/** In the page alone: keeps what its frames tell it, each with the frame of time in which it was sent. */
function listen() {
    if (window.parent !== window) return;
    /** @type {any[]} */
    const messages = [];
    let frame = 0;
    const count = () => {
        frame += 1;
        requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    Object.assign(globalThis, { messages });
    addEventListener('message', ({ data }) => messages.push({ ...data, frame }));
}
