// The figure alone, as a guest in a frame: everything that it is to be stands in the hash of its address, and the page around
// speaks with it by messages (guest.js).

import './lazy-limits.js';
import { FITTING } from './fit.js';
import { Guest } from './guest.js';
import { bindHash } from './hash.js';
import { PARTS } from './parts.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

/** Attributes of the element that are taken from the hash as they are. The element says what is wrong with them. */
const PASSED = ['figure', ...FITTING, 'theme', 'paused'];

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const refusal = /** @type {HTMLElement} */ (document.querySelector('.refusal'));

/**
 * The address of results that an address of this page may ask for: they are fetched in this page's name.
 * @param {string} text
 * @returns {string | undefined} None if they are another's.
 */
function ownAddress(text) {
    const elsewhere = 'https://elsewhere.invalid/';
    try {
        return new URL(text, elsewhere).href.startsWith(elsewhere) ? new URL(text, document.baseURI).href : undefined;
    } catch {
        return undefined;
    }
}

/**
 * The figure as an address wants it.
 * @param {LazyLimits} figure
 * @param {Map<string, string>} values
 */
function dress(figure, values) {
    const before = figure.isConnected ? figure.figure : '';
    for (const name of PASSED) {
        const value = values.get(name);
        // One that has not changed is not set: the figure would begin anew.
        if (value === figure.getAttribute(name) || (value === undefined && !figure.hasAttribute(name))) continue;
        if (value === undefined) figure.removeAttribute(name);
        else figure.setAttribute(name, value);
    }
    if (figure.figure !== before) guest.announce();
    document.documentElement.dataset['theme'] = figure.theme;

    const takesResults = Object.values(PARTS).some(({ figures, reader }) => reader && figures.includes(figure.figure));
    const asked = values.get('results') ?? (takesResults ? `www/data/${encodeURIComponent(figure.figure)}.json` : '');
    const results = ['none', ''].includes(asked) ? '' : ownAddress(asked);
    if (figure.results !== (results ?? '')) figure.results = results ?? '';
    const message = results === undefined
        ? `results is “${asked.slice(0, 40)}”, but must be an address on this site, such as www/data/mixture.json, or none`
        : '';
    refusal.hidden = message === '';
    refusal.textContent = message;
    if (message !== '') figure.dispatchEvent(new CustomEvent('error', { detail: { message, field: 'results' } }));
}

const figure = /** @type {LazyLimits} */ (document.createElement('lazy-limits'));
const guest = new Guest(figure, main);
bindHash(figure, '', { keys: new Set([...PASSED, 'results', 'display']), read: (values) => dress(figure, values) });
main.append(figure);

// Keys, and the projector, which the address may ask for.
const bind = () => import('./taught/keyboard.js').then(({ bindKeys }) => bindKeys(figure));
if (location.hash.includes('display=')) bind();
else figure.ready.then(bind, () => {});
