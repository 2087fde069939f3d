// How much of a figure is shown, and how: which panels, which controls, how its numbers stand, how high it is, and what its
// reader may not change.

import { h } from './dom.js';

/** @typedef {import('./view.js').PanelSheet} PanelSheet */
/** @typedef {import('./view.js').View} View */

/** The attributes that say so. */
export const FITTING = /** @type {const} */ (['panels', 'controls', 'readouts', 'height', 'lock']);

/** @typedef {Record<typeof FITTING[number], string>} Asked */

/** The name by which the heat maps are asked for among panels. */
export const MAPS = 'maps';

/** Controls that are no setting: buttons of runs, tables of what is drawn, opening results, sharing. */
const OTHERS = ['runs', 'tables', 'results', 'share'];

const READOUTS = ['table', 'line', 'none'];

/** Heights in CSS pixels that can be asked for. */
const HEIGHTS = { least: 200, most: 4000 };

/**
 * @typedef {object} Fit
 * @property {string[] | undefined} panels Those shown, in their order, and where the heat maps are among them; undefined for all
 *     of them, each in its place.
 * @property {boolean} isListed Whether the controls are those of a list.
 * @property {(name: string | null) => boolean} has Whether the control of a setting is shown, or another.
 * @property {(key: string | null) => boolean} isLocked Whether the reader may not change this setting.
 * @property {boolean} isOpen Whether nothing is locked.
 */

/** Words of a list. @param {string} text */
export function names(text) {
    return text.split(/[\s,]+/).filter((name) => name !== '');
}

/**
 * What is wrong with a list of names, in a sentence; undefined if nothing is.
 * @param {string} field
 * @param {string} text
 * @param {string[]} allowed
 */
export function fault(field, text, allowed) {
    const unknown = names(text).find((name) => !allowed.includes(name));
    return unknown && `${field} has “${unknown.slice(0, 40)}”, but must be of ${allowed.join(', ')}`;
}

/** @param {string} text */
function isHeight(text) {
    return Number(text) >= HEIGHTS.least && Number(text) <= HEIGHTS.most;
}

/**
 * Gives a view the form that can be known before the figure's core is there.
 * @param {View} view
 * @param {Asked} asked
 */
export function shape({ root, readouts }, asked) {
    root.classList.toggle('fitted', asked.panels !== '' || asked.height !== '');
    root.classList.toggle('high', isHeight(asked.height));
    root.style.minHeight = isHeight(asked.height) ? `${asked.height}px` : '';
    readouts.element.hidden = asked.readouts === 'none';
    readouts.element.classList.toggle('line', asked.readouts === 'line');
}

/**
 * What is to be shown of a figure. What cannot be is refused in a sentence, and the rest is taken.
 * @param {Asked} asked
 * @param {string[]} panels Those of the figure.
 * @param {string[]} keys Of its settings.
 * @param {(message: string, field: string) => void} refuse
 * @returns {Fit}
 */
export function fit(asked, panels, keys, refuse) {
    const known = (/** @type {keyof Asked} */ field, /** @type {string[]} */ allowed) => {
        const wrong = fault(field, asked[field], allowed);
        if (wrong) refuse(wrong, field);
        return [...new Set(names(asked[field]))].filter((name) => allowed.includes(name));
    };
    const shown = known('panels', panels);
    const controls = known('controls', ['none', ...keys, ...OTHERS]);
    const locked = known('lock', ['all', ...keys]);
    const { readouts, height } = asked;
    if (readouts && !READOUTS.includes(readouts)) {
        refuse(`readouts is “${readouts.slice(0, 40)}”, but must be one of ${READOUTS.join(', ')}`, 'readouts');
    }
    if (height && !isHeight(height)) {
        const { least, most } = HEIGHTS;
        refuse(`height is “${height.slice(0, 40)}”, but must be a number of pixels from ${least} to ${most}`, 'height');
    }
    const isListed = controls.length > 0;
    return {
        panels: shown.length > 0 ? shown : undefined,
        isListed,
        has: (name) => !isListed || controls.includes(name ?? ''),
        isLocked: (key) => locked.includes('all') || locked.includes(key ?? ''),
        isOpen: locked.length === 0,
    };
}

/**
 * Leaves of a view what is to be shown, once places for its panels have been made.
 * @param {View} view
 * @param {Fit} fit
 * @param {PanelSheet[]} panels Those that have places,
 * @param {Map<string, import('./view.js').Canvases>} canvases on these.
 * @param {{ lever: string | null, many: string | null }} keys Of the settings that the handle of the large picture changes, and the
 *     grips of the panel with many.
 */
export function arrange(view, fit, panels, canvases, { lever, many }) {
    const { root, look, notice, results, readouts, rho, runBar, editor, controls, share, tables, bar, learnt } = view;
    const shows = (/** @type {string | null} */ key) => fit.has(key) && !fit.isLocked(key);
    rho.element.hidden = !shows(lever);
    rho.range.disabled = fit.isLocked(lever);
    editor.element.hidden ||= !shows(many);
    runBar.element.hidden = !fit.has('runs');
    runBar.reseed.hidden = fit.isLocked('seed');
    share.element.hidden = !fit.has('share');
    tables.hidden = !fit.has('tables');
    results.opener.hidden ||= !fit.has('results') || !fit.isOpen;
    results.element.hidden = !shows('show');
    controls.hidden = controls.querySelector('.field') === null;
    if (!root.classList.contains('fitted')) return;
    // One after the other, as asked for, or as they come.
    // Not named, or several figures of a page would have landmarks of one name; their pictures are.
    const cells = panels.map(({ key, place }) => {
        const plot = canvases.get(key)?.plot;
        plot?.removeAttribute('part');
        plot?.removeAttribute('aria-label');
        return /** @type {const} */ ([key, h('section', { class: `${key} ${place}`, part: key }, plot ?? '')]);
    });
    const places = new Map([...cells, [MAPS, learnt]]);
    const all = h('div', { class: 'plots' }, ...(fit.panels ?? [...places.keys()]).map((name) => places.get(name) ?? ''));
    rho.slider.hidden = false;
    root.replaceChildren(look, notice.element, results.element, all, readouts.element, bar, editor.element, controls,
        results.opener, share.element, tables);
}
