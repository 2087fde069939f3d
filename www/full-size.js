// "Run this point at the paper's size": a network of the published experiment, trained in a worker of its own.

import { startLane } from './lane.js';
import { VERSION } from './messages.js';
import { Explorable } from './pkg/lazy_limits.js';

/** @typedef {import('./lane.js').Lane} Lane */
/** @typedef {import('./messages.js').Standing} Standing */

const RUN = 1;

/** Milliseconds between two changes of the words. */
const SAY_EVERY = 1000;

const section = /** @type {HTMLElement} */ (document.getElementById('full-size'));
const button = /** @type {HTMLButtonElement} */ (section.querySelector('button'));
const progress = /** @type {HTMLProgressElement} */ (section.querySelector('progress'));
const words = /** @type {HTMLElement} */ (section.querySelector('.words'));
const outcome = /** @type {HTMLOutputElement} */ (section.querySelector('output'));
const offer = button.textContent;

const plan = {
    schema: 1,
    problem: 'qf',
    regime: 'nn',
    spectrum: 'paper',
    dim: 450,
    neurons: 225,
    steps: Number(section.dataset['steps']),
};

/**
 * The run in progress.
 * @typedef {object} Going
 * @property {Lane} [lane]
 * @property {number} begun
 * @property {number} saidAt When the words last changed,
 * @property {number} saidStep and at which step.
 * @property {number} risk
 * @property {number} exact
 */

/** @type {Going | undefined} */
let going;

/** The least risk that a network of this width can have. */
function leastRisk() {
    const explorable = new Explorable('quadratic');
    explorable.set('dim', String(plan.dim));
    explorable.set('spectrum', plan.spectrum);
    explorable.set('rho', String(plan.neurons / plan.dim));
    const { nn } = explorable.risks().exact;
    explorable.free();
    return nn ?? NaN;
}

/** @param {number} milliseconds */
function duration(milliseconds) {
    const seconds = Math.round(milliseconds / 1000);
    return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** @param {Standing} standing */
function take({ step, steps, reports }) {
    if (!going) return;
    going.risk = reports.at(-1)?.[1] ?? going.risk;
    progress.value = step / steps;
    const now = performance.now();
    if (now < going.saidAt + SAY_EVERY) return;
    // From the latest steps: at first exact risks, which take longer, are wanted after every few.
    const left = (now - going.saidAt) * (steps - step) / Math.max(step - going.saidStep, 1);
    going.saidAt = now;
    going.saidStep = step;
    words.textContent = `Step ${step.toLocaleString('en')} of ${steps.toLocaleString('en')}, about ${duration(left)} left. `
        + `Risk ${going.risk.toFixed(4)}; the least possible is ${going.exact.toFixed(4)}.`;
}

/** @param {string} text */
function end(text) {
    going?.lane?.end();
    going = undefined;
    button.textContent = offer;
    progress.hidden = true;
    words.textContent = '';
    outcome.textContent = text;
}

async function begin() {
    /** @type {Going} */
    const own = going = { begun: 0, saidAt: 0, saidStep: 0, risk: NaN, exact: NaN };
    button.textContent = 'Stop';
    progress.value = 0;
    progress.hidden = false;
    outcome.textContent = '';
    const lane = await startLane('module');
    // It may have been stopped, and even begun again, before its worker was there.
    if (going !== own) {
        lane.end();
        return;
    }
    own.lane = lane;
    own.exact = leastRisk();
    own.begun = own.saidAt = performance.now();
    lane.onbreak = (reason) => end(`The run broke off: ${reason}.`);
    lane.onmessage = (message) => {
        if (message.type === 'progress') take(message);
        if (message.type === 'error') end(`The run broke off: ${message.message}`);
        if (message.type !== 'finish') return;
        take(message);
        const took = duration(performance.now() - own.begun);
        end(`After ${message.step.toLocaleString('en')} steps, which took ${took}, the risk is ${own.risk.toFixed(4)}. The least that `
            + `${plan.neurons} neurons can reach here is ${own.exact.toFixed(4)}.`);
    };
    lane.post({ version: VERSION, run: RUN, type: 'start', plan, learned: false });
}

button.addEventListener('click', () => {
    if (going) end('Stopped.');
    else begin().catch((error) => end(`The run could not be started: ${error.message}`));
});

// A hand that drags comes first.
addEventListener('pointermove', ({ buttons }) => {
    if (buttons > 0) going?.lane?.post({ version: VERSION, run: 0, type: 'ease' });
});
