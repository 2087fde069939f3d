// The figure as an element: `<lazy-limits figure="quadratic">`. Its attributes are the keys of its state.

import { startCore } from './core.js';
import { h } from './dom.js';
import { Session } from './session.js';
import { sheet } from './style.js';
import { createView } from './view.js';

/** @typedef {import('./pkg/lazy_limits.js').State} State */
/** @typedef {import('./pkg/lazy_limits.js').Risks} Risks */
/** @typedef {import('./runs.js').Run} Run */

/**
 * The keys of the state, of all figures. The core's table is the authority, but the browser asks before the core is there.
 */
export const KEYS = Object.freeze([
    'dim', 'spectrum', 'delta', 'sigma', 'rotation', 'second-layer', 'sampling', 'spectrum-seed', 'multipliers', 'mix', 'activation', 'rho', 'steps', 'step-size',
    'schedule', 'protocol', 'batch', 'seed', 'axis', 'scale', 'show',
]);

/**
 * An interactive figure.
 *
 * Attributes: `figure` (which one), `results` (the address of a file that is laid over it), `paused` (does not start
 * training by itself), and every key of the state.
 * Events, dispatched here and not bubbling: `change` (once a frame, when the reader has changed something;
 * `detail.state`, and `detail.moving` while a drag goes on), `progress` (`detail.run`), `finish`, `error`
 * (`detail.message`, `detail.field`).
 */
export class LazyLimits extends HTMLElement {
    static observedAttributes = ['figure', 'results', ...KEYS];

    /** @type {Session | undefined} */
    #session;
    /** What is asked for before the core is there. @type {Record<string, unknown>} */
    #wanted = {};
    /** @type {string | undefined} */
    #wantedHash;
    #view = createView();
    /** Notices by what they are about. @type {Map<string, string>} */
    #notices = new Map();
    #ready = withResolvers();
    #connection = 0;
    /** Whether a session has had the view. */
    #used = false;

    constructor() {
        super();
        const root = this.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = [sheet];
        // What goes on in the controls is told by this element's own events.
        root.addEventListener('input', (event) => event.stopPropagation());
        this.#renew();
    }

    /** Fulfilled when the figure has been drawn; rejected if it cannot be. */
    get ready() {
        return this.#ready.promise;
    }

    /** Every setting by its key. Assigning some of them leaves the others; those refused keep their value. */
    get state() {
        return this.#session ? this.#session.explorable.state() : /** @type {State} */ ({ ...this.#wanted });
    }

