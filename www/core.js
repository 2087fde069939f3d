// The wasm file of a part, loaded and compiled once for the page and its workers: the fastest of its forms that this browser
// runs.

import { partOf } from './parts.js';

/** @typedef {typeof import('./pkg/lazy/lazy_limits.js')} Glue What all parts have, and some of it the first alone. */

/**
 * @typedef {object} Core
 * @property {string} part
 * @property {Glue} glue
 * @property {WebAssembly.Module} module Compiled, for other threads.
 */

/**
 * A module of one function without parameters that returns a vector.
 * @param {number[]} body
 */
const probe = (...body) => new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, body.length + 4, 1, body.length + 2, 0, ...body, 11,
]);

/** What the forms of the file are called, fastest first, and modules that only browsers accept which run them. */
const FORMS = {
    // i8x16.relaxed_swizzle; products multiply and add in one instruction.
    _relaxed: probe(65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2),
    // i8x16.popcnt; vectors of 128 bits.
    '': probe(65, 0, 253, 15, 253, 98),
};

/** A module with nothing in it. */
const EMPTY = new Uint8Array(probe().slice(0, 8));

/** By part. @type {Map<string, Promise<Core>>} */
const loading = new Map();
/** @type {Map<string, Core>} */
const started = new Map();

/**
 * Starts the core of a figure on this thread.
 * @param {string} figure
 */
export async function startCore(figure) {
    const part = partOf(figure);
    const core = loading.get(part) ?? load(part);
    loading.set(part, core);
    try {
        return await core;
    } catch (error) {
        // A later figure may try again, for instance when the network is back.
        loading.delete(part);
        throw error;
    }
}

/**
 * The core of a figure, once it has been started.
 * @param {string} figure
 */
export function coreOf(figure) {
    try {
        return started.get(partOf(figure));
    } catch {
        return undefined; // it is said when the figure is to be shown
    }
}

/**
 * @param {string} part
 * @returns {Promise<Core>}
 */
async function load(part) {
    if (!('WebAssembly' in globalThis)) throw new Error('this browser has no WebAssembly, or it is switched off');
    if (!mayCompile()) throw new Error('the page’s content security policy must allow script-src \'wasm-unsafe-eval\'');
    const form = Object.entries(FORMS).find(([, needed]) => WebAssembly.validate(needed));
    if (!form) throw new Error('this browser’s WebAssembly has no vectors; that of every browser since 2023 has');
    /** @type {[Glue, WebAssembly.Module]} */
    const [glue, module] = await Promise.all([
        import(`./pkg/${part}/lazy_limits.js`),
        compile(new URL(`./pkg/${part}/lazy_limits${form[0]}_bg.wasm`, import.meta.url)),
    ]);
    await glue.default({ module_or_path: module });
    const core = { part, glue, module };
    started.set(part, core);
    return core;
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
