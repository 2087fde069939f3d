// A lesson at a figure: step after step of words and states, goals that tick off, and guesses before lines are seen. Loaded when one
// is asked for. docs/lessons.md says how one is written.

import { startCore } from '../core.js';
import { SHOWN } from '../session.js';
import { checkValues } from './check.js';
import { LessonError, readLesson } from './format.js';
import { isMet } from './goal.js';
import { compared } from './guesses.js';
import { turned } from './keys.js';
import { copyOf, leverOf, numbersAt, subjectsOf, wordOf } from './numbers.js';
import { Panel } from './panel.js';
import { Guessing } from './prediction.js';
import { TAUGHT } from './taught.js';

export { LessonError } from './format.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('../session.js').Shown} Shown */
/** @typedef {import('./format.js').Lesson} Lesson */
/** @typedef {import('./format.js').Step} Step */
/** @typedef {import('./guesses.js').Guesses} Guesses */

/** Attributes of the figure that a step may ask for; it has its own back where a step does not. */
const ASKED = /** @type {const} */ (['panels', 'controls', 'readouts']);

/**
 * Where a reader is, for those who keep it.
 * @typedef {object} Kept
 * @property {number} index Of the step, from 0.
 * @property {Guesses} guesses
 * @property {boolean} isNew Whether the step has just been entered.
 */

/**
 * @typedef {object} Options
 * @property {number} [index] Of the step to begin with, from 0.
 * @property {Guesses} [guesses] Made already.
 * @property {boolean} [keepsState] Whether the figure stays as it is at the first step, and is not put into the step's state.
 * @property {(kept: Kept) => void} [keep] Called whenever there is something new to keep.
 * @property {() => void} [left] Called when the reader leaves.
 */

/** The lesson that was begun last, and is not over. @type {Teaching | undefined} */
let current;

/**
 * Begins a lesson at a figure, in place of one that it may have. Its panel stands directly before the figure; the figure dispatches
 * `lesson` at each step, with `detail.step` from 1, `detail.steps` and `detail.title`, and with the step 0 when the lesson is over.
 * @param {LazyLimits} figure On a page.
 * @param {unknown} lesson As JSON has it.
 * @param {Options} [options]
 * @returns {Promise<Teaching>}
 * @throws {LessonError} If it is no lesson for this figure, with a sentence for each fault.
 */
export async function teach(figure, lesson, options = {}) {
    const read = readLesson(lesson);
    const own = figure.getAttribute('figure');
    if (own !== null && own !== read.figure) {
        throw new LessonError([`the lesson is about the figure “${read.figure}”, and this one is “${own}”`]);
    }
    const { glue } = await startCore(read.figure);
    checkValues(read, glue);
    /** @type {{ [TAUGHT]?: Teaching }} */ (figure)[TAUGHT]?.end();
    return new Teaching(figure, read, options);
}

/** Goes to the next step of the lesson that was begun last; false if there is none. */
export const next = () => current?.next() ?? false;

/** Goes to the step before. */
export const back = () => current?.back() ?? false;

/** A lesson that goes on. */
export class Teaching {
    /** What it teaches. */
    lesson;
    #figure;
    #panel;
    #options;
    #index = 0;
    /** @type {Guesses} */
    #guesses;
    /** Steps whose goals have been met during this visit. @type {Set<number>} */
    #met = new Set();
    /** What is shown of this step's goal: whether it is met; undefined if nothing is. @type {boolean | undefined} */
    #ticked;
    /** The figure's own attributes. @type {Record<string, string | null>} */
    #own;
    /** @type {Guessing | undefined} */
    #guessing;
    /** Counts entries, as what is waited for may come too late. */
    #entry = 0;
    #end = new AbortController();

