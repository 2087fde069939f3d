// The figure in notebooks: a module as anywidget's hosts take it, which are Jupyter, marimo and MyST. What a kernel and a figure know
// of each other are the traits of the host's model; docs/embedding.md has them in a table.

import { LazyLimits } from '../element.js';
import { FITTING } from '../fit.js';
import { HELD } from './held.js';
import { followTheme } from './host-theme.js';

/**
 * What a host has for a widget. Hosts without a kernel may refuse to save, and to take a listener away.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 * @property {() => void} save_changes
 */

/** Traits that are attributes of the element, in the order in which they are given to it. */
const ATTRIBUTES = /** @type {const} */ (['figure', ...FITTING]);

/** All traits that a kernel may change. */
const TRAITS = [...ATTRIBUTES, 'theme', 'state'];

/** Milliseconds between two reports while something moves or trains: a kernel has other things to do. */
const PAUSE = 200;

/**
 * A name for the element that only the same bytes have: a notebook has a copy of this module for each of its widgets, which then
 * share one element with one core and one pool of workers; another version, or a page's own `<lazy-limits>`, stays apart.
 */
const TAG = `lazy-limits-${HELD['build']}`;

if (!customElements.get(TAG)) customElements.define(TAG, LazyLimits);

/** One view of a model: a figure, kept in step with it. */
class View {
    #model;
    #figure = /** @type {LazyLimits} */ (document.createElement(TAG));
    /** The model's settings as they were last received or told. @type {Record<string, unknown>} */
    #settings = {};
    /** What was last told, as text. */
    #told = '';
    /** Whether there is something to tell: a figure answers for its state before it stands, but without having looked at it. */
    #isDrawn = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** The theme that the host asks for by itself. @type {string} */
    #around = 'auto';
    #isEnded = false;
    #endings = [() => clearTimeout(this.#timer), () => this.#figure.remove()];

    /**
     * @param {Model} model
     * @param {HTMLElement} el What the host has for it.
     */
    constructor(model, el) {
        this.#model = model;
        const figure = this.#figure;
        // JupyterLab would take the figure's keys for its own.
        figure.dataset['lmSuppressShortcuts'] = 'true';
        this.#receive();
        for (const trait of TRAITS) this.#listen(`change:${trait}`, () => this.#receive());
        this.#endings.push(followTheme(document, (theme) => this.#dress(theme)));
        figure.addEventListener('change', (event) => {
            if (/** @type {CustomEvent} */ (event).detail.moving) this.#tellSoon();
            else this.#tell();
        });
        // A value that was refused gives way to the one in use.
        for (const type of ['progress', 'error']) figure.addEventListener(type, () => this.#tellSoon());
        figure.addEventListener('finish', () => this.#tell());
        el.append(figure);
        this.#announce();
    }

    /** Ends it, with whatever trains in it. */
    end() {
        this.#isEnded = true;
        for (const end of this.#endings.splice(0)) end();
    }

    /**
     * @param {string} event
     * @param {() => void} act
     */
    #listen(event, act) {
        const model = this.#model;
        let listens = true;
        const listener = () => { if (listens) act(); };
        model.on(event, listener);
        this.#endings.push(() => {
            listens = false;
            try {
                model.off(event, listener);
            } catch {
                // A host that keeps it keeps one that does nothing.
            }
        });
    }

    /** Tells what is known as soon as the figure has been drawn, if it can be: it says itself why not. */
    #announce() {
        this.#isDrawn = false;
        this.#figure.ready.then(() => {
            this.#isDrawn = true;
            this.#tellSoon();
        }, () => {});
    }

    /** Gives the figure what of the model has changed. */
    #receive() {
        const figure = this.#figure;
        const shown = figure.figure;
        for (const name of ATTRIBUTES) {
            const value = this.#model.get(name) ?? '';
            const text = Array.isArray(value) ? value.join(',') : String(value);
            // One that has not changed is not set: the figure would begin anew.
            if (text !== (figure.getAttribute(name) ?? '')) figure[name] = text;
        }
        this.#dress();
        this.#receiveState();
        if (figure.figure !== shown) this.#announce();
    }

    /** Settings that are gone go back to their defaults. */
    #receiveState() {
        const given = this.#model.get('state') ?? {};
        if (typeof given !== 'object' || Array.isArray(given)) {
            this.#figure.state = given; // which says what is wrong with it
            return;
        }
        const before = this.#settings;
        this.#settings = { ...given };
        const keys = new Set([...Object.keys(before), ...Object.keys(given)]);
        const changed = [...keys].filter((key) => !isSame(before[key], given[key]));
        if (changed.length > 0) this.#figure.state = Object.fromEntries(changed.map((key) => [key, given[key] ?? null]));
    }

    /** @param {string} [around] */
    #dress(around = this.#around) {
        this.#around = around;
        const own = this.#model.get('theme') || 'auto';
        const theme = String(own === 'auto' ? around : own);
        if (theme !== this.#figure.theme) this.#figure.theme = theme;
    }

    #tellSoon() {
        this.#timer ??= setTimeout(() => this.#tell(), PAUSE);
    }

    /** Tells the model what is new in the figure. */
    #tell() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        if (!this.#isDrawn || this.#isEnded) return;
        const figure = this.#figure;
        const traits = {
            state: this.#stateOf(),
            risks: figure.risks,
            runs: figure.runs.map(({ curve: _, stepSizes: __, ...run }) => run),
        };
        const text = JSON.stringify(traits);
        if (text === this.#told) return;
        this.#told = text;
        this.#settings = traits.state;
        // Plain values, as they travel.
        for (const [name, value] of Object.entries(JSON.parse(text))) this.#model.set(name, value);
        try {
            this.#model.save_changes();
        } catch (error) {
            console.info(`Lazy Limits: this host keeps no changes of a widget: ${error}`);
        }
    }

    /** The settings in use, of those that the kernel or the reader has set: others are at their defaults. */
    #stateOf() {
        const { state, hash } = this.#figure;
        const keys = new Set([...Object.keys(this.#settings), ...new URLSearchParams(hash).keys()]);
        /** @type {Record<string, unknown>} */
        const all = state;
        return Object.fromEntries([...keys].filter((key) => key in all).map((key) => {
            const given = this.#settings[key];
            // As it was given, where that says the same.
            return [key, isSame(given, all[key]) ? given : all[key]];
        }));
    }
}

/**
 * Whether two values of a setting say the same: it may be given as text, as a number or as numbers.
 * @param {unknown} one
 * @param {unknown} other
 */
function isSame(one, other) {
    return String(one ?? '') === String(other ?? '');
}

export default {
    /**
     * Shows a model.
     * @param {object} what
     * @param {Model} what.model
     * @param {HTMLElement} what.el
     * @param {AbortSignal} [what.signal] Ends it, in newer hosts.
     * @returns {() => void} Ends it, in older ones.
     */
    render({ model, el, signal }) {
        const view = new View(model, el);
        const end = () => view.end();
        signal?.addEventListener('abort', end, { once: true });
        return end;
    },
};
