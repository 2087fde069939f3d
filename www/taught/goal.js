// What a reader is to bring about, and whether that has come about.

import { numberOf, numbersOf } from './numbers.js';

/** @typedef {import('./format.js').Goal} Goal */

/**
 * Whether a goal is met by a figure as it is.
 * @param {Goal} goal
 * @param {import('../parts.js').Explorable} explorable
 */
export function isMet({ of, below, above, is }, explorable) {
    const value = numbersOf(explorable).includes(of) ? numberOf(explorable, of) : explorable.state()[of];
    if (value === null || value === undefined) return false;
    if (below !== undefined) return Number(value) < below;
    if (above !== undefined) return Number(value) > above;
    return typeof is === 'number' ? Number(value) === is : String(value) === is;
}
