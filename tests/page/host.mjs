// A page that has the figure in a frame, for tests.

import http from 'node:http';
import { url, visit } from './browser.mjs';
import { calm } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/** The served page, by the name of another host: another origin. */
export const elsewhere = url.replace('127.0.0.1', 'localhost');

/** The figure's page with this hash. @param {string} hash */
export const embed = (hash, base = url) => `${base}embed.html#${hash}`;

/** A frame and what makes it as high as its figure. @param {string} hash */
export const framed = (hash, base = url) => `<script type="module" src="${base}www/host.js"></script>
    <iframe src="${embed(hash, base).replaceAll('&', '&amp;')}" title="A figure" width="700" height="500"></iframe>`;

/** A frame of the figure's page, as scripts of tests take it. @param {Frame} frame */
export const asPage = (frame) => /** @type {Page} */ (/** @type {unknown} */ (frame));

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
        // It comes from nowhere that the browser knows, and may load what this machine serves only if it is told so.
        context: { permissions: ['local-network-access'], ...context },
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

/**
 * Serves the page under a path, and nothing else.
 * @param {string} prefix
 * @param {(base: string) => Promise<void>} work Gets its address.
 */
export async function behind(prefix, work) {
    const server = http.createServer(async (request, response) => {
        if (!request.url?.startsWith(prefix)) {
            response.writeHead(404).end();
            return;
        }
        const answer = await fetch(url + request.url.slice(prefix.length));
        response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') ?? '' });
        response.end(Buffer.from(await answer.arrayBuffer()));
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    try {
        await work(`http://127.0.0.1:${port}${prefix}`);
    } finally {
        server.closeAllConnections();
        server.close();
    }
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
