// Figures of a page train one after the other, whatever their parts: those in sight first, in the order of the page. What a reader
// looks at thus has the processor, and one that is scrolled away gives way.

/** @typedef {import('./runs.js').Runs} Runs */

/**
 * @typedef {object} Place
 * @property {Element} host The figure.
 * @property {boolean} isSeen
 */

/** @type {Map<Runs, Place>} */
const places = new Map();

/** Those of the figure that a hand was last laid on: while that is in sight, they go first. @type {Runs | undefined} */
let taken;

/**
 * From now on these runs wait for their turn.
 * @param {Runs} runs
 * @param {Element} host The figure whose they are.
 * @param {AbortSignal} signal Until then.
 */
export function takeTurns(runs, host, signal) {
    if (signal.aborted) return;
    const place = { host, isSeen: false };
    places.set(runs, place);
    const window = /** @type {Window & typeof globalThis} */ (host.ownerDocument.defaultView);
    const observer = new window.IntersectionObserver((entries) => {
        place.isSeen = entries.at(-1)?.isIntersecting ?? false;
        deal();
    });
    observer.observe(host);
    for (const type of ['focusin', 'pointerdown']) {
        host.addEventListener(type, () => {
            taken = runs;
            deal();
        }, { signal });
    }
    signal.addEventListener('abort', () => {
        observer.disconnect();
        places.delete(runs);
        deal();
    });
    deal();
}

/** Gives the turn to whom it is due; to be called whenever runs have begun, ended or stopped. */
export function deal() {
    const order = [...places].filter(([runs]) => runs.isWilling).sort(compare);
    const next = order[0]?.[0];
    for (const runs of places.keys()) if (runs !== next) runs.wait(true);
    next?.wait(false);
}

/**
 * @param {[Runs, Place]} one
 * @param {[Runs, Place]} other
 */
function compare([runs, { host, isSeen }], [others, other]) {
    if (isSeen !== other.isSeen) return isSeen ? -1 : 1;
    if (isSeen && taken === runs) return -1;
    if (isSeen && taken === others) return 1;
    return host.compareDocumentPosition(other.host) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
