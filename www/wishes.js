// What a page asks of a figure's state: by attributes and properties, kept until the core is there to answer, and for another
// figure.

import { PARTS } from './parts.js';

/** @typedef {import('./parts.js').Explorable} Explorable */
/** @typedef {import('./pkg/lazy/lazy_limits.js').Refusal} Refusal */
/** @typedef {import('./pkg/lazy/lazy_limits.js').State} State */

/**
 * What a setting can be given: text or a number, or numbers, or rows of them; null, undefined and '' give back what the
 * attribute says, or else the default. It is read as text or a number, and undefined where the figure does not have it.
 * @typedef {any} Setting
 */

/** Attributes that are texts and properties, with what is read where there is none. */
const TEXTS = { figure: 'quadratic', results: '', theme: 'auto', panels: '', controls: '', readouts: '', height: '', lock: '', only: '' };

/** Colour schemes that can be asked for; without one, that of the page around. */
export const THEMES = ['auto', 'light', 'dark'];

/** @typedef {Record<string, Setting> & typeof TEXTS} Properties */

/** The keys of the state, of all figures. */
const KEYS = new Set(Object.values(PARTS).flatMap(({ keys }) => keys));

/**
 * A key as the name of a property: `step-size` is `stepSize`.
 * @param {string} key
 */
export function camel(key) {
    return key.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * The key that an attribute sets: that of its name, and, as HTML knows no capitals, also of its property's.
 * @type {Map<string, string>}
 */
export const ATTRIBUTES = new Map([...KEYS].flatMap((key) => [[key, key], [camel(key).toLowerCase(), key]]));

/**
 * A value as the core takes it: text, or null for none.
 * @param {unknown} value
 * @returns {string | null}
 */
function textOf(value) {
    if (value === null || value === undefined) return null;
    // Numbers are joined by commas, as rows are by themselves.
    return Array.isArray(value) && value.some(Array.isArray) ? value.join('\n') : String(value);
}

/**
 * Gives the element's prototype a property for each setting and for each text.
 * @param {import('./element.js').LazyLimits} prototype
 */
export function defineProperties(prototype) {
    const define = (/** @type {string} */ name, /** @type {PropertyDescriptor & ThisType<typeof prototype>} */ accessors) =>
        Object.defineProperty(prototype, name, { configurable: true, enumerable: true, ...accessors });
    for (const key of KEYS) {
        define(camel(key), {
            get() { return this.state[key]; },
            // Frameworks give '' where they have nothing.
            set(value) { this.state = { [key]: value === '' ? null : value }; },
        });
    }
    for (const [name, otherwise] of Object.entries(TEXTS)) {
        define(name, {
            get() { return this.getAttribute(name) ?? otherwise; },
            set(value) {
                const text = textOf(value);
                if (text) this.setAttribute(name, text);
                else this.removeAttribute(name);
            },
        });
    }
}

export class Wishes {
    /** What the state begins with, as a hash; undefined if it begins with the attributes. @type {string | undefined} */
    base;
    /** Whether that is of a figure that has been shown. */
    isKept = false;
    /** What has been asked for over that; null stands for what the attribute says, or else the default. @type {Record<string, unknown>} */
    #asked = {};
    /** All that scripts have asked for. @type {Record<string, unknown>} */
    #given = {};
    /** Whether what the figure does not have is let be. */
    #isLenient = false;
    #attributes;

    /** @param {() => Record<string, string>} attributes The settings among them as they are now. */
    constructor(attributes) {
        this.#attributes = attributes;
    }

    /** The settings as far as they are known from what has been asked for. */
    get state() {
        const attributes = this.#attributes();
        /** @type {Record<string, unknown>} */
        const state = this.base === undefined ? { ...attributes } : parse(this.base);
        for (const [key, value] of Object.entries(this.#asked)) {
            const wanted = value ?? attributes[key];
            if (wanted === undefined) delete state[key];
            else state[key] = wanted;
        }
        return /** @type {State} */ (state);
    }

    /** The same as a hash. */
    get hash() {
        const pairs = Object.entries(this.state).map(([key, value]) => `${key}=${encodeURIComponent(textOf(value) ?? '')}`);
        return pairs.length > 0 ? ['v=1', ...pairs].join('&') : this.base ?? '';
    }

    /** @param {Record<string, unknown>} values */
    ask(values) {
        Object.assign(this.#asked, values);
        Object.assign(this.#given, values);
    }

    /**
     * Begins anew.
     * @param {string} hash The whole state, or '' for that of the attributes.
     */
    begin(hash) {
        this.#asked = {};
        this.#given = {};
        this.base = hash === '' ? undefined : hash;
        this.isKept = false;
    }

    /**
     * Goes on from a state later.
     * @param {string} hash
     */
    keep(hash) {
        this.base = hash;
        this.isKept = true;
    }

    /**
     * An attribute has another value.
     * @param {string} key
     * @param {string | null} value
     * @param {boolean} isRead Whether the attributes have been read already.
     */
    follow(key, value, isRead) {
        delete this.#asked[key];
        delete this.#given[key];
        if (isRead || this.base !== undefined) this.#asked[key] = value;
    }

    /** Asks for the same of another figure, as far as that has it. */
    repeat() {
        this.#asked = { ...this.#given };
        this.#isLenient = true;
        this.base = undefined;
        this.isKept = false;
    }

    /**
     * Gives an explorable the state that everything else is asked for over. Returns what it refuses.
     * @param {Explorable} explorable
     * @returns {Refusal[]}
     */
    lay(explorable) {
        const { base } = this;
        this.base = undefined;
        this.isKept = false;
        const refusals = explorable.setHash(base ?? '');
        return base === undefined ? explorable.assign(this.#attributes()) : refusals;
    }

    /**
     * What has been asked for and is to be answered now: all of its keys, and those values that an explorable of this state
     * does not have yet.
     * @param {State} state
     */
    take(state) {
        const asked = Object.entries(this.#asked).filter(([key]) => !this.#isLenient || key in state);
        this.#asked = {};
        this.#isLenient = false;
        const attributes = this.#attributes();
        /** @type {Record<string, string | null>} */
        const values = {};
        for (const [key, value] of asked) {
            const text = textOf(value) ?? attributes[key] ?? null;
            // What it has already would cost a drawing; what a figure does not have can be at no other than its default.
            if (key in state ? text !== String(state[key]) : text !== null) values[key] = text;
        }
        return { keys: asked.map(([key]) => key), values };
    }
}

/**
 * The values in a hash.
 * @param {string} hash
 * @returns {Record<string, unknown>}
 */
function parse(hash) {
    const values = new URLSearchParams(hash.replaceAll('+', '%2B'));
    values.delete('v');
    return Object.fromEntries(values);
}
