// The wasm file of a part, loaded and compiled once for the page and its workers: the fastest of its forms that this browser
// runs.

import { PARTS, partOf } from './parts.js';

/** @typedef {import('./parts.js').Glue} Glue */
/** @typedef {import('./parts.js').Form} Form */
/** @typedef {import('./parts.js').Part} Part */

/**
 * @typedef {object} Core
 * @property {Part} part
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

/** The forms of the file, fastest first, and modules that only browsers accept which run them. @type {Record<Form, Uint8Array<ArrayBuffer>>} */
const FORMS = {
    // i8x16.relaxed_swizzle; products multiply and add in one instruction.
    relaxed: probe(65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2),
    // i8x16.popcnt; vectors of 128 bits.
    vectors: probe(65, 0, 253, 15, 253, 98),
};

/** A module with nothing in it. */
const EMPTY = new Uint8Array(probe().slice(0, 8));

/** By name of part. @type {Map<string, Promise<Core>>} */
const loading = new Map();
/** @type {Map<string, Core>} */
const started = new Map();

/**
 * Starts the core of a figure on this thread.
 * @param {string} figure
 */
export async function startCore(figure) {
    const name = partOf(figure);
    const core = loading.get(name) ?? load(name);
    loading.set(name, core);
    try {
        return await core;
    } catch (error) {
        // A later figure may try again, for instance when the network is back.
        loading.delete(name);
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
 * @param {string} name Of a part.
 * @returns {Promise<Core>}
 */
async function load(name) {
    if (!('WebAssembly' in globalThis)) throw new Error('this browser has no WebAssembly, or it is switched off');
    if (!mayCompile()) throw new Error('the page’s content security policy must allow script-src \'wasm-unsafe-eval\'');
    const form = /** @type {Form[]} */ (Object.keys(FORMS)).find((one) => WebAssembly.validate(FORMS[one]));
    if (!form) throw new Error('this browser’s WebAssembly has no vectors; that of every browser since 2023 has');
    const part = /** @type {Part} */ (PARTS[name]);
    const file = part.wasm[form]();
    /** @type {[Glue, WebAssembly.Module]} */
    const [glue, module] = await Promise.all([part.glue(), file instanceof URL ? compile(file) : WebAssembly.compile(file)]);
    await glue.default({ module_or_path: module });
    const core = { part, glue, module };
    started.set(name, core);
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
    const type = response.headers.get('Content-Type') ?? '';
    // Servers of applications send their page where they have no such file, as after a bundler that has not copied it.
    if (!response.ok || type.startsWith('text/html')) throw new Error(`${address.href} could not be loaded (status ${response.status}, ${type})`);
    if (type.startsWith('application/wasm')) return WebAssembly.compileStreaming(response);
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
