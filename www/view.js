// The parts of the figure, without any behaviour.

import { freshId, h, icon } from './dom.js';

/** @typedef {ReturnType<import('./pkg/lazy/lazy_limits.js').Explorable['panels']>[number]} PanelSheet */
/** @typedef {import('./pkg/lazy/lazy_limits.js').Reading} Reading */

/**
 * What a panel is drawn on.
 * @typedef {object} Canvases
 * @property {HTMLElement} plot What they fill.
 * @property {HTMLCanvasElement} canvas
 * @property {HTMLCanvasElement | undefined} over Above it: all that moves while its grip is dragged.
 */

const PLAY = 'M4 2.5v11l9-5.5z';
const PAUSE = 'M4 3h3v10H4zM9 3h3v10H9z';
const STEP = 'M3 3v10l7-5zM11 3h2v10h-2z';
const RESET = 'M8 2a6 6 0 1 1-5.6 3.9l1.5.5A4.4 4.4 0 1 0 8 3.6V6L4.6 3 8 0z';
const DICE = 'M3 2h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zm2 2v2h2V4zm4 6v2h2v-2zM7 7v2h2V7z';

/** @typedef {ReturnType<typeof createView>} View */

export function createView() {
    /** @type {Map<string, ReturnType<typeof map>>} */
    const maps = new Map();
    const legend = createLegend();
    const notice = createNotice();
    const rho = createRho();
    const results = createResults();
    const readouts = createReadouts();
    const runBar = createRunBar();
    const editor = createEditor();
    // Panels come when the core has told of them.
    const plots = { main: plot(rho.range), side: plot(), middle: plot(editor.widget) };
    plots.middle.classList.add('middle');
    const below = h('div', { class: 'below' });
    const controls = h('form', { class: 'controls', part: 'settings', 'aria-label': 'Settings' });
    const share = createShare();
    const tables = h('div', { class: 'tables', part: 'tables' });

    const look = h('span', { class: 'look' });

    const bar = h('div', { class: 'bar' }, rho.element, runBar.element);
    const learnt = h('section', { class: 'learnt', part: 'learnt', 'aria-label': 'The target, and what each regime learns of it' },
        editor.element,
        plots.middle,
        legend.element,
        h('p', { class: 'too-large note' }, 'As matrices, it and what is learnt of it are shown up to d = 64.'),
    );
    const root = h('div', { class: 'figure', part: 'figure' },
        look,
        notice.element,
        h('div', { class: 'top' },
            h('section', { class: 'main' }, results.element, plots.main),
            h('div', { class: 'side' },
                readouts.element,
                h('section', { class: 'second' }, plots.side),
            ),
        ),
        bar,
        learnt,
        below,
        controls,
        results.opener,
        share.element,
        tables,
    );
    /** Until what shows itself here is over: old views may yet hear of events, and have nobody to tell. */
    const life = new AbortController();
    return {
        life, root, look, plots, below, maps, legend, notice, rho, results, readouts, runBar, editor, bar, learnt, controls, share, tables,
    };
}

/** @param {...HTMLElement} over */
function plot(...over) {
    return h('div', { class: 'plot' }, ...over);
}

/**
 * Makes canvases for the panels of a figure, each where it belongs. Returns them by the panels' names, in reading order.
 * @param {View} view
 * @param {PanelSheet[]} panels
 * @param {(panel: string) => string} note
 */
export function placePanels({ plots, below, editor }, panels, note) {
    /** @type {Map<string, Canvases>} */
    const placed = new Map();
    for (const { key, title, place, over } of panels) {
        const canvas = h('canvas', { role: 'img', 'aria-label': title });
        const above = over ? h('canvas', { class: 'handle', 'aria-hidden': 'true' }) : undefined;
        const drawn = [canvas, ...(above ? [above] : [])];
        const spot = place === 'below' ? plot(...drawn) : plots[place];
        placed.set(key, { plot: spot, canvas, over: above });
        if (place === 'below') {
            below.append(h('section', { class: key, part: key, 'aria-label': title },
                ...(note(key) ? [h('p', { class: 'note' }, note(key))] : []),
                spot));
            continue;
        }
        spot.prepend(...drawn);
        const section = spot.closest('section:not(.learnt)') ?? spot;
        section.classList.add(key);
        section.setAttribute('part', key);
        if (section !== spot) section.setAttribute('aria-label', title);
    }
    for (const [place, spot] of Object.entries(plots)) {
        const isFree = !panels.some((panel) => panel.place === place);
        spot.hidden = isFree;
        if (place === 'middle') editor.element.hidden = isFree;
    }
    return placed;
}

