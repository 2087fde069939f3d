// What a lesson is written in: its fields, each with what it may be. What is wrong with one is said in a sentence a fault. Values
// that only the figure's core can judge are judged in check.js.

import { PARTS } from '../parts.js';

/**
 * @typedef {object} Goal What a reader is to bring about.
 * @property {string} text
 * @property {string} of A number at the handle, or a setting.
 * @property {number} [below]
 * @property {number} [above]
 * @property {number | string} [is]
 */

/**
 * @typedef {object} Prediction What a reader guesses before it is seen.
 * @property {string} text
 * @property {string} of The subject that is hidden until then, by its key among the numbers at the handle.
 * @property {string} [panel] Without it, the large one.
 * @property {number[]} at Where along the axis.
 */

/**
 * @typedef {object} Step
 * @property {string} [title]
 * @property {string} text
 * @property {Record<string, string | number>} [state] Settings; the others are at their defaults.
 * @property {string} [panels] This and the next as the element's attributes.
 * @property {string} [controls]
 * @property {string} [readouts]
 * @property {string} [only]
 * @property {Goal} [goal]
 * @property {Prediction} [prediction]
 */

/**
 * @typedef {object} Lesson
 * @property {1} lesson
 * @property {string} title
 * @property {string} figure
 * @property {string} [language] Of its texts, as HTML has it.
 * @property {Step[]} steps
 */

/**
 * @typedef {object} Field
 * @property {boolean} [needed]
 * @property {string} is What it must be, in words.
 * @property {(value: unknown) => boolean} fits
 */

/** The version of the format: raised when a field changes its meaning. */
const VERSION = 1;

const MOST = { title: 120, text: 4000, steps: 40, points: 12 };

const FIGURES = Object.values(PARTS).flatMap(({ figures }) => figures);

/** The tests of goals, one of which each has. */
export const TESTS = /** @type {const} */ (['below', 'above', 'is']);

const isNumber = (/** @type {unknown} */ value) => typeof value === 'number' && Number.isFinite(value);

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isPlain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {number} most @returns {Omit<Field, 'needed'>} */
const textOf = (most) => ({
    is: `a text of 1 to ${most} letters`,
    fits: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= most,
});

/** As an attribute of the element has it. @type {Omit<Field, 'needed'>} */
const LIST = { is: 'a text, as the attribute of that name', fits: (value) => typeof value === 'string' };

/** @type {Omit<Field, 'needed'>} */
const KEY = { is: 'the key of a number at the handle', fits: (value) => typeof value === 'string' };

/** @type {Omit<Field, 'needed'>} */
const NUMBER = { is: 'a number', fits: isNumber };

/** All fields, by what they are of. @satisfies {Record<string, Record<string, Field>>} */
export const FIELDS = {
    lesson: {
        lesson: { needed: true, is: `${VERSION}, the version of the format`, fits: (/** @type {unknown} */ value) => value === VERSION },
        title: { needed: true, ...textOf(MOST.title) },
        figure: {
            needed: true,
            is: `one of ${FIGURES.join(', ')}`,
            fits: (/** @type {unknown} */ value) => FIGURES.includes(/** @type {string} */ (value)),
        },
        language: { is: 'the tag of a language, such as “en-GB”', fits: isLanguage },
        steps: {
            needed: true,
            is: `a list of 1 to ${MOST.steps} steps`,
            fits: (/** @type {unknown} */ value) => Array.isArray(value) && value.length > 0 && value.length <= MOST.steps,
        },
    },
    step: {
        title: textOf(MOST.title),
        text: { needed: true, ...textOf(MOST.text) },
        state: {
            is: 'an object of settings, each a text or a number',
            fits: (/** @type {unknown} */ value) => isPlain(value)
                && Object.values(value).every((one) => typeof one === 'string' || isNumber(one)),
        },
        panels: LIST,
        controls: LIST,
        readouts: LIST,
        only: LIST,
        goal: { is: 'an object', fits: isPlain },
        prediction: { is: 'an object', fits: isPlain },
    },
    goal: {
        text: { needed: true, ...textOf(MOST.text) },
        of: { ...KEY, needed: true, is: `${KEY.is}, or of a setting` },
        below: NUMBER,
        above: NUMBER,
        is: { is: 'a number or a text', fits: (/** @type {unknown} */ value) => typeof value === 'string' || isNumber(value) },
    },
    prediction: {
        text: { needed: true, ...textOf(MOST.text) },
        of: { needed: true, ...KEY },
        panel: { is: 'the key of a panel', fits: (/** @type {unknown} */ value) => typeof value === 'string' },
        at: {
            needed: true,
            is: `a list of 1 to ${MOST.points} numbers, each larger than that before it`,
            fits: (/** @type {unknown} */ value) => Array.isArray(value) && value.length > 0 && value.length <= MOST.points
                && value.every((one, index) => isNumber(one) && (index === 0 || one > value[index - 1])),
        },
    },
};

