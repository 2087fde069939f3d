// A figure at work: the core's state and everything that shows or changes it, from connection to disconnection.

import { Controls } from './controls.js';
import { Drawing, HEAT } from './drawing.js';
import { Editor, moved } from './editor.js';
import { Exact } from './exact.js';
import { MAPS, arrange, fault, fit, names } from './fit.js';
import { letDrag } from './pointer.js';
import { poolOf } from './pool.js';
import { Rails } from './rails.js';
import { updateReadouts } from './readouts.js';
import { updateRunBar } from './run-bar.js';
import { Runs } from './runs.js';
import { Tables } from './tables.js';
import { placeMaps, placePanels, placeReadings } from './view.js';

/** @typedef {import('./view.js').View} View */
/** @typedef {import('./pkg/lazy/lazy_limits.js').State} State */
/** @typedef {import('./parts.js').Explorable} Explorable */
/** @typedef {import('./results.js').Results} Results */

/** Milliseconds without a change after which it counts as made: runs begin, slow values are asked for. */
const STILL = 250;

/** Arrows along the page's lines do what those across them do. @type {Record<string, string>} */
const ACROSS = { ArrowRight: 'ArrowUp', ArrowLeft: 'ArrowDown' };

/** @typedef {Session['shown']} Shown A figure on the screen, for those who take it away. */

/** Under which an element has that, for modules of this directory alone. */
export const SHOWN = Symbol.for('lazy-limits shown');

// Where characters are typed, for the same: from here, so that bundles have it in one piece with the session.
export { TYPED } from './keys.js';

/** @typedef {'' | 'numbers' | 'bars' | 'all'} Outdated What does not show the state yet, each with those before it. */

/**
 * How a change comes about.
 * @typedef {object} How
 * @property {boolean} [moving] Whether more is to come, as in a drag.
 * @property {boolean} [user] Whether it is the reader's doing.
 */

/**
 * A network that has been trained outside the figure.
 * @typedef {object} Own
 * @property {Partial<State>} target
 * @property {number} dim
 * @property {number} neurons
 * @property {number[]} points Samples and risk, in turn.
 * @property {boolean} finished
 */

export class Session {
    explorable;
    runs;
    /** What lays results over the figure, once it has been loaded. @type {Results | undefined} */
    #results;
    /** Loads it. @type {() => Promise<Results>} */
    #load;
    /** @type {Promise<Results> | undefined} */
    #loading;
    /** Fulfilled when everything has been drawn once. @type {Promise<void>} */
    drawn;
    /** @type {() => void} */
    #firstDrawn = () => {};
    /** How much is shown. */
    #fit;
    #panels;
    /** Those that show each run as a dot. */
    #dotted;
    /** What each is drawn on. */
    #canvases;
    /** Those of live runs, whatever is in front. */
    #live;
    /** The panels whose places hold its handles: that of the one, and that of the many. */
    #lever;
    #many;
    /** The name of the one grip: all that is said of it is not free. */
    #handle;
    /** Those that are not drawn in every frame of a drag. @type {Map<string, ReturnType<Explorable['slowness']>>} */
    #slow = new Map();
    #cells;
    /** What each setting is about. */
    #about;
    #view;
    #listener;
    #drawing;
    #controls;
    /** @type {Editor | undefined} */
    #editor;
    /** Of the other panels that have grips. @type {Rails[]} */
    #rails = [];
    #tables;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #changed = false;
    #exact;
    /** What does not show the state yet: most moves are of ρ, and most controls do not show it. */
    /** @type {Outdated} */
    #outdated = '';
    #moving = false;
    /** Whether nothing of what is known is drawn, so that nothing is said of it either. */
    #isVeiled = false;
    #pool;
    #released;
    /** Gives the turn to the runs whose it is, once it is there. */
    #deal = () => {};
    #end;
    /** Of what belongs to the document that the figure is in. */
    #left = new AbortController();

