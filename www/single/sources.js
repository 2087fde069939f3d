// What a single file is made of, fetched from where this module lies.

import { qrCore } from '../place.js';

/** @typedef {import('./compose.js').Pieces} Pieces */

/**
 * @param {string} part Of which the figure is.
 * @returns {Promise<Pieces>}
 */
export async function pieces(part) {
    const [page, worker, core, qr] = await Promise.all([
        fetched(new URL(`../pkg/single/page-${part}.js`, import.meta.url)).then((response) => response.text()),
        fetched(new URL(`../pkg/single/worker-${part}.js`, import.meta.url)).then((response) => response.text()),
        fetched(new URL(`../pkg/${part}/lazy_limits_bg.wasm`, import.meta.url)).then((response) => response.arrayBuffer()),
        fetched(qrCore()).then((response) => response.arrayBuffer()),
    ]);
    return { part, page, worker, core: new Uint8Array(core), qr: new Uint8Array(qr) };
}

/** The page as text: as it was served where that has its figures, else as scripts have made it. */
export async function article() {
    const now = document.documentElement.outerHTML;
    const response = await fetch(location.href).catch(() => undefined);
    const served = response?.ok ? await response.text() : '';
    const figures = (/** @type {string} */ text) => text.match(/<lazy-limits[\s>]/gi)?.length ?? 0;
    return figures(served) === figures(now) ? served : now;
}

/**
 * The text of each of its style sheets that is a file of its own, by address. One that may not be read is left out.
 * @returns {Promise<Record<string, string>>}
 */
export async function sheets() {
    const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel~=stylesheet][href]'));
    const read = await Promise.all([...links].map(async ({ href }) => {
        const response = await fetch(href).catch(() => undefined);
        return response?.ok ? [[href, await response.text()]] : [];
    }));
    return Object.fromEntries(read.flat());
}

/** Where the page is saved from: a file's own address is its reader's affair. */
export function origin() {
    return location.protocol.startsWith('http') ? location.href : '';
}

/** @param {URL} address */
async function fetched(address) {
    const response = await fetch(address).catch((error) => {
        throw new Error(`the figure cannot be saved as one file: ${address.href} could not be fetched: ${error.message}`);
    });
    if (!response.ok) {
        throw new Error(`the figure cannot be saved as one file: ${address.href} could not be loaded (status ${response.status})`);
    }
    return response;
}
