// A lesson that an address asks for: fetched, begun at the page's figure, and kept in step with the hash. Loaded when there is one.

import { h } from '../dom.js';
import { addressOf, bindHash } from '../hash.js';
import { HOME } from '../place.js';
import { ID, decode } from '../single/format.js';
import { LessonError } from './format.js';
import { guessesOf, textOf } from './guesses.js';
import { LESSON_KEYS } from './keys.js';
import { teach } from './lesson.js';
import { dressChapter, dressPanel } from './sheet.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('./lesson.js').Teaching} Teaching */

/** The largest file that is read, in bytes. */
const MOST = 500_000;

/**
 * Where a lesson comes from.
 * @typedef {object} Source
 * @property {string} name As sentences call it.
 * @property {() => Promise<string>} text
 */

/**
 * The lesson of that name among those of the site, or at that address.
 * @param {string} asked
 * @returns {Source}
 */
export function lessonAt(asked) {
    const isName = /^[\w-]+$/.test(asked);
    return {
        name: asked,
        text: async () => {
            const address = isName ? `${HOME}www/lessons/${asked}.json` : asked;
            if (!URL.canParse(address, document.baseURI)) throw new Error('this is no address');
            return fetched(new URL(address, document.baseURI));
        },
    };
}

/** The lesson that a page has in itself, as a figure saved with one does; undefined if it has none. @returns {Source | undefined} */
function lessonInside() {
    const held = document.getElementById(ID.lesson)?.textContent;
    return held ? { name: 'in this file', text: async () => decode('lesson', held) } : undefined;
}

/**
 * The text of a lesson at an address: whose it is must not matter, so nothing of the reader's goes there.
 * @param {URL} address
 */
async function fetched(address) {
    const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' }).catch((error) => {
        throw new Error(`${address.href} could not be fetched: ${error.message}; a server that is not this site’s has to send Access-Control-Allow-Origin`);
    });
    if (!response.ok) throw new Error(`${address.href} could not be loaded (status ${response.status})`);
    const text = await response.text();
    if (text.length > MOST) throw new Error(`it has ${text.length} letters, and this page reads up to ${MOST}`);
    return text;
}

/** A lesson whose step and guesses stand in the hash of the page. */
export class Addressed {
    #figure;
    #source;
    #keys;
    #left;
    /** What the address says. @type {Map<string, string>} */
    #values = new Map();
    /** Whether it says more of the figure's state than its version. */
    #hasState = false;
    /** @type {Teaching | undefined} */
    #teaching;
    /** What has gone wrong, if something has. @type {HTMLElement | undefined} */
    #trouble;
    #isBeginning = false;
    #hasLeft = false;
    #isOver = false;

    /**
     * @param {LazyLimits} figure
     * @param {Source} source
     * @param {object} where
     * @param {Set<string>} where.keys Those of the hash that are not the figure's.
     * @param {() => void} where.left Called when the reader has left it: the address must not ask for it any more.
     */
    constructor(figure, source, { keys, left }) {
        this.#figure = figure;
        this.#source = source;
        this.#keys = keys;
        this.#left = left;
    }

