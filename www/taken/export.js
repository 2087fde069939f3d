// Panels as files: pictures and numbers.

import { VERSION } from '../pkg/program.js';
import { onPaper, pictureOf } from './paper.js';

/** @typedef {import('../session.js').Shown} Shown */
/** @typedef {import('./paper.js').Panel} Panel */
/** @typedef {import('./paper.js').Caption} Caption */

/** Pixels of an image for each of the page's. */
const DENSITY = 2;

/** What a table has where there is no value. */
const NONE = '–';

/** The version of the JSON: raised when what a member means changes. */
const SCHEMA = 1;

/**
 * @param {Shown} shown
 * @param {Panel} panel
 * @param {Caption | undefined} caption
 */
export function svgOf(shown, panel, caption) {
    const text = new XMLSerializer().serializeToString(pictureOf(shown, panel, caption));
    return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: 'image/svg+xml' });
}

/**
 * @param {Shown} shown
 * @param {Panel} panel
 * @param {Caption | undefined} caption
 * @returns {Promise<Blob>}
 * @throws If the browser cannot make an image of that size.
 */
export function pngOf(shown, { key, width, height }, caption) {
    const [all, below, over] = [0, 1, 2].map(() => document.createElement('canvas'));
    if (!all || !below || !over) throw new Error('there are three canvases');
    onPaper(shown, () => {
        shown.explorable.draw(key, below, width, height, DENSITY);
        shown.explorable.drawOver(key, over, width, height, DENSITY);
    });
    all.width = DENSITY * width;
    all.height = DENSITY * (height + (caption?.height ?? 0));
    const context = all.getContext('2d', { alpha: false });
    context?.drawImage(below, 0, 0);
    context?.drawImage(over, 0, 0);
    context?.scale(DENSITY, DENSITY);
    if (context) caption?.draw(context, height);
    return new Promise((resolve, reject) => {
        all.toBlob((blob) => {
            if (blob) resolve(blob);
            else reject(new Error('this browser makes no image of that size'));
        }, 'image/png');
    });
}

/**
 * The table of a panel as RFC 4180 has it, empty where there is no value.
 * @param {Shown} shown
 * @param {Panel} panel
 */
export function csvOf({ explorable }, { key }) {
    const { columns, rows } = explorable.table(key);
    const cell = (/** @type {string} */ text) => /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    const lines = [columns, ...rows.map((row) => row.map((text) => text === NONE ? '' : text))];
    return new Blob([lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')], { type: 'text/csv;charset=utf-8' });
}

/**
 * The same with all that is known of it.
 * @param {Shown} shown
 * @param {Panel} panel
 * @param {object} about
 * @param {string} about.figure
 * @param {string} about.address Where the figure is seen in this state.
 */
export function jsonOf({ explorable }, { key, title }, { figure, address }) {
    const { columns, rows } = explorable.table(key);
    const value = (/** @type {string} */ text) => {
        if (text === NONE) return null;
        return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    };
    const text = JSON.stringify({
        schema: SCHEMA,
        program: 'lazy-limits',
        version: VERSION,
        address,
        figure,
        state: explorable.state(),
        risks: explorable.risks(),
        panel: key,
        title,
        columns,
        rows: rows.map((row) => row.map(value)),
    }, null, 2);
    return new Blob([`${text}\n`], { type: 'application/json' });
}

/**
 * Gives the reader a file.
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
    const address = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    // Browsers begin to read after this task; some of them much later.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
