// What a module for notebooks carries in itself, so that it needs no network and no document of its own. Stands for `./inlined.js`
// and `./sources.js` in that module.

import { HELD } from './held.js';

/** @typedef {import('./compose.js').Pieces} Pieces */

/**
 * The text of something that the module carries.
 * @param {import('./format.js').Held} what
 * @param {string} [part] Whose it must be.
 * @throws If the module does not have it.
 */
export function read(what, part) {
    const text = HELD[part === undefined ? what : `${what} ${part}`];
    if (text === undefined) throw new Error(`this module is not whole: it has no ${what}${part === undefined ? '' : ` of “${part}”`}`);
    return text;
}

/**
 * @param {string} part
 * @returns {Promise<Pieces>}
 */
export async function pieces(part) {
    return { part, page: read('page', part), worker: read('worker', part), core: read('core', part), qr: read('qr') };
}

/** A notebook is no article: its text is its host's. @returns {Promise<string>} */
export async function article() {
    throw new Error('a notebook cannot be saved as one file; save the figure alone');
}

/** @returns {Promise<Record<string, string>>} */
export async function sheets() {
    return {};
}

/** The site that has the page of one figure; none is known. */
export function home() {
    return '';
}

/** Where the figure is saved from: a notebook's address is its reader's affair. */
export function origin() {
    return '';
}
