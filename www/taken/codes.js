// Codes by which others show the same: the address of a figure in its state, a frame, and the element itself.

import { embedAddress } from '../address.js';
import { addressOf } from '../hash.js';
import { VERSION } from '../pkg/version.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/** Attributes of the element that are no settings and go with it. */
const OWN = ['panels', 'controls', 'readouts', 'height', 'lock', 'theme', 'paused', 'results'];

/**
 * What of the element is no setting, as another page has to say it.
 * @param {LazyLimits} figure
 * @param {string} panel The only one that is wanted; '' for the figure as it is.
 */
function attributesOf(figure, panel) {
    /** @type {Record<string, string>} */
    const attributes = {};
    for (const name of OWN) {
        const value = figure.getAttribute(name);
        if (value !== null) attributes[name] = value;
    }
    if (attributes['theme'] === 'auto') delete attributes['theme'];
    if (attributes['results']) attributes['results'] = new URL(attributes['results'], figure.baseURI).href;
    // Its height was that of all of it.
    if (panel) delete attributes['height'];
    return panel ? { ...attributes, panels: panel } : attributes;
}

/**
 * The address of a figure, or of one of its panels, in its present state: of the page that it is on, if that keeps the state.
 * @param {LazyLimits} figure
 * @param {string} [panel]
 */
export function linkTo(figure, panel = '') {
    const own = panel ? undefined : addressOf(figure);
    return own ?? embedAddress(figure.figure, figure.hash, attributesOf(figure, panel));
}

/**
 * A frame with it.
 * @param {LazyLimits} figure
 * @param {string} panel
 * @param {{ title: string, height: number }} frame What it is called, and how high it is in CSS pixels.
 */
export function frameCode(figure, panel, { title, height }) {
    return tag('iframe', {
        src: embedAddress(figure.figure, figure.hash, attributesOf(figure, panel)),
        title,
        width: '100%',
        height: figure.getAttribute('height') && !panel ? String(figure.getAttribute('height')) : String(Math.ceil(height)),
        loading: 'lazy',
        allow: 'fullscreen; clipboard-write',
    });
}

/**
 * The element itself. The module is that of this page: where its address has a version, the code stays with it.
 * @param {LazyLimits} figure
 * @param {string} panel
 */
export function tagCode(figure, panel) {
    const state = figure.hash.split('&').slice(1).map((pair) => {
        const [, key = '', value = ''] = /^([^=]*)=?(.*)$/.exec(pair) ?? [];
        return [decodeURIComponent(key), decodeURIComponent(value)];
    });
    const attributes = { figure: figure.figure, ...Object.fromEntries(state), ...attributesOf(figure, panel) };
    const source = new URL('../lazy-limits.js', import.meta.url).href;
    return `<!-- Lazy Limits ${VERSION} -->\n${tag('script', { type: 'module', src: source })}\n${tag('lazy-limits', attributes)}`;
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes Empty ones are only there or not.
 */
function tag(name, attributes) {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}${value === '' ? '' : `="${escaped(value)}"`}`);
    return `<${name}${written.join('')}></${name}>`;
}

/** @param {string} text */
function escaped(text) {
    return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
