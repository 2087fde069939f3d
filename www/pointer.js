// Dragging on the canvases, by mouse, pen or finger.

/** @typedef {import('./parts.js').Explorable} Explorable */

/** How far, in CSS pixels, a handle may be missed: fingers are wide. */
const SLOP = { mouse: 8, pen: 12, touch: 22 };

/** How far a finger moves, in CSS pixels, before it is clear which way it goes. */
const DOUBT = 6;

/**
 * @typedef {object} Drag
 * @property {string} handle
 * @property {number} pointer
 * @property {{ x: number, y: number } | undefined} from Where a finger began that may yet want to scroll the page.
 */

/**
 * Lets the handles of a panel be dragged.
 * @param {object} what
 * @param {AbortSignal} what.signal Until when.
 * @param {string} what.panel
 * @param {HTMLElement} what.surface What is touched; it lies exactly over the canvas.
 * @param {Explorable} what.explorable
 * @param {() => number} what.scale How much larger it is drawn than the core thinks.
 * @param {(move: () => string | undefined, moving: boolean) => void} what.change Carries out a move, which tells the key that it changes.
 * @param {(drag: Drag) => void} [what.grab] Called when a handle is taken.
 */
export function letDrag({ signal, panel, surface, explorable, scale, change, grab }) {
    /** @type {Drag | undefined} */
    let drag;
    /** @type {DOMRect} */
    let box;
    /** Pixels of the screen for each that the core thinks of. */
    let density = 1;

    const measure = () => {
        box = surface.getBoundingClientRect();
        const width = surface.offsetWidth;
        // A page may show it larger or smaller than it is laid out, as slides do; less than a pixel is rounding.
        const shown = Math.abs(box.width - width) < 1 ? 1 : box.width / width;
        density = shown * scale();
    };

    const size = () => /** @type {const} */ ([box.width / density, box.height / density]);

    const find = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ type) =>
        explorable.gripAt(panel, ...size(), x, y, SLOP[/** @type {keyof typeof SLOP} */ (type)] ?? SLOP.mouse);

    /** Whether a handle moves along the page's own direction of scrolling. */
    const isUpright = (/** @type {string | undefined} */ handle) => explorable.grips(panel).some(({ name, upright }) => upright && name === handle);

    const place = (/** @type {{ clientX: number, clientY: number }} */ { clientX, clientY }) =>
        /** @type {const} */ ([(clientX - box.left) / density, (clientY - box.top) / density]);

    const move = (/** @type {Drag} */ { handle }, /** @type {PointerEvent} */ event, /** @type {boolean} */ moving) =>
        change(() => explorable.drag(panel, handle, ...size(), ...place(event)), moving);

    surface.addEventListener('pointerdown', (event) => {
        if (drag || event.button !== 0) return;
        measure();
        const [x, y] = place(event);
        const handle = find(x, y, event.pointerType);
        if (handle === undefined) return;
        const from = event.pointerType === 'touch' && !isUpright(handle) ? { x, y } : undefined;
        drag = { handle, pointer: event.pointerId, from };
        surface.setPointerCapture(event.pointerId);
        surface.classList.add('dragging');
        grab?.(drag);
        if (!from) move(drag, event, true);
    }, { signal });

    surface.addEventListener('pointermove', (event) => {
        if (drag?.pointer === event.pointerId) {
            if (drag.from && isDoubtful(drag.from, ...place(event))) return;
            drag.from = undefined;
            move(drag, event, true);
        } else if (!drag && event.pointerType === 'mouse') {
            measure();
            surface.classList.toggle('grabbable', find(...place(event), 'mouse') !== undefined);
        }
    }, { signal });

    const release = (/** @type {PointerEvent} */ event) => {
        if (drag?.pointer !== event.pointerId) return;
        const ended = drag;
        drag = undefined;
        surface.classList.remove('dragging');
        // A gesture that became a scroll is cancelled where it began.
        if (event.type === 'pointerup') move(ended, event, false);
    };
    surface.addEventListener('pointerup', release, { signal });
    surface.addEventListener('pointercancel', release, { signal });

    // A press would otherwise take the focus away from the control that the handle belongs to.
    surface.addEventListener('mousedown', (event) => {
        if (drag && surface.tabIndex < 0) event.preventDefault();
    });

    if (!explorable.grips(panel).some(({ upright }) => upright)) return;
    // A finger on a handle must not scroll the page.
    surface.addEventListener('touchstart', (event) => {
        const touch = event.changedTouches[0];
        if (event.touches.length !== 1 || !touch) return;
        measure();
        if (isUpright(find(...place(touch), 'touch'))) event.preventDefault();
    }, { passive: false, signal });
}

/**
 * Whether a finger may still go along the page rather than across it.
 * @param {{ x: number, y: number }} from
 * @param {number} x
 * @param {number} y
 */
function isDoubtful(from, x, y) {
    const across = Math.abs(x - from.x);
    return across < DOUBT || across < Math.abs(y - from.y);
}
