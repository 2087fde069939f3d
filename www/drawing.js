// Draws what has changed, once a frame.

import { MAPS, PANELS } from './view.js';

/** @typedef {import('./view.js').View} View */
/** @typedef {import('./view.js').Panel} Panel */
/** @typedef {import('./pkg/lazy_limits.js').Explorable} Explorable */
/** @typedef {'light' | 'dark' | 'forced'} Theme */
/** @typedef {Panel | 'handle' | 'maps'} Part */

/** @type {readonly Part[]} */
export const ALL = [...PANELS, 'handle', 'maps'];

/** Milliseconds between two drawings of what training has to tell. */
const SOON = 150;

/** The text size, in CSS pixels, that the core draws for; its own is in proportion. */
const TEXT = 14;

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'];

export class Drawing {
    /** @type {Set<Part>} */
    #stale = new Set();
    /** What will be asked for. @type {Set<Part>} */
    #soon = new Set();
    /** Sizes in CSS pixels; asking for them while drawing would cost a layout. @type {Map<Element, DOMRectReadOnly>} */
    #sizes = new Map();
    /** How much larger than that the reader wants text. */
    scale = 1;
    /** @type {Map<Panel, string>} */
    #drawnSizes = new Map();
    /** @type {Theme} */
    #theme = 'light';
    #frame = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #end = new AbortController();
    #observer;
    #view;
    #explorable;
    #drawn;

    /**
     * @param {View} view
     * @param {Explorable} explorable
     * @param {() => void} drawn Called after each drawing.
     */
    constructor(view, explorable, drawn) {
        this.#view = view;
        this.#explorable = explorable;
        this.#drawn = drawn;
        this.#observer = new ResizeObserver((entries) => {
            for (const { target, contentRect } of entries) this.#sizes.set(target, contentRect);
            this.#measureText();
            // A canvas of a new size must not be seen stretched: this comes before the frame is painted.
            this.#draw();
        });
        const { signal } = this.#end;
        for (const panel of PANELS) {
            const canvas = view.canvases[panel];
            this.#sizes.set(canvas, canvas.getBoundingClientRect());
            // Opaque ones need not be blended with what is behind them. The core gets the same context.
            canvas.getContext('2d', { alpha: false });
            this.#observer.observe(canvas);
        }
        for (const query of QUERIES) {
            matchMedia(query).addEventListener('change', () => this.#restyle(), { signal });
        }
        // Dark pages are printed dark otherwise.
        for (const event of ['beforeprint', 'afterprint']) addEventListener(event, () => this.#restyle(), { signal });
        this.#watchDensity();
        this.#measureText();
        this.#restyle();
    }

    /**
     * Draws these parts in the next frame.
     * @param {...Part} parts
     */
    ask(...parts) {
        for (const part of parts) this.#stale.add(part);
        this.#frame ||= requestAnimationFrame(() => this.#draw());
    }

    /**
     * Draws these parts soon: training has news more often than eyes need it, and needs the time itself.
     * @param {...Part} parts
     */
    askSoon(...parts) {
        for (const part of parts) this.#soon.add(part);
        this.#timer ??= setTimeout(() => {
            this.#timer = undefined;
            this.ask(...this.#soon);
            this.#soon.clear();
        }, SOON);
    }

    end() {
        this.#end.abort();
        this.#observer.disconnect();
        cancelAnimationFrame(this.#frame);
        clearTimeout(this.#timer);
    }

    #draw() {
        cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        for (const panel of PANELS) {
            const canvas = this.#view.canvases[panel];
            const { width = 0, height = 0 } = this.#sizes.get(canvas) ?? {};
            if (width < 1 || height < 1) continue;
            const { scale } = this;
            const ratio = devicePixelRatio * scale;
            const size = `${width} ${height} ${ratio}`;
            if (!this.#stale.has(panel) && size === this.#drawnSizes.get(panel)) continue;
            if (panel === 'risk' && size !== this.#drawnSizes.get(panel)) this.#stale.add('handle');
            this.#drawnSizes.set(panel, size);
            this.#explorable.draw(panel, canvas, width / scale, height / scale, ratio, this.#theme);
        }
        if (this.#stale.has('handle')) this.#drawHandle();
        if (this.#stale.has('maps')) this.#drawMaps();
        this.#stale.clear();
        this.#drawn();
    }

    #drawHandle() {
        const { canvases, handle } = this.#view;
        const { width = 0, height = 0 } = this.#sizes.get(canvases.risk) ?? {};
        if (width < 1 || height < 1) return;
        const { scale } = this;
        this.#explorable.drawHandle(handle, width / scale, height / scale, devicePixelRatio * scale, this.#theme);
    }

    #drawMaps() {
        const { maps, legend } = this.#view;
        const isLarge = this.#explorable.heat('target', this.#theme) === undefined;
        legend.element.parentElement?.classList.toggle('large', isLarge);
        if (isLarge) return;
        for (const name of MAPS) {
            const image = this.#explorable.heat(name, this.#theme);
            const { canvas, element } = maps[name];
            element.classList.toggle('empty', !image);
            if (image) put(canvas, image);
        }
        put(legend.canvas, this.#explorable.legend(this.#theme));
        const end = this.#explorable.legendEnd().toPrecision(2);
        legend.min.textContent = `−${end}`;
        legend.max.textContent = end;
    }

    /** Finds out the theme from the colours that the host's colour scheme gives, and draws everything anew. */
    #restyle() {
        // The style sheet gives this property, which has no other effect, a colour by the colour scheme in use,
        // whoever has chosen that.
        const dark = getComputedStyle(this.#view.root).columnRuleColor === 'rgb(0, 0, 0)';
        const forced = matchMedia('(forced-colors: active)').matches;
        this.#theme = forced ? 'forced' : dark ? 'dark' : 'light';
        this.ask(...ALL);
    }

    #measureText() {
        this.scale = parseFloat(getComputedStyle(this.#view.root).fontSize) / TEXT || 1;
    }

    /** A window may move to a screen of another density, and pages are zoomed. */
    #watchDensity() {
        const { signal } = this.#end;
        if (signal.aborted) return;
        matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
            this.ask(...ALL);
            this.#watchDensity();
        }, { once: true, signal });
    }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ImageData} image
 */
function put(canvas, image) {
    if (canvas.width !== image.width) canvas.width = image.width;
    if (canvas.height !== image.height) canvas.height = image.height;
    canvas.getContext('2d')?.putImageData(image, 0, 0);
}