/** A lesson cannot be given. Its message is all that is wrong with it, a sentence each. */
export class LessonError extends Error {
    /** @param {string[]} faults */
    constructor(faults) {
        super(faults.join('\n'));
        this.faults = faults;
    }
}

/**
 * A lesson, if it is written as one.
 * @param {unknown} value
 * @returns {Lesson}
 * @throws {LessonError} With a sentence for each field that is not what it must be.
 */
export function readLesson(value) {
    if (!isPlain(value)) throw new LessonError([`the lesson is ${shown(value)}, but must be an object with ${Object.keys(FIELDS.lesson).join(', ')}`]);
    const faults = faultsOf('the lesson', value, FIELDS.lesson);
    const steps = Array.isArray(value['steps']) ? value['steps'] : [];
    for (const [index, step] of steps.entries()) {
        const where = placeOf(index);
        if (!isPlain(step)) {
            faults.push(`${where} is ${shown(step)}, but must be an object with ${Object.keys(FIELDS.step).join(', ')}`);
            continue;
        }
        faults.push(...faultsOf(where, step, FIELDS.step));
        const { goal, prediction } = /** @type {Record<string, unknown>} */ (step);
        if (isPlain(goal)) {
            faults.push(...faultsOf(`${where}, goal`, goal, FIELDS.goal));
            const given = TESTS.filter((name) => name in goal);
            if (given.length !== 1) faults.push(`${where}, goal has ${given.join(' and ') || 'no test'}, but must have one of ${TESTS.join(', ')}`);
        }
        if (isPlain(prediction)) faults.push(...faultsOf(`${where}, prediction`, prediction, FIELDS.prediction));
    }
    if (faults.length > 0) throw new LessonError(faults);
    return /** @type {Lesson} */ (/** @type {unknown} */ (value));
}

/** How sentences call a step. @param {number} index From 0. */
export const placeOf = (index) => `step ${index + 1}`;

/**
 * @param {string} where
 * @param {Record<string, unknown>} given
 * @param {Record<string, Field>} fields
 */
function faultsOf(where, given, fields) {
    const unknown = Object.keys(given).filter((name) => !Object.hasOwn(fields, name))
        .map((name) => `${where} has “${name.slice(0, 40)}”, but may have only ${Object.keys(fields).join(', ')}`);
    const wrong = Object.entries(fields).flatMap(([name, { needed, is, fits }]) => {
        if (!Object.hasOwn(given, name)) return needed ? [`${where} has no ${name}, which must be ${is}`] : [];
        return fits(given[name]) ? [] : [`${where}: ${name} is ${shown(given[name])}, but must be ${is}`];
    });
    return [...unknown, ...wrong];
}

/** @param {unknown} value */
function shown(value) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}

/** @param {unknown} value */
function isLanguage(value) {
    try {
        return typeof value === 'string' && Intl.getCanonicalLocales(value).length === 1;
    } catch {
        return false;
    }
}
