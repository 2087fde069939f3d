// The served page as it is, but with a recorder in front of its scripts. WebDriver, unlike Chromium's own protocol, can do nothing
// in a page before the page's own scripts do.

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { url } from '../page/browser.mjs';

const RECORDER = await readFile(new URL('recorder.js', import.meta.url), 'utf8');

/** What is put in front of which file. */
const BEFORE = [
    { path: /(\/|\.html)$/, where: '<head>', inserted: '<head><script src="/recorder.js"></script>' },
    { path: /\/www\/worker\.js$/, where: '', inserted: 'import "/recorder.js";' },
];

/** Where a page is that a test has made. */
const MADE = 'made.html';

/**
 * A page that is one file, recorded.
 * @param {string} html
 */
export function recorded(html) {
    return html.replace('<head>', () => `<head><script>${RECORDER}</script>`);
}

/**
 * @typedef {object} Site
 * @property {string} url With a slash at its end.
 * @property {string[]} failures Files asked for that were not there.
 * @property {(body: string) => string} made The address, relative to the page's, of a page with this body.
 * @property {() => void} close
 */

/**
 * Serves the page, recorded.
 * @returns {Promise<Site>}
 */
export async function serve() {
    /** @type {string[]} */
    const failures = [];
    let body = '';
    const server = http.createServer(async (request, response) => {
        const { pathname } = new URL(request.url ?? '/', url);
        try {
            if (pathname === '/recorder.js') {
                response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(RECORDER);
                return;
            }
            // Results that the page ships would come in front of live runs.
            if (pathname.startsWith('/www/data/')) {
                response.writeHead(204).end();
                return;
            }
            if (pathname === `/${MADE}`) {
                const html = recorded(`<!doctype html><html lang="en"><head><title>Made</title>
                    <link rel="icon" href="/www/icon.svg"></head><body>${body}</body></html>`);
                response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(html);
                return;
            }
            const answer = await fetch(new URL(pathname, url));
            if (!answer.ok) failures.push(`status ${answer.status}: ${pathname}`);
            let content = Buffer.from(await answer.arrayBuffer());
            const change = BEFORE.find(({ path }) => path.test(pathname));
            if (change) content = Buffer.from(content.toString().replace(change.where, change.inserted));
            const type = answer.headers.get('Content-Type') ?? 'application/octet-stream';
            response.writeHead(answer.status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(content);
        } catch (error) {
            failures.push(`${pathname}: ${error}`);
            response.writeHead(502).end();
        }
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const close = () => {
        server.close();
        server.closeAllConnections();
    };
    const made = (/** @type {string} */ wanted) => {
        body = wanted;
        return MADE;
    };
    return { url: `http://127.0.0.1:${port}/`, failures, made, close };
}
