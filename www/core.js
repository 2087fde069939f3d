// The wasm file, loaded and compiled once for the page and its workers.

import start from './pkg/lazy_limits.js';

/** @type {Promise<unknown> | undefined} */
let started;

/** Starts the core on this thread. */
export async function startCore() {
    try {
        await (started ??= start());
    } catch (error) {
        // A later figure may try again, for instance when the network is back.
        started = undefined;
        throw error;
    }
}

/**
 * The compiled file, for other threads; only once the core has been started here.
 * @returns {WebAssembly.Module}
 */
export function compiledCore() {
    // The glue keeps it on its own function.
    return /** @type {any} */ (start).__wbindgen_wasm_module;
}
