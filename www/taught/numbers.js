// The numbers that a lesson speaks of: those at the handle by their keys, and the same where the handle is not.

import { startCore } from '../core.js';
import { camel } from '../wishes.js';

/** @typedef {import('../parts.js').Explorable} Explorable */

/**
 * A number at the handle: its limit, or where there is none of it the exact value; null where it is not known.
 * @param {Explorable} explorable
 * @param {string} key Of its reading.
 * @returns {number | null}
 */
export function numberOf(explorable, key) {
    const { limit = {}, exact = {} } = explorable.risks();
    return limit[camel(key)] ?? exact[camel(key)] ?? null;
}

/** The keys of all that may have such a number. @param {Explorable} explorable */
export function numbersOf(explorable) {
    const { limit = {}, exact = {} } = explorable.risks();
    return subjectsOf(explorable).filter((key) => camel(key) in limit || camel(key) in exact);
}

/** The keys of all readings, by which subjects are shown and hidden. @param {Explorable} explorable */
export function subjectsOf(explorable) {
    return explorable.readings().lines.map(({ key }) => key);
}

/**
 * The large panel and its handle.
 * @param {Explorable} explorable
 * @returns {{ panel: string, handle: string, sign: string }} By their keys, and what the axis is called in one sign.
 */
export function leverOf(explorable) {
    const { key: panel = '' } = explorable.panels().find(({ place }) => place === 'main') ?? {};
    const handle = explorable.grips(panel)[0]?.name ?? '';
    const [sign = ''] = explorable.table(panel).columns;
    return { panel, handle, sign };
}

/**
 * What the values of a panel are, in a word.
 * @param {Explorable} explorable
 * @param {string} panel
 */
export function wordOf(explorable, panel) {
    const title = explorable.panels().find(({ key }) => key === panel)?.title ?? '';
    return (/^(\w+) against/.exec(title)?.[1] ?? 'value').toLowerCase();
}

/**
 * The number of a subject with the handle at each of these values, which it does not leave.
 * @param {Explorable} scratch An explorable that nobody looks at.
 * @param {string} key
 * @param {number[]} at
 */
export function numbersAt(scratch, key, at) {
    const { panel, handle } = leverOf(scratch);
    return at.map((x) => {
        scratch.turn(panel, handle, x);
        return numberOf(scratch, key);
    });
}

/**
 * An explorable that shows what a figure does, to be turned as one likes; the caller frees it.
 * @param {import('../lazy-limits.js').LazyLimits} figure
 * @param {Explorable} explorable The figure's own.
 * @returns {Promise<Explorable>}
 */
export async function copyOf(figure, explorable) {
    const { part, glue } = await startCore(figure.figure);
    const copy = /** @type {Explorable} */ (new glue.Explorable(figure.figure));
    copy.setHash(explorable.hash());
    if (explorable.showsResults()) {
        // Results in front have a target and a size of their own.
        const reader = await part.reader?.();
        const text = await figure.readResults();
        if (reader && text) reader.lay(copy, reader.readFor(text, figure.figure, copy.state(), glue.parameters(figure.figure)));
    }
    return copy;
}
