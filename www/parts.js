// The parts of the house as the loader knows them: whose figures are whose, by which keys they are set, and where their files
// lie. A figure loads the core of its own part alone. Addresses stand here as bundlers look for them: whole, beside
// `import.meta.url`, and a worker's inside its `new Worker`.

/** @typedef {typeof import('./pkg/lazy/lazy_limits.js') | typeof import('./pkg/neuron/lazy_limits.js')} Glue Of a part, whichever it is. */

/**
 * A figure's state and all that is asked of it. What the first part alone has may not be there.
 * @typedef {import('./pkg/neuron/lazy_limits.js').Explorable & Partial<import('./pkg/lazy/lazy_limits.js').Explorable>} Explorable
 */

/**
 * @typedef {object} Part
 * @property {string[]} figures
 * @property {string[]} keys Of its settings. The core's tables are the authority, and a test compares them; but a browser asks
 *     which attributes there are before any core is there.
 * @property {() => Promise<Glue>} glue
 * @property {Record<Form, () => URL | Uint8Array<ArrayBuffer>>} wasm Its file in each form: where it lies, or its bytes.
 * @property {() => URL} script What its workers run.
 * @property {() => Worker} work Starts one.
 * @property {() => Promise<typeof import('./lazy/reader.js')>} [reader] What reads files of results, if it takes any.
 * @property {() => Promise<typeof import('./lazy/cite.js')>} [cite] What its figures are called, and how its paper is cited.
 */

/** @typedef {'relaxed' | 'vectors'} Form Of a wasm file: with relaxed vectors, or only with those that every browser has. */

/** @type {Record<string, Part>} */
export const PARTS = {
    lazy: {
        figures: ['quadratic', 'laziness', 'mixture', 'activation'],
        keys: [
            'dim', 'spectrum', 'delta', 'sigma', 'rotation', 'second-layer', 'sampling', 'spectrum-seed', 'multipliers', 'mix',
            'activation', 'rho', 'laziness', 'steps', 'step-size', 'schedule', 'protocol', 'batch', 'seed', 'axis', 'scale', 'show',
            'plane',
        ],
        glue: () => import('./pkg/lazy/lazy_limits.js'),
        wasm: {
            relaxed: () => new URL('./pkg/lazy/lazy_limits_relaxed_bg.wasm', import.meta.url),
            vectors: () => new URL('./pkg/lazy/lazy_limits_bg.wasm', import.meta.url),
        },
        script: () => new URL('./lazy/worker.js', import.meta.url),
        work: () => new Worker(new URL('./lazy/worker.js', import.meta.url), { type: 'module' }),
        reader: () => import('./lazy/reader.js'),
        cite: () => import('./lazy/cite.js'),
    },
    neuron: {
        figures: ['neuron'],
        keys: ['dim', 'norm', 'bias', 'features', 'ratio', 'seed'],
        glue: () => import('./pkg/neuron/lazy_limits.js'),
        wasm: {
            relaxed: () => new URL('./pkg/neuron/lazy_limits_relaxed_bg.wasm', import.meta.url),
            vectors: () => new URL('./pkg/neuron/lazy_limits_bg.wasm', import.meta.url),
        },
        script: () => new URL('./neuron/worker.js', import.meta.url),
        work: () => new Worker(new URL('./neuron/worker.js', import.meta.url), { type: 'module' }),
        cite: () => import('./neuron/cite.js'),
    },
};

/**
 * The name of the part of a figure.
 * @param {string} figure
 */
export function partOf(figure) {
    const found = Object.entries(PARTS).find(([, { figures }]) => figures.includes(figure));
    if (found) return found[0];
    const names = Object.values(PARTS).flatMap(({ figures }) => figures);
    throw new Error(`figure is “${figure.slice(0, 40)}”, but must be one of ${names.join(', ')}`);
}
