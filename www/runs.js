// The runs of one figure: which ones its state asks for, how far each is, and what the reader wants of them.

/** @typedef {import('./parts.js').Explorable} Explorable */
/** @typedef {import('./messages.js').Answer} Answer */
/** @typedef {import('./pool.js').Pool} Pool */
/** @typedef {'queued' | 'running' | 'paused' | 'finished' | 'diverged' | 'failed'} Status */
/** @typedef {'idle' | 'playing' | 'paused' | 'ended'} Mode */

/**
 * A run as others see it.
 * @typedef {object} Run
 * @property {number} id
 * @property {number} seed
 * @property {any} [regime] With other facts that its part tells it apart by.
 * @property {any} [neurons]
 * @property {any} [dim]
 * @property {number} samples Samples seen.
 * @property {number | null} risk The last one reported.
 * @property {Status} status
 * @property {[number, number][]} curve Samples and risk at each report.
 * @property {[number, number][]} stepSizes From which step on which step size was used.
 */

/** @typedef {import('./pkg/lazy/lazy_limits.js').Plan} Plan A run that the figure's state asks for. */
/** @typedef {import('./pkg/lazy/lazy_limits.js').About} About */

/**
 * @typedef {object} Entry
 * @property {Plan} plan
 * @property {Status} status
 * @property {number} step
 * @property {number} samples
 * @property {number[][]} curve Samples and the values of its measures at each report.
 * @property {[number, number][]} stepSizes
 * @property {number | undefined} job Its number in the pool.
 * @property {boolean} begun Whether it has left the pool's queue.
 * @property {boolean} stepping Whether it stops at its next report.
 */

/** How many runs a step begins if none is active. */
const FIRST_STEPS = 2;

/** @type {ReadonlySet<Status>} */
const ENDED = new Set(['finished', 'diverged', 'failed']);

/** Whether nothing should move by itself. */
const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;


export class Runs {
    /** @type {Entry[]} */
    #entries = [];
    /** @type {Mode} */
    #mode = 'idle';
    #hidden = false;
    /** Whether it is another figure's turn, or not known yet whose. */
    #waiting = true;
    #explorable;
    #pool;
    #wanted;
    #listener;

    /**
     * @param {Explorable} explorable
     * @param {Pool} pool
     * @param {(plan: Plan) => boolean} wanted Whether anything that is shown is made of the run of that plan.
     * @param {object} listener
     * @param {(run: Run, isAtHandle: boolean) => void} listener.progress A run has something new.
     * @param {() => void} listener.finish All runs have ended.
     * @param {(message: string) => void} listener.error A run failed.
     * @param {() => void} listener.change How the runs stand has changed.
     * @param {() => void} listener.forget Some are gone, with all that was known of them.
     */
    constructor(explorable, pool, wanted, listener) {
        this.#explorable = explorable;
        this.#pool = pool;
        this.#wanted = wanted;
        this.#listener = listener;
    }

    get mode() {
        return this.#mode;
    }

    /** Whether they would go on if it were their turn. */
    get isWilling() {
        return this.#mode === 'playing' && !this.#hidden;
    }

