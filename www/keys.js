// Which keys a control has a use for. They stay in the figure, whatever the page around makes of keys: slides are turned by arrows,
// and paused by a full stop.

/** Keys that turn pages and slides. */
export const TURNING = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']);

/** Controls that use such keys. */
const MOVED = 'input:not([type="checkbox"], [type="button"], [type="file"]), select, textarea';

/** Controls into which characters are typed. */
export const TYPED = 'input:not([type="checkbox"], [type="button"], [type="file"], [type="range"]), select, textarea';

/** Controls that are pressed. */
const PRESSED = 'button, summary, a, select, input, textarea';

/**
 * Whether a control that has the focus, or something around it that scrolls, has a use for a key, or has used it.
 * @param {KeyboardEvent} event On its way, at the figure or beyond.
 */
export function isUsed(event) {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (event.defaultPrevented || event.isComposing) return true;
    if (altKey || ctrlKey || metaKey) return false; // the browser's own
    const [target] = event.composedPath();
    const isIn = (/** @type {string} */ controls) => target instanceof Element && target.matches(controls);
    if (TURNING.has(key) || key === 'Home' || key === 'End') return isIn(MOVED) || isScrolled(event);
    if (key === ' ' || key === 'Enter') return isIn(PRESSED);
    return key.length === 1 && isIn(TYPED);
}

/** Whether a key scrolls something around what has the focus. @param {KeyboardEvent} event */
function isScrolled(event) {
    const isAcross = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    return event.composedPath().some((element) => {
        if (!(element instanceof Element)) return false;
        const overflow = isAcross
            ? element.scrollWidth - element.clientWidth
            : element.scrollHeight - element.clientHeight;
        return overflow > 1 && scrolls(element, isAcross);
    });
}

/**
 * Whether what is too large for an element can be scrolled.
 * @param {Element} element
 * @param {boolean} isAcross
 */
function scrolls(element, isAcross) {
    if (element === element.ownerDocument.scrollingElement) return true;
    const { overflowX, overflowY } = getComputedStyle(element);
    return ['auto', 'scroll'].includes(isAcross ? overflowX : overflowY);
}
