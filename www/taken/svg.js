// What the core draws on a canvas, as SVG: a context that keeps what is drawn instead of painting it.

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** @typedef {[number, number, number, number, number, number]} Matrix a, b, c, d, e, f, as a canvas has it. */

/** @type {Record<string, string>} */
const ANCHORS = { start: 'start', left: 'start', center: 'middle', end: 'end', right: 'end' };

/** A number as short as it may be: a thousandth of a pixel is seen by nobody. @param {number} value */
const short = (value) => String(Math.round(value * 1000) / 1000);

/**
 * Of a 2d context what the core uses. Whatever else it may call one day is the canvas' own and refuses to work here, so that
 * nothing is left out unsaid.
 */
class Recorder {
    fillStyle = '#000';
    strokeStyle = '#000';
    lineWidth = 1;
    lineJoin = 'miter';
    font = '10px sans-serif';
    textAlign = 'start';
    textBaseline = 'alphabetic';
    #svg;
    /** Knows the widths and heights of letters. */
    #measure;
    /** @type {Matrix} */
    #matrix = [1, 0, 0, 1, 0, 0];
    /** @type {Matrix[]} */
    #saved = [];
    #path = '';

    /**
     * @param {SVGSVGElement} svg
     * @param {CanvasRenderingContext2D} measure
     */
    constructor(svg, measure) {
        this.#svg = svg;
        this.#measure = measure;
    }

    /** @param {Matrix} matrix */
    setTransform(...matrix) {
        this.#matrix = matrix;
    }

    save() {
        this.#saved.push(this.#matrix);
    }

    restore() {
        this.#matrix = this.#saved.pop() ?? this.#matrix;
    }

    /**
     * @param {number} x
     * @param {number} y
     */
    translate(x, y) {
        const [a, b, c, d] = this.#matrix;
        this.#matrix = [a, b, c, d, ...this.#at(x, y)];
    }

    /** @param {number} angle */
    rotate(angle) {
        const [a, b, c, d, e, f] = this.#matrix;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        this.#matrix = [a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin, e, f];
    }

    beginPath() {
        this.#path = '';
    }

    /**
     * @param {number} x
     * @param {number} y
     */
    moveTo(x, y) {
        this.#path += `M${this.#pair(x, y)}`;
    }

    /**
     * @param {number} x
     * @param {number} y
     */
    lineTo(x, y) {
        this.#path += `L${this.#pair(x, y)}`;
    }

    closePath() {
        this.#path += 'Z';
    }

    /**
     * @param {number} x
     * @param {number} y
     * @param {number} radius
     * @param {number} start
     * @param {number} end
     */
    arc(x, y, radius, start, end) {
        if (Math.abs(end - start) < 2 * Math.PI - 1e-9) throw new Error('of arcs, only whole circles can be written as SVG');
        const length = short(radius * this.#scale);
        for (const [letter, side] of /** @type {const} */ ([['M', 1], ['A', -1], ['A', 1]])) {
            this.#path += `${letter}${letter === 'A' ? `${length} ${length} 0 1 1 ` : ''}${this.#pair(x + side * radius, y)}`;
        }
    }

    stroke() {
        this.#add('path', { d: this.#path, fill: 'none', ...this.#pen() });
    }

    fill() {
        this.#add('path', { d: this.#path, ...paint('fill', this.fillStyle) });
    }

    /** A layer that is drawn over another begins with it. */
    clearRect() {}

    /**
     * @param {number} x
     * @param {number} y
     * @param {number} width
     * @param {number} height
     */
    fillRect(x, y, width, height) {
        this.#add('rect', { ...this.#box(x, y, width, height), ...paint('fill', this.fillStyle) });
    }

    /**
     * @param {number} x
     * @param {number} y
     * @param {number} width
     * @param {number} height
     */
    strokeRect(x, y, width, height) {
        this.#add('rect', { ...this.#box(x, y, width, height), fill: 'none', ...this.#pen() });
    }

    /** @param {string} text */
    measureText(text) {
        this.#measure.font = this.font;
        return this.#measure.measureText(text);
    }

    /**
     * @param {string} text
     * @param {number} x
     * @param {number} y
     */
    fillText(text, x, y) {
        const [, style = '', size = '', family = ''] = /^(?:(\S+) )?([\d.]+)px (.*)$/.exec(this.font) ?? [];
        const [a, b] = this.#matrix;
        const [left, top] = this.#at(x, y + this.#drop(text));
        const angle = Math.atan2(b, a) * 180 / Math.PI;
        const element = this.#add('text', {
            x: short(left),
            y: short(top),
            'font-family': family,
            'font-size': short(Number(size) * this.#scale),
            ...(style === 'bold' ? { 'font-weight': style } : style === 'italic' || style === 'oblique' ? { 'font-style': style } : {}),
            'text-anchor': ANCHORS[this.textAlign] ?? 'start',
            ...(Math.abs(angle) > 1e-6 ? { transform: `rotate(${short(angle)} ${short(left)} ${short(top)})` } : {}),
            ...paint('fill', this.fillStyle),
        });
        element.textContent = text;
    }

