// Draws what has changed, once a frame.

/** @typedef {import('./view.js').View} View */
/** @typedef {import('./view.js').Canvases} Canvases */
/** @typedef {import('./parts.js').Explorable} Explorable */

/** What is drawn besides panels: what moves with the grips, and the heat maps. */
export const OVERS = 'overs';
export const HEAT = 'maps';

/** Milliseconds between two drawings of what training has to tell. */
const SOON = 150;

/** The text size, in CSS pixels, that the core draws for; its own is in proportion. */
const TEXT = 14;

/** Which colour of the `look` element is which of the core's. */
const INKS = /** @type {const} */ ({
    ground: 'backgroundColor',
    ink: 'color',
    grid: 'borderTopColor',
    bar: 'borderRightColor',
    vermilion: 'borderBottomColor',
    blue: 'borderLeftColor',
    green: 'outlineColor',
});

const FORCED = '(forced-colors: active)';
const QUERIES = ['(prefers-color-scheme: dark)', FORCED, '(prefers-contrast: more)'];

export class Drawing {
    /** Names of panels, or of what is drawn besides. @type {Set<string>} */
    #stale = new Set();
    /** What will be asked for. @type {Set<string>} */
    #soon = new Set();
    /** Of the plots that canvases fill, in CSS pixels; asking for them while drawing would cost a layout. @type {Map<Element, DOMRectReadOnly>} */
    #sizes = new Map();
    /** How much larger than that the reader wants text. */
    scale = 1;
    /** @type {Map<string, string>} */
    #drawnSizes = new Map();
    /** What the canvases look like, in a few words. */
    #look = '';
    #frame = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #end = new AbortController();
    #observer;
    #view;
    #panels;
    #explorable;
    #drawn;
    /** That of the element's document, which need not be the one whose scripts these are. */
    #window;

