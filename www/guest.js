// The manners of a figure in a frame: it tells the page around how high it is and what its reader does, does what that page asks,
// and leaves alone the keys that it has no use for. docs/embedding.md has the messages in a table.

import { writeHash } from './hash.js';
import { TURNING, isUsed } from './keys.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {{ message: string, field?: string }} Refused */

/** The version of the messages: raised when one changes its meaning. */
const VERSION = 1;

/** A figure in a frame. In a window of its own it does nothing. */
export class Guest {
    #figure;
    #measured;
    /** Whether the figure stands, so that its height is not that of something that is still to come. */
    #isThere = false;
    /** Why it cannot be shown, if so. */
    #failure = '';
    #height = 0;
    /** The height and the risks that were told last. */
    #toldHeight = 0;
    #toldRisks = '';
    #frame = 0;
    /** What has been refused of what is being set. @type {Refused[]} */
    #refused = [];

    /** What the page around may ask for, by type. @type {Record<string, (asked: Record<string, unknown>) => void>} */
    #asked = {
        measure: () => this.#measure(),
        get: ({ id }) => {
            this.#tellAll(id, []);
            this.#tellFailure();
        },
        set: ({ id, state }) => {
            const refused = this.#refused = /** @type {Refused[]} */ ([]);
            this.#figure.state = /** @type {any} */ (state);
            this.#refused = [];
            writeHash();
            this.#tellAll(id, refused);
            this.#tellSoon();
        },
        start: () => this.#figure.start(),
        pause: () => this.#figure.pause(),
        step: () => this.#figure.step(),
        reset: () => this.#figure.reset(),
    };

    /**
     * @param {LazyLimits} figure
     * @param {HTMLElement} measured What is as high as the frame should be, and does not depend on how high that is.
     */
    constructor(figure, measured) {
        this.#figure = figure;
        this.#measured = measured;
        if (window.parent === window) return;
        new ResizeObserver(([entry]) => {
            this.#height = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0);
            this.#tellSoon();
        }).observe(measured);
        figure.addEventListener('change', (event) => {
            const { state, moving } = detail(event);
            const { risks } = figure;
            this.#toldRisks = JSON.stringify(risks);
            this.#tell('change', { state, risks, moving });
            this.#tellSoon();
        });
        figure.addEventListener('error', (event) => {
            const { message, field } = detail(event);
            this.#refused.push({ message, field });
            this.#tell('error', { message, field });
        });
        for (const type of ['progress', 'finish']) figure.addEventListener(type, () => this.#tellSoon());
        window.addEventListener('message', ({ data, source }) => {
            if (source === window.parent && data?.target === 'lazy-limits') this.#answer(data);
        });
        // At the window: after all that the figure itself does with a key.
        window.addEventListener('keydown', (event) => this.#press(event));
    }

    /** Says when the figure stands, or that it cannot: to be called whenever it has become another. */
    async announce() {
        if (window.parent === window) return;
        const { ready } = this.#figure;
        try {
            await ready;
            this.#failure = '';
            const { state, risks } = this.#figure;
            this.#toldRisks = JSON.stringify(risks);
            this.#tell('ready', { state, risks });
        } catch (error) {
            this.#failure = error instanceof Error ? error.message : String(error);
            this.#tellFailure();
        }
        this.#isThere = true;
        this.#measure();
    }

    #tellFailure() {
        if (this.#failure !== '') this.#tell('failed', { message: this.#failure });
    }

    /** Tells the height in any case, and at once: a frame that is out of sight may have no frames to wait for. */
    #measure() {
        this.#height = Math.ceil(this.#measured.getBoundingClientRect().height);
        this.#toldHeight = 0;
        this.#tellHeight();
    }

    #tellHeight() {
        const height = this.#height;
        if (!this.#isThere || height === 0 || height === this.#toldHeight) return;
        this.#toldHeight = height;
        this.#tell('height', { height });
    }

    /**
     * Answers with all that there is to be known.
     * @param {unknown} id Of the question.
     * @param {Refused[]} refused
     */
    #tellAll(id, refused) {
        const { state, risks, hash } = this.#figure;
        this.#tell('got', { id, state, risks, hash, refused });
    }

    /** Tells, in the next frame, what has changed. */
    #tellSoon() {
        this.#frame ||= requestAnimationFrame(() => {
            this.#frame = 0;
            this.#tellHeight();
            const { risks } = this.#figure;
            const text = JSON.stringify(risks);
            if (!this.#isThere || !risks || text === this.#toldRisks) return;
            this.#toldRisks = text;
            this.#tell('risks', { risks });
        });
    }

    /**
     * Tells the page around, whichever it is: there is nothing in it that another must not know.
     * @param {string} type
     * @param {object} what
     */
    #tell(type, what) {
        window.parent.postMessage({ source: 'lazy-limits', version: VERSION, type, ...what }, '*');
    }

    /** @param {Record<string, unknown>} asked */
    #answer(asked) {
        const { type, version = VERSION } = asked;
        const act = typeof type === 'string' && Object.hasOwn(this.#asked, type) ? this.#asked[type] : undefined;
        if (version !== VERSION) this.#refuse('version', version, String(VERSION));
        else if (act) act(asked);
        else this.#refuse('type', type, `one of ${Object.keys(this.#asked).join(', ')}`);
    }

    /**
     * @param {string} field
     * @param {unknown} value
     * @param {string} allowed
     */
    #refuse(field, value, allowed) {
        this.#tell('error', { message: `${field} is “${String(value).slice(0, 40)}”, but must be ${allowed}`, field });
    }

    /** @param {KeyboardEvent} event */
    #press(event) {
        const { key, code, keyCode, shiftKey, altKey, ctrlKey, metaKey } = event;
        if (isUsed(event) || altKey || ctrlKey || metaKey) return;
        if (key === 'Escape') this.#leave();
        else if (TURNING.has(key)) this.#tell('key', { key, code, keyCode, shiftKey });
    }

    /** Gives the focus back. */
    #leave() {
        const { shadowRoot } = this.#figure;
        // What is open is closed by the same key.
        if (shadowRoot?.querySelector('dialog[open]')) return;
        const focused = shadowRoot?.activeElement ?? document.activeElement;
        if (focused instanceof HTMLElement) focused.blur();
        window.parent.focus();
        this.#tell('escape', {});
    }
}

/** @param {Event} event Of the element's own. */
const detail = (event) => /** @type {CustomEvent} */ (event).detail;
