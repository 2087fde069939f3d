// TensorFlow.js with its wasm backend, in a worker too.
//
// The formulas are those of src/train on explicit weights. Weights and samples are stored such that no product
// transposes, which that backend would do slowly.

/** A classic worker's global scope, which the scripts add `tf` to. */
const scope = /** @type {any} */ (globalThis);
scope.importScripts('/tfjs/tfjs/dist/tf.min.js', '/tfjs/tfjs-backend-wasm/dist/tf-backend-wasm.min.js');
const { tf } = scope;

const BATCH = 100;
const STEP_SIZE = 1e-9;

/** @type {(() => void) | undefined} */
let step;

/**
 * Standard normal numbers, drawn in pairs by Marsaglia's polar method.
 * @param {Float32Array} out
 */
function fillNormal(out) {
    for (let index = 0; index < out.length;) {
        const [u, v] = [2 * Math.random() - 1, 2 * Math.random() - 1];
        const square = u * u + v * v;
        if (square >= 1 || square === 0) continue;
        const factor = Math.sqrt(-2 * Math.log(square) / square);
        out[index] = u * factor;
        out[index + 1] = v * factor;
        index += 2;
    }
}

/**
 * @param {number} dim
 * @param {number} neurons
 * @param {string} samples Whether they are drawn by `tf.randomNormal` or `by hand`.
 */
function network(dim, neurons, samples) {
    const target = tf.tensor2d(Array.from({ length: dim }, (_, i) => -Math.log((i + 0.5) / dim)), [dim, 1]);
    const weights = tf.variable(tf.randomNormal([dim, neurons], 0, 0.01));
    const offset = tf.variable(tf.scalar(0));
    const buffer = new Float32Array(BATCH * dim);
    const draw = () => {
        if (samples !== 'by hand') return tf.randomNormal([BATCH, dim]);
        fillNormal(buffer);
        return tf.tensor2d(buffer.slice(), [BATCH, dim]);
    };
    return () => tf.tidy(() => {
        const x = draw();
        const y = tf.matMul(tf.sub(tf.square(x), 1), target);
        const z = tf.matMul(x, weights);
        const f = tf.add(tf.sum(tf.square(z), 1, true), offset);
        const r = tf.sub(y, f);
        const factors = tf.mul(r, 4 * STEP_SIZE / BATCH);
        weights.assign(tf.add(weights, tf.matMul(tf.transpose(x), tf.mul(z, factors))));
        offset.assign(tf.add(offset, tf.mul(tf.mean(r), 2 * STEP_SIZE)));
    });
}

/**
 * The same as its guides would write it: automatic differentiation, an optimiser, weights of one neuron in a row.
 * @param {number} dim
 * @param {number} neurons
 */
function usualNetwork(dim, neurons) {
    const target = tf.tensor2d(Array.from({ length: dim }, (_, i) => -Math.log((i + 0.5) / dim)), [dim, 1]);
    const weights = tf.variable(tf.randomNormal([neurons, dim], 0, 0.01));
    const offset = tf.variable(tf.scalar(0));
    const optimizer = tf.train.sgd(STEP_SIZE);
    return () => tf.tidy(() => {
        const x = tf.randomNormal([BATCH, dim]);
        const y = tf.matMul(tf.sub(tf.square(x), 1), target);
        optimizer.minimize(() => {
            const z = tf.matMul(x, weights, false, true);
            const f = tf.add(tf.sum(tf.square(z), 1, true), offset);
            return tf.mean(tf.square(tf.sub(y, f)));
        });
    });
}

/**
 * Milliseconds a step.
 * @param {number} seconds
 */
function measure(seconds) {
    if (!step) throw new Error('nothing is prepared');
    const begun = performance.now();
    let steps = 0;
    while (performance.now() - begun < 1000 * seconds) {
        step();
        steps += 1;
    }
    return (performance.now() - begun) / steps;
}

/** @param {MessageEvent<{ op: string, dim: number, neurons: number, samples: string, seconds: number }>} event */
onmessage = async ({ data: { op, dim, neurons, samples, seconds } }) => {
    if (op === 'measure') {
        postMessage(measure(seconds));
        return;
    }
    tf.wasm.setWasmPaths('/tfjs/tfjs-backend-wasm/dist/');
    await tf.setBackend('wasm');
    tf.disposeVariables();
    step = samples === 'usual' ? usualNetwork(dim, neurons) : network(dim, neurons, samples);
    for (let warm = 0; warm < 10; warm += 1) step();
    postMessage(`TensorFlow.js ${tf.version.tfjs}, SIMD ${await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')}`);
};
postMessage('loaded');
