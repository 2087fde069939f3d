// One pool of workers for all figures of a part on a page. Figures hand in runs; the pool deals them out, and finds other ways
// where workers are not allowed.

import { startLane } from './lane.js';
import { VERSION } from './messages.js';

/** @typedef {import('./messages.js').Answer} Answer */
/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./lane.js').Kind} Kind */
/** @typedef {import('./lane.js').Lane} Lane */

/** Most workers: each has a wasm instance of its own, and a reader's machine has other things to do. */
const MOST_LANES = 4;

/** Runs that a lane takes at a time: one, but the urgent ones, which a reader is looking at, do not queue behind it. */
const LOAD = 1;
const URGENT_LOAD = 3;

/** After so many breaks the same kind of lane is not tried again. */
const PATIENT_BREAKS = 2;

/** Milliseconds between two requests to ease, which last longer than that. */
const EASE_EVERY = 100;

/** Milliseconds after the last request to ease in which nothing is solved. */
const CALM = 400;

/** @type {Record<Kind, Kind>} */
const NEXT = { module: 'blob', blob: 'main', main: 'main' };

/**
 * What a figure asks for.
 * @typedef {object} Order
 * @property {object} [plan] A run,
 * @property {{ figure: string, order: object }} [exact] or a slow solve.
 * @property {boolean} [learned] Whether what is learnt is wanted.
 * @property {number} [pace] Milliseconds from one report to the next, at least.
 * @property {boolean} [urgent] Whether it goes before the others.
 * @property {() => void} [begun] Called when the order leaves the queue.
 * @property {(answer: Answer) => void} receive
 */

/**
 * @typedef {object} Job
 * @property {number} id
 * @property {Order} order
 * @property {Lane | undefined} lane
 * @property {boolean} active Whether it uses its lane's time.
 */

export class Pool {
    /** @type {Set<Lane>} */
    #lanes = new Set();
    /** @type {Map<number, Job>} */
    #jobs = new Map();
    /** @type {Job[]} */
    #queue = [];
    #core;
    #size;
    #last = 0;
    #opened = false;
    #opening = 0;
    #breaks = 0;
    #users = 0;
    #easedAt = -Infinity;
    /** A worker for exact risks alone: it is away for seconds at a time, but nothing is lost when it is ended. @type {Lane | undefined} */
    #solver;
    #solverOpens = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #calm;
    /** @type {Kind} */
    #first = 'module';
    /** @type {Set<(kind: Kind) => void>} */
    #listeners = new Set();

    /**
     * @param {Core} core What its workers compute with.
     * @param {number} [size] Number of workers.
     */
    constructor(core, size = Math.min(Math.max(globalThis.navigator?.hardwareConcurrency || 1, 1), MOST_LANES)) {
        this.#core = core;
        this.#size = size;
    }

    /** How runs are advanced; undefined until the first lane has started. @returns {Kind | undefined} */
    get kind() {
        const [lane] = this.#lanes;
        return lane?.kind;
    }

