// The article in which a figure stands, as one file: with its style sheets in it, without its scripts, and with links that lead
// where they led.

import { ID } from './format.js';
import { INSIDE, attributes, attributesIn } from './markup.js';

/** @typedef {import('./compose.js').Article} Article */

/** Whole elements that are replaced, then tags, which may be changed; comments lie between. A form that leads nowhere is for a script. */
const PIECES = new RegExp([
    '<!--[^]*?-->',
    `<script\\b${INSIDE}>[^]*?</script\\s*>`,
    `<style\\b${INSIDE}>[^]*?</style\\s*>`,
    `<form\\b(?![^>]*\\saction\\s*=)${INSIDE}>[^]*?</form\\s*>\\s*`,
    `<footer id="${ID.saved}"[^>]*>[^]*?</footer>\\s*`,
    `<lazy-limits(?<figure>(?=[\\s>])${INSIDE})>[^]*?</lazy-limits\\s*>`,
    `<(?<name>[a-z][^\\s/>]*)(?<inside>${INSIDE})>`,
].join('|'), 'gi');

/** Links that are only of use where there is a network. */
const IDLE = /^(modulepreload|preload|prefetch|preconnect|dns-prefetch|icon|manifest|apple-touch-icon)$/i;

/**
 * @param {Article} article
 * @param {object} parts
 * @param {string} parts.figure The element that takes the figure's place.
 * @param {string} parts.note What is said at the end of the text.
 * @param {string} parts.held What the file holds besides.
 * @returns {string}
 */
export function articleWith({ html, index, base, sheets }, { figure, note, held }) {
    let seen = -1;
    const written = html.replace(PIECES, (whole, ...groups) => {
        const { figure: own, name, inside } = /** @type {Record<string, string | undefined>} */ (groups.at(-1));
        if (own !== undefined) {
            seen += 1;
            return seen === index ? figure : another(own, whole);
        }
        if (name !== undefined) return tag(name.toLowerCase(), inside ?? '', whole, base, sheets);
        return /^<(script|form|footer)/i.test(whole) ? '' : whole;
    });
    if (seen < index) throw new Error('the article cannot be saved: its text has no such figure; save the figure alone');
    const lines = written.replace(/\n\s*\n(\s*\n)+/g, '\n\n');
    const noted = before(/<\/main\s*>/i, lines, note) ?? before(/<\/body\s*>/i, lines, note) ?? `${lines}${note}\n`;
    const whole = before(/<\/body\s*>(?![^]*<\/body)/i, noted, held) ?? `${noted}${held}\n`;
    return /^\s*<!doctype/i.test(whole) ? whole : `<!doctype html>\n${whole}`;
}

/**
 * Another figure of the page: without its results, which it would look for where there is no network, and without the name of the
 * saved one.
 * @param {string} inside
 * @param {string} whole
 */
function another(inside, whole) {
    const { results: _, id = '', ...others } = attributesIn(inside);
    const kept = id === '' || id === ID.figure ? others : { id, ...others };
    return whole.replace(inside, () => attributes(kept));
}

/**
 * A tag with addresses that lead where they led.
 * @param {string} name
 * @param {string} inside
 * @param {string} whole
 * @param {string | undefined} base
 * @param {Record<string, string>} sheets
 */
function tag(name, inside, whole, base, sheets) {
    const own = attributesIn(inside);
    if (name === 'base' || (name === 'meta' && own['http-equiv']?.toLowerCase() === 'content-security-policy')) return '';
    if (name === 'link') {
        const kinds = (own['rel'] ?? '').split(/\s+/);
        if (kinds.some((kind) => IDLE.test(kind))) return '';
        const sheet = sheets[absolute(own['href'] ?? '', base)];
        if (kinds.includes('stylesheet') && sheet !== undefined) return `<style>${sheet.replaceAll('</', '<\\/')}</style>`;
    }
    let changed = inside;
    for (const attribute of ['href', 'src']) {
        const value = own[attribute];
        if (value === undefined || value.startsWith('#')) continue;
        const address = absolute(value, base);
        if (address !== value) {
            changed = changed.replace(new RegExp(`(\\s)${attribute}\\s*=\\s*("[^"]*"|'[^']*'|[^\\s>]+)`, 'i'),
                (_, space) => `${space}${attributes({ [attribute]: address }).trim()}`);
        }
    }
    return changed === inside ? whole : whole.replace(inside, () => changed);
}

/**
 * @param {string} address
 * @param {string | undefined} base
 */
function absolute(address, base) {
    return base !== undefined && URL.canParse(address, base) ? new URL(address, base).href : address;
}

/**
 * A text with something before the first place that looks like this, or undefined if there is none.
 * @param {RegExp} place
 * @param {string} text
 * @param {string} inserted
 */
function before(place, text, inserted) {
    const found = place.exec(text);
    return found ? `${text.slice(0, found.index)}${inserted}\n${text.slice(found.index)}` : undefined;
}
