// The figure as an element: `<lazy-limits figure="quadratic">`. Its attributes are the keys of its state.

import { coreOf, startCore } from './core.js';
import { h } from './dom.js';
import { FITTING, shape } from './fit.js';
import { isUsed } from './keys.js';
import { SHOWN, Session } from './session.js';
import { sheetsFor } from './style.js';
import { createView } from './view.js';
import { ATTRIBUTES, THEMES, Wishes, defineProperties } from './wishes.js';

/** @typedef {import('./parts.js').Explorable} Explorable */
/** @typedef {import('./pkg/lazy/lazy_limits.js').State} State */
/** @typedef {import('./pkg/lazy/lazy_limits.js').Refusal} Refusal */
/** @typedef {import('./pkg/lazy/lazy_limits.js').Risks} Risks */
/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./runs.js').Run} Run */
/** @typedef {HTMLElement & import('./wishes.js').Properties} Base */

/** Not where there are no elements, as on a server that imports this to render a page. */
const Base = /** @type {new () => Base} */ (globalThis.HTMLElement ?? class {});

/**
 * An interactive figure.
 *
 * Attributes: `figure` (which one), `results` (the address of a file that is laid over it), `paused` (does not start
 * training by itself), `theme` (`light`, `dark` or `auto`), how much of it is shown (`panels`, `controls`, `readouts`, `height`,
 * `lock`, `only`), and every key of the state. All of them are properties too, in camel case, and can be set before this module has
 * been loaded.
 * Events, dispatched here and not bubbling: `change` (once a frame, when the reader has changed something;
 * `detail.state`, and `detail.moving` while a drag goes on), `progress` (`detail.run`), `finish`, `error`
 * (`detail.message`, `detail.field`).
 */
export class LazyLimits extends Base {
    static observedAttributes = ['figure', 'results', 'paused', 'theme', 'only', ...FITTING, ...ATTRIBUTES.keys()];

    /** @type {Session | undefined} */
    #session;
    /** What knows the state while nothing is shown. @type {Explorable | undefined} */
    #resting;
    #wishes = new Wishes(() => this.#attributes());
    /** Attributes that are there already and will be told of. */
    #initial;
    #view = createView();
    /** Notices by what they are about. @type {Map<string, string>} */
    #notices = new Map();
    #ready = withResolvers();
    #isSettled = false;
    #connection = 0;
    /** Whether a session has had the view. */
    #used = false;
    /** Waits until the figure is seen. @type {IntersectionObserver | undefined} */
    #waiting;
    /** Waits until it is about to be. @type {IntersectionObserver | undefined} */
    #approaching;
    /** Whether somebody waits for it, so that it need not be seen. */
    #isAwaited = false;

