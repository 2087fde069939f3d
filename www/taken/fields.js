// What a reader copies, and what happens to copies.

import { freshId, h } from '../dom.js';

/** Milliseconds for which a button says that it has copied. */
const SAID_FOR = 2500;

/**
 * A text to be copied, with its button.
 * @param {string} name What it is called.
 * @param {(sentence: string) => void} say Told what has become of a copy.
 * @param {number} [rows] More than one for a text of several lines.
 */
export function copied(name, say, rows = 1) {
    const id = freshId('copied');
    const field = rows > 1
        ? h('textarea', { id, readonly: true, rows, spellcheck: 'false' })
        : h('input', { id, type: 'text', readonly: true });
    const button = h('button', { type: 'button', 'aria-label': `Copy ${name}` }, 'Copy');
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    field.addEventListener('focus', () => field.select());
    button.addEventListener('click', async () => {
        const isCopied = await copy(field);
        say(isCopied ? `Copied: ${name}.` : `This browser did not copy. ${name} is selected: copy it with the keyboard.`);
        if (!isCopied) return;
        button.textContent = 'Copied';
        clearTimeout(timer);
        timer = setTimeout(() => { button.textContent = 'Copy'; }, SAID_FOR);
    });
    const element = h('div', { class: 'copied' }, h('label', { for: id }, name), button, field);
    return { element, show: (/** @type {string} */ text) => { field.value = text; } };
}

/**
 * Copies what a field holds; false, with all of it selected, where that is not allowed.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
async function copy(field) {
    try {
        await navigator.clipboard.writeText(field.value);
        return true;
    } catch {
        // Not at an address without encryption, nor in a frame that has not been let.
        field.focus();
        return false;
    }
}
