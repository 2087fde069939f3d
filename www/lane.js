// Where runs are advanced: a worker, started in the first way that works, or else the main thread itself.

import { VERSION } from './messages.js';
import { RunLoop } from './run-loop.js';

/** @typedef {import('./core.js').Core} Core */
/** @typedef {import('./messages.js').ToWorker} ToWorker */
/** @typedef {import('./messages.js').FromWorker} FromWorker */
/** @typedef {'module' | 'blob' | 'main'} Kind The ways to start, in the order they are tried. */

/** Milliseconds of a slice on the main thread: half a frame, so that dragging stays smooth. */
const MAIN_SLICE = 8;

/** Milliseconds after which a worker that says nothing is taken for one that cannot start. */
const PATIENCE = 20_000;

/** Something that runs can be sent to. */
export class Lane {
    /** @type {Kind} */
    kind;
    /** What it says, once it has started. @type {(message: FromWorker) => void} */
    onmessage = () => {};
    /** Called once if it breaks; nothing that runs in it can go on. @type {(reason: string) => void} */
    onbreak = () => {};
    #post;
    #end;

    /**
     * @param {Kind} kind
     * @param {(message: ToWorker) => void} post
     * @param {() => void} end
     */
    constructor(kind, post, end) {
        this.kind = kind;
        this.#post = post;
        this.#end = end;
    }

    /** @param {ToWorker} message */
    post(message) {
        this.#post(message);
    }

    /** Ends it, whatever it is doing. */
    end() {
        this.onmessage = () => {};
        this.onbreak = () => {};
        this.#end();
    }
}

/**
 * Starts a lane in the first way that works, beginning with `first`.
 * @param {Kind} first
 * @param {Core} core What it computes with.
 * @returns {Promise<Lane>}
 */
export async function startLane(first, core) {
    const { script, work } = core.part;
    /** @type {[Kind, () => Promise<Lane>][]} */
    const ways = [
        ['module', () => startWorker('module', core, () => moduleWorker(work, script))],
        ['blob', () => startWorker('blob', core, () => blobWorker(script().href))],
        ['main', () => startMain(core)],
    ];
    const allowed = ways.slice(ways.findIndex(([kind]) => kind === first));
    let reason;
    for (const [, start] of allowed) {
        try {
            return await start();
        } catch (error) {
            // The next way may be allowed where this one is not; the last one says why none is.
            reason = error;
        }
    }
    throw reason;
}

/** Whether this page has refused to start a worker in the way that bundlers know. */
let isRefused = false;

/**
 * Where a policy requires trusted types, a plain address is refused; once, as a browser tells of it each time.
 * @param {() => Worker} work
 * @param {() => URL} script
 */
function moduleWorker(work, script) {
    if (!isRefused) {
        try {
            return work();
        } catch {
            isRefused = true;
        }
    }
    return new Worker(trusted(script().href), { type: 'module' });
}

/**
 * A classic worker from here, which may import a module from elsewhere: the only kind that a page of another origin,
 * or a sandboxed frame, can start.
 * @param {string} address
 */
function blobWorker(address) {
    const refuse = `postMessage({ version: ${VERSION}, type: 'error', run: 0, message: String(error), fatal: true })`;
    const script = `import(${JSON.stringify(address)}).catch((error) => ${refuse});`;
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(trusted(url));
    // Fetched when it starts, which is later.
    setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
    return worker;
}

/**
 * An address of a script as policies that require trusted types want it.
 * @param {string} address
 * @returns {string}
 */
function trusted(address) {
    const { trustedTypes } = /** @type {any} */ (globalThis);
    policy ??= trustedTypes?.createPolicy('lazy-limits', { createScriptURL: (/** @type {string} */ text) => text });
    return policy ? policy.createScriptURL(address) : address;
}
/** @type {{ createScriptURL: (address: string) => any } | undefined} */
let policy;

/**
 * @param {Kind} kind
 * @param {Core} core
 * @param {() => Worker} create
 * @returns {Promise<Lane>}
 */
function startWorker(kind, { module }, create) {
    return new Promise((resolve, reject) => {
        const worker = create();
        const lane = new Lane(kind, (message) => worker.postMessage(message), () => worker.terminate());
        const refuse = (/** @type {string} */ reason) => {
            clearTimeout(patience);
            worker.terminate();
            reject(new Error(reason));
        };
        const patience = setTimeout(() => refuse('the worker did not answer'), PATIENCE);
        const broken = (/** @type {string} */ reason) => {
            refuse(reason);
            lane.onbreak(reason);
            lane.end();
        };
        worker.onerror = (event) => {
            // Handled here: the console need not know of a fallback.
            event.preventDefault();
            broken(event.message || 'the worker could not be loaded');
        };
        worker.onmessageerror = () => broken('a message could not be read');
        worker.onmessage = ({ data }) => {
            const message = /** @type {FromWorker} */ (data);
            if (message.type === 'loaded') {
                worker.postMessage(/** @type {import('./messages.js').Load} */ (
                    { version: VERSION, type: 'load', module }));
            } else if (message.type === 'ready') {
                clearTimeout(patience);
                resolve(lane);
            } else if (message.run === 0 && message.type === 'error') {
                refuse(message.message);
            } else {
                lane.onmessage(message);
            }
        };
    });
}

/**
 * Runs on the main thread, in slices between which the page is alive.
 * @param {Core} core
 */
async function startMain({ glue }) {
    const rest = () => new Promise((/** @type {(value: void) => void} */ resolve) => { setTimeout(resolve, 0); });
    const loop = new RunLoop(
        glue,
        // As late as from a worker: whoever sends a message has then finished what it was doing.
        (message) => queueMicrotask(() => lane.onmessage(message)),
        { slice: MAIN_SLICE, rest },
    );
    const lane = new Lane('main', (message) => queueMicrotask(() => loop.receive(message)), () => loop.clear());
    return lane;
}
