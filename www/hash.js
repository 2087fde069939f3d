// Keeps figures and the hash of the page's address in step, for pages that are one explorable and nothing else. The
// figure itself never touches the address.
//
// The first figure has the keys as they are, `#v=1&rho=0.3`; a further one has its prefix before them, `b.rho=0.3`.

import { ATTRIBUTES } from './wishes.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

/**
 * @typedef {object} Bound
 * @property {LazyLimits} figure
 * @property {string} prefix '' or a name.
 */

/** @type {Bound[]} */
const bounds = [];

/**
 * Gives a figure the state in the address, now and whenever that changes, and writes its state there.
 * @param {LazyLimits} figure
 * @param {string} [prefix]
 */
export function bindHash(figure, prefix = '') {
    const bound = { figure, prefix };
    bounds.push(bound);
    if (bounds.length === 1) addEventListener('hashchange', readAll);
    if (!isAnchor()) read(bound);
    figure.addEventListener('change', (event) => {
        if (!(/** @type {CustomEvent} */ (event).detail.moving)) writeSoon();
    });
}

function readAll() {
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

/** @param {Bound} bound */
function read({ figure, prefix }) {
    const pairs = location.hash.slice(1).split('&').filter((pair) => pair !== '');
    const own = pairs.flatMap((pair) => {
        const [, before = '', rest = ''] = /^(?:([a-z]\w*)\.)?(.*)$/.exec(pair) ?? [];
        const isVersion = rest.startsWith('v=') && before === '';
        return before === prefix || isVersion ? [rest] : [];
    });
    figure.hash = own.join('&');
}

/** Milliseconds between two addresses: a key held down would make more of them than browsers allow. */
const WRITE_EVERY = 400;

let writtenAt = -Infinity;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;

function writeSoon() {
    clearTimeout(writing);
    const wait = writtenAt + WRITE_EVERY - performance.now();
    if (wait <= 0) write();
    else writing = setTimeout(write, wait);
}

function write() {
    writtenAt = performance.now();
    const pairs = bounds.flatMap(({ figure, prefix }) =>
        figure.hash.split('&').filter((pair) => pair !== '').map((pair) =>
            prefix === '' || pair.startsWith('v=') ? pair : `${prefix}.${pair}`));
    const unique = [...new Set(pairs)];
    // The version alone says nothing, but where attributes ask for other settings than the defaults.
    const isPlain = bounds.every(({ figure }) => !figure.getAttributeNames().some((name) => ATTRIBUTES.has(name)));
    const hash = unique.length > 1 || (unique.length === 1 && !isPlain) ? `#${unique.join('&')}` : '';
    if (hash === location.hash) return;
    // A drag is no place that one would want to go back to. The address is written whole: a page may have another base.
    history.replaceState(history.state, '', location.href.split('#')[0] + hash);
}
