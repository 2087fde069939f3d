// A guess on a plot: points at given places along its axis, each set by a pointer, by arrow keys or by a number, before the line
// that is guessed at is drawn.

import { h } from '../dom.js';
import { rounded } from './guesses.js';
import { dressGuessing } from './sheet.js';

/** @typedef {import('../session.js').Shown} Shown */

/** The text size, in CSS pixels, that the core draws for. */
const TEXT = 14;

/** By which shares of the height of the plot keys move a point. @type {Record<string, number>} */
const MOVES = { ArrowUp: 0.02, ArrowRight: 0.02, ArrowDown: -0.02, ArrowLeft: -0.02, PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 };

/** Values of the axis that no plot reaches. */
const FAR = 1e12;

/**
 * @typedef {object} Asked
 * @property {string} panel
 * @property {number[]} at
 * @property {(index: number) => string} label What the point is called that is to be set.
 * @property {string} word What its value is.
 * @property {(number | undefined)[]} values Those that are set already; undefined at the others.
 * @property {(index: number, value: number) => void} place Called when the reader has set one.
 */

/** A guess that is being made, or has been. It lies over its plot until the figure is another. */
export class Guessing {
    #shown;
    #asked;
    #plot;
    #values;
    /** @type {HTMLElement[]} */
    #points;
    #line;
    #element;
    #observer;
    #isFixed = false;

