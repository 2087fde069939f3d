// What a reader has guessed, step by step, and how an address has it: `guess=3:0.5,0.2!~5:0.7`. A value that is not there yet is
// empty, and a mark stands where the answer has been asked for.

/**
 * @typedef {object} Guess
 * @property {(number | undefined)[]} values At each place that is asked about.
 * @property {boolean} isRevealed
 */

/** @typedef {Map<number, Guess>} Guesses By the index of the step, from 0. */

/**
 * @param {Guesses} guesses
 * @returns {string} '' if there are none.
 */
export function textOf(guesses) {
    return [...guesses].sort(([one], [other]) => one - other)
        .filter(([, { values, isRevealed }]) => isRevealed || values.some((value) => value !== undefined))
        .map(([index, { values, isRevealed }]) => `${index + 1}:${values.map((value) => value ?? '').join(',')}${isRevealed ? '!' : ''}`)
        .join('~');
}

/**
 * The guesses in an address, as far as a lesson asks for them.
 * @param {string} text
 * @param {import('./format.js').Step[]} steps
 * @returns {Guesses}
 * @throws If one is none; the message says what must stand there.
 */
export function guessesOf(text, steps) {
    return new Map(text === '' ? [] : text.split('~').map((part) => {
        const [, number = '', list = '', mark = ''] = /^(\d+):([^!]*)(!?)$/.exec(part) ?? [];
        const index = Number(number) - 1;
        const at = steps[index]?.prediction?.at;
        const values = list.split(',').map((value) => value === '' ? undefined : Number(value));
        if (!at || values.length !== at.length || values.some(Number.isNaN)) {
            throw new Error(`guess has “${part.slice(0, 40)}”, but must have a step with a prediction and a number for each of its places, such as 3:0.5,0.2`);
        }
        return /** @type {const} */ ([index, { values, isRevealed: mark !== '' }]);
    }));
}

/**
 * A value as one reads it.
 * @param {number} value
 */
export function rounded(value) {
    return String(Number(value.toPrecision(value < 0.1 ? 2 : 3)));
}

/**
 * What guesses have come to, in a sentence or two.
 * @param {object} what
 * @param {number[]} what.at
 * @param {(number | undefined)[]} what.guessed
 * @param {(number | null)[]} what.found null where it is not known, as no lesson begins with.
 * @param {string} what.sign What the axis is called.
 * @param {string} what.word What the values are.
 * @param {string} what.name Of the subject.
 */
export function compared({ at, guessed, found, sign, word, name }) {
    const pairs = at.map((x, index) => ({ x, guess: guessed[index] ?? NaN, truth: found[index] ?? NaN }))
        .filter(({ truth }) => !Number.isNaN(truth));
    if (pairs.length === 0) return `${name} is not known in this state.`;
    const furthest = pairs.reduce((one, other) => (off(other) > off(one) ? other : one));
    const said = `At ${sign} = ${rounded(furthest.x)} you guessed a ${word} of ${rounded(furthest.guess)}, and ${name} has ${rounded(furthest.truth)}: ${how(furthest)}.`;
    if (pairs.length === 1) return said;
    const close = pairs.filter(isClose).length;
    return `${close} of your ${pairs.length} points ${close === 1 ? 'is' : 'are'} close to the line. Furthest off: ${
        said.charAt(0).toLowerCase()}${said.slice(1)}`;
}

/** @typedef {{ guess: number, truth: number }} Pair */

/** How far apart two may be that are called close; and by which factor, as a picture may show many orders of size. */
const CLOSE = { off: 0.02, factor: 1.2 };

/** Values below which it is the factor that counts. */
const SMALL = 0.05;

/** @param {Pair} pair */
const off = ({ guess, truth }) => Math.abs(guess - truth);

/** @param {Pair} pair */
const factor = ({ guess, truth }) => Math.max(guess, truth) / Math.min(guess, truth);

/** @param {Pair} pair */
const isClose = (pair) => factor(pair) <= CLOSE.factor || (off(pair) <= CLOSE.off && (pair.truth === 0 || pair.truth > SMALL));

/** @param {Pair} pair */
function how(pair) {
    if (isClose(pair)) return 'close';
    const side = pair.guess > pair.truth ? 'too high' : 'too low';
    const times = factor(pair);
    return times >= 2 && Number.isFinite(times) ? `${Number(times.toPrecision(2))} times ${side}` : `${rounded(off(pair))} ${side}`;
}
