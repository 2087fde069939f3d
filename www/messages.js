// What the page and its workers say to each other. Every message carries the version of this list and, but for
// those at the start, the number of the run it is about; numbers are given by the pool and never used twice.

/** Version of the messages: both sides come from the same directory, but a browser may keep an old copy of one. */
export const VERSION = 1;

/**
 * The page to a worker.
 *
 * - `load`: start the core from its compiled module.
 * - `start`: begin a run; `learned` asks for what is learnt on the way, not only at the end; `pace` for so many milliseconds,
 *   at least, from one report to the next.
 * - `set`: go on with another step size.
 * - `pause`, `resume`, `step`: stop, go on, go on up to the next report.
 * - `abort`: forget the run; nothing more is said about it.
 * - `ease`: leave most of the processor to others for a while: a hand is dragging. Its run is 0: it is about all of them.
 * - `exact`: compute exact risks, which takes a while at a large dimension.
 *
 * @typedef {{ version: number, type: 'load', module: WebAssembly.Module }} Load
 * @typedef {{ version: number, run: number } & (
 *     | { type: 'start', plan: object, learned: boolean, pace?: number }
 *     | { type: 'set', stepSize: number }
 *     | { type: 'pause' }
 *     | { type: 'resume' }
 *     | { type: 'step' }
 *     | { type: 'abort' }
 *     | { type: 'ease' }
 *     | { type: 'exact', figure: string, order: object }
 * )} ToWorker
 */

/**
 * Where a run stands.
 *
 * @typedef {object} Standing
 * @property {number} step Steps taken.
 * @property {number} steps Steps planned.
 * @property {number} samples Samples seen.
 * @property {number[][]} reports Samples and the values of its measures, NaN for what is not known, at each report since the last message.
 * @property {number | null} stepSize The step size it was given, before its schedule; random features have none.
 * @property {Float32Array} [learned] What has been learnt so far, as the part writes it: matrices, and neurons.
 */

/**
 * A worker to the page.
 *
 * - `loaded`: the worker's modules are there, and it listens.
 * - `ready`: its core has started.
 * - `progress`: at most ten times a second for each run.
 * - `finish`: the run has come to its end, or diverged.
 * - `error`: the run cannot go on; if it is fatal, neither can the worker.
 * - `exact`: the answer to that question.
 *
 * @typedef {{ version: number, type: 'loaded' }
 *     | { version: number, type: 'ready' }
 *     | { version: number, run: number } & (
 *         | { type: 'progress' } & Standing
 *         | { type: 'finish', status: 'finished' | 'diverged' } & Standing
 *         | { type: 'error', message: string, fatal: boolean }
 *         | { type: 'exact', solved: import('./pkg/lazy/lazy_limits.js').Solved }
 *     )} FromWorker
 */

/** @typedef {Exclude<FromWorker, { type: 'loaded' | 'ready' }>} Answer What a worker says about a run. */
