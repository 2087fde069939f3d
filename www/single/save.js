// Saves a figure, alone or in its article, as one HTML file that works without a network. Loaded when that is asked for.

import { partOf } from '../parts.js';
import { HOME } from '../place.js';
import { TAUGHT } from '../taught/taught.js';
import { ATTRIBUTES } from '../wishes.js';
import { compose } from './compose.js';
import { article, origin, pieces, sheets } from './sources.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/**
 * What of the page around a figure is saved.
 * @typedef {object} Extent
 * @property {boolean} [article] Whether the whole page is, or the figure alone.
 * @property {string} [panels] Those that the figure is to show, as its attribute of that name has them; without it, those that it shows.
 */

/** @typedef {LazyLimits & { [TAUGHT]?: import('../taught/lesson.js').Teaching }} Taught */

/** Attributes that are of the page around rather than of the figure. */
const AROUND = /^(id|class|style|slot|part|hidden|results|on.*|data-.*)$/;

/**
 * A figure as one HTML file: in its present state, with the results that are laid over it, and with the lesson that it is taught by.
 * @param {LazyLimits} figure
 * @param {Extent} [extent]
 * @returns {Promise<Blob>}
 * @throws If something that the file is made of cannot be loaded; the message says what.
 */
export async function saveAsOneFile(figure, { article: whole = false, panels } = {}) {
    const index = [...document.querySelectorAll('lazy-limits')].indexOf(figure);
    if (whole && index < 0) throw new Error('a figure that is inside another component is not in the text of its page; save it alone');
    const taught = /** @type {Taught} */ (figure)[TAUGHT];
    const text = compose(await pieces(partOf(figure.figure)), {
        attributes: { figure: figure.figure, ...attributesOf(figure, taught?.ownAttributes ?? {}), ...panels && { panels } },
        hash: figure.hash,
        results: await figure.readResults(),
        lesson: taught ? JSON.stringify(taught.lesson) : '',
        origin: origin(),
        home: HOME,
        ...whole && { article: { html: await article(), index, base: document.baseURI, sheets: await sheets() } },
    });
    return new Blob([text], { type: 'text/html' });
}

/**
 * The attributes that are the figure's own, but for its settings.
 * @param {LazyLimits} figure
 * @param {Record<string, string | null>} own What some of them are without a lesson; null if they are not there.
 * @returns {Record<string, string>}
 */
function attributesOf(figure, own) {
    const now = Object.fromEntries([...figure.attributes].map(({ name, value }) => /** @type {const} */ ([name, value])));
    return Object.fromEntries(Object.entries({ ...now, ...own }).flatMap(([name, value]) =>
        value === null || ATTRIBUTES.has(name) || AROUND.test(name) ? [] : [[name, value]]));
}
