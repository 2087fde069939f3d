// Texts of a lesson as they are shown: paragraphs, emphasis between asterisks, and the names of the three regimes in their colours.
// They are never read as HTML.

import { h } from '../dom.js';

/** What stands out of a paragraph. */
const PIECES = /(\*[^*\n]+\*|\b(?:RF|NT|NN)\b)/;

/** @param {string} text */
export function paragraphs(text) {
    return text.split(/\n\s*\n/).filter((part) => part.trim() !== '').map((part) => h('p', {}, ...inline(part)));
}

/**
 * A text within a line.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function inline(text) {
    // What is found stands at odd places.
    return text.split(PIECES).map((piece, index) => {
        if (index % 2 === 0) return piece;
        return piece.startsWith('*') ? h('em', {}, ...inline(piece.slice(1, -1))) : h('b', { class: piece.toLowerCase() }, piece);
    });
}
