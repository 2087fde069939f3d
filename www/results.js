// Results of runs made elsewhere, laid over the figure: from the file that the page ships, or one that the reader opens or
// drops. There is one way in for all of them.

/** @typedef {import('./view.js').View} View */
/** @typedef {import('./parts.js').Explorable} Explorable */
/** @typedef {import('./lazy/reader.js').Results} Read */

/** @typedef {typeof import('./lazy/reader.js')} Reader */

/** @typedef {{ reader: Reader, read: Read, text: string }} Opened What is in a file, what has read it, and its text. */

/** Megabytes that a file may have. */
const MOST = 50;

export class Results {
    /** What is laid over the figure, and the name of its file if the reader has given it. @type {Opened & { name: string } | undefined} */
    #laid;
    /** What the page has shipped. @type {Opened | undefined} */
    #shipped;
    /** What is on its way. */
    #coming = Promise.resolve();
    /** Which file was asked for last. */
    #asked = 0;
    #view;
    #explorable;
    #part;
    #figure;
    /** What can be set. */
    #table;
    #session;

    /**
     * @param {View} view
     * @param {Explorable} explorable
     * @param {import('./parts.js').Part} part
     * @param {string} figure
     * @param {import('./pkg/lazy/lazy_limits.js').Parameter[]} table What of it can be set.
     * @param {object} session
     * @param {(act: () => void, user: boolean) => boolean} session.change Changes what is shown; false if it was refused.
     * @param {(message: string) => void} session.fail
     */
    constructor(view, explorable, part, figure, table, session) {
        this.#view = view;
        this.#explorable = explorable;
        this.#part = part;
        this.#figure = figure;
        this.#table = table;
        this.#session = session;
        this.#listen();
    }

    /**
     * Loads what the page ships. If there is nothing, all stays as it is.
     * @param {string} url
     */
    load(url) {
        return this.#coming = this.#bring(url, false, async () => {
            const response = await fetch(url, { priority: 'low' }).catch(() => undefined);
            return response?.status === 200 ? response.text() : undefined;
        });
    }

    /**
     * Opens a file of the reader's.
     * @param {Blob} file
     */
    open(file) {
        return this.#coming = this.#bring(/** @type {Partial<File>} */ (file).name ?? 'This result', true, async () => {
            if (file.size <= MOST * 1e6) return file.text();
            throw new Error(`it has ${Math.ceil(file.size / 1e6)} MB, and this page reads up to ${MOST}`);
        });
    }

    /** Takes away what the reader has opened; what the page ships comes back. */
    remove() {
        this.#ask();
        if (this.#shipped) {
            this.#lay(this.#shipped, '', true);
        } else if (this.#laid) {
            this.#laid = undefined;
            this.#session.change(() => this.#explorable.removeResults?.(), true);
        }
    }

    /** The text of what is laid over the figure, once what is on its way is there; '' if nothing is. */
    async text() {
        await this.#coming;
        return this.#laid?.text ?? '';
    }

    /** Forgets what is on its way. */
    end() {
        this.#ask();
    }

    /**
     * Shows which runs are in front.
     * @param {string} live What live runs are marked with.
     */
    show(live) {
        const { element, choices, remove, note } = this.#view.results;
        const laid = this.#laid;
        element.classList.toggle('laid', laid !== undefined);
        remove.hidden = !laid?.name;
        if (!laid) return;
        const isShown = this.#explorable.showsResults();
        choices.results.input.checked = isShown;
        choices.live.input.checked = !isShown;
        const whose = laid.read.isPaper ? 'The paper’s runs' : 'Earlier runs';
        write(choices.results.text, `${laid.name || whose}, d = ${laid.read.dim}`);
        write(choices.live.text, live.replace(/^live/, 'Live runs'));
        write(note, isShown ? laid.read.note : 'Trained in your browser as you read; hollow while they are.');
    }

    #listen() {
        const { root, life: { signal }, results: { choices, remove, opener, open, file } } = this.#view;
        choices.results.input.addEventListener('change', () => this.#session.change(() => this.#explorable.showResults?.(), true), { signal });
        choices.live.input.addEventListener('change', () => this.#session.change(() => this.#explorable.set('show', 'live'), true), { signal });
        remove.addEventListener('click', () => {
            this.remove();
            // It is gone itself.
            (this.#laid ? choices.results.input : open).focus({ preventScroll: true });
        }, { signal });
        open.addEventListener('click', () => file.click(), { signal });
        file.addEventListener('change', () => {
            const [chosen] = file.files ?? [];
            if (chosen) this.open(chosen);
            // The same file may be opened again when it has changed.
            file.value = '';
        }, { signal });
        const over = (/** @type {boolean} */ is) => root.classList.toggle('dropping', is);
        root.addEventListener('dragover', (event) => {
            if (opener.hidden || !event.dataTransfer?.types.includes('Files')) return;
            event.preventDefault();
            event.dataTransfer.dropEffect = 'copy';
            over(true);
        }, { signal });
        root.addEventListener('dragleave', (event) => {
            if (!root.contains(/** @type {Node | null} */ (event.relatedTarget))) over(false);
        }, { signal });
        root.addEventListener('drop', (event) => {
            over(false);
            const [dropped] = event.dataTransfer?.files ?? [];
            if (opener.hidden || !dropped) return;
            event.preventDefault();
            this.open(dropped);
        }, { signal });
    }

    /**
     * The one way in.
     * @param {string} name What it is called.
     * @param {boolean} user Whether the reader has asked for it, and not the page.
     * @param {() => Promise<string | undefined>} load Its text, if there is one.
     */
    async #bring(name, user, load) {
        const asked = this.#ask();
        /** @type {Opened | undefined} */
        let opened;
        let problem = '';
        try {
            // A part whose figures take results brings what reads them.
            if (!this.#part.reader) throw new Error('this figure takes no results');
            const state = this.#explorable.state();
            const text = await load();
            if (text !== undefined) {
                const reader = await this.#part.reader();
                opened = { reader, read: reader.readFor(text, this.#figure, state, this.#table), text };
            }
        } catch (error) {
            problem = explain(name, error);
        }
        if (!user) this.#shipped = opened;
        // Another may have been asked for meanwhile, or the figure be gone.
        if (asked !== this.#asked) return;
        this.#view.results.element.classList.remove('waiting');
        if (problem) this.#session.fail(problem);
        if (opened) this.#lay(opened, user ? name : '', user);
    }

    #ask() {
        this.#asked += 1;
        return this.#asked;
    }

    /**
     * @param {Opened} opened
     * @param {string} name '' of what the page ships.
     * @param {boolean} user Whether the reader asks for them, so that the figure moves to their target.
     */
    #lay(opened, name, user) {
        const { reader, read } = opened;
        this.#session.change(() => {
            try {
                reader.lay(this.#explorable, read);
            } catch (error) {
                throw Object.assign(new Error(explain(name || 'The result that the page ships', error)), { field: 'results' });
            }
            if (user) reader.moveTo(this.#explorable, read, this.#table);
            this.#laid = { ...opened, name };
        }, user);
    }
}

/**
 * @param {string} name
 * @param {unknown} error
 */
function explain(name, error) {
    return `${name} cannot be shown: ${error instanceof Error ? error.message : String(error)}.`;
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
}
