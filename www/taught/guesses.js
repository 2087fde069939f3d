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

/** Shares of a plot's height up to which two values are called close in it. */
const CLOSE = 0.03;

/**
 * What guesses have come to, in a sentence or two.
 * @param {object} what
 * @param {number[]} what.at
 * @param {number[]} what.guessed
 * @param {(number | null)[]} what.found null where it is not known, as no lesson begins with.
 * @param {(guess: number, truth: number) => number} what.away How far apart two values are drawn, as a share of the plot's height.
 * @param {string} what.sign What the axis is called.
 * @param {string} what.word What the values are.
 * @param {string} what.name Of the subject.
 */
export function compared({ at, guessed, found, away, sign, word, name }) {
    const pairs = at.flatMap((x, index) => {
        const [guess = NaN, truth = null] = [guessed[index], found[index]];
        return truth === null ? [] : [{ x, guess, truth, off: away(guess, truth) }];
    });
    const [first, ...others] = pairs;
    if (!first) return `${name} is not known in this state.`;
    const { x, guess, truth, off } = others.reduce((one, other) => (other.off > one.off ? other : one), first);
    const how = off <= CLOSE ? 'close' : apart(guess, truth);
    const said = `t ${sign} = ${rounded(x)} you guessed a ${word} of ${rounded(guess)}, and ${name} has ${rounded(truth)}: ${how}.`;
    if (others.length === 0) return `A${said}`;
    const close = pairs.filter((pair) => pair.off <= CLOSE).length;
    const which = close === pairs.length ? 'All' : close === 0 ? 'None' : `${close}`;
    return `${which} of your ${pairs.length} points ${close > 1 ? 'are' : 'is'} close to the line. Furthest off: a${said}`;
}

/**
 * How far a guess is from what is so.
 * @param {number} guess
 * @param {number} truth
 */
function apart(guess, truth) {
    const side = guess > truth ? 'too high' : 'too low';
    const factor = Math.max(guess, truth) / Math.min(guess, truth);
    return factor >= 2 && factor < 1000 ? `${Number(factor.toPrecision(2))} times ${side}` : `${rounded(Math.abs(guess - truth))} ${side}`;
}
