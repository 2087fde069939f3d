// Our side in the browser: a run in a worker, as the page has them.

import { startCore } from '../../www/core.js';
import { Run } from '../../www/pkg/lazy_limits.js';

/** Steps between two looks at the clock. */
const SLICE = 4;

/** Steps that are skipped: at first, exact risks are recorded every few of them. */
const SKIPPED = 300;

/** @type {import('../../www/pkg/lazy_limits.js').Run | undefined} */
let run;

/**
 * Milliseconds a step, without the rare slices that record a risk.
 * @param {number} seconds
 */
function measure(seconds) {
    if (!run) throw new Error('nothing is prepared');
    const end = performance.now() + 1000 * seconds;
    let [time, steps] = [0, 0];
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
        const { reports } = run.advance(SLICE);
        if (reports.length > 0) continue;
        time += performance.now() - begun;
        steps += SLICE;
    }
    return time / steps;
}

/** @param {MessageEvent<{ op: string, dim: number, neurons: number, seconds: number }>} event */
onmessage = async ({ data: { op, dim, neurons, seconds } }) => {
    if (op === 'measure') {
        postMessage(measure(seconds));
        return;
    }
    await startCore();
    const fresh = new Run({ schema: 1, problem: 'qf', regime: 'nn', dim, neurons, steps: 10_000_000, 'step-size': 1e-9 });
    for (let step = 0; step < SKIPPED;) ({ step } = fresh.advance(SKIPPED - step));
    run?.free();
    run = fresh;
    postMessage('ready');
};
postMessage('loaded');
