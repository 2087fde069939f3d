// Exact risks at finite size of the state in front, worked out in a worker: too slow for the page.

/** @typedef {import('./parts.js').Explorable} Explorable */
/** @typedef {import('./pool.js').Pool} Pool */

export class Exact {
    #explorable;
    #pool;
    #arrived;
    /** What is under way: the pool's number of the order, and the state that it belongs to. */
    #order = { job: 0, id: 0 };
    #isOver = false;

    /**
     * @param {Explorable} explorable
     * @param {Pool} pool
     * @param {() => void} arrived When there are new ones.
     */
    constructor(explorable, pool, arrived) {
        this.#explorable = explorable;
        this.#pool = pool;
        this.#arrived = arrived;
    }

    /** Asks for those of the state, where they are neither known nor on their way. */
    ask() {
        const request = this.#explorable.order();
        if (request?.id === this.#order.id) return;
        // Of another state.
        this.#pool.abort(this.#order.job);
        this.#order = { job: 0, id: 0 };
        if (!request) return;
        this.#order.id = request.id;
        this.#order.job = this.#pool.start({
            exact: request,
            receive: (answer) => {
                if (request.id === this.#order.id) this.#order = { job: 0, id: 0 };
                if (this.#isOver || answer.type !== 'exact') return;
                const { values, lengths, unknown } = answer.solved;
                this.#explorable.answer(request.id, Float64Array.from(values), Uint32Array.from(lengths), unknown ?? undefined);
                this.#arrived();
            },
        });
    }

    end() {
        this.#isOver = true;
        this.#pool.abort(this.#order.job);
    }
}
