// Steps in a browser: our wasm against TensorFlow.js, each in a worker of its own, one after the other.
//
// `cargo xtask bench` runs this with CHROME, PEERS (the directory that npm installed them in), ROUNDS and SECONDS, and
// reads the line of JSON that it prints for each row.

import { inPage, median, rounds, seconds } from './page.mjs';

await inPage(async (ask, chromium) => {
    for (const [dim, neurons] of [[100, 50], [450, 225], [450, 450]]) {
        const sides = [
            { name: 'ours', script: '/ours.worker.js', samples: '' },
            { name: 'its tf.randomNormal', script: '/tfjs.worker.js', samples: 'tf.randomNormal' },
            { name: 'samples by hand', script: '/tfjs.worker.js', samples: 'by hand' },
            { name: 'as usual', script: '/tfjs.worker.js', samples: 'usual' },
        ];
        /** @type {Record<string, number[]>} */
        const times = {};
        let version = '';
        for (const { name, script, samples } of sides) {
            const request = { op: 'prepare', dim, neurons, samples };
            const said = await ask(script, name, request);
            if (name !== 'ours') version = said;
        }
        for (let round = 0; round < rounds; round += 1) {
            for (const { name, script } of sides) {
                const request = { op: 'measure', seconds };
                (times[name] ??= []).push(await ask(script, name, request));
            }
        }
        const medians = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
        console.log(JSON.stringify({ dim, neurons, version: `${version}, ${chromium}`, ms: medians }));
    }
});