    /**
     * Says that a figure uses the pool, and starts it.
     * @param {(kind: Kind) => void} listener Told how runs are advanced, as often as that changes.
     * @returns {() => void} Says that it no longer does; the last one ends the workers.
     */
    use(listener) {
        this.#users += 1;
        this.#listeners.add(listener);
        this.#open();
        return () => {
            this.#listeners.delete(listener);
            this.#users -= 1;
            if (this.#users === 0) this.#close();
        };
    }

    /**
     * Takes an order; its answers come one by one.
     * @param {Order} order
     * @returns {number} The number by which the other methods know it.
     */
    start(order) {
        this.#last += 1;
        const job = { id: this.#last, order, lane: undefined, active: true };
        this.#jobs.set(job.id, job);
        const place = isUrgent(order) ? this.#queue.findIndex((waiting) => !isUrgent(waiting.order)) : -1;
        this.#queue.splice(place < 0 ? this.#queue.length : place, 0, job);
        this.#open();
        this.#deal();
        return job.id;
    }

    /**
     * Goes on with another step size.
     * @param {number} id
     * @param {number} stepSize
     */
    set(id, stepSize) {
        this.#tell(id, { version: VERSION, run: id, type: 'set', stepSize });
    }

    /** @param {number} id */
    pause(id) {
        this.#activate(id, false);
        this.#tell(id, { version: VERSION, run: id, type: 'pause' });
    }

    /** @param {number} id */
    resume(id) {
        this.#activate(id, true);
        this.#tell(id, { version: VERSION, run: id, type: 'resume' });
    }

    /**
     * Goes on to the run's next report and stops there.
     * @param {number} id
     */
    step(id) {
        this.#tell(id, { version: VERSION, run: id, type: 'step' });
    }

    /**
     * Forgets an order; no further answer comes.
     * @param {number} id
     */
    abort(id) {
        const lane = this.#jobs.get(id)?.lane;
        if (lane && lane === this.#solver) this.#endSolver();
        else this.#tell(id, { version: VERSION, run: id, type: 'abort' });
        this.#remove(id);
        this.#deal();
    }

    /** Leaves most of the processor to the page for a moment; to be called as often as something is dragged. */
    ease() {
        const now = performance.now();
        if (now - this.#easedAt < EASE_EVERY) return;
        this.#easedAt = now;
        for (const lane of this.#lanes) lane.post({ version: VERSION, run: 0, type: 'ease' });
        this.#postpone();
        clearTimeout(this.#calm);
        this.#calm = setTimeout(() => this.#deal(), CALM);
    }

    /** Takes back what the solver is at, if it is at something: it begins anew when the hand rests. */
    #postpone() {
        const begun = [...this.#jobs.values()].filter(({ lane }) => lane && lane === this.#solver);
        if (begun.length === 0) return;
        this.#endSolver();
        for (const job of begun) job.lane = undefined;
        this.#queue.unshift(...begun);
    }

    #endSolver() {
        this.#solver?.end();
        this.#solver = undefined;
    }

    /**
     * @param {number} id
     * @param {import('./messages.js').ToWorker} message
     */
    #tell(id, message) {
        this.#jobs.get(id)?.lane?.post(message);
    }

    /**
     * @param {number} id
     * @param {boolean} active
     */
    #activate(id, active) {
        const job = this.#jobs.get(id);
        if (!job) return;
        job.active = active;
        this.#deal();
    }

    /** @param {number} id */
    #remove(id) {
        this.#jobs.delete(id);
        this.#queue = this.#queue.filter((job) => job.id !== id);
    }

    /** Hands out what can be handed out. */
    #deal() {
        for (const job of [...this.#queue]) {
            const lane = job.order.exact ? this.#freeSolver() : this.#leastLoaded();
            // Runs do not wait for the solver, nor it for them.
            if (!lane && job.order.exact) continue;
            if (!lane || this.#load(lane) >= mostLoad(job.order)) return;
            this.#queue.splice(this.#queue.indexOf(job), 1);
            job.lane = lane;
            const { exact, plan = {}, learned = false, pace = 0 } = job.order;
            const start = exact
                ? /** @type {const} */ ({ type: 'exact', ...exact })
                : /** @type {const} */ ({ type: 'start', plan, learned, pace });
            lane.post({ version: VERSION, run: job.id, ...start });
            job.order.begun?.();
        }
    }

    /** Where exact risks can be computed now; opens what they need. */
    #freeSolver() {
        if (performance.now() - this.#easedAt < CALM) return undefined;
        if (this.kind === 'main') return this.#leastLoaded();
        if (!this.#solver && this.kind) this.#openSolver();
        return this.#solver && this.#load(this.#solver) === 0 ? this.#solver : undefined;
    }

    async #openSolver() {
        if (this.#solverOpens) return;
        this.#solverOpens = true;
        let lane;
        try {
            lane = await startLane(this.#first, this.#core);
        } catch (error) {
            this.#fail(({ order }) => Boolean(order.exact), error instanceof Error ? error.message : String(error));
            return;
        } finally {
            this.#solverOpens = false;
        }
        if (!this.#opened) {
            lane.end();
            return;
        }
        this.#solver = lane;
        this.#listenTo(lane);
        lane.onbreak = (reason) => {
            this.#endSolver();
            this.#fail((job) => job.lane === lane, reason);
        };
        this.#deal();
    }

    #leastLoaded() {
        const lanes = [...this.#lanes];
        return lanes.sort((one, other) => this.#load(one) - this.#load(other))[0];
    }

    /** @param {Lane} lane */
    #load(lane) {
        let load = 0;
        for (const job of this.#jobs.values()) load += Number(job.lane === lane && job.active);
        return load;
    }

    #open() {
        if (this.#opened) return;
        this.#opened = true;
        for (let i = 0; i < this.#size; i += 1) this.#openLane();
    }

    async #openLane() {
        this.#opening += 1;
        let lane;
        try {
            lane = await startLane(this.#first, this.#core);
        } catch (error) {
            this.#opening -= 1;
            if (this.#opening === 0 && this.#lanes.size === 0) this.#giveUp(error);
            return;
        }
        this.#opening -= 1;
        const superfluous = lane.kind === 'main' && this.#lanes.size > 0;
        if (!this.#opened || superfluous) {
            lane.end();
            return;
        }
        this.#connect(lane);
        this.#deal();
    }

    /** @param {Lane} lane */
    #connect(lane) {
        this.#lanes.add(lane);
        this.#listenTo(lane);
        lane.onbreak = (reason) => this.#break(lane, reason);
        for (const listener of this.#listeners) listener(lane.kind);
    }

    /** @param {Lane} lane */
    #listenTo(lane) {
        lane.onmessage = (message) => {
            if (message.type === 'loaded' || message.type === 'ready') return;
            const order = this.#jobs.get(message.run)?.order;
            if (['finish', 'error', 'exact'].includes(message.type)) this.#remove(message.run);
            order?.receive(message);
            if (message.type === 'error' && message.fatal) lane.onbreak(message.message);
            this.#deal();
        };
    }

    /**
     * Gives up a lane and everything in it, and starts another.
     * @param {Lane} lane
     * @param {string} reason
     */
    #break(lane, reason) {
        if (!this.#lanes.delete(lane)) return;
        lane.end();
        this.#breaks += 1;
        if (this.#breaks >= PATIENT_BREAKS) {
            this.#breaks = 0;
            this.#first = NEXT[lane.kind];
        }
        this.#fail((job) => job.lane === lane, reason);
        this.#openLane();
    }

    /** @param {unknown} error */
    #giveUp(error) {
        this.#opened = false;
        this.#fail(() => true, error instanceof Error ? error.message : String(error));
    }

    /**
     * @param {(job: Job) => boolean} concerned
     * @param {string} message
     */
    #fail(concerned, message) {
        for (const job of [...this.#jobs.values()].filter(concerned)) {
            this.#remove(job.id);
            job.order.receive({ version: VERSION, run: job.id, type: 'error', message, fatal: true });
        }
    }

    #close() {
        this.#opened = false;
        for (const lane of this.#lanes) lane.end();
        this.#lanes.clear();
        this.#endSolver();
        clearTimeout(this.#calm);
        this.#jobs.clear();
        this.#queue = [];
    }
}

/** @param {Order} order */
function isUrgent(order) {
    return Boolean(order.urgent || order.exact);
}

/** @param {Order} order */
function mostLoad(order) {
    if (order.exact) return Infinity;
    return order.urgent ? URGENT_LOAD : LOAD;
}

/** One a part. @type {Map<import('./parts.js').Part, Pool>} */
const pools = new Map();

/**
 * The pool of all figures of a part.
 * @param {Core} core
 */
export function poolOf(core) {
    const pool = pools.get(core.part) ?? new Pool(core);
    pools.set(core.part, pool);
    return pool;
}
