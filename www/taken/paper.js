// Panels drawn as on white paper, whatever the page looks like.

import { dress, lookOf } from '../drawing.js';
import { drawSvg } from './svg.js';

/** @typedef {import('../session.js').Shown} Shown */

/**
 * A panel as it is on the screen.
 * @typedef {object} Panel
 * @property {string} key
 * @property {string} title
 * @property {number} width In CSS pixels,
 * @property {number} height both whole ones.
 */

/** Sizes of what is not on the screen itself, in CSS pixels. */
const UNSEEN = { width: 640, height: 400 };

/**
 * The panels of a figure, in reading order.
 * @param {Shown} shown
 * @returns {Panel[]}
 */
export function panelsOf({ explorable, canvases }) {
    return explorable.panels().filter(({ key }) => canvases.has(key)).map(({ key, title }) => {
        const { width = 0, height = 0 } = canvases.get(key)?.canvas.getBoundingClientRect() ?? {};
        const size = width >= 1 && height >= 1 ? { width, height } : UNSEEN;
        return { key, title, width: Math.round(size.width), height: Math.round(size.height) };
    });
}

/**
 * Draws in dark ink on white, and leaves the figure as it was.
 * @template Result
 * @param {Shown} shown
 * @param {() => Result} draw
 */
export function onPaper({ explorable, view }, draw) {
    const before = lookOf(view.look);
    dress(explorable, { theme: 'light', colours: {}, font: before.font });
    try {
        return draw();
    } finally {
        dress(explorable, before);
    }
}

/**
 * A panel as an element of SVG.
 * @param {Shown} shown
 * @param {Panel} panel
 * @param {Caption} [caption] Below it.
 */
export function pictureOf(shown, { key, title, width, height }, caption) {
    const { explorable } = shown;
    return onPaper(shown, () => drawSvg({
        width,
        height: height + (caption?.height ?? 0),
        title,
        description: [explorable.describe(key), caption?.text ?? ''].filter((part) => part !== '').join(' '),
        draw: (canvas) => {
            explorable.draw(key, canvas, width, height, 1);
            explorable.drawOver(key, canvas, width, height, 1);
            const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
            context.setTransform(1, 0, 0, 1, 0, 0);
            caption?.draw(context, height);
        },
    }));
}

/** Of a caption, in CSS pixels. */
const SIZE = 12;
const LINE = 17;
const MARGIN = 10;

/** @typedef {ReturnType<typeof captionBelow>} Caption */

/**
 * A caption to be drawn below a picture.
 * @param {string} text
 * @param {number} width Of the picture, in CSS pixels.
 * @param {string} family
 */
export function captionBelow(text, width, family) {
    const font = `${SIZE}px ${family}`;
    const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    measure.font = font;
    const lines = wrapped(text, (line) => measure.measureText(line).width <= width - 2 * MARGIN);
    const height = lines.length * LINE + 2 * MARGIN;
    return {
        text,
        height,
        /**
         * @param {CanvasRenderingContext2D} context That measures in CSS pixels.
         * @param {number} top
         */
        draw(context, top) {
            context.fillStyle = '#fff';
            context.fillRect(0, top, width, height);
            context.fillStyle = '#23262d';
            context.font = font;
            context.textAlign = 'left';
            context.textBaseline = 'alphabetic';
            for (const [index, line] of lines.entries()) context.fillText(line, MARGIN, top + MARGIN + index * LINE + SIZE);
        },
    };
}

/**
 * A text in lines, broken at spaces, and within what is too long for a line.
 * @param {string} text
 * @param {(line: string) => boolean} fits
 */
function wrapped(text, fits) {
    /** @type {string[]} */
    const lines = [];
    let line = '';
    for (const word of text.split(' ')) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (fits(longer)) {
            line = longer;
            continue;
        }
        if (line !== '') lines.push(line);
        line = '';
        for (const letter of word) {
            if (line !== '' && !fits(line + letter)) {
                lines.push(line);
                line = '';
            }
            line += letter;
        }
    }
    return [...lines, line];
}
