// What has changed, in words: "ρ 0.5 → 0.8". Names and values are those of the controls.

import { coreOf } from '../core.js';
import { SHOWN } from '../session.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('../controls.js').Parameter} Parameter */
/** @typedef {LazyLimits['state']} State */

/** Milliseconds from one sentence that is seen to the next, and without a change after which one is read out. */
const SEE_EVERY = 250;
const STILL = 700;

/** Settings that are named in a sentence; of more, their number is said. */
const MOST = 3;

/**
 * Follows what a reader changes, until the signal is given.
 * @param {LazyLimits} figure
 * @param {object} how
 * @param {(sentence: string) => void} how.see Shows a sentence: a few times a second while a hand moves.
 * @param {(sentence: string) => void} how.tell Reads one out: once the hand rests.
 * @param {AbortSignal} how.signal
 */
export function followChanges(figure, { see, tell, signal }) {
    let before = figure.state;
    let seenAt = -Infinity;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let resting;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let seeing;

    const look = () => {
        clearTimeout(seeing);
        seenAt = performance.now();
        // There and back again is no change.
        see(differenceOf(figure, before, figure.state, '→'));
    };
    const rest = () => {
        clearTimeout(resting);
        resting = undefined;
        look();
        const sentence = differenceOf(figure, before, figure.state, 'to');
        if (sentence !== '') tell(sentence);
    };
    const begin = () => {
        // What scripts have set meanwhile is not the hand's doing; what it does without a pause is one change.
        if (resting === undefined) before = figure.state;
    };
    for (const event of ['pointerdown', 'keydown']) figure.addEventListener(event, begin, { capture: true, signal });
    figure.addEventListener('change', () => {
        clearTimeout(resting);
        resting = setTimeout(rest, STILL);
        clearTimeout(seeing);
        seeing = setTimeout(look, Math.max(0, seenAt + SEE_EVERY - performance.now()));
    }, { signal });
    // A preset, or the way back; the figure follows before this does.
    addEventListener('hashchange', () => {
        rest();
        before = figure.state;
    }, { signal });
    // A step of a lesson is another state, of which nothing has been changed yet.
    figure.addEventListener('lesson', () => {
        clearTimeout(resting);
        clearTimeout(seeing);
        resting = undefined;
        before = figure.state;
        see('');
    }, { signal });
    signal.addEventListener('abort', () => {
        clearTimeout(resting);
        clearTimeout(seeing);
    }, { once: true });
}

/**
 * The settings in which two states differ, as the controls name them; '' if in none.
 * @param {LazyLimits} figure
 * @param {State} before
 * @param {State} after
 * @param {string} arrow What stands between two values.
 */
export function differenceOf(figure, before, after, arrow) {
    /** @type {Parameter[]} */
    const parameters = coreOf(figure.figure)?.glue.parameters(figure.figure) ?? [];
    const changed = parameters.filter(({ key }) => String(before[key] ?? '') !== String(after[key] ?? ''));
    const parts = changed.slice(0, MOST).map((parameter) => {
        const [from, to] = /** @type {const} */ ([before[parameter.key] ?? '', after[parameter.key] ?? '']);
        if (parameter.kind === 'reals') return oneOfMany(figure, parameter, String(from), String(to), arrow);
        return named(parameter.label, valueOf(parameter, from, to), valueOf(parameter, to, from), arrow);
    });
    const more = changed.length - parts.length;
    return parts.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/**
 * A symbol stands before its values as it is; words need a colon.
 * @param {string} label
 * @param {string} from
 * @param {string} to
 * @param {string} arrow
 */
function named(label, from, to, arrow) {
    // "ρ = N/d" is how the number is made.
    const [name = ''] = label.split(' = ');
    return `${name}${name.includes(' ') ? ':' : ''} ${from} ${arrow} ${to}`;
}

/**
 * A value as its control has it.
 * @param {Parameter} parameter
 * @param {number | string} value
 * @param {number | string} other That from which or to which it changes.
 */
function valueOf({ kind, choices, families }, value, other) {
    if (kind === 'choice') return choices.find(({ name }) => name === value)?.label ?? String(value);
    if (kind === 'spectrum') {
        const [[name, argument], [otherName]] = [String(value).split(':'), String(other).split(':')];
        const family = families.find((one) => one.name === name);
        if (!family) return 'numbers of its own';
        const number = argument ?? (name === otherName ? family.parameter?.default : undefined);
        return family.label + (number === undefined ? '' : ` ${number}`);
    }
    return typeof value === 'number' ? String(Number(value.toPrecision(4))) : value || 'none';
}

/**
 * One of the numbers of a list by the grip that it is of; of several, how many.
 * @param {LazyLimits} figure
 * @param {Parameter} parameter
 * @param {string} from
 * @param {string} to
 * @param {string} arrow
 */
function oneOfMany(figure, { key, label }, from, to, arrow) {
    const explorable = figure[SHOWN]?.explorable;
    const panel = explorable?.panels().find(({ turns }) => turns === key)?.key ?? '';
    const grips = explorable?.grips(panel) ?? [];
    // As they all are when nothing has been done to them.
    const numbers = (/** @type {string} */ text) => text === '' ? grips.map(() => 1) : text.split(',').map(Number);
    const [olds, news] = [numbers(from), numbers(to)];
    const places = news.flatMap((value, at) => (value === (olds[at] ?? 1) ? [] : [at]));
    const [at = 0] = places;
    const grip = places.length === 1 ? grips[at] : undefined;
    const short = (/** @type {number} */ value) => String(Number(value.toPrecision(3)));
    if (grip) return `${grip.label}, factor ${short(olds[at] ?? 1)} ${arrow} ${short(news[at] ?? 1)}`;
    return `${label}: ${places.length} of ${news.length} changed`;
}
