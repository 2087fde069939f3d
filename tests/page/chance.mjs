// Chance that is the same in every browser, for functions that are sent to a page as text.

/**
 * @typedef {object} Chance
 * @property {() => number} random From 0 up to 1.
 * @property {(end: number) => number} below A whole number from 0, below that.
 * @property {(list: any) => any} one Of a list; undefined of an empty one.
 */

/**
 * @param {number} seed
 * @returns {Chance}
 */
function chance(seed) {
    // A Weyl sequence, mixed.
    let state = seed;
    const random = () => {
        state = state + 0x9e3779b9 | 0;
        let mixed = Math.imul(state ^ state >>> 16, 0x21f0aaad);
        mixed = Math.imul(mixed ^ mixed >>> 15, 0x735a2d97);
        return ((mixed ^ mixed >>> 15) >>> 0) / 2 ** 32;
    };
    const below = (/** @type {number} */ end) => Math.floor(random() * end);
    return { random, below, one: (list) => list[below(list.length)] };
}

/**
 * The same function, whose last parameter is given what makes a {@link Chance} of a seed.
 * @template {any[]} Given
 * @template Result
 * @param {(...given: [...Given, typeof chance]) => Result} work It must be a whole.
 * @returns {(...given: Given) => Result} Its text holds both.
 */
export function withChance(work) {
    return new Function(`return (...given) => (${work})(...given, ${chance})`)();
}
