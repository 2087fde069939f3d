// Advances runs in slices so short that whoever shares the thread is heard in between: in a worker the page's
// messages, on the main thread the page itself.

import { VERSION } from './messages.js';

/** @typedef {import('./parts.js').Glue} Kernels */
/** @typedef {import('./messages.js').ToWorker} ToWorker */
/** @typedef {import('./messages.js').FromWorker} FromWorker */

/** Milliseconds between two messages about the same run. */
const MESSAGE_EVERY = 100;

/** The learnt matrix is sent so seldom that making it takes at most one part in this many of the time. */
const LEARNED_SHARE = 25;

/** Milliseconds for which one `ease` lasts, */
const EASE = 250;
/** and how many times as long as it works a loop then rests. */
const EASE_RATIO = 3;
/** Milliseconds of a slice meanwhile. */
const EASE_SLICE = 3;

/** Most steps between two looks at the clock. */
const MOST_STEPS = 1000;

/**
 * A run and what has not been told of it.
 * @typedef {object} Entry
 * @property {import('./pkg/lazy/lazy_limits.js').Run} run
 * @property {boolean} paused
 * @property {boolean} stepping Whether it stops at its next report.
 * @property {boolean} wantsLearned
 * @property {number} pace Milliseconds from one report to the next, at least.
 * @property {number[][]} untold Reports since the last message.
 * @property {number} toldAt When that was.
 * @property {number} learnedAt When what is learnt was last sent.
 * @property {number} learnedCost Milliseconds that making it took.
 * @property {number} stepCost Milliseconds of a step, lately.
 * @property {ReturnType<import('./pkg/lazy/lazy_limits.js').Run['advance']> | undefined} last
 */

/** Some runs that share a thread, each getting a slice in turn. */
export class RunLoop {
    /** @type {Map<number, Entry>} */
    #entries = new Map();
    #looping = false;
    #easeUntil = -Infinity;
    #kernels;
    #post;
    #slice;
    #rest;

    /**
     * @param {Kernels} kernels
     * @param {(message: FromWorker, transfer: Transferable[]) => void} post
     * @param {object} manners
     * @param {number} manners.slice Milliseconds of a slice.
     * @param {() => Promise<void>} manners.rest What happens between two slices.
     */
    constructor(kernels, post, { slice, rest }) {
        this.#kernels = kernels;
        this.#post = post;
        this.#slice = slice;
        this.#rest = rest;
    }

    /**
     * Does what a message says.
     * @param {ToWorker} message
     */
    receive(message) {
        if (message.version !== VERSION) {
            this.#fail(message.run, new Error('The page and its worker are of different versions; reload the page.'));
            return;
        }
        try {
            this.#obey(message);
        } catch (error) {
            this.#fail(message.run, error);
        }
        this.#loop();
    }

    /** Forgets every run. */
    clear() {
        for (const { run } of this.#entries.values()) run.free();
        this.#entries.clear();
    }

    /** @param {ToWorker} message */
    #obey(message) {
        const { run: id } = message;
        switch (message.type) {
            case 'ease':
                this.#easeUntil = performance.now() + EASE;
                return;
            case 'start':
                this.#entries.set(id, this.#begin(message));
                return;
            case 'exact': {
                const solved = this.#kernels.solve(message.figure, message.order);
                this.#post({ version: VERSION, type: 'exact', run: id, solved }, []);
                return;
            }
        }
        const entry = this.#entries.get(id);
        // It may have ended while the message was under way.
        if (!entry) return;
        switch (message.type) {
            case 'set':
                entry.run.setStepSize(message.stepSize);
                return;
            case 'pause':
                entry.paused = true;
                if (entry.untold.length > 0) this.#tell(id, entry);
                return;
            case 'resume':
                entry.paused = false;
                entry.stepping = false;
                return;
            case 'step':
                entry.paused = false;
                entry.stepping = true;
                return;
            case 'abort':
                this.#entries.delete(id);
                entry.run.free();
                return;
        }
    }

