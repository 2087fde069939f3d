// The wasm file, loaded and compiled once for the page and its workers: the fastest of its forms that this browser runs.

import start from './pkg/lazy_limits.js';

/**
 * A module of one function without parameters that returns a vector.
 * @param {number[]} body
 */
const probe = (...body) => new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, body.length + 4, 1, body.length + 2, 0, ...body, 11,
]);

/** Forms of the file, fastest first, and modules that only browsers accept which run them. */
const FORMS = {
    // i8x16.relaxed_swizzle; products multiply and add in one instruction.
    './pkg/lazy_limits_relaxed_bg.wasm': probe(65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2),
    // i8x16.popcnt; vectors of 128 bits.
    './pkg/lazy_limits_bg.wasm': probe(65, 0, 253, 15, 253, 98),
};

/** A module with nothing in it. */
const EMPTY = new Uint8Array(probe().slice(0, 8));

/** @type {Promise<unknown> | undefined} */
let started;
/** @type {WebAssembly.Module | undefined} */
let compiled;
let isThere = false;

/** Starts the core on this thread. */
export async function startCore() {
    try {
        await (started ??= load());
    } catch (error) {
        // A later figure may try again, for instance when the network is back.
        started = undefined;
        throw error;
    }
}

/** Whether it has been started. */
export function coreIsThere() {
    return isThere;
}

async function load() {
    if (!('WebAssembly' in globalThis)) throw new Error('this browser has no WebAssembly, or it is switched off');
    if (!mayCompile()) throw new Error('the page’s content security policy must allow script-src \'wasm-unsafe-eval\'');
    const form = Object.entries(FORMS).find(([, needed]) => WebAssembly.validate(needed));
    if (!form) throw new Error('this browser’s WebAssembly has no vectors; that of every browser since 2023 has');
    compiled = await compile(new URL(form[0], import.meta.url));
    await start({ module_or_path: compiled });
    isThere = true;
}

/**
 * Compiles a file while it arrives, where server and browser allow that.
 * @param {URL} address
 */
async function compile(address) {
    const response = await fetch(address).catch((error) => {
        throw new Error(address.protocol === 'file:'
            ? 'a page that is opened as a file may not load WebAssembly; a server must send it'
            : `${address.href} could not be fetched: ${error.message}`);
    });
    if (!response.ok) throw new Error(`${address.href} could not be loaded (status ${response.status})`);
    const isTyped = response.headers.get('Content-Type')?.startsWith('application/wasm');
    if (isTyped && 'compileStreaming' in WebAssembly) return WebAssembly.compileStreaming(response);
    return WebAssembly.compile(await response.arrayBuffer());
}

/** Whether the page's policy lets WebAssembly be compiled: what browsers themselves say recommends too much. */
function mayCompile() {
    try {
        new WebAssembly.Module(EMPTY);
        return true;
    } catch {
        return false;
    }
}

/**
 * The compiled file, for other threads; only once the core has been started here.
 * @returns {WebAssembly.Module}
 */
export function compiledCore() {
    if (!compiled) throw new Error('the core has not been started');
    return compiled;
}
