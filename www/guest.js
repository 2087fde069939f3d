// The manners of a figure in a frame: it tells the page around how high it is and what its reader does, does what that page asks,
// and leaves alone the keys that it has no use for. docs/embedding.md has the messages in a table.

import { writeHash } from './hash.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

/** The version of the messages: raised when one changes its meaning. */
const VERSION = 1;

/** Keys that turn pages and slides. */
const TURNING = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']);

/** Controls that use such keys. */
const USING = 'input:not([type="checkbox"], [type="button"], [type="file"]), select, textarea';

/** A figure in a frame. In a window of its own it does nothing. */
export class Guest {
    #figure;
    #measured;
    /** Whether the figure stands, so that its height is not that of something that is still to come. */
    #isThere = false;
    #height = 0;
    /** The height and the risks that were told last. */
    #toldHeight = 0;
    #toldRisks = '';
    #frame = 0;

    /** What the page around may ask for, by type. @type {Record<string, (asked: Record<string, unknown>) => void>} */
    #asked = {
        measure: () => this.#measure(),
        get: ({ id }) => {
            const { state, risks, hash } = this.#figure;
            this.#tell('got', { id, state, risks, hash });
        },
        set: ({ state }) => {
            this.#figure.state = /** @type {any} */ (state);
            writeHash();
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
            this.#tell('change', { state, moving });
            this.#tellSoon();
        });
        figure.addEventListener('error', (event) => {
            const { message, field } = detail(event);
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
            const { state, risks } = this.#figure;
            this.#toldRisks = JSON.stringify(risks);
            this.#tell('ready', { state, risks });
        } catch (error) {
            this.#tell('failed', { message: error instanceof Error ? error.message : String(error) });
        }
        this.#isThere = true;
        this.#measure();
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
        if (event.defaultPrevented || event.isComposing) return;
        const { key, code, keyCode, shiftKey, altKey, ctrlKey, metaKey } = event;
        if (altKey || ctrlKey || metaKey) return; // the browser's own
        if (key === 'Escape') this.#leave();
        else if (TURNING.has(key) && !isUsed(event)) this.#tell('key', { key, code, keyCode, shiftKey });
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

/**
 * Whether a control, or something that scrolls, has a use for a key.
 * @param {KeyboardEvent} event
 */
function isUsed(event) {
    const [target] = event.composedPath();
    if (target instanceof Element && target.matches(USING)) return true;
    const isAcross = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    return event.composedPath().some((element) => {
        if (!(element instanceof Element)) return false;
        const overflow = isAcross
            ? element.scrollWidth - element.clientWidth
            : element.scrollHeight - element.clientHeight;
        return overflow > 1 && scrolls(element, isAcross);
    });
}

/**
 * Whether what is too large for an element can be scrolled.
 * @param {Element} element
 * @param {boolean} isAcross
 */
function scrolls(element, isAcross) {
    if (element === document.scrollingElement) return true;
    const { overflowX, overflowY } = getComputedStyle(element);
    return ['auto', 'scroll'].includes(isAcross ? overflowX : overflowY);
}
