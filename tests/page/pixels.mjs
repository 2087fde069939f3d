// What is seen on a canvas, by colour.

/** The colours of lines, by the theme and by what they are of; as the core has them. */
export const HUES = {
    light: { rf: [213, 94, 0], nt: [0, 114, 178], nn: [0, 158, 115] },
    dark: { rf: [240, 130, 50], nt: [86, 180, 233], nn: [40, 190, 145] },
};

/**
 * How many pixels of a figure's large picture have the colour of each line, waiting for what is to be drawn.
 * @param {import('playwright-core').Page} page
 * @param {object} [options]
 * @param {keyof typeof HUES} [options.theme]
 * @param {string} [options.figure] A selector.
 * @param {string} [options.panel]
 * @returns {Promise<Record<'rf' | 'nt' | 'nn', number>>}
 */
export async function coloured(page, { theme = 'light', figure = '#figure', panel = 'risk' } = {}) {
    return page.$eval(figure, async (element, { hues, panel }) => {
        // What a frame puts off comes in the next.
        await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))); });
        const canvas = /** @type {HTMLCanvasElement} */ (element.shadowRoot?.querySelector(`.${panel} canvas[role=img]`));
        // Read from a copy: the canvas itself is not made for being read, which the browser would complain of.
        const copy = new OffscreenCanvas(canvas.width, canvas.height);
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d', { willReadFrequently: true }));
        context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        /** @type {Record<string, number>} */
        const counts = {};
        for (const [name, [r, g, b]] of Object.entries(hues)) {
            let count = 0;
            for (let at = 0; at < data.length; at += 4) {
                if (data[at] === r && data[at + 1] === g && data[at + 2] === b) count += 1;
            }
            counts[name] = count;
        }
        return /** @type {Record<'rf' | 'nt' | 'nn', number>} */ (counts);
    }, { hues: HUES[theme], panel });
}
