// For pages that have the figure in frames: each frame is as high as its figure, keys that a figure has no use for go on as the
// page's own, and {@link figureOf} speaks with one. It waits for messages alone, so frames may come at any time.

/** The page that frames show. */
const EMBED = new URL('../embed.html', import.meta.url).href;

/** The version of the messages that are understood here. */
const VERSION = 1;

/** @typedef {Record<string, string | number>} State Every setting by its key. */

/**
 * A figure in a frame.
 * @typedef {object} Figure
 * @property {State} state As last told.
 * @property {import('./pkg/lazy/lazy_limits.js').Risks | null} risks At the handle, as last told.
 * @property {() => Promise<Figure>} get Asks how it stands now: `state` and `risks` are those then.
 * @property {(values: Record<string, unknown>) => Promise<Figure>} set Assigns some settings. Rejected with a sentence for each
 *     value that is refused; the others are taken.
 * @property {() => void} start
 * @property {() => void} pause
 * @property {() => void} step Advances each active run to its next report.
 * @property {() => void} reset
 * @property {((figure: Figure, moving: boolean) => void) | null} onchange Called when the reader has changed something; `moving`
 *     while a drag goes on.
 * @property {((message: string, field: string | undefined) => void) | null} onerror Called with a sentence for all that is refused or
 *     fails.
 */

/** @type {WeakMap<HTMLIFrameElement, { promise: Promise<Figure>, hear: (data: any) => void }>} */
const known = new WeakMap();

/**
 * @param {HTMLIFrameElement} frame
 * @param {object} what
 */
const tell = (frame, what) => frame.contentWindow?.postMessage({ target: 'lazy-limits', version: VERSION, ...what }, '*');

/** @param {HTMLIFrameElement} frame */
const isOurs = (frame) => frame.src.split(/[?#]/)[0] === EMBED;

const frames = () => [...document.querySelectorAll('iframe')].filter(isOurs);

/**
 * The figure of a frame, once it has been drawn.
 * @param {HTMLIFrameElement} frame Whose source is `embed.html` beside this module's folder.
 * @returns {Promise<Figure>} Rejected if the frame shows something else, or the figure cannot be shown.
 */
export function figureOf(frame) {
    if (!isOurs(frame)) return Promise.reject(new Error(`the frame shows “${frame.src.slice(0, 80)}”, but must show ${EMBED}`));
    const { promise } = known.get(frame) ?? meet(frame);
    // One that is drawn already answers; one that is not tells when it is.
    tell(frame, { type: 'get' });
    return promise;
}

/** @param {HTMLIFrameElement} frame */
function meet(frame) {
    /** Questions that wait for an answer. @type {Map<number, (data: any) => void>} */
    const asked = new Map();
    let last = 0;
    /** @returns {Promise<Figure>} */
    const ask = (/** @type {object} */ what) => new Promise((resolve, reject) => {
        const id = last += 1;
        // Refused at once if it cannot be sent.
        tell(frame, { ...what, id });
        asked.set(id, ({ refused }) => {
            if (refused.length > 0) reject(new Error(refused.map((/** @type {Error} */ { message }) => message).join('; ')));
            else resolve(figure);
        });
    });
    const act = (/** @type {string} */ type) => () => tell(frame, { type });
    /** @type {Figure} */
    const figure = {
        state: {},
        risks: null,
        get: () => ask({ type: 'get' }),
        set: (state) => ask({ type: 'set', state }),
        start: act('start'),
        pause: act('pause'),
        step: act('step'),
        reset: act('reset'),
        onchange: null,
        onerror: null,
    };
    /** @type {(data: any) => void} */
    let hear = () => {};
    /** @type {Promise<Figure>} */
    const promise = new Promise((resolve, reject) => {
        hear = (data) => {
            const { type, id, state = figure.state, risks = figure.risks, moving, message, field } = data;
            Object.assign(figure, { state, risks });
            if (type === 'change') figure.onchange?.(figure, moving);
            if (type === 'error') figure.onerror?.(message, field);
            if (type === 'failed') reject(new Error(message));
            // Before it is drawn there are no risks.
            if (type === 'ready' || (type === 'got' && risks)) resolve(figure);
            if (type !== 'got') return;
            asked.get(id)?.(data);
            asked.delete(id);
        };
    });
    const met = { promise, hear };
    known.set(frame, met);
    return met;
}

/**
 * Makes a frame as high as its figure.
 * @param {HTMLIFrameElement} frame
 * @param {unknown} height In CSS pixels.
 */
function fit(frame, height) {
    if (typeof height !== 'number' || !(height > 0 && height < Infinity)) return;
    const { boxSizing } = getComputedStyle(frame);
    const border = boxSizing === 'border-box' ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.height = `${height + border}px`;
}

addEventListener('message', ({ source, data }) => {
    if (data?.source !== 'lazy-limits') return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    if (data.version !== VERSION) {
        console.warn(`A figure speaks version ${data.version} of its messages, but host.js understands ${VERSION}: load the one that lies beside it`);
    } else if (data.type === 'height') {
        fit(frame, data.height);
    } else if (data.type === 'escape') {
        frame.blur();
    } else if (data.type === 'key') {
        const { key, code, keyCode, shiftKey } = data;
        document.dispatchEvent(new KeyboardEvent('keydown', { key, code, keyCode, shiftKey, bubbles: true, cancelable: true }));
    } else {
        known.get(frame)?.hear(data);
    }
});

// What came before this module did.
for (const frame of frames()) tell(frame, { type: 'measure' });