    /** @param {Partial<State>} values */
    set state(values) {
        if (this.#session) this.#take(values);
        else Object.assign(this.#wanted, values);
    }

    /** The state as a URL's hash without `#`: defaults are left out, and those left out are defaults. */
    get hash() {
        return this.#session ? this.#session.explorable.hash() : this.#wantedHash ?? '';
    }

    /** @param {string} text */
    set hash(text) {
        if (this.#session) this.#takeHash(text);
        else this.#wantedHash = text;
    }

    /** The risks at the handle. @returns {Risks | null} */
    get risks() {
        return this.#session?.explorable.risks() ?? null;
    }

    /** The eigenvalues of what is in front, largest first. @returns {Float64Array | null} */
    get eigenvalues() {
        return this.#session?.explorable.eigenvalues() ?? null;
    }

    /** @returns {Run[]} */
    get runs() {
        return this.#session?.runs.list() ?? [];
    }

    start() {
        this.#session?.runs.start();
    }

    pause() {
        this.#session?.runs.pause();
    }

    /** Advances each active run to its next report. */
    step() {
        this.#session?.runs.step();
    }

    /** Puts the runs back to their start, with the same seed. */
    reset() {
        this.#session?.runs.reset();
    }

    /**
     * Lays results over the figure: a file that `lazy-limits figure`, `train` or `sweep` has written.
     * @param {Blob} file
     */
    async openResults(file) {
        await this.#session?.results.open(file);
    }

    /** Takes them away again; those of the attribute come back. */
    removeResults() {
        this.#session?.results.remove();
    }

    /**
     * Puts a network that has been trained here beside the results, if it is of their target.
     * @param {import('./session.js').Own} run
     */
    putRun(run) {
        this.#session?.put(run);
    }

    connectedCallback() {
        this.#connection += 1;
        if (!this.#session) this.#begin(this.#connection);
    }

    disconnectedCallback() {
        this.#connection += 1;
        const connection = this.#connection;
        // An element that is only moved is connected again at once.
        queueMicrotask(() => {
            if (connection !== this.#connection || !this.#session) return;
            this.#wantedHash = this.#session.explorable.hash();
            this.#session.end();
            this.#session = undefined;
            this.#ready = withResolvers();
        });
    }

    /**
     * @param {string} name
     * @param {string | null} _before
     * @param {string | null} value
     */
    attributeChangedCallback(name, _before, value) {
        if (!this.#session) return; // they are all read when it begins
        if (name === 'figure' || name === 'results') {
            this.#restart();
        } else if (value === null) {
            this.#take({ [name]: this.#session.defaults[name] ?? '' });
        } else {
            this.#take({ [name]: value });
        }
    }

    /** A new view, as the old one is full of a session's listeners. */
    #renew() {
        if (this.#used) this.#view = createView();
        this.shadowRoot?.replaceChildren(this.#view.root);
        this.#view.notice.close.addEventListener('click', () => this.#clearNotices());
        this.#showNotices();
    }

    #restart() {
        this.#session?.end();
        this.#session = undefined;
        this.#begin(this.#connection);
    }

    /** @param {number} connection */
    async #begin(connection) {
        const { resolve, reject } = this.#ready;
        try {
            await startCore();
            if (connection !== this.#connection || this.#session) return;
            this.#session = this.#open();
        } catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            this.#fail(`This figure cannot be shown: ${message}`, undefined);
            reject(error);
            return;
        }
        const session = this.#session;
        this.#takeWanted();
        const results = this.getAttribute('results');
        if (results !== null) session.results.expect();
        session.begin();
        // An observer of sizes may be called before the next frame, and draws then.
        await session.drawn;
        resolve(this);
        this.#startWhenSeen(session);
        if (results !== null && session === this.#session) session.results.load(results);
    }

    /**
     * Training starts by itself, but not where nobody looks.
     * @param {Session} session
     */
    #startWhenSeen(session) {
        if (matchMedia('(prefers-reduced-motion: reduce)').matches || this.hasAttribute('paused')) return;
        const observer = new IntersectionObserver((entries) => {
            if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
            observer.disconnect();
            if (session === this.#session) session.runs.start();
        });
        observer.observe(this);
    }

    #open() {
        if (this.#used) this.#renew();
        this.#used = true;
        return new Session(this.getAttribute('figure') ?? 'quadratic', this.#view, {
            change: (moving) => {
                const session = this.#session;
                // Seldom looked at in a drag, and not free.
                const detail = { get state() { return session?.explorable.state(); }, moving };
                this.#tell('change', detail);
            },
            progress: (run) => this.#tell('progress', { run }),
            finish: () => this.#tell('finish', {}),
            error: (message, field) => this.#fail(message, field),
            taken: (keys) => this.#clearNotices(keys),
        });
    }

    /** Attributes first, then what was asked for by script. */
    #takeWanted() {
        /** @type {Record<string, string>} */
        const attributes = {};
        for (const key of KEYS) {
            const value = this.getAttribute(key);
            if (value !== null) attributes[key] = value;
        }
        const [wanted, hash] = [this.#wanted, this.#wantedHash];
        this.#wanted = {};
        this.#wantedHash = undefined;
        if (hash === undefined || hash === '') this.#take(attributes);
        if (hash !== undefined) this.#takeHash(hash);
        this.#take(wanted);
    }

    /**
     * Takes what can be taken, and says what cannot.
     * @param {Record<string, unknown>} values
     */
    #take(values) {
        const session = this.#session;
        const left = { ...values };
        while (session && Object.keys(left).length > 0) {
            const refused = session.changeAll(() => session.explorable.setAll(/** @type {State} */ (left)), false);
            if (refused === undefined) return;
            // Together they may be refused for one of them only.
            if (refused === '' || !(refused in left)) return;
            delete left[refused];
        }
    }

    /** @param {string} text */
    #takeHash(text) {
        const session = this.#session;
        /** @type {string[]} */
        let notices = [];
        session?.changeAll(() => { notices = session.explorable.setHash(text); }, false);
        if (notices.length > 0) this.#fail(notices.join(' '), undefined);
    }

    /**
     * @param {string} message
     * @param {string | undefined} field
     */
    #fail(message, field) {
        this.#notices.set(field ?? '', message);
        this.#showNotices();
        this.#tell('error', { message, field });
    }

    /** @param {string[]} [fields] */
    #clearNotices(fields) {
        if (this.#notices.size === 0) return;
        if (fields) for (const field of fields) this.#notices.delete(field);
        else this.#notices.clear();
        this.#showNotices();
    }

    #showNotices() {
        const { element, close } = this.#view.notice;
        const sentences = [...this.#notices.values()].map((message) => h('p', {}, message));
        element.replaceChildren(...(sentences.length > 0 ? [h('div', {}, ...sentences), close] : []));
    }

    /**
     * @param {string} type
     * @param {object} detail
     */
    #tell(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}

/** A promise that nobody has to look at. */
function withResolvers() {
    /** @type {(value: LazyLimits) => void} */
    let resolve = () => {};
    /** @type {(reason: unknown) => void} */
    let reject = () => {};
    /** @type {Promise<LazyLimits>} */
    const promise = new Promise((fulfil, refuse) => {
        resolve = fulfil;
        reject = refuse;
    });
    promise.catch(() => {});
    return { promise, resolve, reject };
}

if (!customElements.get('lazy-limits')) customElements.define('lazy-limits', LazyLimits);