    /**
     * @param {LazyLimits} figure
     * @param {Lesson} lesson Checked.
     * @param {Options} options
     */
    constructor(figure, lesson, options) {
        this.lesson = lesson;
        this.#figure = figure;
        this.#options = options;
        this.#guesses = options.guesses ?? new Map();
        this.#own = Object.fromEntries(['only', ...ASKED].map((name) => [name, figure.getAttribute(name)]));
        this.#panel = new Panel(lesson, { next: () => this.next(), back: () => this.back(), leave: () => this.leave() });
        this.#panel.element.style.colorScheme = figure.theme === 'auto' ? '' : figure.theme;
        figure.before(this.#panel.element);
        Object.assign(figure, { [TAUGHT]: this });
        current = this;
        const { signal } = this.#end;
        // Before the figure, which keeps keys that scroll its page to itself.
        document.addEventListener('keydown', (event) => this.#press(event), { capture: true, signal });
        for (const type of ['change', 'progress', 'finish']) figure.addEventListener(type, () => this.#look(), { signal });
        this.#enter(options.index ?? 0, { keepsState: options.keepsState ?? false, isNew: false });
    }

    /** The figure's attributes as they are without the lesson, as far as that changes them; null where there is none. */
    get ownAttributes() {
        return this.#own;
    }

    /** The place of the step among all, from 0. */
    get index() {
        return this.#index;
    }

    /** What has been guessed so far. */
    get guesses() {
        return this.#guesses;
    }

    /** Goes to the next step; false at the last one. */
    next() {
        return this.#turn(1);
    }

    /** Goes to the step before; false at the first one. */
    back() {
        return this.#turn(-1);
    }

    /** Brings the page to the lesson. */
    reveal() {
        this.#panel.reveal(true);
    }

    /**
     * Goes where an address leads.
     * @param {number} index
     * @param {Guesses} guesses
     * @param {boolean} keepsState Whether the figure has its state from there, too.
     */
    goTo(index, guesses, keepsState) {
        this.#guesses = guesses;
        this.#enter(index, { keepsState, isNew: false });
    }

    /** Ends the lesson as its reader does. */
    leave() {
        const had = this.#panel.element.contains(document.activeElement);
        this.end();
        this.#options.left?.();
        if (!had) return;
        // The button that was pressed is gone, and the figure may have to begin anew.
        const focus = () => {
            if (document.activeElement === document.body) this.#shown()?.view.rho.range.focus({ preventScroll: true });
        };
        this.#figure.ready.then(focus, () => {});
    }

    /** Takes the lesson away. The figure has its own attributes back, and stays in its state. */
    end() {
        if (this.#end.signal.aborted) return;
        this.#end.abort();
        this.#entry += 1;
        this.#guessing?.end();
        this.#panel.element.remove();
        for (const [name, value] of Object.entries(this.#own)) this.#give(name, value);
        if (current === this) current = undefined;
        delete /** @type {{ [TAUGHT]?: Teaching }} */ (this.#figure)[TAUGHT];
        this.#tell(0);
    }

    /** @param {number} by */
    #turn(by) {
        const index = this.#index + by;
        if (this.#end.signal.aborted || !this.lesson.steps[index]) return false;
        this.#enter(index, { keepsState: false, isNew: true });
        return true;
    }

    get #step() {
        return /** @type {Step} */ (this.lesson.steps[this.#index]);
    }

    /**
     * @param {number} index
     * @param {{ keepsState: boolean, isNew: boolean }} how
     */
    #enter(index, { keepsState, isNew }) {
        this.#index = index;
        const { state = {}, ...step } = this.#step;
        this.#give('figure', this.lesson.figure);
        for (const name of ASKED) {
            // What is guessed on must be there, whatever the page shows otherwise.
            const own = name === 'panels' && step.prediction ? null : this.#own[name] ?? null;
            this.#give(name, step[name] ?? own);
        }
        this.#veil();
        if (!keepsState) {
            const pairs = Object.entries(state).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
            this.#figure.hash = ['v=1', ...pairs].join('&');
        }
        this.#ticked = undefined;
        this.#panel.show(index);
        if (isNew) this.#panel.reveal();
        this.#keep(isNew);
        this.#tell(index + 1);
        this.#attend();
    }

    /**
     * Gives the figure an attribute. One that it has already would make it begin anew.
     * @param {string} name
     * @param {string | null} value
     */
    #give(name, value) {
        if (this.#figure.getAttribute(name) === value) return;
        if (value === null) this.#figure.removeAttribute(name);
        else this.#figure.setAttribute(name, value);
    }

    /** Hides what is asked about, until it has been answered. */
    #veil() {
        const { prediction, only } = this.#step;
        const shown = only ?? this.#own['only'] ?? null;
        const explorable = this.#shown()?.explorable;
        if (!prediction || this.#guess.isRevealed) {
            this.#give('only', shown);
        } else if (explorable) {
            const keys = shown ? shown.split(/[\s,]+/) : subjectsOf(explorable);
            const others = keys.filter((key) => key !== prediction.of && key !== 'none' && key !== '');
            // With the first of these, what is drawn is not put into words either, which would give it away.
            this.#give('only', ['none', ...others].join(' '));
        } else {
            // Which others there are is not known yet.
            this.#give('only', 'none');
        }
    }

    /** The guess of this step. */
    get #guess() {
        const guess = this.#guesses.get(this.#index) ?? { values: (this.#step.prediction?.at ?? []).map(() => undefined), isRevealed: false };
        this.#guesses.set(this.#index, guess);
        return guess;
    }

    /** @returns {Shown | undefined} */
    #shown() {
        return /** @type {{ [SHOWN]?: Shown }} */ (this.#figure)[SHOWN];
    }

    /** Once the figure stands: its goal is looked at, and its question asked. */
    async #attend() {
        const entry = ++this.#entry;
        this.#guessing?.end();
        this.#guessing = undefined;
        // Why it cannot be shown, the figure says itself.
        await this.#figure.ready.catch(() => {});
        const shown = this.#shown();
        if (entry !== this.#entry || !shown) return;
        this.#veil();
        const again = () => { if (entry === this.#entry) this.#attend(); };
        shown.signal.addEventListener('abort', again, { once: true });
        this.#look();
        if (this.#step.prediction) this.#ask(shown);
    }

    /** Whether the goal is met now. */
    #look() {
        const { goal } = this.#step;
        const explorable = this.#shown()?.explorable;
        this.#guessing?.draw();
        if (!goal || !explorable) return;
        const is = this.#met.has(this.#index) || isMet(goal, explorable);
        if (is) this.#met.add(this.#index);
        if (is !== this.#ticked) this.#panel.showGoal(goal, is);
        this.#ticked = is;
    }

    /** @param {Shown} shown */
    #ask(shown) {
        const { prediction } = this.#step;
        if (!prediction) return;
        const { at, of } = prediction;
        const guess = this.#guess;
        const { values } = guess;
        const lever = leverOf(shown.explorable);
        // The place that is part of a name is another.
        const name = (shown.explorable.readings().lines.find(({ key }) => key === of)?.name ?? of).replace(` at ${lever.sign}`, '');
        const label = (/** @type {number} */ index) => `${name} at ${lever.sign} = ${at[index]}`;
        const place = (/** @type {number} */ index, /** @type {number} */ value) => {
            values[index] = value;
            guessing.draw();
            this.#panel.showValues();
            this.#keep(false);
        };
        const { panel = lever.panel } = prediction;
        const guessing = this.#guessing = new Guessing(shown, { panel, at, label, word: wordOf(shown.explorable, panel), values, place });
        if (guess.isRevealed) {
            this.#answer(shown, name);
            return;
        }
        const reveal = () => {
            guess.isRevealed = true;
            this.#veil();
            this.#keep(false);
            this.#answer(shown, name);
        };
        const skip = () => {
            values.fill(undefined);
            reveal();
        };
        this.#panel.ask({ prediction, label, ends: guessing.ends, values, place, reveal, skip });
    }

    /**
     * Compares the guess with what is so.
     * @param {Shown} shown
     * @param {string} name Of the subject.
     */
    async #answer(shown, name) {
        const { prediction } = this.#step;
        const guessing = this.#guessing;
        if (!prediction || !guessing) return;
        const { at, of } = prediction;
        const guessed = this.#guess.values.filter((value) => value !== undefined);
        const entry = this.#entry;
        guessing.fix();
        let said = `${name} is drawn now.`;
        if (guessed.length === at.length) {
            const copy = await copyOf(this.#figure, shown.explorable);
            const { sign, panel: large } = leverOf(copy);
            const word = wordOf(copy, prediction.panel ?? large);
            const away = (/** @type {number} */ one, /** @type {number} */ other) => guessing.away(one, other);
            said = compared({ at, guessed, found: numbersAt(copy, of, at), away, sign, word, name });
            copy.free();
        }
        if (entry === this.#entry) this.#panel.answer(prediction, said);
    }

    /** @param {boolean} isNew */
    #keep(isNew) {
        this.#options.keep?.({ index: this.#index, guesses: this.#guesses, isNew });
    }

    /** @param {number} step From 1; 0 when the lesson is over. */
    #tell(step) {
        const { title, steps } = this.lesson;
        this.#figure.dispatchEvent(new CustomEvent('lesson', { detail: { step, steps: steps.length, title } }));
    }

    /** @param {KeyboardEvent} event */
    #press(event) {
        const by = turned(event);
        // At its ends the keys are the page's again: slides around a frame go on.
        if (by === 0 || !this.#turn(by)) return;
        event.preventDefault();
        event.stopPropagation();
    }
}
