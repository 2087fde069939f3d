// Codes by which others show the same: the address of a figure in its state, a frame, and the element itself.

import { FITTING } from '../fit.js';
import { addressOf } from '../hash.js';
import { VERSION } from '../pkg/program.js';
import { HOME, MODULE } from '../place.js';
import { attributes } from '../single/markup.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/** Attributes of the element that are no settings and go with it. */
const OWN = [...FITTING, 'theme', 'paused'];

/** Heights of a frame that make sense, in CSS pixels. */
export const HEIGHTS = { least: 200, most: 4000 };

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
    // Its height was that of all of it.
    if (panel) delete attributes['height'];
    return panel ? { ...attributes, panels: panel } : attributes;
}

/**
 * The address of the page that shows this figure, or one of its panels, and nothing else.
 * @param {LazyLimits} figure
 * @param {string} panel
 */
function aloneAddress(figure, panel) {
    const [version, ...state] = figure.hash.split('&');
    const results = resultsAlone(figure);
    const attributes = { figure: figure.figure, ...attributesOf(figure, panel), ...results === undefined ? {} : { results } };
    const own = Object.entries(attributes).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `${HOME}embed.html#${[version, ...own, ...state].join('&')}`;
}

/**
 * Which results that page is told to lay over the figure; undefined where those that come by themselves are meant.
 * @param {LazyLimits} figure
 */
function resultsAlone(figure) {
    const address = figure.results ? new URL(figure.results, figure.baseURI).href : '';
    // It takes none from elsewhere.
    const path = address.startsWith(HOME) ? address.slice(HOME.length) : 'none';
    return path === `www/data/${figure.figure}.json` ? undefined : path;
}

/**
 * The address of a figure, or of one of its panels, in its present state: of the page that it is on, if that keeps the state and
 * others can open it; '' where there is none.
 * @param {LazyLimits} figure
 * @param {string} panel The only one that is wanted; '' for the figure as it is.
 */
export function linkTo(figure, panel) {
    const page = panel ? undefined : addressOf(figure);
    if (page?.startsWith('http')) return page;
    return HOME && aloneAddress(figure, panel);
}

/**
 * A frame with it; '' where there is no page for one.
 * @param {LazyLimits} figure
 * @param {string} panel
 * @param {{ title: string, height: number }} frame What it is called, and how high it is in CSS pixels.
 */
export function frameCode(figure, panel, { title, height }) {
    return HOME && tag('iframe', {
        src: aloneAddress(figure, panel),
        title,
        width: '100%',
        height: String(height),
        loading: 'lazy',
        allow: 'fullscreen; clipboard-write',
    });
}

/**
 * The element itself; '' where it is not known from where. Where the module's address has a version, the code stays with it.
 * @param {LazyLimits} figure
 * @param {string} panel
 */
export function tagCode(figure, panel) {
    const state = figure.hash.split('&').slice(1).map((pair) => {
        const [, key = '', value = ''] = /^([^=]*)=?(.*)$/.exec(pair) ?? [];
        return [decodeURIComponent(key), decodeURIComponent(value)];
    });
    const address = figure.results ? new URL(figure.results, figure.baseURI).href : '';
    // Those that a page has in itself, as one that is a single file does, no other page can ask for.
    const results = address.startsWith('http') ? { results: address } : {};
    const values = { figure: figure.figure, ...Object.fromEntries(state), ...attributesOf(figure, panel), ...results };
    return MODULE && `<!-- Lazy Limits ${VERSION} -->\n${tag('script', { type: 'module', src: MODULE })}\n${tag('lazy-limits', values)}`;
}

/**
 * @param {string} name
 * @param {Record<string, string>} values Of its attributes; empty ones are only there or not.
 */
function tag(name, values) {
    return `<${name}${attributes(values)}></${name}>`;
}
