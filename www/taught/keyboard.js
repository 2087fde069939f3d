// The keys of a page that is one figure: the sheet that lists them, and those of the projector. Keys that a control in hand has a
// use for stay with it.

import { isUsed } from '../keys.js';
import { SHOWN } from '../session.js';
import { charactersAreKeys } from './shortcuts.js';
import { openSheet } from './key-sheet.js';
import { follow, isStaged, isOwn, leave, toggleFullScreen } from './stage.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/**
 * @param {LazyLimits} figure
 */
export function bindKeys(figure) {
    // Before the figure, which keeps the space bar to itself wherever something can be pressed.
    addEventListener('keydown', (event) => {
        if (event.key === ' ' && isStaged() && isFree(event)) turnRuns(figure, event);
    }, { capture: true });
    document.addEventListener('keydown', (event) => {
        const { key, altKey, ctrlKey, metaKey } = event;
        if (altKey || ctrlKey || metaKey || isUsed(event) || isOpen(figure)) return;
        if (key === 'Escape') {
            // Full screen is left by the browser itself; in a frame, the key leaves the figure unless its reader asked for this.
            if (!isStaged() || document.fullscreenElement || !isOwn()) return;
            leave(figure);
        } else if (key === '?' && charactersAreKeys()) {
            const shown = figure[SHOWN];
            if (shown) openSheet(shown);
        } else if (key === 'f' && charactersAreKeys() && isStaged()) {
            toggleFullScreen();
        } else {
            return;
        }
        event.preventDefault();
    });
    follow(figure);
    addEventListener('hashchange', () => follow(figure));
}

/** Whether something is open over the figure. @param {LazyLimits} figure */
function isOpen(figure) {
    return [document, figure.shadowRoot].some((root) => root?.querySelector('dialog[open]'));
}

/**
 * Whether what has the focus has no use for the space bar: a handle, unlike a button.
 * @param {KeyboardEvent} event
 */
function isFree(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const [target] = event.composedPath();
    return target instanceof Element && (target.matches('input[type="range"]') || !isUsed(event))
        && target.closest('dialog') === null;
}

/**
 * @param {LazyLimits} figure
 * @param {KeyboardEvent} event
 */
function turnRuns(figure, event) {
    event.preventDefault();
    event.stopPropagation();
    const { pause } = figure[SHOWN]?.view.runBar ?? {};
    // One of the two is there.
    if (pause?.hidden === false) figure.pause();
    else figure.start();
}