/**
 * Makes places for the heat maps of a figure.
 * @param {View} view
 * @param {string[]} names
 */
export function placeMaps({ maps, legend }, names) {
    for (const name of names) maps.set(name, map(name));
    legend.element.before(...[...maps.values()].map(({ element }) => element));
    legend.element.parentElement?.classList.toggle('without', names.length === 0);
}

/** @param {string} name */
function map(name) {
    const canvas = h('canvas', { role: 'img', width: 1, height: 1 });
    const caption = h('span', { class: 'note' });
    const live = h('span', { class: 'note live' });
    const head = h('b', {});
    const element = h('figure', { class: 'map', 'data-map': name },
        h('figcaption', {}, swatch(name), head, ' ', caption, live),
        h('div', { class: 'square' }, canvas, h('span', { class: 'none' }, 'not trained yet')));
    return { element, canvas, head, caption, live };
}

function createLegend() {
    const canvas = h('canvas', { 'aria-hidden': 'true', width: 1, height: 1 });
    const max = h('span', {});
    const min = h('span', {});
    return { element: h('div', { class: 'legend' }, min, canvas, max), canvas, max, min };
}

function createNotice() {
    const text = h('span', {});
    const close = h('button', { type: 'button', class: 'close', 'aria-label': 'Dismiss' }, '×');
    // Always there, so that what appears in it is read out.
    const element = h('div', { class: 'notice', part: 'notice', role: 'status' });
    return { element, text, close };
}

/** Which runs are shown, where there are results besides the live ones; and how to open some. */
function createResults() {
    const name = freshId('show');
    // Until there are results, nobody sees these words, and they keep their room.
    const choice = (/** @type {string} */ value, /** @type {string} */ words) => {
        const input = h('input', { type: 'radio', name, value });
        const text = h('span', {}, words);
        return { input, text, element: h('label', {}, input, text) };
    };
    const choices = { results: choice('results', 'The paper’s runs, d = 450'), live: choice('live', 'Live runs') };
    const remove = h('button', { type: 'button', hidden: true }, 'Remove');
    const note = h('p', { class: 'note', role: 'status' });
    const element = h('div', { class: 'results', part: 'results' },
        h('div', { class: 'switch', role: 'radiogroup', 'aria-label': 'Which runs are shown' },
            choices.results.element, choices.live.element),
        remove,
        note);
    const file = h('input', { type: 'file', accept: '.json,.jsonl', hidden: true });
    const open = h('button', { type: 'button' }, 'Open a result…');
    const opener = h('p', { class: 'opener note' }, open, file,
        ' Or drop one on the figure: a file that lazy-limits figure, train or sweep has written.');
    return { element, choices, remove, note, opener, open, file };
}

function createShare() {
    const button = h('button', { type: 'button', 'aria-haspopup': 'dialog' }, 'Share or save…');
    const keys = h('button', { type: 'button', 'aria-haspopup': 'dialog' }, 'Keys');
    return { element: h('p', { class: 'opener', part: 'share' }, button, keys), button, keys };
}

/** The session sets the ends, and what it is called. */
function createRho() {
    const range = h('input', { type: 'range', name: 'rho', step: 'any', value: 0.5 });
    const id = freshId('rho');
    const number = h('input', { type: 'number', id, step: 'any', value: 0.5 });
    // For pointers, where there may be no large picture to drag on; of the logarithm, as most is to be seen at small values.
    const slider = h('input', { type: 'range', step: 'any', 'aria-hidden': 'true', tabindex: -1, hidden: true });
    const width = h('span', { class: 'width' });
    const label = h('label', { for: id });
    const element = h('div', { class: 'rho', part: 'rho' }, label, slider, fixed(number), fixed(width));
    // What is typed is the reader's until it is entered.
    const rho = { element, range, slider, label, number, width, isTyped: false };
    number.addEventListener('input', () => { rho.isTyped = true; });
    number.addEventListener('change', () => { rho.isTyped = false; });
    return rho;
}

