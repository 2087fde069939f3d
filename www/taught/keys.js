// What of a page's address is a lesson's, and the keys of the keyboard that turn its steps.

import { TYPED } from '../session.js';
import { charactersAreKeys } from './shortcuts.js';

/** What of the hash says where its reader is: the step, from 1, and what has been guessed. */
export const LESSON_KEYS = /** @type {const} */ (['lesson-step', 'guess']);

/** Where a text has pages of its own, */
const PAGED = 'textarea, [contenteditable]';

/** or characters are typed. */
const WRITTEN = `${TYPED}, [contenteditable]`;

/**
 * By how many steps a key turns, and where it is of use by itself. Remote controls for slides have no other keys than those of pages, so
 * a handle, which a goal leaves in hand, has to do without them while there is a lesson.
 * @type {Record<string, { by: number, but: string }>}
 */
const TURNS = {
    PageDown: { by: 1, but: PAGED },
    PageUp: { by: -1, but: PAGED },
    ']': { by: 1, but: WRITTEN },
    '[': { by: -1, but: WRITTEN },
};

/**
 * By how many steps a key turns a lesson: 0 if it is none of its keys, or is of use to what has the focus.
 * @param {KeyboardEvent} event
 */
export function turned(event) {
    const { key, altKey, ctrlKey, metaKey, isComposing } = event;
    const turn = Object.hasOwn(TURNS, key) ? TURNS[key] : undefined;
    if (!turn || event.defaultPrevented || isComposing || metaKey) return 0;
    if (key.length === 1 && !charactersAreKeys()) return 0;
    // Where a bracket takes the right Alt key, both of these are said to be down.
    if (altKey !== ctrlKey) return 0;
    const path = event.composedPath().filter((target) => target instanceof Element);
    const isOpen = path.some((element) => element.matches('dialog'));
    return isOpen || path[0]?.matches(turn.but) ? 0 : turn.by;
}
