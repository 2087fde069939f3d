// Keeps figures and the hash of the page's address in step, for pages that are one explorable and nothing else. The
// figure itself never touches the address.
//
// The first figure has the keys as they are, `#v=1&rho=0.3`; a further one has its prefix before them, `b.rho=0.3`. Keys that
// are the page's own are given to the page, and stay as they are.

import { ATTRIBUTES } from './wishes.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

/**
 * What of the hash is for the page rather than its figure.
 * @typedef {object} Own
 * @property {Set<string>} keys Without a prefix.
 * @property {(values: Map<string, string>) => void} read Called with those that are there, decoded, before the figure gets the rest:
 *     at once, and whenever the hash changes.
 */

/**
 * @typedef {object} Bound
 * @property {LazyLimits} figure
 * @property {string} prefix '' or a name.
 * @property {Own} own
 */

/** @type {Bound[]} */
const bounds = [];

/**
 * Gives a figure the state in the address, now and whenever that changes, and writes its state there.
 * @param {LazyLimits} figure
 * @param {string} [prefix]
 * @param {Own} [own]
 */
export function bindHash(figure, prefix = '', own = { keys: new Set(), read: () => {} }) {
    const bound = { figure, prefix, own };
    bounds.push(bound);
    if (bounds.length === 1) addEventListener('hashchange', readAll);
    followed = location.href;
    if (!isAnchor()) read(bound);
    figure.addEventListener('change', (event) => {
        if (!(/** @type {CustomEvent} */ (event).detail.moving)) writeHash();
    });
}

function readAll() {
    followed = location.href;
    if (!isAnchor()) for (const bound of bounds) read(bound);
}

/** Whether the hash leads to a place on the page. */
function isAnchor() {
    const id = decode(location.hash.slice(1));
    return id !== '' && document.getElementById(id) !== null;
}

/** @param {string} text */
function decode(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text; // a stray per cent sign
    }
}

/** The hash as it stands, pair by pair. */
function pairsNow() {
    return location.hash.slice(1).split('&').filter((pair) => pair !== '');
}

/** The key of a pair. @param {string} pair */
const keyOf = (pair) => decode(pair.split('=', 1)[0] ?? '');

/** @param {Bound} bound */
function read({ figure, prefix, own }) {
    /** @type {Map<string, string>} */
    const values = new Map();
    const rests = pairsNow().flatMap((pair) => {
        if (own.keys.has(keyOf(pair))) {
            values.set(keyOf(pair), decode(pair.slice(pair.indexOf('=') + 1 || pair.length)));
            return [];
        }
        const [, before = '', rest = ''] = /^(?:([a-z]\w*)\.)?(.*)$/.exec(pair) ?? [];
        const isVersion = rest.startsWith('v=') && before === '';
        return before === prefix || isVersion ? [rest] : [];
    });
    own.read(values);
    figure.hash = rests.join('&');
}

/** Milliseconds between two addresses: a key held down would make more of them than browsers allow. */
const WRITE_EVERY = 400;

let writtenAt = -Infinity;
/** The address that the figures have last followed, or that was last written. */
let followed = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;

/** Writes the state of all figures into the address, soon: for what has been set by a script, of which no event tells. */
export function writeHash() {
    clearTimeout(writing);
    const wait = writtenAt + WRITE_EVERY - performance.now();
    if (wait <= 0) write();
    else writing = setTimeout(write, wait);
}

/**
 * The address of this page with its figures as they are now; undefined if this figure is none of those whose state it keeps.
 * @param {LazyLimits} figure
 */
export function addressOf(figure) {
    return bounds.some((bound) => bound.figure === figure) ? address() : undefined;
}

/**
 * Whether the page of a figure has a key of its own in the hash.
 * @param {LazyLimits} figure
 * @param {string} key
 */
export function keepsKey(figure, key) {
    return bounds.some((bound) => bound.figure === figure && bound.own.keys.has(key));
}

function address() {
    const kept = pairsNow().filter((pair) => bounds.some(({ own }) => own.keys.has(keyOf(pair))));
    const pairs = bounds.flatMap(({ figure, prefix }) =>
        figure.hash.split('&').filter((pair) => pair !== '').map((pair) =>
            prefix === '' || pair.startsWith('v=') ? pair : `${prefix}.${pair}`));
    // The version first, then what is the page's.
    const unique = [...new Set([...pairs.slice(0, 1), ...kept, ...pairs])];
    // The version alone says nothing, but where attributes ask for other settings than the defaults.
    const isPlain = bounds.every(({ figure }) => !figure.getAttributeNames().some((name) => ATTRIBUTES.has(name)));
    // Written whole: a page may have another base.
    return location.href.split('#')[0] + (unique.length > 1 || (unique.length === 1 && !isPlain) ? `#${unique.join('&')}` : '');
}

function write() {
    writtenAt = performance.now();
    if (location.href !== followed) {
        // Somebody has led the page elsewhere, which is told of only after this: the figures would take it back.
        followed = location.href;
        writing = setTimeout(write, WRITE_EVERY);
        return;
    }
    const now = address();
    if (now === location.href) return;
    try {
        // A drag is no place that one would want to go back to.
        history.replaceState(history.state, '', now);
        followed = location.href;
    } catch {
        // Browsers refuse addresses that come too often, and some any of a sandboxed frame. The next change tries again.
    }
}
