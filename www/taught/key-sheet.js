// All keys in one dialog, made from what the figure has to take hold of. Loaded when a reader asks for it.

import { h, freshId } from '../dom.js';
import { addressOf } from '../hash.js';
import { closeThen, dressTaking } from '../taken/sheet.js';
import { charactersAreKeys, letCharactersBeKeys } from './shortcuts.js';
import { enter, isStaged, leave } from './stage.js';
import { dressSheet } from './stage-style.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('../session.js').Shown} Shown */
/** @typedef {[string[], string]} Row Keys, and what they do. */

const ARROWS = ['←', '→', '↑', '↓'];

/**
 * Opens the dialog over a figure, until it is closed or the figure is another.
 * @param {Shown} shown
 */
export function openSheet(shown) {
    const { view, signal } = shown;
    const root = /** @type {ShadowRoot} */ (view.root.getRootNode());
    const figure = /** @type {LazyLimits} */ (root.host);
    if (signal.aborted || view.root.querySelector('dialog[open]')) return;
    const before = root.activeElement;
    const id = freshId('keys');
    const dialog = h('dialog', { class: 'taking keys', 'aria-labelledby': id, closedby: 'any' },
        h('header', {}, h('h2', { id }, 'Keys'), h('p', { class: 'said' }),
            h('button', { type: 'button', onclick: () => dialog.close() }, 'Close')),
        h('div', { class: 'all' },
            ...gripsOf(shown),
            // Those of a page that is one figure: it listens for them.
            ...addressOf(figure) === undefined ? [] : ofPage(figure, (then) => closeThen(dialog, then))));
    dialog.addEventListener('close', () => {
        dialog.remove();
        if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    });
    signal.addEventListener('abort', () => dialog.remove(), { once: true });
    dressTaking(root);
    dressSheet(root);
    view.root.append(dialog);
    dialog.showModal();
}

/**
 * @param {string} heading
 * @param {Row[]} rows
 * @param {...(Node | string)} more
 */
function group(heading, rows, ...more) {
    const id = freshId('group');
    return h('section', { 'aria-labelledby': id }, h('h3', { id }, heading),
        h('table', {}, h('tbody', {}, ...rows.map(([keys, what]) => h('tr', {},
            h('th', { scope: 'row' }, ...keys.flatMap((key) => [h('kbd', {}, key), ' '])),
            h('td', {}, what))))),
        ...more);
}

/**
 * What can be moved, panel by panel.
 * @param {Shown} shown
 */
function gripsOf({ view, explorable, canvases }) {
    const groups = explorable.panels().filter(({ key }) => canvases.has(key)).flatMap(({ key, title, place }) => {
        const grips = explorable.grips(key);
        const [grip] = grips;
        if (!grip) return [];
        if (place === 'main') {
            if (view.rho.range.disabled) return [];
            const others = grips.slice(1).filter(({ name }) => view.controls.querySelector(`[name="${name}"]`));
            return [group(`${title}: ${grip.label}`, [
                [ARROWS, 'a small step'],
                [['Page Up', 'Page Down'], 'a large step'],
                [['Home', 'End'], 'the least, the greatest'],
            ], ...others.length === 0 ? [] : [
                h('p', { class: 'note' }, `Fields among the settings have the rest: ${others.map(({ label }) => label).join(', ')}.`),
            ])];
        }
        if (place === 'middle') {
            return view.editor.element.hidden ? [] : [group(`${title}: ${grips.length} groups`, [
                [['←', '→'], 'another group'],
                [['Home', 'End'], 'the first group, the last'],
                [['↑', '↓'], 'the bars of the group a little higher, lower'],
                [['Page Up', 'Page Down'], 'much higher, lower'],
            ])];
        }
        if (!canvases.get(key)?.plot.querySelector('input')) return [];
        return [group(`${title}: ${grips.map(({ label }) => label).join(', ')}`, [
            [ARROWS, 'a step'],
            [['Page Up', 'Page Down'], 'a large step'],
            [['Home', 'End'], 'the least, the greatest'],
        ])];
    });
    return [
        ...groups,
        group('All of it', [
            [['Tab', 'Shift Tab'], 'to the next control or handle, and back'],
            [['Enter', 'Space'], 'presses a button: runs are started, paused and put back by theirs'],
            ...window.parent === window ? [] : [/** @type {Row} */ ([['Esc'], 'leaves the figure for the page around it'])],
        ]),
    ];
}

/**
 * @param {LazyLimits} figure
 * @param {(then: () => void) => void} close
 */
function ofPage(figure, close) {
    const staged = isStaged();
    const projector = h('button', {
        type: 'button',
        onclick: () => close(() => (staged ? leave : enter)(figure)),
    }, staged ? 'Leave the projector' : 'Projector');
    const are = h('input', { type: 'checkbox', checked: charactersAreKeys(), onchange: () => letCharactersBeKeys(are.checked) });
    return [
        group('In a lesson', [
            [['Page Down', ']'], 'the next step'],
            [['Page Up', '['], 'the step before'],
        ]),
        group('On a projector', [
            [['f'], 'full screen, and back'],
            [['Space'], 'starts the runs, and pauses them'],
            [['Esc'], 'leaves full screen, then the projector'],
        ], h('p', {}, projector)),
        h('section', {},
            h('p', {}, h('kbd', {}, '?'), ' opens this sheet.'),
            h('p', {}, h('label', { class: 'check' }, are, 'Single characters are keys, where nothing is being typed'))),
    ];
}
