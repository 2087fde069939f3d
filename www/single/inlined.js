// What a single file holds besides its text, read from the document; and what it is made of, for saving it again. Stands for
// `./sources.js` in the script of such a page.

import { ID, decode } from './format.js';

/** @typedef {import('./compose.js').Pieces} Pieces */

/** The page before anything in it has become a figure. */
const parsed = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));

/**
 * The text of something that the file holds.
 * @param {import('./format.js').Held} what
 * @param {string} [part] Whose it must be.
 * @throws If the file does not have it.
 */
export function read(what, part) {
    const element = document.getElementById(ID[what]);
    const holds = element?.dataset['part'];
    if (part !== undefined && holds !== undefined && holds !== part) {
        throw new Error(`this file holds what figures of “${holds}” need, and this one is of “${part}”`);
    }
    if (!element) throw new Error(`this file is not whole: it has no ${ID[what]}`);
    return decode(what, element.textContent ?? '');
}

/** The text of the results that the file holds; '' if there are none. */
export function results() {
    return document.getElementById(ID.results) ? read('results') : '';
}

/**
 * @param {string} part
 * @returns {Promise<Pieces>}
 */
export async function pieces(part) {
    return { part, page: read('page'), worker: read('worker', part), core: read('core', part), qr: read('qr') };
}

/** The page as text. */
export async function article() {
    return parsed.outerHTML;
}

/** The text of each of its style sheets that is a file of its own, by address. @returns {Promise<Record<string, string>>} */
export async function sheets() {
    return {};
}

/** The site that it was saved from, which has the page of one figure; '' if none is known. */
export function home() {
    return document.getElementById(ID.saved)?.dataset['home'] ?? '';
}

/** Where the page was saved from at first; '' if that is not known. */
export function origin() {
    return /** @type {HTMLAnchorElement | null} */ (document.getElementById(ID.saved)?.querySelector('a') ?? null)?.href ?? '';
}