    /**
     * Goes where the address leads; called before the figure gets the state that stands there.
     * @param {Map<string, string>} values
     */
    async read(values) {
        this.#values = values;
        this.#hasState = pairs().some((pair) => keyOf(pair) !== 'v' && !this.#keys.has(keyOf(pair)));
        if (!this.#teaching) {
            // Who has left it comes back to it by going back, and by nothing else.
            if (!this.#hasLeft || values.has('lesson-step')) await this.#begin();
            return;
        }
        const { lesson } = this.#teaching;
        // The figure has it first.
        await Promise.resolve();
        // Links of the page know of no lesson, and change the figure alone.
        const { index, guesses } = values.has('lesson-step') ? this.#place(lesson.steps) : this.#teaching;
        this.#teaching.goTo(index, guesses, this.#hasState);
    }

    /** Takes it away: the address asks for another, or for none. */
    end() {
        this.#isOver = true;
        this.#teaching?.end();
        this.#trouble?.remove();
    }

    async #begin() {
        if (this.#isBeginning) return;
        this.#isBeginning = true;
        try {
            const text = await this.#source.text();
            const lesson = parse(text);
            if (this.#isOver) return;
            const steps = Array.isArray(lesson?.steps) ? lesson.steps : [];
            const { index, guesses } = this.#place(steps);
            this.#teaching = await teach(this.#figure, lesson, {
                index,
                guesses,
                keepsState: this.#hasState,
                keep: (kept) => this.#keep(kept),
                left: () => {
                    this.#teaching = undefined;
                    this.#hasLeft = true;
                    this.#left();
                },
            });
            if (this.#isOver) this.#teaching.end();
            else this.#teaching.reveal();
        } catch (error) {
            const faults = error instanceof LessonError ? error.faults : [error instanceof Error ? error.message : String(error)];
            if (!this.#isOver) this.#say(faults);
        }
        this.#isBeginning = false;
    }

    /**
     * The step and the guesses that the address names. What it cannot name is said, and the lesson begins without.
     * @param {import('./format.js').Step[]} steps
     */
    #place(steps) {
        this.#trouble?.remove();
        const text = this.#values.get('lesson-step') ?? '1';
        const step = Number(text);
        const isStep = Number.isInteger(step) && step >= 1 && step <= steps.length;
        /** @type {import('./guesses.js').Guesses} */
        let guesses = new Map();
        /** @type {string[]} */
        const faults = isStep || steps.length === 0 ? []
            : [`lesson-step is “${text.slice(0, 40)}”, but must be a whole number from 1 to ${steps.length}`];
        try {
            guesses = guessesOf(this.#values.get('guess') ?? '', steps);
        } catch (error) {
            faults.push(/** @type {Error} */ (error).message);
        }
        if (faults.length > 0) this.#say(faults, 'Of this address something cannot be taken: ');
        return { index: isStep ? step - 1 : 0, guesses };
    }

    /**
     * Says what is wrong, where the lesson would stand.
     * @param {string[]} faults
     * @param {string} [before]
     */
    #say(faults, before = `The lesson “${this.#source.name.slice(0, 80)}” cannot be shown: `) {
        this.#trouble?.remove();
        const sentences = faults.map((fault, index) => h('p', {}, `${index === 0 ? before : ''}${fault}.`));
        this.#trouble = h('div', { class: 'lazy-limits-lesson', role: 'alert' }, ...sentences);
        dressPanel(this.#trouble);
        this.#figure.before(this.#trouble);
    }

    /** @param {import('./lesson.js').Kept} kept */
    #keep({ index, guesses, isNew }) {
        const guessed = textOf(guesses);
        const own = pairs().filter((pair) => this.#keys.has(keyOf(pair)) && !LESSON_KEYS.some((key) => key === keyOf(pair)));
        const hash = [...own, `lesson-step=${index + 1}`, ...guessed === '' ? [] : [`guess=${guessed}`]].join('&');
        try {
            // Steps are places that one goes back to; guesses are none.
            history[isNew ? 'pushState' : 'replaceState'](history.state, '', `${location.href.split('#')[0]}#${hash}`);
            history.replaceState(history.state, '', addressOf(this.#figure) ?? location.href);
        } catch {
            // Browsers refuse addresses that come too often, and some any of a sandboxed frame. The lesson goes on without.
        }
    }
}

/**
 * @param {string} text
 * @returns {any}
 */
function parse(text) {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new Error(`it is not JSON: ${error instanceof Error ? error.message : error}`);
    }
}

/** The hash as it stands, pair by pair. */
const pairs = () => location.hash.slice(1).split('&').filter((pair) => pair !== '');

/** @param {string} pair */
const keyOf = (pair) => pair.split('=', 1)[0] ?? '';

/**
 * Opens the lesson that a chapter's address asks for, or that the page has in itself, and keeps the figure's state in the hash as
 * well.
 * @param {LazyLimits} figure
 */
export function openLesson(figure) {
    const query = new URLSearchParams(location.search);
    const source = lessonInside() ?? lessonAt(query.get('lesson') ?? '');
    const keys = new Set(/** @type {readonly string[]} */ (LESSON_KEYS));
    dressChapter();
    const left = () => {
        query.delete('lesson');
        const own = pairs().filter((pair) => !keys.has(keyOf(pair)));
        history.replaceState(history.state, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}#${own.join('&')}`);
    };
    const addressed = new Addressed(figure, source, { keys, left });
    bindHash(figure, '', { keys, read: (values) => void addressed.read(values) });
}
