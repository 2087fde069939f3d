// What is written below a figure that has been taken away, and how the program is cited.

import { PROGRAM, VERSION } from '../pkg/program.js';

/** @typedef {import('../parts.js').Explorable} Explorable */
/** @typedef {ReturnType<typeof import('../pkg/lazy/lazy_limits.js').parameters>} Parameters */

/**
 * Something that can be cited, as BibTeX has it.
 * @typedef {object} Entry
 * @property {string} kind Such as `inproceedings`.
 * @property {string} key By which a text cites it.
 * @property {Record<string, string>} fields
 */

/** The program. Its author is a body, whose name is not to be taken apart. @type {Entry} */
export const CITATION = {
    kind: 'software',
    key: 'lazy_limits',
    fields: { title: PROGRAM.title, author: `{${PROGRAM.author}}`, version: VERSION, url: PROGRAM.address },
};

/** @param {Entry} entry */
export function bibtex({ kind, key, fields }) {
    const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
    return `@${kind}{${key},\n${lines.join(',\n')}\n}`;
}

/**
 * A caption: what is seen, where its settings are not the usual ones, what is read at the handle, and where it is from.
 * @param {object} figure
 * @param {string} figure.what What is seen; '' where that is said elsewhere.
 * @param {Explorable} figure.explorable
 * @param {Parameters} figure.parameters
 * @param {string} figure.address '' if it has none.
 */
export function captionOf({ what, explorable, parameters, address }) {
    const state = explorable.state();
    const named = new Set(new URLSearchParams(explorable.hash()).keys());
    const settings = parameters.filter(({ key }) => named.has(key)).map(({ key, label, choices }) => {
        const value = String(state[key]);
        return `${label}: ${choices.find(({ name }) => name === value)?.label ?? value}`;
    });
    const { place, lines } = explorable.readings();
    const risks = lines.map(({ name, limit, exact, trained }) => {
        const values = Object.entries({ limit, exact, trained }).filter(([, value]) => /\d/.test(value));
        return values.length > 0 ? `${name} ${values.map(([what, value]) => `${value} (${what})`).join(', ')}` : '';
    }).filter((line) => line !== '');
    return [
        what && `${what}.`,
        settings.length > 0 ? `${settings.join('; ')}.` : 'All settings are the usual ones.',
        risks.length > 0 ? `Risk at the handle${place ? ` (${place})` : ''}: ${risks.join('; ')}.` : '',
        `Lazy Limits ${VERSION}, ${address || PROGRAM.address}`,
    ].filter((sentence) => sentence !== '').join(' ');
}
