// What training costs in wasm, as ratios of what was measured in the same seconds. Never in milliseconds: those are for
// `cargo xtask bench`.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

/** Milliseconds after which what is still slow is slow, and not disturbed. */
const PATIENCE = 60_000;

/** @type {typeof import('../../www/pkg/lazy_limits.js')[]} */
const [usual, plain] = await Promise.all(['', '_plain'].map(async (form) => {
    const directory = new URL('../../www/pkg/', import.meta.url);
    const module = await readFile(new URL(`lazy_limits${form}_bg.wasm`, directory));
    const core = await import(new URL(`lazy_limits.js?form=${form}`, directory).href);
    core.initSync({ module });
    return core;
}));

/**
 * Steps of a run: each call makes some, and tells the fewest milliseconds a step so far.
 * @param {typeof import('../../www/pkg/lazy_limits.js') | undefined} core
 * @param {number} dim
 * @param {number} neurons
 */
function timed(core, dim, neurons) {
    assert.ok(core);
    const plan = { schema: 1, problem: 'qf', regime: 'nn', dim, neurons, steps: 1e7, 'step-size': 1e-9 };
    const run = new core.Run(plan);
    let [best, done] = [Infinity, 0];
    return () => {
        const begun = performance.now();
        // It stops early after a report, whose exact risk costs more than a step: the fastest have none.
        const { step } = run.advance(Math.ceil(1e6 / (dim * neurons)));
        best = Math.min(best, (performance.now() - begun) / (step - done));
        done = step;
        return best;
    };
}

/**
 * That the ratio of two times is at most what is allowed, measured in turn until it is.
 * @param {() => number} one
 * @param {() => number} other
 * @param {number} allowed
 */
function check(one, other, allowed) {
    const end = performance.now() + PATIENCE;
    for (let round = 0; ; round++) {
        const ratio = one() / other();
        if (round >= 50 && ratio <= allowed) return;
        assert.ok(performance.now() < end, `the ratio is ${ratio.toFixed(2)}, and not ${allowed} at most`);
    }
}

test('vectors make a step at least twice as fast', () => {
    check(timed(usual, 450, 225), timed(plain, 450, 225), 0.5);
});

test('beside small products too, samples and updates stay small', () => {
    // Products have 4·N·d·b operations: 40.5 times as many.
    check(timed(usual, 100, 50), timed(usual, 450, 450), 2 / 40.5);
});
