// Our side in the browser: a run in a worker, as the page has them.

import { startCore } from '../../www/core.js';
import start, { Explorable, Run } from '../../www/pkg/lazy/lazy_limits.js';

/** Steps between two looks at the clock. */
const SLICE = 4;

/** Steps that are skipped: at first, exact risks are recorded every few of them. */
const SKIPPED = 300;

/** @type {import('../../www/pkg/lazy/lazy_limits.js').Run | undefined} */
let run;

/**
 * Milliseconds a step of each slice, without the rare ones that record a risk.
 * @param {number} seconds
 */
function slices(seconds) {
    if (!run) throw new Error('nothing is prepared');
    const times = [];
    const end = performance.now() + 1000 * seconds;
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
        const { reports } = run.advance(SLICE);
        if (reports.length === 0) times.push((performance.now() - begun) / SLICE);
    }
    return times;
}

/** What is told of slices. @type {Record<string, (times: number[]) => number>} */
const MEASURES = {
    measure: (times) => times.reduce((sum, time) => sum + time, 0) / times.length,
    fastest: (times) => Math.min(...times),
};

/**
 * Milliseconds that all lines of a figure take at d = 450, when a bar of its spectrum has moved.
 * @param {string} figure
 */
function theory(figure) {
    const explorable = new Explorable(figure);
    explorable.set('dim', '450');
    const times = [];
    for (let move = 0; move < 400; move += 1) {
        const begun = performance.now();
        // The clock is too coarse for one.
        for (let k = 1; k <= 10; k += 1) explorable.turn('spectrum', 'group:0', 1 - 0.05 * k - 1e-4 * move);
        times.push((performance.now() - begun) / 10);
    }
    explorable.free();
    return times.sort((a, b) => a - b)[200];
}

/** @param {MessageEvent<{ op: string, form?: string, figure: string, dim: number, neurons: number, seconds: number }>} event */
onmessage = async ({ data: { op, form, figure, dim, neurons, seconds } }) => {
    const tell = MEASURES[op];
    if (tell) {
        postMessage(tell(slices(seconds)));
        return;
    }
    // The one that the page would choose, or the one that is asked for.
    if (form === undefined) await startCore('quadratic');
    else await start({ module_or_path: new URL(`../../www/pkg/lazy/lazy_limits${form}_bg.wasm`, import.meta.url) });
    if (op === 'theory') {
        postMessage(theory(figure));
        return;
    }
    const fresh = new Run({ schema: 1, problem: 'qf', regime: 'nn', dim, neurons, steps: 10_000_000, 'step-size': 1e-9 });
    for (let step = 0; step < SKIPPED;) ({ step } = fresh.advance(SKIPPED - step));
    run?.free();
    run = fresh;
    postMessage('ready');
};
postMessage('loaded');
