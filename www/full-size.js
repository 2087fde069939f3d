// "Run this point at the paper's size": a network of the published experiment, trained in a worker of its own.

import { coreOf } from './core.js';
import { startLane } from './lane.js';
import { VERSION } from './messages.js';

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

const figure = /** @type {import('./lazy-limits.js').LazyLimits} */ (document.querySelector('lazy-limits'));
const width = /** @type {HTMLElement} */ (section.querySelector('.width'));

const target = { spectrum: 'paper' };
const dim = 450;

/**
 * The run in progress.
 * @typedef {object} Going
 * @property {Lane} [lane]
 * @property {number} begun
 * @property {number} saidAt When the words last changed,
 * @property {number} saidStep and at which step.
 * @property {number} neurons
 * @property {number} exact The least risk that a network of this width can have.
 * @property {number[]} points Samples and risk, in turn.
 */

/** @type {Going | undefined} */
let going;

/** That of the figure, which is ready when this is loaded. */
const core = /** @type {import('./core.js').Core} */ (coreOf(figure.figure));
/** Asked for one ρ after the other: its target, which takes longest, stays. */
const theory = new core.glue.Explorable('quadratic');
theory.assign({ dim, ...target });

/** The width at the figure's handle, and the least risk that a network of this width can have. */
function point() {
    theory.set('rho', String(figure.state['rho'] ?? 0.5));
    const { neurons, exact } = theory.risks();
    return { neurons, exact: exact.nn ?? NaN };
}

/** @param {number} milliseconds */
function duration(milliseconds) {
    const seconds = Math.round(milliseconds / 1000);
    return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** @param {Standing} standing */
function take({ step, steps, reports }) {
    if (!going) return;
    for (const [at = NaN, risk = NaN] of reports) going.points.push(at, risk);
    progress.value = step / steps;
    const now = performance.now();
    if (now < going.saidAt + SAY_EVERY) return;
    // From the latest steps: at first exact risks, which take longer, are wanted after every few.
    const left = (now - going.saidAt) * (steps - step) / Math.max(step - going.saidStep, 1);
    going.saidAt = now;
    going.saidStep = step;
    show(going, false);
    words.textContent = `Step ${step.toLocaleString('en')} of ${steps.toLocaleString('en')}, about ${duration(left)} left. `
        + `Risk ${risk(going)}; the least possible is ${going.exact.toFixed(4)}.`;
}

/** @param {Going} run */
function risk({ points }) {
    return points.at(-1)?.toFixed(4) ?? 'not known yet';
}

/**
 * Draws the run in the figure.
 * @param {Going} run
 * @param {boolean} finished
 */
function show({ neurons, points }, finished) {
    figure.putRun({ target, dim, neurons, points, finished });
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
    const own = going = { begun: 0, saidAt: 0, saidStep: 0, neurons: 0, exact: NaN, points: [] };
    button.textContent = 'Stop';
    progress.value = 0;
    progress.hidden = false;
    outcome.textContent = '';
    const lane = await startLane('module', core);
    // It may have been stopped, and even begun again, before its worker was there.
    if (going !== own) {
        lane.end();
        return;
    }
    own.lane = lane;
    Object.assign(own, point());
    own.begun = own.saidAt = performance.now();
    lane.onbreak = (reason) => end(`The run broke off: ${reason}.`);
    lane.onmessage = (message) => {
        if (message.type === 'progress') take(message);
        if (message.type === 'error') end(`The run broke off: ${message.message}`);
        if (message.type !== 'finish') return;
        take(message);
        const took = duration(performance.now() - own.begun);
        show(own, message.status === 'finished');
        end(`After ${message.step.toLocaleString('en')} steps, which took ${took}, the risk is ${risk(own)}. The least that `
            + `${own.neurons} neurons can reach here is ${own.exact.toFixed(4)}.`);
    };
    const plan = {
        schema: 1, problem: 'qf', regime: 'nn', dim, neurons: own.neurons, steps: Number(section.dataset['steps']), ...target,
    };
    lane.post({ version: VERSION, run: RUN, type: 'start', plan, learned: false });
}

button.addEventListener('click', () => {
    if (going) end('Stopped.');
    else begin().catch((error) => end(`The run could not be started: ${error.message}`));
});

/** Says which width the button is about. */
function follow() {
    const { neurons } = point();
    width.textContent = `${neurons} ${neurons === 1 ? 'neuron' : 'neurons'}`;
}
figure.addEventListener('change', (event) => {
    // Too slow for every frame of a drag.
    if (!/** @type {CustomEvent} */ (event).detail.moving) follow();
});
// After those who give the figure the state in the address.
addEventListener('hashchange', () => setTimeout(follow));
follow();
button.disabled = false;

// A hand that drags comes first.
addEventListener('pointermove', ({ buttons }) => {
    if (buttons > 0) going?.lane?.post({ version: VERSION, run: 0, type: 'ease' });
});
