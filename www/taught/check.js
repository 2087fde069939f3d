// Whether the figure's core takes what a lesson asks of it: each value is given to a figure that nobody looks at, so that all rules
// are the core's, and the element's own for its attributes.

import { MAPS, fault, fit, names } from '../fit.js';
import { LessonError, TESTS, placeOf } from './format.js';
import { leverOf, numbersAt, numbersOf, subjectsOf } from './numbers.js';
import { isMet } from './goal.js';

/** @typedef {import('./format.js').Lesson} Lesson */
/** @typedef {import('./format.js').Step} Step */
/** @typedef {import('../parts.js').Explorable} Explorable */
/** @typedef {import('../parts.js').Glue} Glue */

/** The size of a picture on which places are tried. */
const SIZE = /** @type {const} */ ([600, 400]);

/** How far, as a share of it, a value may move by being drawn and read again. */
const ROUNDING = 1e-6;

/**
 * Checks the values of a lesson.
 * @param {Lesson} lesson
 * @param {Glue} glue Of the part of its figure.
 * @throws {LessonError} With a sentence for each that is not taken.
 */
export function checkValues({ figure, steps }, glue) {
    const faults = steps.flatMap((step, index) => {
        const scratch = /** @type {Explorable} */ (new glue.Explorable(figure));
        const keys = glue.parameters(figure).map(({ key }) => key);
        try {
            return faultsOf(step, scratch, keys).map((fault) => `${placeOf(index)}${fault}`);
        } finally {
            scratch.free();
        }
    });
    if (faults.length > 0) throw new LessonError(faults);
}

/**
 * @param {Step} step
 * @param {Explorable} scratch
 * @param {string[]} keys Of settings.
 * @returns {string[]} Each to be read after the name of the step.
 */
function faultsOf(step, scratch, keys) {
    const { state = {}, panels = '', controls = '', readouts = '', only = '' } = step;
    const refused = scratch.assign(state).map(({ message }) => `, state: ${message}`);
    /** @type {string[]} */
    const faults = [];
    const maps = scratch.maps().length > 0 ? [MAPS] : [];
    const all = scratch.panels().map(({ key }) => key);
    fit({ panels, controls, readouts, height: '', lock: '' }, [...all, ...maps], keys, (message) => faults.push(`: ${message}`));
    const unknown = fault('only', only, ['none', ...subjectsOf(scratch)]);
    if (unknown) faults.push(`: ${unknown}`);
    // The rest is judged in that state.
    if (refused.length > 0 || faults.length > 0) return [...refused, ...faults];
    return [...goalFaults(step, scratch, keys), ...predictionFaults(step, scratch)];
}

/**
 * @param {Step} step
 * @param {Explorable} scratch In the state of the step; it is left in another.
 * @param {string[]} keys
 */
function goalFaults({ goal }, scratch, keys) {
    if (!goal) return [];
    const { of } = goal;
    const numbers = numbersOf(scratch);
    const test = TESTS.find((name) => name in goal) ?? 'is';
    if (numbers.includes(of) && test === 'is') return [`, goal: is cannot be asked of the number “${of}”: say below or above`];
    if (!numbers.includes(of) && !keys.includes(of)) {
        return [`, goal: of is “${of.slice(0, 40)}”, but must be one of ${[...numbers, ...keys].join(', ')}`];
    }
    if (isMet(goal, scratch)) return [', goal: it is met before anything has been done'];
    if (test !== 'is') return [];
    // Values that the setting does not take are never there.
    return scratch.assign({ [of]: goal.is ?? null }).map(({ message }) => `, goal: ${message}`);
}

/**
 * @param {Step} step
 * @param {Explorable} scratch In the state of the step; it is left in another.
 */
function predictionFaults({ prediction, panels = '', only = '', state = {} }, scratch) {
    if (!prediction) return [];
    scratch.setHash('');
    scratch.assign(state);
    const lever = leverOf(scratch);
    const { of, at, panel = lever.panel } = prediction;
    const where = ', prediction: ';
    const unknown = fault('of', of, numbersOf(scratch));
    if (unknown) return [where + unknown];
    if (only !== '' && !names(only).includes(of)) return [`${where}of is “${of}”, which “only” does not name`];
    const all = scratch.panels().map(({ key }) => key);
    const charts = all.filter((key) => isAlong(scratch, key, lever.panel));
    if (!charts.includes(panel)) return [`${where}panel is “${panel.slice(0, 40)}”, but must be one of ${charts.join(', ')}`];
    if (panels !== '' && !names(panels).includes(panel)) return [`${where}the panel “${panel}” must be among panels`];
    const beyond = at.find((x) => !isOnAxis(scratch, lever, x));
    if (beyond !== undefined) return [`${where}at has ${beyond}, where the axis of the panel “${panel}” has no place`];
    const found = numbersAt(scratch, of, at);
    const unanswered = at.filter((_, index) => found[index] === null);
    return unanswered.length > 0 ? [`${where}${of} is not known at ${unanswered.join(', ')} in this state`] : [];
}

/**
 * Whether a panel is a chart with the axis of the large one.
 * @param {Explorable} scratch
 * @param {string} panel
 * @param {string} large
 */
function isAlong(scratch, panel, large) {
    return [0.5, 2].every((x) => scratch.place(panel, ...SIZE, x, 0.5, false)?.[0] === scratch.place(large, ...SIZE, x, 0.5, false)?.[0]);
}

/**
 * Whether the handle, dragged to where a value is drawn, has that value.
 * @param {Explorable} scratch
 * @param {{ panel: string, handle: string }} lever
 * @param {number} value
 */
function isOnAxis(scratch, { panel, handle }, value) {
    const before = scratch.hash();
    const [x = 0, y = 0] = scratch.place(panel, ...SIZE, value, 0.5, false) ?? [];
    scratch.drag(panel, handle, ...SIZE, x, y);
    const found = scratch.grips(panel).find(({ name }) => name === handle)?.value ?? NaN;
    scratch.setHash(before);
    return Math.abs(found - value) <= ROUNDING * Math.abs(value);
}
