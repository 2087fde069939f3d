// Native controls for the settings, made from the core's own table of them.

import { freshId, h } from './dom.js';

/** @typedef {ReturnType<typeof import('./pkg/lazy/lazy_limits.js').parameters>[number]} Parameter */
/** @typedef {Record<string, number | string>} State */

/**
 * Takes a new value; false if it was refused.
 * @typedef {(key: string, text: string, moving: boolean) => boolean} Change
 */

/**
 * A control that shows one setting.
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {(value: number | string) => void} show
 */

/** Kinds of which an empty field means `auto`. */
const AUTO = new Set(['integer-or-auto', 'real-or-auto']);

export class Controls {
    /** @type {Map<string, Field>} */
    #fields = new Map();

    /**
     * @param {HTMLFormElement} form Filled with the controls.
     * @param {Parameter[]} parameters
     * @param {Change} change
     * @param {(() => void) | undefined} restore Sets everything to its default; without it, the controls are all in sight.
     */
    constructor(form, parameters, change, restore) {
        const fields = (/** @type {Parameter['place'][]} */ ...where) =>
            h('div', { class: 'fields' }, ...parameters.filter(({ place }) => where.includes(place)).map((parameter) => {
                const field = createField(parameter, change);
                this.#fields.set(parameter.key, field);
                return field.element;
            }));
        if (restore) {
            form.replaceChildren(fields('first'), h('details', { class: 'more' },
                h('summary', {}, 'More settings'),
                fields('more'),
                h('p', {}, h('button', { type: 'button', onclick: restore }, 'Restore defaults'))));
        } else {
            form.replaceChildren(fields('first', 'more'));
        }
        // Return in a field sends forms.
        form.addEventListener('submit', (event) => event.preventDefault());
    }

    /**
     * Says what an empty field stands for.
     * @param {string} key
     * @param {string} text
     */
    explain(key, text) {
        const input = this.#fields.get(key)?.element.querySelector('input');
        if (input && input.placeholder !== text) input.placeholder = text;
    }

    /** @param {State} state */
    show(state) {
        for (const [key, field] of this.#fields) field.show(state[key] ?? '');
    }
}

/**
 * @param {Parameter} parameter
 * @param {Change} change
 * @returns {Field}
 */
function createField(parameter, change) {
    if (parameter.kind === 'choice') return choiceField(parameter, change);
    if (parameter.kind === 'spectrum') return spectrumField(parameter, change);
    if (parameter.kind === 'share') return shareField(parameter, change);
    return numberField(parameter, change);
}

/**
 * @param {Parameter} parameter
 * @param {string} id
 * @param {...(HTMLElement | string)} controls
 */
function labelled({ kind, label, help }, id, ...controls) {
    return h('div', { class: `field field-${kind}`, title: help },
        h('label', { for: id }, label),
        h('div', { class: 'control' }, ...controls));
}

/**
 * @param {Parameter} parameter
 * @param {Change} change
 * @returns {Field}
 */
function choiceField(parameter, change) {
    const { key, choices = [] } = parameter;
    const id = freshId(key);
    const select = h('select', { id, name: key }, ...choices.map(({ name, label, help }) =>
        h('option', { value: name, title: help }, label)));
    select.addEventListener('change', () => change(key, select.value, false));
    return {
        element: labelled(parameter, id, select),
        show: (value) => { select.value = String(value); },
    };
}

/**
 * @param {Parameter} parameter
 * @param {Change} change
 * @returns {Field}
 */
function shareField(parameter, change) {
    const { key, min, max, ends = [] } = parameter;
    const id = freshId(key);
    const range = h('input', { type: 'range', id, name: key, min, max, step: 0.01 });
    range.addEventListener('input', () => change(key, range.value, true));
    range.addEventListener('change', () => change(key, range.value, false));
    const [none, all] = ends.map((text) => h('span', { class: 'note' }, text));
    return {
        element: labelled(parameter, id, none ?? '', range, all ?? ''),
        show: (value) => { range.value = String(value); },
    };
}

/**
 * A number, or nothing for `auto`.
 * @param {Parameter} parameter
 * @param {Change} change
 * @returns {Field}
 */
function numberField(parameter, change) {
    const { key, kind, min, max } = parameter;
    const id = freshId(key);
    const auto = AUTO.has(kind);
    const step = kind.startsWith('integer') ? 1 : 'any';
    const input = h('input', { type: 'number', id, name: key, min, max, step, placeholder: auto ? 'auto' : undefined });
    let shown = '';
    const show = (/** @type {number | string} */ value) => {
        shown = value === 'auto' ? '' : String(value);
        // Not under the cursor of someone typing a number that reads the same.
        if (input.value !== shown || input.validity.badInput) input.value = shown;
    };
    input.addEventListener('change', () => {
        // What the browser cannot read it gives as nothing, which would mean `auto`.
        const text = input.validity.badInput ? 'unreadable' : input.value;
        const taken = change(key, text === '' && auto ? 'auto' : text, false);
        if (!taken) input.value = shown;
    });
    return { element: labelled(parameter, id, input), show };
}

/**
 * What numbers are, as the core writes them: a vector on one line, or a matrix with a row on each.
 * @param {string} text
 */
function described(text) {
    const { length } = text.split('\n');
    if (length > 1) return `a ${length}×${length} matrix`;
    const count = text.split(',').length;
    return count === 1 ? '1 number' : `${count} numbers`;
}

/**
 * A family with its parameter.
 * @param {Parameter} parameter
 * @param {Change} change
 * @returns {Field}
 */
function spectrumField(parameter, change) {
    const { key, families } = parameter;
    const id = freshId(key);
    const given = h('option', { value: '', disabled: true, hidden: true });
    const select = h('select', { id, name: key }, given, ...families.map(({ name, label, help }) =>
        h('option', { value: name, title: help }, label)));
    const number = h('input', { type: 'number', step: 'any', 'aria-label': 'Parameter of the family' });
    const family = () => families.find(({ name }) => name === select.value);
    let shown = '';

    const show = (/** @type {number | string} */ value) => {
        const [name, argument] = String(value).split(':');
        const known = families.find((one) => one.name === name);
        select.value = known?.name ?? '';
        given.hidden = Boolean(known);
        if (!known) given.textContent = described(String(value));
        number.hidden = !known?.parameter;
        if (!known?.parameter) return;
        number.min = String(known.parameter.min);
        number.max = String(known.parameter.max);
        shown = argument ?? String(known.parameter.default);
        if (number.value !== shown || number.validity.badInput) number.value = shown;
    };
    select.addEventListener('change', () => change(key, select.value, false));
    number.addEventListener('change', () => {
        // What cannot be read is '' too.
        const taken = change(key, `${family()?.name}:${number.value}`, false);
        if (!taken) number.value = shown;
    });
    return { element: labelled(parameter, id, select, number), show };
}