    /**
     * How far below its place a text's own base line is: programs differ in what they know of others.
     * @param {string} text
     */
    #drop(text) {
        const ascent = (/** @type {string} */ baseline) => {
            this.#measure.textBaseline = /** @type {CanvasTextBaseline} */ (baseline);
            return this.measureText(text).actualBoundingBoxAscent;
        };
        return ascent('alphabetic') - ascent(this.textBaseline);
    }

    /** How much larger lengths become. */
    get #scale() {
        const [a, b] = this.#matrix;
        return Math.hypot(a, b);
    }

    /**
     * @param {number} x
     * @param {number} y
     * @returns {[number, number]}
     */
    #at(x, y) {
        const [a, b, c, d, e, f] = this.#matrix;
        return [a * x + c * y + e, b * x + d * y + f];
    }

    /**
     * @param {number} x
     * @param {number} y
     */
    #pair(x, y) {
        return this.#at(x, y).map(short).join(' ');
    }

    /**
     * @param {number} x
     * @param {number} y
     * @param {number} width
     * @param {number} height
     */
    #box(x, y, width, height) {
        const [one, other] = [this.#at(x, y), this.#at(x + width, y + height)];
        return {
            x: short(Math.min(one[0], other[0])),
            y: short(Math.min(one[1], other[1])),
            width: short(Math.abs(other[0] - one[0])),
            height: short(Math.abs(other[1] - one[1])),
        };
    }

    #pen() {
        return {
            ...paint('stroke', this.strokeStyle),
            'stroke-width': short(this.lineWidth * this.#scale),
            'stroke-linejoin': this.lineJoin,
        };
    }

    /**
     * @param {string} name
     * @param {Record<string, string>} attributes
     */
    #add(name, attributes) {
        const element = create(name, attributes);
        this.#svg.append(element);
        return element;
    }
}
// The core asks whether it is one.
Object.setPrototypeOf(Recorder.prototype, CanvasRenderingContext2D.prototype);

/**
 * A colour as attributes: not every program knows colours with a share of transparency.
 * @param {'fill' | 'stroke'} what
 * @param {string} colour As the core writes it, `rgba(r,g,b,a)`.
 * @returns {Record<string, string>}
 */
function paint(what, colour) {
    const [, red, green, blue, share = '1'] = /^rgba\((\d+),(\d+),(\d+),([\d.e-]+)\)$/.exec(colour) ?? [];
    if (blue === undefined) return { [what]: colour };
    const opacity = Number(share) < 1 ? { [`${what}-opacity`]: short(Number(share)) } : {};
    return { [what]: `rgb(${red},${green},${blue})`, ...opacity };
}

/**
 * An element of SVG.
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
export function create(name, attributes, ...children) {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
}

/**
 * A picture as an element of SVG. Text stays text.
 * @param {object} picture
 * @param {number} picture.width In pixels.
 * @param {number} picture.height
 * @param {string} picture.title
 * @param {string} picture.description A sentence for those who do not see it.
 * @param {(canvas: HTMLCanvasElement) => void} picture.draw Draws on a canvas, any number of times: each layer over those
 *     before.
 */
export function drawSvg({ width, height, title, description, draw }) {
    const svg = /** @type {SVGSVGElement} */ (create('svg', {
        width: short(width), height: short(height), viewBox: `0 0 ${short(width)} ${short(height)}`, role: 'img',
    }, create('title', {}, title), create('desc', {}, description)));
    const canvas = document.createElement('canvas');
    const measure = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const recorder = new Recorder(svg, measure);
    Object.defineProperty(canvas, 'getContext', { value: () => recorder });
    draw(canvas);
    return svg;
}
