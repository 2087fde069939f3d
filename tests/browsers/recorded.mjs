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
 * @property {() => void} close
 */

/**
 * Serves the page, recorded.
 * @returns {Promise<Site>}
 */
export async function serve() {
    /** @type {string[]} */
    const failures = [];
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
            const answer = await fetch(new URL(pathname, url));
            if (!answer.ok) failures.push(`status ${answer.status}: ${pathname}`);
            let body = Buffer.from(await answer.arrayBuffer());
            const change = BEFORE.find(({ path }) => path.test(pathname));
            if (change) body = Buffer.from(body.toString().replace(change.where, change.inserted));
            const type = answer.headers.get('Content-Type') ?? 'application/octet-stream';
            response.writeHead(answer.status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
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
    return { url: `http://127.0.0.1:${port}/`, failures, close };
}