    /**
     * @param {Extract<ToWorker, { type: 'start' }>} message
     * @returns {Entry}
     */
    #begin({ plan, learned, pace = 0 }) {
        return {
            run: new this.#kernels.Run(plan),
            paused: false,
            stepping: false,
            wantsLearned: learned,
            pace,
            untold: [],
            toldAt: -Infinity,
            learnedAt: -Infinity,
            learnedCost: 0,
            stepCost: 0,
            last: undefined,
        };
    }

    async #loop() {
        if (this.#looping) return;
        this.#looping = true;
        for (let turn = this.#next(); turn; turn = this.#next()) {
            const [id, entry] = turn;
            const begin = performance.now();
            const isEased = begin < this.#easeUntil;
            const wait = this.#wait(entry);
            if (wait > 0) {
                await pause(wait);
                continue;
            }
            try {
                this.#advance(id, entry, isEased ? EASE_SLICE : this.#slice);
            } catch (error) {
                this.#fail(id, error);
            }
            if (isEased) await pause(EASE_RATIO * (performance.now() - begin));
            else await this.#rest();
        }
        this.#looping = false;
    }

    /** Milliseconds until a run is due. @param {Entry} entry */
    #wait({ pace, last, toldAt }) {
        return pace > 0 && last ? toldAt + pace - performance.now() : 0;
    }

    /** The run whose turn it is, which then goes to the end of the row: the first that does not rest, else the one that rests. */
    #next() {
        const entries = [...this.#entries].filter(([, { paused }]) => !paused);
        const due = entries.find(([, entry]) => this.#wait(entry) <= 0) ?? entries[0];
        if (!due) return undefined;
        this.#entries.delete(due[0]);
        this.#entries.set(...due);
        return due;
    }

    /**
     * One slice of a run.
     * @param {number} id
     * @param {Entry} entry
     * @param {number} slice Milliseconds that it takes.
     */
    #advance(id, entry, slice) {
        const begin = performance.now();
        let now = begin;
        let last;
        do {
            const left = slice - (now - begin);
            const steps = entry.stepCost > 0 ? Math.floor(left / entry.stepCost) : 1;
            const before = entry.last?.step ?? 0;
            last = entry.run.advance(Math.min(Math.max(steps, 1), MOST_STEPS));
            entry.last = last;
            entry.untold.push(...last.reports);
            const after = performance.now();
            const taken = Math.max(last.step - before, 1);
            // Steps only become slower or faster gradually; the first ones warm up.
            entry.stepCost = entry.stepCost > 0
                ? 0.7 * entry.stepCost + 0.3 * (after - now) / taken
                : (after - now) / taken;
            now = after;
            if (entry.stepping && last.reports.length > 0) entry.paused = true;
        } while (last.status === 'running' && !entry.paused && !(entry.pace && entry.untold.length) && now - begin + entry.stepCost < slice);

        if (last.status !== 'running') {
            this.#finish(id, entry, last.status);
        } else if (entry.paused || (entry.untold.length > 0 && now - entry.toldAt >= (entry.pace || MESSAGE_EVERY))) {
            this.#tell(id, entry);
        }
    }

    /**
     * @param {Entry} entry
     * @param {boolean} last Whether nothing will follow: the learnt matrix then goes along in any case.
     * @returns {[import('./messages.js').Standing, Transferable[]]}
     */
    #standing(entry, last) {
        const { step = 0, steps = 0, samples = 0, stepSize = null } = entry.last ?? {};
        const reports = entry.untold;
        const now = performance.now();
        entry.untold = [];
        entry.toldAt = now;
        const due = entry.wantsLearned && now - entry.learnedAt >= LEARNED_SHARE * entry.learnedCost;
        if (!due && !last) return [{ step, steps, samples, reports, stepSize }, []];
        const learned = entry.run.learned();
        entry.learnedAt = performance.now();
        entry.learnedCost = entry.learnedAt - now;
        return [{ step, steps, samples, reports, stepSize, learned }, [learned.buffer]];
    }

    /**
     * @param {number} id
     * @param {Entry} entry
     */
    #tell(id, entry) {
        const [standing, transfer] = this.#standing(entry, false);
        this.#post({ version: VERSION, type: 'progress', run: id, ...standing }, transfer);
    }

    /**
     * @param {number} id
     * @param {Entry} entry
     * @param {'finished' | 'diverged'} status
     */
    #finish(id, entry, status) {
        const [standing, transfer] = this.#standing(entry, true);
        this.#entries.delete(id);
        entry.run.free();
        this.#post({ version: VERSION, type: 'finish', run: id, status, ...standing }, transfer);
    }

    /**
     * @param {number} id
     * @param {unknown} error
     */
    #fail(id, error) {
        this.#entries.delete(id);
        const message = error instanceof Error ? error.message : String(error);
        // After a trap the memory of the wasm instance cannot be trusted, whatever else runs in it.
        const fatal = error instanceof WebAssembly.RuntimeError;
        if (fatal) this.#entries.clear();
        this.#post({ version: VERSION, type: 'error', run: id, message, fatal }, []);
    }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
    return new Promise((/** @type {(value: void) => void} */ resolve) => { setTimeout(resolve, milliseconds); });
}
