// What a lesson shows above its figure: the step's words, its goal, its question, and the ways on.

import { freshId, h } from '../dom.js';
import { dressPanel } from './sheet.js';
import { inline, paragraphs } from './words.js';

/** @typedef {import('./format.js').Lesson} Lesson */
/** @typedef {import('./format.js').Step} Step */
/** @typedef {import('./format.js').Prediction} Prediction */

/**
 * @typedef {object} Ways What the buttons do.
 * @property {() => void} next
 * @property {() => void} back
 * @property {() => void} leave
 */

/**
 * A question, and what may be done about it.
 * @typedef {object} Question
 * @property {Prediction} prediction
 * @property {(index: number) => string} label Of the number at a place.
 * @property {readonly [number, number]} ends Between which a number must be.
 * @property {(number | undefined)[]} values As they are now.
 * @property {(index: number, value: number) => void} place Sets one.
 * @property {() => void} reveal
 * @property {() => void} skip
 */

export class Panel {
    element;
    #lesson;
    #words;
    #goal = h('p', { class: 'goal', role: 'status', hidden: true });
    #guess = h('div', { class: 'guess', hidden: true });
    #count = h('p', {});
    #back;
    #next;
    /** Shows the numbers of the question that is asked. @type {() => void} */
    #showValues = () => {};

    /**
     * @param {Lesson} lesson
     * @param {Ways} ways
     */
    constructor(lesson, { next, back, leave }) {
        this.#lesson = lesson;
        const { title, language: lang } = lesson;
        const button = (/** @type {string} */ name, /** @type {() => void} */ work, /** @type {object} */ attributes) => h('button', {
            type: 'button',
            ...attributes,
            onclick: (/** @type {Event} */ { currentTarget }) => {
                if (/** @type {Element} */ (currentTarget).getAttribute('aria-disabled') !== 'true') work();
            },
        }, name);
        this.#words = h('div', { class: 'words', lang, 'aria-live': 'polite' });
        if (lang !== undefined) this.#goal.lang = lang;
        this.#back = button('Back', back, { title: 'Page Up, or [', 'aria-keyshortcuts': 'PageUp [' });
        this.#next = button('Next', next, { class: 'main', title: 'Page Down, or ]', 'aria-keyshortcuts': 'PageDown ]' });
        const id = freshId('lesson');
        this.element = h('section', { class: 'lazy-limits-lesson', 'aria-labelledby': id },
            h('div', { class: 'head' }, h('h2', { id, lang }, ...inline(title)), this.#count),
            this.#words,
            this.#guess,
            this.#goal,
            h('div', { class: 'line' }, this.#back, this.#next, button('Leave the lesson', leave, { class: 'leave' })));
        dressPanel(this.element);
    }

    /** @param {number} index Of the step, from 0. */
    show(index) {
        const { steps } = this.#lesson;
        const { title, text } = /** @type {Step} */ (steps[index]);
        this.#count.textContent = `Step ${index + 1} of ${steps.length}`;
        this.#words.replaceChildren(...title === undefined ? [] : [h('h3', {}, ...inline(title))], ...paragraphs(text));
        // None is disabled: who has pressed it keeps the focus.
        this.#back.setAttribute('aria-disabled', String(index === 0));
        this.#next.setAttribute('aria-disabled', String(index === steps.length - 1));
        this.#goal.hidden = true;
        this.#guess.hidden = true;
    }

    /**
     * Shows what is to be brought about, and whether it has been. That is read out when it changes.
     * @param {import('./format.js').Goal} goal
     * @param {boolean} isMet
     */
    showGoal({ text }, isMet) {
        this.#goal.hidden = false;
        this.#goal.classList.toggle('met', isMet);
        this.#goal.replaceChildren(
            h('span', { class: 'mark', role: 'img', 'aria-label': isMet ? 'Reached:' : 'Goal:' }, isMet ? '✓' : ''),
            h('span', {}, ...inline(text)));
    }

    /**
     * Asks for a guess, by numbers; the plot is the other way.
     * @param {Question} question
     */
    ask({ prediction: { text, at }, label, ends: [low, high], values, place, reveal, skip }) {
        const trouble = h('p', { class: 'note', role: 'status' });
        const fields = at.map((_, index) => {
            const input = h('input', { type: 'number', step: 'any', min: low, max: high, inputmode: 'decimal' });
            input.addEventListener('change', () => {
                const { value, valueAsNumber } = input;
                const isWithin = valueAsNumber >= low && valueAsNumber <= high;
                trouble.textContent = isWithin || value === '' ? '' : `${label(index)} is “${value}”, but must be a number from ${low} to ${high}.`;
                if (isWithin) place(index, valueAsNumber);
                else this.#showValues();
            });
            return input;
        });
        const show = h('button', { type: 'button', class: 'main', onclick: reveal }, 'Show me');
        const note = h('p', { class: 'note' });
        this.#showValues = () => {
            for (const [index, input] of fields.entries()) {
                const value = values[index];
                if (input.value === '' || input.valueAsNumber !== value) input.value = value === undefined ? '' : String(value);
            }
            const missing = values.filter((value) => value === undefined).length;
            show.disabled = missing > 0;
            note.textContent = missing === 0 ? '' : at.length === 1
                ? 'Press on the plot, drag the point up and down, or write a number.'
                : `Press or drag on the plot, use the arrow keys, or write numbers: ${missing} of ${at.length} to go.`;
        };
        this.#showValues();
        this.#guess.replaceChildren(
            h('p', { class: 'question', lang: this.#lesson.language }, ...inline(text)),
            h('div', { class: 'fields' }, ...fields.map((input, index) => h('label', {}, label(index), input))),
            note,
            trouble,
            h('div', { class: 'line' }, show, h('button', { type: 'button', onclick: skip }, 'Skip')));
        this.#guess.hidden = false;
    }

    /** Shows the numbers of the question as they are now. */
    showValues() {
        this.#showValues();
    }

    /**
     * Says what has come of a guess, in place of the question.
     * @param {Prediction} prediction
     * @param {string} answer
     */
    answer({ text }, answer) {
        const had = this.#guess.contains(document.activeElement);
        const said = h('p', { class: 'answer', tabindex: -1 }, ...inline(answer));
        this.#guess.replaceChildren(h('p', { lang: this.#lesson.language }, ...inline(text)), said);
        this.#guess.hidden = false;
        // The button that was pressed is gone.
        if (had) said.focus({ preventScroll: true });
    }

    /**
     * Makes sure that it is seen. A frame scrolls nothing around it.
     * @param {boolean} [isFirst] Whether the figure is to be seen below it, too, as far as there is room.
     */
    reveal(isFirst = false) {
        const { top, bottom } = this.element.getBoundingClientRect();
        const isSeen = top >= 0 && bottom <= innerHeight;
        if (window.parent === window && (isFirst || !isSeen)) this.element.scrollIntoView({ block: 'start' });
    }
}