    /**
     * @param {Shown} shown
     * @param {Asked} asked
     */
    constructor(shown, asked) {
        this.#shown = shown;
        this.#asked = asked;
        this.#values = asked.values;
        const plot = this.#plot = /** @type {import('../view.js').Canvases} */ (shown.canvases.get(asked.panel)).plot;
        this.#points = asked.at.map((_, index) => this.#point(index));
        this.#line = line();
        this.#element = h('div', { class: 'guessing', role: 'group', 'aria-label': 'Your guess' }, this.#line.svg, ...this.#points);
        dressGuessing(/** @type {ShadowRoot} */ (plot.getRootNode()));
        plot.append(this.#element);
        this.#observer = new ResizeObserver(() => this.draw());
        this.#observer.observe(plot);
        shown.signal.addEventListener('abort', () => this.end(), { once: true });
        this.#listen();
        this.draw();
    }

    /** The values that the plot has room for, from the lowest. */
    get ends() {
        const [low, high] = [this.#valueAt(FAR), this.#valueAt(-FAR)];
        return /** @type {const} */ ([Math.min(low, high), Math.max(low, high)]);
    }

    /**
     * How far apart two values are drawn, as a share of the plot's height.
     * @param {number} one
     * @param {number} other
     */
    away(one, other) {
        const [x = 0] = this.#asked.at;
        return Math.abs(this.#pixel(x, one)[1] - this.#pixel(x, other)[1]) / this.#plot.offsetHeight;
    }

    /** Nothing moves any more: the answer is to be seen beside it. */
    fix() {
        this.#isFixed = true;
        this.#element.classList.add('fixed');
        for (const point of this.#points) {
            point.removeAttribute('tabindex');
            point.setAttribute('role', 'img');
            for (const name of ['aria-orientation', 'aria-valuemin', 'aria-valuemax', 'aria-valuenow', 'aria-valuetext']) point.removeAttribute(name);
        }
        this.draw();
    }

    /** Shows the values where they are in the plot as it is now. */
    draw() {
        if (!this.#plot.isConnected) return;
        const [low, high] = this.ends;
        const places = this.#asked.at.map((x, index) => this.#pixel(x, this.#values[index] ?? this.#middle()));
        for (const [index, point] of this.#points.entries()) {
            const [left, top] = places[index] ?? [0, 0];
            Object.assign(point.style, { left: `${left}px`, top: `${top}px` });
            const value = this.#values[index];
            point.classList.toggle('open', value === undefined);
            const name = this.#asked.label(index);
            if (this.#isFixed) {
                point.hidden = value === undefined;
                point.setAttribute('aria-label', `${name}: ${value === undefined ? 'none' : rounded(value)}`);
                continue;
            }
            point.setAttribute('aria-label', name);
            point.setAttribute('aria-valuemin', rounded(low));
            point.setAttribute('aria-valuemax', rounded(high));
            point.setAttribute('aria-valuenow', rounded(value ?? this.#middle()));
            point.setAttribute('aria-valuetext', value === undefined ? 'not placed yet' : `${this.#asked.word} ${rounded(value)}`);
        }
        const placed = places.filter((_, index) => this.#values[index] !== undefined);
        this.#line.polyline.setAttribute('points', placed.length > 1 ? placed.map((place) => place.join(',')).join(' ') : '');
    }

    end() {
        this.#observer.disconnect();
        this.#element.remove();
    }

    /** @param {number} index */
    #point(index) {
        return h('div', {
            class: 'point',
            role: 'slider',
            tabindex: 0,
            'aria-orientation': 'vertical',
            onkeydown: (/** @type {KeyboardEvent} */ event) => {
                const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
                if (move === undefined || this.#isFixed || event.altKey || event.ctrlKey || event.metaKey) return;
                event.preventDefault();
                const x = this.#asked.at[index] ?? 0;
                const [, top] = this.#pixel(x, this.#values[index] ?? this.#middle());
                this.#set(index, this.#valueAt(top - move * this.#plot.offsetHeight));
            },
        });
    }

    #listen() {
        /** Where the pointer was last, in CSS pixels of the plot. @type {number[] | undefined} */
        let last;
        const place = (/** @type {PointerEvent} */ event) => {
            const { left, top, width, height } = this.#plot.getBoundingClientRect();
            // A page may show it larger or smaller than it is laid out.
            return [(event.clientX - left) / width * this.#plot.offsetWidth, (event.clientY - top) / height * this.#plot.offsetHeight];
        };
        this.#element.addEventListener('pointerdown', (event) => {
            if (this.#isFixed || event.button !== 0) return;
            last = place(event);
            this.#element.setPointerCapture(event.pointerId);
            const [x = 0, y = 0] = last;
            const index = this.#nearest(x);
            this.#set(index, this.#valueAt(y));
            this.#points[index]?.focus({ preventScroll: true });
            // Else the press would take the focus away again.
            event.preventDefault();
        });
        this.#element.addEventListener('pointermove', (event) => {
            if (!last || this.#isFixed) return;
            const [before = 0] = last;
            const [x = 0, y = 0] = last = place(event);
            this.#set(this.#nearest(x), this.#valueAt(y));
            // A quick stroke passes several between two places that it is told of.
            for (const [index, at] of this.#asked.at.entries()) {
                const [left] = this.#pixel(at, this.#middle());
                if ((left - before) * (left - x) < 0) this.#set(index, this.#valueAt(y));
            }
        });
        for (const type of ['pointerup', 'pointercancel']) this.#element.addEventListener(type, () => { last = undefined; });
    }

    /** The point that is nearest to a place along the plot. @param {number} x */
    #nearest(x) {
        const away = this.#asked.at.map((at) => Math.abs(this.#pixel(at, this.#middle())[0] - x));
        return away.indexOf(Math.min(...away));
    }

    /**
     * @param {number} index
     * @param {number} value
     */
    #set(index, value) {
        const [low, high] = this.ends;
        this.#asked.place(index, Number(Math.min(Math.max(value, low), high).toPrecision(3)));
        this.draw();
    }

    /** Half-way up the plot, where points wait. */
    #middle() {
        return this.#valueAt(this.#plot.offsetHeight / 2);
    }

    /** How many CSS pixels the core has for one. */
    get #scale() {
        return parseFloat(getComputedStyle(this.#shown.view.root).fontSize) / TEXT;
    }

    /**
     * @param {number} x
     * @param {number} y
     * @param {boolean} back
     */
    #place(x, y, back) {
        const { explorable } = this.#shown;
        const scale = this.#scale;
        const [width, height] = [this.#plot.offsetWidth / scale, this.#plot.offsetHeight / scale];
        const [first = 0, second = 0] = back
            ? explorable.place(this.#asked.panel, width, height, x / scale, y / scale, true) ?? []
            : (explorable.place(this.#asked.panel, width, height, x, y, false) ?? []).map((one) => one * scale);
        return /** @type {const} */ ([first, second]);
    }

    /** Where a point is drawn, in CSS pixels of the plot. @param {number} x @param {number} y */
    #pixel(x, y) {
        return this.#place(x, y, false);
    }

    /** The value at a height. @param {number} top */
    #valueAt(top) {
        return this.#place(0, top, true)[1];
    }
}

/** A line through the points, and the drawing that it is in. */
function line() {
    const namespace = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(namespace, 'svg');
    svg.setAttribute('aria-hidden', 'true');
    const polyline = document.createElementNS(namespace, 'polyline');
    svg.append(polyline);
    return { svg, polyline };
}
