// A worker of a pool: an instance of a part's core, and a loop that advances runs in it.
//
// Each part has a module that calls this; it is started as a module worker, or imported by a classic one.

import { VERSION } from './messages.js';
import { RunLoop } from './run-loop.js';

/** Milliseconds after which a run makes room for messages. */
const SLICE = 12;

/** The end of the queue of tasks, without the four milliseconds that nested timers wait. */
const { port1, port2 } = new MessageChannel();
/** @type {(() => void) | undefined} */
let wake;
port1.onmessage = () => wake?.();
const rest = () => new Promise((/** @type {(value: void) => void} */ resolve) => {
    wake = resolve;
    port2.postMessage(null);
});

/**
 * What of a worker's global scope is used; its whole type would clash with that of the page's.
 * @typedef {object} Scope
 * @property {(message: import('./messages.js').FromWorker, transfer?: Transferable[]) => void} postMessage
 * @property {((event: MessageEvent<any>) => void) | null} onmessage
 */
const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

/**
 * Answers what the page asks, for good.
 * @param {import('./parts.js').Glue} glue Of the part whose worker this is.
 */
export function work(glue) {
    /** @param {MessageEvent<import('./messages.js').Load>} event */
    scope.onmessage = async ({ data: { version, module } }) => {
        try {
            if (version !== VERSION) throw new Error('the page and its worker are of different versions');
            await glue.default({ module_or_path: module });
            const post = scope.postMessage.bind(scope);
            const loop = new RunLoop(glue, post, { slice: SLICE, rest });
            scope.onmessage = (event) => loop.receive(event.data);
            scope.postMessage({ version: VERSION, type: 'ready' });
        } catch (error) {
            // An uncaught error of a module is not told to the page by every browser.
            scope.postMessage({ version: VERSION, type: 'error', run: 0, message: String(error), fatal: true });
        }
    };
    scope.postMessage({ version: VERSION, type: 'loaded' });
}
