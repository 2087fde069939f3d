// Panels as files: pictures and numbers.

import { dress, lookOf } from '../drawing.js';
import { VERSION } from '../pkg/version.js';
import { writeSvg } from './svg.js';

/** @typedef {import('../pkg/lazy/lazy_limits.js').Explorable} Explorable */
/** @typedef {import('../pkg/lazy/lazy_limits.js').Table} Table */

/**
 * A panel with what is needed to draw it.
 * @typedef {object} Exported
 * @property {Explorable} explorable
 * @property {string} panel Its key.
 * @property {string} title What it is called.
 * @property {HTMLElement} look The view's, by which colours and font are read.
 * @property {number} width In CSS pixels.
 * @property {number} height
 */

/** Pixels of an image for each of the page's. */
const DENSITY = 2;

/** What a table has where there is no value. */
const NONE = '–';

/** The version of the JSON: raised when what a member means changes. */
const SCHEMA = 1;

/**
 * Draws as on white paper, and leaves the figure as it was.
 * @template Result
 * @param {Exported} exported
 * @param {() => Result} draw
 */
function onPaper({ explorable, look }, draw) {
    const before = lookOf(look);
    dress(explorable, { theme: 'light', colours: {}, font: before.font });
    try {
        return draw();
    } finally {
        dress(explorable, before);
    }
}

/** @param {Exported} exported */
export function svgOf(exported) {
    const { explorable, panel, title, width, height } = exported;
    const text = onPaper(exported, () => writeSvg({
        width,
        height,
        title,
        description: explorable.describe(panel),
        draw: (canvas) => {
            explorable.draw(panel, canvas, width, height, 1);
            explorable.drawOver(panel, canvas, width, height, 1);
        },
    }));
    return new Blob([text], { type: 'image/svg+xml' });
}

/**
 * @param {Exported} exported
 * @returns {Promise<Blob>}
 */
export function pngOf(exported) {
    const { explorable, panel, width, height } = exported;
    const [canvas, over] = [document.createElement('canvas'), document.createElement('canvas')];
    onPaper(exported, () => {
        explorable.draw(panel, canvas, width, height, DENSITY);
        explorable.drawOver(panel, over, width, height, DENSITY);
    });
    const context = canvas.getContext('2d');
    context?.resetTransform();
    context?.drawImage(over, 0, 0);
    return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => {
            if (blob) resolve(blob);
            else reject(new Error('this browser makes no image of that size'));
        }, 'image/png');
    });
}

/**
 * The table of a panel as RFC 4180 has it, empty where there is no value.
 * @param {Table} table
 */
export function csvOf({ columns, rows }) {
    const cell = (/** @type {string} */ text) => /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    const lines = [columns, ...rows.map((row) => row.map((text) => text === NONE ? '' : text))];
    return new Blob([lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')], { type: 'text/csv;charset=utf-8' });
}

/**
 * The same with all that is known of it.
 * @param {Explorable} explorable
 * @param {{ figure: string, panel: string, address: string }} about
 */
export function jsonOf(explorable, { figure, panel, address }) {
    const { columns, rows } = explorable.table(panel);
    const value = (/** @type {string} */ text) => {
        if (text === NONE) return null;
        return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    };
    const text = JSON.stringify({
        schema: SCHEMA,
        program: 'lazy-limits',
        version: VERSION,
        figure,
        state: explorable.state(),
        panel,
        columns,
        rows: rows.map((row) => row.map(value)),
        risks: explorable.risks(),
        address,
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