    /**
     * @param {string} figure
     * @param {import('./core.js').Core} core
     * @param {View} view
     * @param {Explorable} explorable The session's own from now on.
     * @param {import('./fit.js').Asked} asked How much of it is to be shown.
     * @param {object} listener
     * @param {(moving: boolean) => void} listener.change The reader has changed something; once a frame.
     * @param {(run: import('./runs.js').Run) => void} listener.progress
     * @param {() => void} listener.finish
     * @param {(message: string, field: string | undefined) => void} listener.error
     * @param {(keys: string[]) => void} listener.taken These settings have new values.
     */
    constructor(figure, core, view, explorable, asked, listener) {
        const { freshSeed, parameters } = core.glue;
        this.#pool = poolOf(core);
        this.#view = view;
        this.#end = view.life;
        this.#listener = listener;
        this.explorable = explorable;
        const panels = explorable.panels();
        const table = parameters(figure);
        const maps = explorable.maps();
        this.#fit = fit(asked, [...panels.map(({ key }) => key), ...(maps.length > 0 ? [MAPS] : [])], table.map(({ key }) => key),
            (message, field) => listener.error(message, field));
        const has = (/** @type {string} */ name) => this.#fit.panels?.includes(name) ?? true;
        this.#panels = panels.filter(({ key }) => has(key));
        this.#dotted = this.#panels.filter(({ dots }) => dots).map(({ key }) => key);
        this.#canvases = placePanels(view, this.#panels, (panel) => explorable.note(panel));
        this.#live = this.#panels.filter(({ live }) => live).map(({ key }) => key);
        placeMaps(view, has(MAPS) ? maps : []);
        view.results.opener.hidden = !explorable.takesResults();
        this.#cells = placeReadings(view, explorable.readings().lines);
        const at = (/** @type {string} */ wanted) => panels.find(({ place }) => place === wanted);
        const [lever, many] = [at('main'), at('middle')];
        this.#lever = lever?.key ?? '';
        this.#many = many?.key ?? '';
        this.#about = new Map(table.map(({ key, about }) => [key, about]));
        const { name, min, max, label } = this.#grip();
        this.#handle = name;
        for (const input of [view.rho.range, view.rho.number]) Object.assign(input, { min, max });
        Object.assign(view.rho.slider, { min: Math.log(min), max: Math.log(max) });
        view.rho.range.setAttribute('aria-label', label);
        view.rho.label.textContent = table.find(({ key }) => key === name)?.label ?? label;
        this.drawn = new Promise((resolve) => { this.#firstDrawn = resolve; });
        // Those elsewhere than at the handle are dots, and nothing else.
        const isWanted = (/** @type {import('./runs.js').Plan} */ { role }) => role === 'handle' || this.#dotted.length > 0;
        this.runs = new Runs(this.explorable, this.#pool, isWanted, {
            progress: (run, isAtHandle) => {
                this.#outdated ||= 'numbers';
                this.#drawing.askSoon(...this.#told(isAtHandle));
                listener.progress(run);
            },
            finish: () => {
                // Nothing is left to train, so nothing has to wait: what is said of the dots and what is seen of them come together.
                this.#drawing.askAll();
                this.#tables.update();
                this.#describe();
                listener.finish();
            },
            error: (message) => listener.error(`A run failed: ${message}`, undefined),
            change: () => {
                this.#deal();
                this.#drawing.askSoon();
            },
            forget: () => {
                this.#drawing.askAll();
                this.#describe();
            },
        });
        this.#exact = new Exact(this.explorable, this.#pool, () => {
            this.#outdated ||= 'numbers';
            this.#drawing.askAll();
        });
        const { isListed, isOpen, isLocked } = this.#fit;
        this.#controls = new Controls(view.controls, table.filter(({ key }) => this.#fit.has(key) && !isLocked(key)),
            (key, text, moving) => this.change([key], () => this.explorable.set(key, text), { moving }),
            isListed || !isOpen ? undefined : () => this.changeAll(() => this.explorable.setHash(''), true));
        arrange(view, this.#fit, this.#panels, this.#canvases, { lever: lever?.turns ?? null, many: many?.turns ?? null });
        // Where each panel has its place and its size, with which the first drawing begins.
        this.#drawing = this.#draw();
        if (many && has(many.key) && !isLocked(many.turns)) this.#editor = new Editor(view, this.#many, this.explorable, (act, moving) => this.#turn(act, moving));
        this.#load = async () => {
            const { Results } = await import('./results.js');
            this.#results = new Results(view, explorable, core.part, figure, table, {
                change: (act, user) => this.changeAll(act, user, ['results']) === undefined,
                fail: (message) => listener.error(message, 'results'),
            });
            if (!this.#end.signal.aborted) this.#showFront();
            return this.#results;
        };
        // No first view waits for it.
        if (explorable.takesResults()) this.drawn.then(() => this.results()).catch(() => {});
        this.#tables = new Tables(view, this.explorable, this.#panels);
        this.#released = this.#pool.use((kind) => this.#say(kind));
        this.#listen(freshSeed);
    }

    /** Binds itself to the document that the figure has been moved into. */
    adopt() {
        this.#drawing.end();
        this.#drawing = this.#draw();
        this.#watch();
    }

    /** What lays results over the figure, and opens and drops them. */
    results() {
        return this.#loading ??= this.#load();
    }

    /** Shows everything and takes up the runs. */
    begin() {
        this.#show();
        this.#settle();
    }

    end() {
        clearTimeout(this.#timer);
        this.#end.abort();
        this.#left.abort();
        this.#drawing.end();
        this.runs.end();
        this.#results?.end();
        this.#exact.end();
        this.#released();
        this.explorable.free();
    }

    /** What is on the screen, and how it is drawn anew; the signal tells when it is no more. */
    get shown() {
        const draw = () => this.#drawing.askAll();
        return { view: this.#view, explorable: this.explorable, canvases: this.#canvases, draw, signal: this.#end.signal };
    }

    /**
     * Draws some subjects and no others, and keeps everything else as it is.
     * @param {string} text Their keys, which are those of the numbers at the handle; `none` for none of them, '' for all.
     */
    showOnly(text) {
        const keys = names(text);
        const wrong = fault('only', text, ['none', ...this.#cells.keys()]);
        if (wrong) {
            this.#listener.error(wrong, 'only');
            return;
        }
        this.explorable.showOnly(keys);
        this.#isVeiled = keys.includes('none');
        // Numbers keep their room: nothing is to move when they come.
        this.#view.readouts.element.classList.toggle('veiled', this.#isVeiled);
        for (const [key, { limit }] of this.#cells) {
            const row = /** @type {HTMLElement} */ (limit.closest('tr'));
            row.hidden = keys.length > 0 && !this.#isVeiled && !keys.includes(key);
        }
        this.#drawing.askAll();
        this.#describe();
    }

    /**
     * Puts a reader's own network beside the results.
     * @param {Own} run
     */
    put({ target, dim, neurons, points, finished }) {
        if (!this.explorable.putOwn) throw new Error('this figure takes no networks that were trained outside it');
        this.explorable.putOwn(target, dim, neurons, Float64Array.from(points), finished);
        this.#drawing.askSoon(...this.#canvases.keys());
        if (finished) this.#tables.update();
    }

    /**
     * Changes settings; false if they were refused, which the listener has then been told.
     * @param {string[]} keys The settings that `act` changes.
     * @param {() => void} act
     * @param {How} [how]
     */
    change(keys, act, how) {
        return this.#attempt(keys, act, how) === undefined;
    }

    /**
     * Changes any number of settings. Returns the one that was refused, '' if it has no name, undefined if none was.
     * @param {() => void} act
     * @param {boolean} user
     * @param {string[]} [keys] What changes in any case.
     */
    changeAll(act, user, keys = []) {
        const before = this.explorable.state();
        // Which ones is known only afterwards; nobody looks at the list before.
        return this.#attempt(keys, () => {
            act();
            const after = this.explorable.state();
            keys.push(...Object.keys(after).filter((key) => after[key] !== before[key]));
        }, { user });
    }

    /** The grip of the large picture. */
    #grip() {
        const [grip] = this.explorable.grips(this.#lever);
        if (!grip) throw new Error('the large picture has a grip');
        return grip;
    }

    /**
     * Moves a grip; false if that was refused.
     * @param {() => string | undefined} act Tells the key that it changes.
     * @param {boolean} moving
     */
    #turn(act, moving) {
        /** @type {string[]} */
        const keys = [];
        return this.change(keys, () => {
            const key = act();
            if (key !== undefined) keys.push(key);
        }, { moving });
    }

    /** @param {string[]} keys */
    #abouts(keys) {
        // What is no setting is how the figure is looked at: results that are laid over it.
        return keys.map((key) => this.#about.get(key) ?? 'view');
    }

    /**
     * @param {string[]} keys
     * @param {() => void} act
     * @param {How} [how]
     */
    #attempt(keys, act, { moving = false, user = true } = {}) {
        if (this.#end.signal.aborted) return '';
        try {
            act();
        } catch (error) {
            const { message, field } = /** @type {Error & { field?: string }} */ (error);
            this.#listener.error(message, field);
            this.#show();
            return field ?? '';
        }
        this.#listener.taken(keys);
        const abouts = this.#abouts(keys);
        this.runs.drop(keys, abouts);
        this.#outdated = later(this.#outdated, abouts);
        // In a drag the page is changed after the canvases are drawn: their text needs the styles of the page, which
        // would be computed twice.
        if (!moving) this.#showOutdated();
        else this.#pool.ease();
        const touched = this.#touched(keys);
        if (moving) {
            for (const [panel, slowness] of this.#slow) {
                if (slowness === 'slow') this.#drawing.askSoon(panel);
                touched.delete(panel);
            }
        }
        this.#drawing.ask(...touched);
        this.#changed ||= user;
        this.#moving = moving;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#settle(), STILL);
        return undefined;
    }

    /**
     * What has to be drawn anew when these settings have changed.
     * @param {string[]} keys
     */
    #touched(keys) {
        const stays = this.#panels.filter(({ key }) => this.explorable.stays(key, keys)).map(({ key }) => key);
        return new Set(this.#drawing.all.filter((part) => !stays.includes(part)));
    }

    /**
     * What a report of a live run changes: what is not at the handle is a dot and nothing else, and only heat maps and some
     * panels are live where results are in front.
     * @param {boolean} isAtHandle
     */
    #told(isAtHandle) {
        if (this.explorable.showsResults()) return isAtHandle ? [HEAT, ...this.#live] : [];
        return isAtHandle ? this.#drawing.all : this.#dotted;
    }

    /** @param {() => number} freshSeed */
    #listen(freshSeed) {
        const { rho, runBar, editor, share } = this.#view;
        const { signal } = this.#end;
        const set = (/** @type {number} */ value, /** @type {boolean} */ moving) =>
            this.#turn(() => this.explorable.turn(this.#lever, this.#handle, value), moving);

        for (const [range, value] of /** @type {const} */ ([
            [rho.range, () => rho.range.valueAsNumber], [rho.slider, () => Math.exp(rho.slider.valueAsNumber)],
        ])) {
            range.addEventListener('input', () => set(value(), true), { signal });
            range.addEventListener('change', () => set(value(), false), { signal });
        }
        rho.range.addEventListener('keydown', (event) => {
            const to = along(event, this.#grip());
            if (to === undefined) return;
            event.preventDefault();
            set(to, false);
            this.#describe();
        }, { signal });
        rho.number.addEventListener('change', () => set(rho.number.valueAsNumber, false), { signal });

        const press = {
            start: () => this.runs.start(),
            pause: () => this.runs.pause(),
            step: () => this.runs.step(),
            reset: () => this.runs.reset(),
            reseed: () => {
                this.change(['seed'], () => this.explorable.set('seed', String(freshSeed())));
                this.runs.start();
            },
        };
        for (const [name, work] of Object.entries(press)) {
            runBar[/** @type {keyof typeof press} */ (name)].addEventListener('click', work, { signal });
        }

        /** @type {[HTMLElement, () => Promise<(shown: Shown) => void>][]} */
        const dialogs = [
            [share.button, () => import('./taken/dialog.js').then(({ openDialog }) => openDialog)],
            [share.keys, () => import('./taught/key-sheet.js').then(({ openSheet }) => openSheet)],
        ];
        for (const [button, load] of dialogs) {
            button.addEventListener('click', () => {
                load().then((open) => open(this.shown))
                    .catch(({ message }) => this.#listener.error(`This cannot be opened: ${message}`, undefined));
            }, { signal });
        }

        const scale = () => this.#drawing.scale;
        const change = (/** @type {() => string | undefined} */ move, /** @type {boolean} */ moving) => void this.#turn(move, moving);
        const drag = { signal, explorable: this.explorable, scale, change };
        const canvas = this.#canvases.get(this.#lever)?.canvas;
        if (canvas && !rho.range.disabled) {
            letDrag({ ...drag, panel: this.#lever, surface: canvas, grab: () => rho.range.focus({ preventScroll: true }) });
        }
        if (this.#editor) {
            letDrag({
                ...drag,
                panel: this.#many,
                surface: editor.widget,
                grab: ({ handle }) => this.#editor?.take(handle),
            });
        }
        const others = this.#panels.filter(({ key, turns }) => turns !== null && key !== this.#lever && key !== this.#many);
        for (const { key, turns } of others) {
            const canvases = this.#canvases.get(key);
            if (!canvases || this.#fit.isLocked(turns)) continue;
            const look = () => this.#drawing.ask(key);
            this.#rails.push(new Rails(signal, key, canvases, this.explorable, scale, (move, moving) => {
                change(move, moving);
                // However slow it is: it is what the hand moves.
                look();
            }, look));
        }
        this.#watch();
    }

    #draw() {
        return new Drawing(this.#view, this.#canvases, this.explorable, () => this.#afterDrawing());
    }

    /** Rests while the document is hidden. */
    #watch() {
        this.#left.abort();
        this.#left = new AbortController();
        const document = this.#view.root.ownerDocument;
        document.addEventListener('visibilitychange', () => this.runs.hide(document.hidden), { signal: this.#left.signal });
        this.runs.hide(document.hidden);
        const { signal } = this.#left;
        const { host } = /** @type {ShadowRoot} */ (this.#view.root.getRootNode());
        // Nothing that has to be there before the figure stands.
        this.drawn.then(() => import('./turns.js')).then(({ deal, takeTurns }) => {
            this.#deal = deal;
            takeTurns(this.runs, host, signal);
        }, () => this.runs.wait(false));
    }

    /** Shows the state in all controls and numbers. */
    #show() {
        const state = this.explorable.state();
        this.#showNumbers();
        this.#controls.show(state);
        for (const [key, text] of this.explorable.automatic()) this.#controls.explain(key, text);
        this.#showFront();
        const mark = this.explorable.liveMark();
        for (const [name, { head, caption, live }] of this.#view.maps) {
            const [title = '', words = ''] = this.explorable.heatTexts(name);
            head.textContent = title;
            caption.textContent = words;
            live.textContent = mark;
        }
    }

    /** Shows what is in front, whose the bars are, and where grips stand. */
    #showFront() {
        this.#results?.show(this.explorable.liveMark());
        for (const rails of this.#rails) rails.show();
        if (!this.#editor) return;
        this.#view.editor.text.textContent = this.explorable.note(this.#many);
        this.#editor.show();
    }

    #showOutdated() {
        if (this.#outdated === 'all') {
            this.#show();
        } else if (this.#outdated !== '') {
            this.#showNumbers();
            if (this.#outdated === 'bars') this.#showFront();
        }
        this.#outdated = '';
    }

    #showNumbers() {
        updateReadouts(this.#view, this.#cells, this.explorable);
    }

    #afterDrawing() {
        this.#showOutdated();
        updateRunBar(this.#view, this.runs);
        if (this.#changed) {
            this.#changed = false;
            this.#listener.change(this.#moving);
        }
        this.#firstDrawn();
    }

    /** Finds out which panels are slow: no drag changes that. */
    #weigh() {
        const slow = this.#panels.map(({ key }) => /** @type {const} */ ([key, this.explorable.slowness(key)]));
        this.#slow = new Map(slow.filter(([, slowness]) => slowness !== 'quick'));
    }

    /** Once the reader has stopped moving things. */
    #settle() {
        this.#drawing.ask(...this.#slow.keys());
        this.#weigh();
        this.runs.replan();
        this.#exact.ask();
        this.#tables.update();
        this.#describe();
    }

    /** Says in words what is seen; too slow for every frame of a drag. */
    #describe() {
        for (const { key, title } of this.#panels) {
            this.#canvases.get(key)?.canvas.setAttribute('aria-label', this.#isVeiled ? title : this.explorable.describe(key));
        }
        for (const [name, { canvas }] of this.#view.maps) canvas.setAttribute('aria-label', this.explorable.heatTexts(name)[2] ?? '');
        const { range } = this.#view.rho;
        // Its own words are of all that is known at it.
        const isPart = this.#view.readouts.element.querySelector('tr[hidden]') !== null;
        range.setAttribute('aria-valuetext', this.#isVeiled || isPart ? String(Number(range.valueAsNumber.toPrecision(4))) : this.#grip().text);
    }

    /**
     * Says how runs are advanced, where the reader can feel it.
     * @param {import('./lane.js').Kind} kind
     */
    #say(kind) {
        const { element, kind: note } = this.#view.runBar;
        element.dataset['kind'] = kind;
        note.hidden = kind !== 'main';
    }
}

/**
 * What is out of date once settings about these have changed.
 * @param {Outdated} before
 * @param {string[]} abouts
 * @returns {Outdated}
 */
function later(before, abouts) {
    if (before === 'all' || !abouts.every((about) => about === 'place' || about === 'dial' || about === 'edits')) return 'all';
    return before === 'bars' || abouts.includes('edits') ? 'bars' : 'numbers';
}

/**
 * Where a key moves the grip along the axis.
 * @param {KeyboardEvent} event
 * @param {import('./editor.js').Grip} grip
 */
function along(event, grip) {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return undefined;
    /** @type {Record<string, number>} */
    const ends = { Home: grip.min, End: grip.max };
    return ends[key] ?? moved(ACROSS[key] ?? key, grip);
}
