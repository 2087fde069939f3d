// Writes the single file: from texts and bytes alone, so that a browser and the task runner write the same.

import { articleWith } from './article.js';
import { ID, encode, encodeBytes } from './format.js';
import { attributes, escape } from './markup.js';

/**
 * What a file is made of besides what it shows.
 * @typedef {object} Pieces
 * @property {string} part Of which the figure is.
 * @property {string} page The page's script, `www/pkg/single/page-PART.js`; its first line names the program's version.
 * @property {string} worker What workers run, `www/pkg/single/worker-PART.js`.
 * @property {Uint8Array | string} core The wasm file, or that in base64. In the form with plain vectors, which every browser runs:
 *     with both the file would be half as large again.
 * @property {Uint8Array | string} qr What makes QR codes, in the same way.
 */

/**
 * @typedef {object} Content
 * @property {Record<string, string>} attributes The figure's, but for its settings.
 * @property {string} hash Its settings, as `figure.hash` has them.
 * @property {string} results The text of the file of results that is laid over it; '' without one.
 * @property {string} lesson The text of the lesson that it is taught by; '' without one.
 * @property {string} origin The address that it is saved from; '' where that is not known.
 * @property {string} home The site that has the page of one figure, with a slash at its end; '' where none is known.
 * @property {Article} [article] In which it stands; without one, it stands alone.
 */

/**
 * @typedef {object} Article
 * @property {string} html The page that the figure is on.
 * @property {number} index The figure's place among those of the page, from 0.
 * @property {string | undefined} base Against which the page's addresses are taken; they stay as they are without one.
 * @property {Record<string, string>} sheets The texts of its style sheets, by address.
 */

/** Letters of a value or an address that are written out. */
const LONGEST = 60;

/** Shown where the figure is not: in its place, until its script has run. */
const FALLBACK = '<p>This figure needs JavaScript and WebAssembly, in a browser of 2024 or later. If it stays away, open this file in '
    + 'such a browser: previews in mail and in file managers often run no scripts.</p>';

/** Around a figure that stands alone. */
const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 0.9rem / 1.5 system-ui, sans-serif; color: light-dark(#23262d, #d9dce2); background: light-dark(#fff, #17191e); }
main { box-sizing: border-box; max-width: 78rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.25rem; line-height: 1.2; margin: 0 0 1rem; }
p { color: light-dark(#5b626e, #a0a7b3); overflow-wrap: anywhere; margin: 1rem 0 0; }
a { color: light-dark(#0b5cad, #82bdf5); }
`;

/**
 * The whole file.
 * @param {Pieces} pieces
 * @param {Content} content
 * @returns {string}
 */
export function compose(pieces, content) {
    const { page, worker, core, qr, part } = pieces;
    const settings = settingsOf(content.hash);
    const figure = element(content.attributes, settings);
    const held = [
        encode('core', inBase64(core), part),
        encode('qr', inBase64(qr)),
        encode('worker', worker, part),
        ...content.results === '' ? [] : [encode('results', content.results)],
        ...content.lesson === '' ? [] : [encode('lesson', content.lesson)],
        encode('page', page),
    ].join('\n');
    const note = saved(pieces, content);
    if (content.article) return articleWith(content.article, { figure, note, held });
    const title = `Lazy Limits: ${content.attributes['figure']}`;
    return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${figure}
<p>${escape(line(settings))}</p>
${note}
</main>
${held}
</body>
</html>
`;
}

/**
 * The settings in a hash, without the version of their table.
 * @param {string} hash
 * @returns {Record<string, string>}
 */
function settingsOf(hash) {
    // A plus is one.
    const values = new URLSearchParams(hash.replaceAll('+', '%2B'));
    values.delete('v');
    return Object.fromEntries(values);
}

/**
 * The figure as the page has it: its settings are attributes, so that an empty address stands for them.
 * @param {Record<string, string>} own
 * @param {Record<string, string>} settings
 */
function element(own, settings) {
    return `<lazy-limits${attributes({ ...own, ...settings, id: ID.figure })}>${FALLBACK}</lazy-limits>`;
}

/**
 * What the figure was saved with, in a line.
 * @param {Record<string, string>} settings
 */
function line(settings) {
    const pairs = Object.entries(settings).map(([key, value]) => `${key} = ${short(value.replace(/\s+/g, ' '))}`);
    return pairs.length === 0 ? 'Saved with all settings at their defaults.' : `Saved with ${pairs.join(', ')}.`;
}

/**
 * Where the file comes from, and what may be done with it.
 * @param {Pieces} pieces
 * @param {Content} content
 */
function saved({ page }, { origin, home }) {
    const [, program = 'Lazy Limits'] = /^\/\*!\s*(.*?)\.?\n/.exec(page) ?? [];
    // May break after any sign, as it is wider than a phone.
    const shown = short(origin).split(/(?<=\W)/).map(escape).join('<wbr>');
    const from = origin === '' ? '' : `Saved from <a href="${escape(origin)}">${shown}</a>. `;
    return `<footer${attributes({ id: ID.saved, 'data-home': home })}><p>${from}${escape(program)}, under the MIT or the Apache-2.0 licence. This file needs no network.</p></footer>`;
}

/** @param {Uint8Array | string} file */
function inBase64(file) {
    return typeof file === 'string' ? file : encodeBytes(file);
}

/** @param {string} text */
function short(text) {
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