    /**
     * @param {View} view
     * @param {Map<string, Canvases>} panels
     * @param {Explorable} explorable
     * @param {() => void} drawn Called after each drawing.
     */
    constructor(view, panels, explorable, drawn) {
        this.#view = view;
        this.#panels = panels;
        this.#explorable = explorable;
        this.#drawn = drawn;
        const window = this.#window = /** @type {Window & typeof globalThis} */ (view.root.ownerDocument.defaultView);
        this.#observer = new window.ResizeObserver((entries) => {
            for (const { target, contentRect } of entries) this.#sizes.set(target, contentRect);
            this.#measureText();
            // What is not shown has no transitions.
            this.#restyle();
            // A canvas of a new size must not be seen stretched: this comes before the frame is painted. What changes the page's
            // layout, texts above all, waits for the next: sizes that change while they are told of are an error. Pixels change
            // none, as a plot keeps its layout to itself; and it is plots that are watched, not canvases, which are laid out anew.
            if (this.#drawnSizes.size > 0) this.#drawPanels();
            this.ask();
        });
        const { signal } = this.#end;
        for (const { plot, canvas } of panels.values()) {
            this.#sizes.set(plot, plot.getBoundingClientRect());
            // Opaque ones need not be blended with what is behind them. The core gets the same context.
            canvas.getContext('2d', { alpha: false });
            this.#observer.observe(plot);
        }
        for (const query of QUERIES) {
            window.matchMedia(query).addEventListener('change', () => this.#restyle(), { signal });
        }
        // Dark pages are printed dark otherwise.
        for (const event of ['beforeprint', 'afterprint']) window.addEventListener(event, () => this.#restyle(), { signal });
        view.look.addEventListener('transitionrun', () => this.#restyle(), { signal });
        view.root.ownerDocument.fonts.addEventListener('loadingdone', () => this.askAll(), { signal });
        this.#watchDensity();
        this.#measureText();
        this.#restyle();
        this.askAll();
    }

    /** All that there is to draw. */
    get all() {
        return [...this.#panels.keys(), OVERS, HEAT];
    }

    askAll() {
        this.ask(...this.all);
    }

    /**
     * Draws these parts in the next frame.
     * @param {...string} parts
     */
    ask(...parts) {
        for (const part of parts) this.#stale.add(part);
        this.#frame ||= this.#window.requestAnimationFrame(() => this.#draw());
    }

    /**
     * Draws these parts soon: training has news more often than eyes need it, and needs the time itself.
     * @param {...string} parts
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
        this.#window.cancelAnimationFrame(this.#frame);
        clearTimeout(this.#timer);
    }

    #draw() {
        this.#window.cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        this.#drawPanels();
        if (this.#stale.has(HEAT)) this.#drawMaps();
        this.#stale.clear();
        this.#drawn();
    }

    #drawPanels() {
        for (const [panel, { plot, canvas }] of this.#panels) {
            const { width = 0, height = 0 } = this.#sizes.get(plot) ?? {};
            if (width < 1 || height < 1) continue;
            const { scale } = this;
            const ratio = this.#window.devicePixelRatio * scale;
            const size = `${width} ${height} ${ratio}`;
            if (!this.#stale.has(panel) && size === this.#drawnSizes.get(panel)) continue;
            if (size !== this.#drawnSizes.get(panel)) this.#stale.add(OVERS);
            this.#drawnSizes.set(panel, size);
            this.#explorable.draw(panel, canvas, width / scale, height / scale, ratio);
            this.#stale.delete(panel);
        }
        if (this.#stale.delete(OVERS)) this.#drawOvers();
    }

    #drawOvers() {
        for (const [panel, { plot, over }] of this.#panels) {
            const { width = 0, height = 0 } = this.#sizes.get(plot) ?? {};
            if (!over || width < 1 || height < 1) continue;
            const { scale } = this;
            this.#explorable.drawOver(panel, over, width / scale, height / scale, this.#window.devicePixelRatio * scale);
        }
    }

    #drawMaps() {
        const { maps, legend } = this.#view;
        // The first is of what is to be learnt, which is always there unless it is too large.
        const [first] = maps.keys();
        if (first === undefined) return;
        const isLarge = this.#explorable.heat(first) === undefined;
        legend.element.parentElement?.classList.toggle('large', isLarge);
        if (isLarge) return;
        for (const [name, { canvas, element }] of maps) {
            const image = this.#explorable.heat(name);
            element.classList.toggle('empty', !image);
            if (image) put(canvas, image);
        }
        const image = this.#explorable.legend();
        if (image) put(legend.canvas, image);
        const end = this.#explorable.legendEnd()?.toPrecision(2) ?? '';
        legend.min.textContent = `−${end}`;
        legend.max.textContent = end;
    }

    /** Finds out what the page wants the canvases to look like, and draws them anew if that has changed. */
    #restyle() {
        const look = lookOf(this.#view.look);
        const text = JSON.stringify(look);
        if (text === this.#look) return;
        this.#look = text;
        dress(this.#explorable, look);
        this.askAll();
    }

    #measureText() {
        this.scale = parseFloat(getComputedStyle(this.#view.root).fontSize) / TEXT || 1;
    }

    /** A window may move to a screen of another density, and pages are zoomed. */
    #watchDensity() {
        const { signal } = this.#end;
        if (signal.aborted) return;
        this.#window.matchMedia(`(resolution: ${this.#window.devicePixelRatio}dppx)`).addEventListener('change', () => {
            this.askAll();
            this.#watchDensity();
        }, { once: true, signal });
    }
}

/** @typedef {ReturnType<typeof lookOf>} Look */

/**
 * What the page wants canvases to look like.
 * @param {HTMLElement} element That reads it: the view's `look`.
 */
export function lookOf(element) {
    const style = getComputedStyle(element);
    const isForced = /** @type {Window} */ (element.ownerDocument.defaultView).matchMedia(FORCED).matches;
    const theme = style.columnRuleColor === 'rgb(0, 0, 0)' ? 'dark' : isForced ? 'forced' : 'light';
    /** @type {Record<string, number>} */
    const colours = {};
    for (const [ink, property] of Object.entries(INKS)) {
        // As `color(srgb r g b / a)`, from 0 to 1.
        const [r = 0, g = 0, b = 0, a = 1] = (style[property].match(/-?[\d.]+(e-\d+)?/g) ?? []).map(Number);
        const byte = (/** @type {number} */ share) => Math.round(255 * Math.min(Math.max(share, 0), 1));
        if (a > 0) colours[ink] = byte(r) << 16 | byte(g) << 8 | byte(b);
    }
    return { theme, colours, font: style.fontFamily };
}

/**
 * Has the core draw like that from now on.
 * @param {Explorable} explorable
 * @param {Look} look
 */
export function dress(explorable, { theme, colours, font }) {
    explorable.setTheme(theme, font);
    for (const [ink, colour] of Object.entries(colours)) explorable.paint(ink, colour);
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