function createReadouts() {
    const dim = h('span', {}, 'exact');
    const limit = h('th', { scope: 'col' });
    const head = h('tr', {},
        h('td', {}),
        limit,
        h('th', { scope: 'col', title: 'at this size, without training' }, dim),
        h('th', { scope: 'col', title: 'as trained so far' }, 'trained'));
    const caption = h('caption', {}, 'Risk at the handle');
    const body = h('tbody', {});
    const element = h('table', { class: 'readouts', part: 'readouts' }, caption, h('thead', {}, head), body);
    return { element, body, dim, limit };
}

/**
 * Makes a line of numbers for each reading of a figure. Returns their cells by the readings' keys.
 * @param {View} view
 * @param {Reading[]} readings
 */
export function placeReadings({ readouts }, readings) {
    return new Map(readings.map(({ key, name, note }) => {
        // Not live: what they say at each step of a drag is said by the handle.
        const limit = h('output', { 'data-regime': key, 'aria-live': 'off', 'aria-label': `${name}, limit` });
        const exact = h('span', { class: 'exact' });
        const trained = h('span', { class: 'trained' });
        const head = h('th', { scope: 'row', title: note }, swatch(key), name);
        readouts.body.append(h('tr', {}, head, h('td', {}, limit), h('td', {}, exact), h('td', {}, trained)));
        return /** @type {const} */ ([key, { limit, exact, trained }]);
    }));
}

function createRunBar() {
    const button = (/** @type {string} */ name, /** @type {string} */ path, /** @type {string} */ title) =>
        h('button', { type: 'button', title }, icon(path), h('span', {}, name));
    const start = button('Start', PLAY, 'Train the networks');
    const pause = button('Pause', PAUSE, 'Stop training for now');
    const step = button('Step', STEP, 'Train each active network to its next report');
    const reset = button('Reset', RESET, 'Back to the start, with the same seed');
    const reseed = button('New seed', DICE, 'Other weights and other samples, the same target');
    const status = h('span', { class: 'status' });
    const kind = h('span', { class: 'kind note', hidden: true },
        'Workers are not allowed here: training shares the page’s own thread, and is slower.');
    const trouble = h('span', { class: 'trouble', role: 'status' });
    const element = h('div', { class: 'runs', part: 'runs', role: 'group', 'aria-label': 'Runs' },
        start, pause, step, reset, reseed, fixed(status), trouble, kind);
    return { element, start, pause, step, reset, reseed, status, trouble, kind };
}

function createEditor() {
    const widget = h('div', {
        class: 'widget',
        role: 'slider',
        tabindex: 0,
        'aria-label': 'Spectrum: left and right pick a group of eigenvalues, up and down change it',
        'aria-orientation': 'vertical',
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-valuenow': 1,
    });
    const rangeId = freshId('factor');
    const label = h('label', { for: rangeId });
    const range = h('input', { type: 'range', id: rangeId, min: 0, max: 4, step: 'any', value: 1 });
    const number = h('input', { type: 'number', min: 0, max: 100, step: 'any', value: 1 });
    const plain = h('button', { type: 'button' }, 'Undo edits');
    const text = h('p', { class: 'note' });
    const element = h('div', { class: 'editor' },
        text,
        h('div', { class: 'control' }, label, fixed(range), fixed(number)),
        plain);
    return { element, widget, text, label, range, number, plain };
}

/**
 * Keeps the layout of what changes in every frame of a drag to itself: what lies directly in a flexible box would have
 * the whole page laid out anew.
 * @param {HTMLElement} element Its size is fixed by the style sheet.
 */
function fixed(element) {
    return h('div', {}, element);
}

/** @param {string} name */
export function swatch(name) {
    return h('span', { class: `swatch ${name}`, 'aria-hidden': 'true' });
}