    /** How many there are, and how many of them have ended. */
    get count() {
        const ended = this.#entries.filter(({ status }) => ENDED.has(status)).length;
        return { ended, all: this.#entries.length };
    }

    /** Those that diverged: the first of them, and how many there are. */
    get diverged() {
        const all = this.#entries.filter(({ status }) => status === 'diverged');
        const first = all[0];
        return first && { count: all.length, name: first.plan.name, step: first.step };
    }

    /** The seed they begin with. */
    get seed() {
        return this.#entries[0]?.plan.facts.find(([fact]) => fact === 'seed')?.[1] ?? this.#explorable.state()['seed'];
    }

    /** Copies of all of them. @returns {Run[]} */
    list() {
        return this.#entries.map(view);
    }

    /** Begins, or goes on; once all have ended, begins again. */
    start() {
        if (this.#mode === 'ended') this.reset();
        this.#mode = 'playing';
        this.#play();
        this.#listener.change();
    }

    pause() {
        if (this.#mode === 'playing') this.#mode = 'paused';
        this.#rest();
        this.#listener.change();
    }

    /** Advances each active run to its next report, or begins the first ones. */
    step() {
        this.pause();
        const active = this.#entries.filter(({ status }) => status === 'paused');
        const next = active.length > 0
            ? active
            : this.#entries.filter(({ status }) => status === 'queued').slice(0, FIRST_STEPS);
        for (const entry of next) {
            entry.stepping = true;
            if (entry.job === undefined) {
                this.#order(entry);
            } else {
                entry.status = 'running';
                this.#pool.step(entry.job);
            }
        }
        if (next.length > 0 && this.#mode === 'idle') this.#mode = 'paused';
        this.#listener.change();
    }

    /** Puts every run back to its start; the same seeds give the same curves again. */
    reset() {
        this.#remove(() => true);
        if (this.#mode !== 'playing') this.#mode = 'idle';
        this.replan();
    }

    /**
     * Rests while nobody can see it, without forgetting that it was playing.
     * @param {boolean} hidden
     */
    hide(hidden) {
        if (hidden === this.#hidden) return;
        this.#hidden = hidden;
        this.#turn();
    }

    /**
     * Rests while others of the page have their turn.
     * @param {boolean} waiting
     */
    wait(waiting) {
        if (waiting === this.#waiting) return;
        this.#waiting = waiting;
        this.#turn();
    }

    /** Forgets everything. */
    end() {
        this.#abortAll(() => true);
        this.#entries = [];
    }

    /**
     * Drops at once what no longer belongs to the figure's state; `replan` later finds what to do instead.
     * @param {string[]} keys What has changed.
     * @param {About[]} abouts What each of them is about.
     */
    drop(keys, abouts) {
        // The runs of an old width, or of an old place along the axis, stay until the handle has come to rest, in case it comes back.
        const asked = abouts.filter((about) => about !== 'view' && about !== 'place' && about !== 'dial');
        if (asked.length === 0) return;
        const key = keys[abouts.indexOf('step')] ?? '';
        if (asked.every((about) => about === 'step')) this.#changeStepSize(this.#explorable.state()[key]);
        else this.#remove(({ plan }) => asked.some((about) => plan.about.includes(about)));
        this.#listener.change();
    }

    /** Takes up what the figure's state asks for; runs whose plan is unchanged go on. */
    replan() {
        const entries = this.#explorable.plans().filter(this.#wanted).map((plan) => this.#match(plan) ?? blank(plan));
        const kept = new Set(entries);
        this.#abortAll((entry) => !kept.has(entry));
        this.#entries = entries;
        this.#listener.forget();
        // A reader who has not stopped the runs wants to see those of the new target.
        if (this.#mode === 'ended' && this.count.ended < this.count.all) this.#mode = 'playing';
        if (this.#mode === 'playing') this.#play();
        this.#listener.change();
    }

    /**
     * The entry that already does what `plan` asks for. One whose step size was changed under way goes on as the run
     * of the new plan.
     * @param {Plan} plan
     */
    #match(plan) {
        const entry = this.#entries.find((one) => one.plan.id === plan.id)
            ?? this.#entries.find((one) => one.stepSizes.length > 1 && isAlike(one.plan, plan));
        if (!entry) return undefined;
        if (entry.plan.id !== plan.id) {
            for (const report of entry.curve) this.#explorable.report(plan.id, Float64Array.from(report));
        }
        // Its role may have changed: the handle has come to it, or left it.
        entry.plan = plan;
        return entry;
    }

    /** @param {unknown} value */
    #changeStepSize(value) {
        const hasSteps = (/** @type {Entry} */ { plan }) => plan.about.includes('step');
        this.#remove((entry) => hasSteps(entry) && (!entry.begun || ENDED.has(entry.status)));
        for (const entry of this.#entries.filter(hasSteps)) {
            // What `auto` means is known from the run itself if that is how it began.
            const stepSize = typeof value === 'number' ? value : entry.stepSizes[0]?.[1];
            if (stepSize === undefined || entry.job === undefined) continue;
            this.#pool.set(entry.job, stepSize);
            entry.stepSizes.push([entry.step, stepSize]);
        }
    }

    /** @param {(entry: Entry) => boolean} concerned */
    #remove(concerned) {
        const gone = this.#entries.filter(concerned);
        if (gone.length === 0) return;
        this.#abortAll(concerned);
        this.#explorable.forget(gone.map(({ plan }) => plan.id));
        this.#listener.forget();
        this.#entries = this.#entries.filter((entry) => !gone.includes(entry));
    }

    /** @param {(entry: Entry) => boolean} concerned */
    #abortAll(concerned) {
        // The last ones first: those in the queue then do not begin for a moment.
        for (const entry of this.#entries.filter(concerned).reverse()) {
            if (entry.job !== undefined) this.#pool.abort(entry.job);
            entry.job = undefined;
        }
    }

    #turn() {
        if (this.#mode !== 'playing') return;
        if (this.#hidden || this.#waiting) this.#rest();
        else this.#play();
        this.#listener.change();
    }

    #play() {
        if (this.#hidden || this.#waiting) return;
        for (const entry of this.#entries) {
            entry.stepping = false;
            if (entry.job === undefined && !ENDED.has(entry.status)) this.#order(entry);
            else if (entry.job !== undefined && entry.status === 'paused') {
                entry.status = 'running';
                this.#pool.resume(entry.job);
            }
        }
        this.#endIfAllHave();
    }

    #rest() {
        // Those in the pool's queue first, or each pause would let the next one begin.
        this.#abortAll(({ begun }) => !begun);
        for (const entry of this.#entries) {
            if (entry.job === undefined) continue;
            entry.status = 'paused';
            this.#pool.pause(entry.job);
        }
    }

    /** @param {Entry} entry */
    #order(entry) {
        const isShown = entry.plan.role === 'handle';
        entry.job = this.#pool.start({
            plan: entry.plan.plan,
            learned: isShown,
            pace: isCalm() ? 0 : entry.plan.pace,
            urgent: isShown,
            begun: () => {
                entry.begun = true;
                entry.status = 'running';
                // The number is not known yet if this is called within `start`.
                if (entry.stepping) queueMicrotask(() => entry.job !== undefined && this.#pool.step(entry.job));
                this.#listener.change();
            },
            receive: (answer) => this.#receive(entry, answer),
        });
    }

    /**
     * @param {Entry} entry
     * @param {Answer} answer
     */
    #receive(entry, answer) {
        if (answer.type === 'error') {
            entry.status = 'failed';
            entry.job = undefined;
            this.#explorable.finish(entry.plan.id, 'failed');
            this.#listener.error(answer.message);
        } else if (answer.type === 'progress' || answer.type === 'finish') {
            this.#note(entry, answer);
        } else {
            return;
        }
        this.#listener.progress(view(entry), entry.plan.role === 'handle');
        this.#endIfAllHave();
        this.#listener.change();
    }

    /**
     * @param {Entry} entry
     * @param {Extract<Answer, { type: 'progress' | 'finish' }>} answer
     */
    #note(entry, answer) {
        const { id } = entry.plan;
        entry.step = answer.step;
        entry.samples = answer.samples;
        entry.curve.push(...answer.reports);
        if (entry.stepSizes.length === 0 && answer.stepSize !== null) entry.stepSizes.push([0, answer.stepSize]);
        for (const report of answer.reports) this.#explorable.report(id, Float64Array.from(report));
        if (answer.learned) this.#explorable.learned(id, answer.learned);
        if (answer.type === 'finish') {
            entry.status = answer.status;
            entry.job = undefined;
            this.#explorable.finish(id, answer.status);
        } else if (entry.stepping && entry.job !== undefined) {
            entry.stepping = false;
            entry.status = 'paused';
            this.#pool.pause(entry.job);
        }
    }

    #endIfAllHave() {
        const { ended, all } = this.count;
        if (this.#mode === 'ended' || all === 0 || ended < all) return;
        this.#mode = 'ended';
        this.#listener.finish();
    }
}

/**
 * @param {Plan} plan
 * @returns {Entry}
 */
function blank(plan) {
    return {
        plan,
        status: 'queued',
        step: 0,
        samples: 0,
        curve: [],
        stepSizes: [],
        job: undefined,
        begun: false,
        stepping: false,
    };
}

/**
 * @param {Entry} entry
 * @returns {Run}
 */
function view({ plan, status, samples, curve, stepSizes }) {
    const risk = curve.at(-1)?.[1] ?? null;
    return {
        .../** @type {{ seed: number }} */ (Object.fromEntries(plan.facts)),
        id: plan.id,
        samples,
        risk,
        status,
        curve: curve.map(([at = 0, value = NaN]) => [at, value]),
        stepSizes: stepSizes.map(([from, value]) => [from, value]),
    };
}

/**
 * Whether two plans are the same network on the same data.
 * @param {Plan} one
 * @param {Plan} other
 */
function isAlike(one, other) {
    const facts = (/** @type {Plan} */ { role, facts }) => JSON.stringify([role, facts]);
    return facts(one) === facts(other);
}
