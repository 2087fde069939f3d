// Steps in each form of our wasm, and the lines of the figures.
//
// `cargo xtask bench` runs this with CHROME, ROUNDS and SECONDS, and reads the lines of JSON that it prints.

import { inPage, median, rounds, seconds } from './page.mjs';

const SCRIPT = '/ours.worker.js';

/** Turns of a round: many short ones, of which some are not disturbed. */
const TURNS = 10;

const FORMS = ['_relaxed', ''];

await inPage(async (ask, version) => {
    for (const [dim, neurons] of [[100, 50], [100, 100], [450, 45], [450, 225], [450, 450]]) {
        for (const form of FORMS) await ask(SCRIPT, form, { op: 'prepare', form, dim, neurons });
        /** @type {number[][]} */
        const times = FORMS.map(() => []);
        for (let turn = 0; turn < rounds * TURNS; turn += 1) {
            for (const [index, form] of FORMS.entries()) {
                times[index]?.push(await ask(SCRIPT, form, { op: 'fastest', seconds: seconds / 4 }));
            }
        }
        console.log(JSON.stringify({ dim, neurons, version, ms: times.map((all) => Math.min(...all)) }));
    }
    for (const figure of ['quadratic', 'mixture']) {
        const times = [];
        for (let round = 0; round < rounds; round += 1) times.push(await ask(SCRIPT, 'page', { op: 'theory', figure }));
        console.log(JSON.stringify({ figure, ms: median(times) }));
    }
}, { isolated: true });
