// For pages that have the figure in frames: each frame is as high as its figure, keys that a figure has no use for go on as the
// page's own, and {@link figureOf} speaks with one. It waits for messages alone, so frames may come at any time.

/** The page that frames show. */
const EMBED = new URL('../embed.html', import.meta.url).href;

/**
 * A figure in a frame.
 * @typedef {object} Figure
 * @property {Record<string, string | number>} state Every setting by its key, as last told.
 * @property {import('./pkg/lazy/lazy_limits.js').Risks | null} risks At the handle, as last told.
 * @property {(state: Record<string, unknown>) => void} set Assigns some settings.
 * @property {() => void} start
 * @property {() => void} pause
 * @property {() => void} step
 * @property {() => void} reset
 * @property {((figure: Figure, moving: boolean) => void) | null} onchange Called when the reader has changed something.
 */

/** @type {WeakMap<HTMLIFrameElement, { promise: Promise<Figure>, tell: (data: any) => void }>} */
const known = new WeakMap();

/**
 * @param {HTMLIFrameElement} frame
 * @param {object} what
 */
const ask = (frame, what) => frame.contentWindow?.postMessage({ target: 'lazy-limits', ...what }, '*');

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
    ask(frame, { type: 'get' });
    return promise;
}

/** @param {HTMLIFrameElement} frame */
function meet(frame) {
    const act = (/** @type {string} */ type) => () => ask(frame, { type });
    /** @type {Figure} */
    const figure = {
        state: {},
        risks: null,
        set: (state) => {
            ask(frame, { type: 'set', state });
            // What has been taken of it.
            ask(frame, { type: 'get' });
        },
        start: act('start'),
        pause: act('pause'),
        step: act('step'),
        reset: act('reset'),
        onchange: null,
    };
    /** @type {(data: any) => void} */
    let tell = () => {};
    /** @type {Promise<Figure>} */
    const promise = new Promise((resolve, reject) => {
        tell = ({ type, state = figure.state, risks = figure.risks, moving, message }) => {
            Object.assign(figure, { state, risks });
            if (type === 'change') figure.onchange?.(figure, moving);
            if (type === 'failed') reject(new Error(message));
            // Before it is drawn there are no risks.
            if (type === 'ready' || (type === 'got' && risks)) resolve(figure);
        };
    });
    const met = { promise, tell };
    known.set(frame, met);
    return met;
}

addEventListener('message', ({ source, data }) => {
    if (data?.source !== 'lazy-limits' || data.version !== 1) return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    if (data.type === 'height' && data.height > 0) {
        const { boxSizing } = getComputedStyle(frame);
        const border = boxSizing === 'border-box' ? frame.offsetHeight - frame.clientHeight : 0;
        frame.style.height = `${data.height + border}px`;
    } else if (data.type === 'escape') {
        frame.blur();
    } else if (data.type === 'key') {
        const { key, code, keyCode, shiftKey } = data;
        document.dispatchEvent(new KeyboardEvent('keydown', { key, code, keyCode, shiftKey, bubbles: true, cancelable: true }));
    } else {
        known.get(frame)?.tell(data);
    }
});

// What came before this module did.
for (const frame of frames()) ask(frame, { type: 'measure' });
