// How a single file holds what is not text for its reader: each in a `script` of its own, which HTML leaves as it is.

/** By what each is known. */
export const ID = {
    core: 'lazy-limits-core',
    qr: 'lazy-limits-qr',
    worker: 'lazy-limits-worker',
    results: 'lazy-limits-results',
    lesson: 'lazy-limits-lesson',
    page: 'lazy-limits-page',
    /** The figure itself, as the article knows it. */
    figure: 'figure',
    /** What is said of the file. */
    saved: 'lazy-limits-saved',
};

/** @typedef {'core' | 'qr' | 'worker' | 'results' | 'lesson' | 'page'} Held */

/** What is kept as JSON: a text that may have anything in it. @param {Held} what */
const isText = (what) => what === 'worker' || what === 'results' || what === 'lesson';

/**
 * An element that holds a text: base64 of a wasm file, the page's own script, and anything else as JSON.
 * @param {Held} what
 * @param {string} text
 * @param {string} [part] Whose it is.
 */
export function encode(what, text, part) {
    const of = part === undefined ? '' : ` data-part="${part}"`;
    // A script may neither end here nor begin a comment. In the strings of a program, which alone have such things, an escape
    // is the same.
    const held = isText(what)
        ? JSON.stringify(text).replaceAll('<', '\\u003c')
        : text.replace(/<(?=\/script|!--)/gi, '\\x3c');
    const type = what === 'page' ? '' : isText(what) ? ' type="application/json"' : ' type="text/plain"';
    return `<script${type} id="${ID[what]}"${of}>${held}</script>`;
}

/**
 * What {@link encode} was given, or for the page's script what means the same.
 * @param {Held} what
 * @param {string} held
 * @returns {string}
 */
export function decode(what, held) {
    return isText(what) ? JSON.parse(held) : held;
}

/** @param {Uint8Array} bytes */
export function encodeBytes(bytes) {
    let text = '';
    // A call takes only so many arguments.
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
}

/** @param {string} base64 */
export function decodeBytes(base64) {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