    constructor() {
        super();
        const root = this.attachShadow({ mode: 'open' });
        // What goes on in the controls is told by this element's own events.
        root.addEventListener('input', (event) => event.stopPropagation());
        root.addEventListener('keydown', (event) => {
            if (isUsed(/** @type {KeyboardEvent} */ (event))) event.stopPropagation();
        });
        this.#dress();
        this.#renew();
        this.#initial = new Set(this.getAttributeNames());
        // Properties that were set before there was this class: they would hide its own.
        const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (this));
        const early = Object.entries(own).filter(([name]) => Object.getOwnPropertyDescriptor(LazyLimits.prototype, name)?.set);
        for (const [name] of early) delete own[name];
        Object.assign(own, Object.fromEntries(early));
    }

    /** Fulfilled when the figure has been drawn; rejected if it cannot be. Who asks for it need not scroll there first. */
    get ready() {
        this.#isAwaited = true;
        if (this.#approaching) this.#arrive();
        return this.#ready.promise;
    }

    /** Whether training waits until it is asked for. */
    get paused() {
        return this.hasAttribute('paused');
    }

    /** @param {boolean} is */
    set paused(is) {
        this.toggleAttribute('paused', Boolean(is));
    }

    /**
     * Every setting by its key; until the core is there, those that have been asked for. Assigning some of them leaves the
     * others; those refused keep their value.
     */
    get state() {
        return this.#core()?.state() ?? this.#wishes.state;
    }

    /** @param {Partial<State>} values */
    set state(values) {
        if (typeof values === 'object') this.#ask({ ...values });
        else this.#fail(`state is “${String(values).slice(0, 40)}”, but must be an object of settings`, 'state');
    }

    /**
     * The state as a URL's hash without `#`: defaults are left out, and those left out are defaults. An empty one stands for
     * the state that the attributes ask for.
     */
    get hash() {
        return this.#core()?.hash() ?? this.#wishes.hash;
    }

    /** @param {string} text */
    set hash(text) {
        this.#wishes.begin(text);
        if (this.#session) this.#change((explorable) => this.#wishes.lay(explorable));
        else this.#resting = undefined;
    }

    /** The risks at the handle. @returns {Risks | null} */
    get risks() {
        return this.#session?.explorable.risks() ?? null;
    }

    /** The eigenvalues of what is in front, largest first. @returns {Float64Array | null} */
    get eigenvalues() {
        return this.#session?.explorable.eigenvalues?.() ?? null;
    }

    /** What is on the screen; undefined while nothing is. */
    get [SHOWN]() {
        return this.#session?.shown;
    }

    /** @returns {Run[]} */
    get runs() {
        return this.#session?.runs.list() ?? [];
    }

    // What is asked for before the figure is ready is done when it is.

    start() {
        this.#when(({ runs }) => runs.start());
    }

    pause() {
        this.#when(({ runs }) => {
            this.#stopWaiting();
            runs.pause();
        });
    }

    /** Advances each active run to its next report. */
    step() {
        this.#when(({ runs }) => {
            this.#stopWaiting();
            runs.step();
        });
    }

    /** Puts the runs back to their start, with the same seed. */
    reset() {
        this.#when(({ runs }) => runs.reset());
    }

    /**
     * Lays results over the figure: a file that `lazy-limits figure`, `train` or `sweep` has written.
     * @param {Blob} file
     */
    async openResults(file) {
        await this.#when(async (session) => (await session.results()).open(file));
    }

    /** Takes them away again; those of the attribute come back. */
    removeResults() {
        this.#when(async (session) => (await session.results()).remove());
    }

    /** The text of the file of results that is laid over the figure, once what is on its way is there; '' if none is. */
    async readResults() {
        const text = await this.#when(async (session) => (await session.results()).text());
        return /** @type {string | undefined} */ (text) ?? '';
    }

    /**
     * The figure as one HTML file that works without a network, in its present state and with its results.
     * @param {import('./single/save.js').Extent} [extent]
     * @returns {Promise<Blob>}
     */
    async saveAsOneFile(extent) {
        const { saveAsOneFile } = await import('./single/save.js');
        return saveAsOneFile(this, extent);
    }

    /**
     * Puts a network that has been trained here beside the results, if it is of their target.
     * @param {import('./session.js').Own} run
     */
    putRun(run) {
        this.#when((session) => session.put(run));
    }

    connectedCallback() {
        this.#connection += 1;
        // A document without a window is not shown.
        if (!this.#session && this.ownerDocument.defaultView) this.#approach();
    }

    disconnectedCallback() {
        this.#connection += 1;
        this.#approaching?.disconnect();
        const connection = this.#connection;
        // An element that is only moved is connected again at once.
        queueMicrotask(() => {
            if (connection !== this.#connection || !this.#session) return;
            this.#wishes.keep(this.#session.explorable.hash());
            this.#end();
        });
    }

    /** In another document, be it that of a frame or of another window. */
    adoptedCallback() {
        this.#dress();
        if (!this.#session || !this.ownerDocument.defaultView) return;
        this.#session.adopt();
        if (this.#waiting) this.#startWhenSeen(this.#session);
    }

    /**
     * @param {string} name
     * @param {string | null} _before
     * @param {string | null} value
     */
    attributeChangedCallback(name, _before, value) {
        // They are read when the state begins.
        if (this.#initial.delete(name)) return;
        const session = this.#session;
        const key = ATTRIBUTES.get(name);
        if (key !== undefined) {
            this.#wishes.follow(key, value, Boolean(session ?? this.#resting));
            if (session) this.#answer(session.explorable);
        } else if (name === 'theme') {
            this.#checkTheme();
        } else if (name === 'only') {
            this.#clearNotices(['only']);
            session?.showOnly(this.only);
        } else if (name === 'paused') {
            if (value !== null) this.pause();
            else if (session) this.#startWhenSeen(session);
        } else if (name === 'results' && value !== null) {
            if (session) this.#lay(session, value);
        } else {
            this.#restart(name === 'figure');
        }
    }

    /** Gives the shadow root the style sheet of its document. */
    #dress() {
        if (this.shadowRoot) this.shadowRoot.adoptedStyleSheets = sheetsFor(this.ownerDocument);
    }

    /** A new view, as the old one is full of a session's listeners. */
    #renew() {
        if (this.#used) this.#view = createView();
        this.shadowRoot?.replaceChildren(this.#view.root);
        this.#view.notice.close.addEventListener('click', () => this.#clearNotices());
        this.#showNotices();
    }

    /** @param {boolean} anew Whether it is another figure, which has a state of its own. */
    #restart(anew) {
        const explorable = this.#session?.explorable ?? this.#resting;
        const isNew = !explorable && !this.#wishes.isKept;
        // What is still to begin finds everything as it is now.
        if (isNew && !this.#isSettled) return;
        if (!anew && explorable) this.#wishes.keep(explorable.hash());
        if (anew && !isNew) this.#wishes.repeat();
        this.#notices.clear();
        this.#showNotices();
        this.#end();
        if (this.isConnected && !this.#approaching) this.#begin(this.#connection);
    }

    /** Its core is fetched when it comes near, or when somebody waits for it. */
    #approach() {
        this.#approaching?.disconnect();
        shape(this.#view, this.#asked());
        const window = /** @type {Window & typeof globalThis} */ (this.ownerDocument.defaultView);
        const observer = this.#approaching = new window.IntersectionObserver((entries) => {
            if (entries.some(({ isIntersecting }) => isIntersecting)) this.#arrive();
        }, { rootMargin: '100%' });
        if (this.#isAwaited) this.#arrive();
        else observer.observe(this);
    }

    #arrive() {
        this.#approaching?.disconnect();
        this.#approaching = undefined;
        this.#begin(this.#connection);
    }

    /** How much of it is to be shown. */
    #asked() {
        return /** @type {import('./fit.js').Asked} */ (Object.fromEntries(FITTING.map((name) => [name, this[name]])));
    }

    /** What is shown ends; the state does not. */
    #end() {
        this.#waiting?.disconnect();
        this.#session?.end();
        this.#session = undefined;
        this.#resting = undefined;
        if (this.#isSettled) this.#ready = withResolvers();
        this.#isSettled = false;
    }

    /** @param {number} connection */
    async #begin(connection) {
        const ready = this.#ready;
        try {
            const core = await startCore(this.figure);
            if (connection !== this.#connection || this.#session) return;
            this.#session = this.#open(core);
        } catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            this.#fail(`This figure cannot be shown: ${message}`, undefined);
            this.#isSettled = true;
            // In its place stands what the page has for readers without scripts.
            this.#used = true;
            this.#view.root.replaceChildren(this.#view.notice.element, h('slot'));
            ready.reject(error);
            return;
        }
        const session = this.#session;
        const { results } = this;
        // Room for what is on its way.
        this.#view.results.element.classList.toggle('waiting', results !== '');
        session.showOnly(this.only);
        session.begin();
        // An observer of sizes may be called before the next frame, and draws then.
        await session.drawn;
        if (session !== this.#session) return;
        this.#isSettled = true;
        ready.resolve(this);
        if (!this.paused) this.#startWhenSeen(session);
        if (results) await this.#lay(session, results);
    }

    /**
     * Does something with the session, at once if there is one, else once the figure is ready.
     * @param {(session: Session) => unknown} act
     */
    #when(act) {
        if (this.#session) return act(this.#session);
        return this.ready.then(() => this.#session && act(this.#session), () => {});
    }

    /** @param {string} path As an attribute has it. */
    #address(path) {
        return new URL(path, this.baseURI).href;
    }

    /**
     * Lays over the figure what the page ships.
     * @param {Session} session
     * @param {string} path
     */
    async #lay(session, path) {
        try {
            const results = await session.results();
            if (session === this.#session) await results.load(this.#address(path));
        } catch (error) {
            const { message } = /** @type {Error} */ (error);
            if (session === this.#session) this.#fail(`results cannot be shown: ${message}`, 'results');
        }
    }

    /**
     * Training starts by itself, but not where nobody looks.
     * @param {Session} session
     */
    #startWhenSeen(session) {
        this.#waiting?.disconnect();
        const window = /** @type {Window & typeof globalThis} */ (this.ownerDocument.defaultView);
        if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
        const observer = this.#waiting = new window.IntersectionObserver((entries) => {
            if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
            this.#stopWaiting();
            if (session === this.#session) session.runs.start();
        });
        observer.observe(this);
    }

    #stopWaiting() {
        this.#waiting?.disconnect();
        this.#waiting = undefined;
    }

    /** @param {Core} core */
    #open(core) {
        const explorable = this.#resting ?? this.#make(core);
        this.#resting = undefined;
        if (this.#used) this.#renew();
        this.#used = true;
        this.#checkTheme();
        const asked = this.#asked();
        shape(this.#view, asked);
        return new Session(this.figure, core, this.#view, explorable, asked, {
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

    #checkTheme() {
        this.#clearNotices(['theme']);
        const { theme } = this;
        if (!THEMES.includes(theme)) this.#fail(`theme is “${theme.slice(0, 40)}”, but must be one of ${THEMES.join(', ')}`, 'theme');
    }

    /** What knows the state, once the core is there and if there is such a figure. */
    #core() {
        const core = coreOf(this.figure);
        if (!this.#session && core) {
            this.#resting ??= this.#make(core);
            this.#answer(this.#resting);
        }
        return this.#session?.explorable ?? this.#resting;
    }

    /**
     * A figure in the state that has been asked for.
     * @param {Core} core
     */
    #make({ glue }) {
        const explorable = new glue.Explorable(this.figure);
        this.#refuse(this.#wishes.lay(explorable));
        this.#answer(explorable);
        return explorable;
    }

    /** The settings among the attributes. */
    #attributes() {
        /** @type {Record<string, string>} */
        const values = {};
        for (const [name, key] of ATTRIBUTES) {
            const value = this.getAttribute(name);
            if (value !== null) values[key] = value;
        }
        return values;
    }

    /** @param {Record<string, unknown>} values */
    #ask(values) {
        this.#wishes.ask(values);
        if (this.#session) this.#answer(this.#session.explorable);
    }

    /**
     * Takes what has been asked for, as far as it can be taken, and says what cannot.
     * @param {Explorable} explorable
     */
    #answer(explorable) {
        const { keys, values } = this.#wishes.take(explorable.state());
        this.#clearNotices(keys);
        if (Object.keys(values).length === 0) return;
        if (this.#session) this.#change(() => explorable.assign(values));
        else this.#refuse(explorable.assign(values));
    }

    /**
     * Changes what is shown.
     * @param {(explorable: Explorable) => Refusal[]} act
     */
    #change(act) {
        const session = this.#session;
        /** @type {Refusal[]} */
        let refusals = [];
        session?.changeAll(() => { refusals = act(session.explorable); }, false);
        this.#refuse(refusals);
    }

    /** @param {Refusal[]} refusals */
    #refuse(refusals) {
        for (const { message, field } of refusals) this.#fail(message, field);
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
    const promise = new Promise((...both) => { [resolve, reject] = both; });
    promise.catch(() => {});
    return { promise, resolve, reject };
}

defineProperties(LazyLimits.prototype);
