// The grips of a panel that stands beside others, each with a range of its own for the keyboard. What is seen
// and what a pointer takes hold of is drawn.

import { h } from './dom.js';
import { letDrag } from './pointer.js';

/** @typedef {import('./parts.js').Explorable} Explorable */
/** @typedef {ReturnType<Explorable['grips']>[number]} Grip */

export class Rails {
    /** By the names of the grips. @type {Map<string, HTMLInputElement>} */
    #ranges = new Map();
    #panel;
    #explorable;

    /**
     * @param {AbortSignal} signal Until when.
     * @param {string} panel
     * @param {import('./view.js').Canvases} canvases Of the panel.
     * @param {Explorable} explorable
     * @param {() => number} scale How much larger it is drawn than the core thinks.
     * @param {(act: () => string | undefined, moving: boolean) => void} change Does something to a grip, which tells the key that
     *     it changes.
     * @param {() => void} look Draws the panel anew: another grip has the keyboard.
     */
    constructor(signal, panel, { plot, canvas }, explorable, scale, change, look) {
        this.#panel = panel;
        this.#explorable = explorable;
        for (const { name, whole } of explorable.grips(panel)) {
            const range = h('input', { type: 'range', step: whole ? 1 : 'any' });
            this.#ranges.set(name, range);
            for (const event of ['input', 'change']) {
                range.addEventListener(event,
                    () => change(() => explorable.turn(panel, name, range.valueAsNumber), event === 'input'), { signal });
            }
            const take = (/** @type {string | undefined} */ grip) => {
                explorable.focus(grip);
                look();
            };
            range.addEventListener('focus', () => take(name), { signal });
            range.addEventListener('blur', () => take(undefined), { signal });
        }
        plot.append(...this.#ranges.values());
        canvas.classList.add('held');
        letDrag({
            signal,
            panel,
            surface: canvas,
            explorable,
            scale,
            change,
            grab: ({ handle }) => this.#ranges.get(handle)?.focus({ preventScroll: true }),
        });
        canvas.addEventListener('dblclick', () => change(() => explorable.release(panel), false), { signal });
        this.show();
    }

    /** Shows where the grips stand. */
    show() {
        for (const { name, label, min, max, value, text } of this.#explorable.grips(this.#panel)) {
            const range = this.#ranges.get(name);
            if (!range) continue;
            // The ends first: a value beyond them would be another.
            Object.assign(range, { min, max, value });
            range.setAttribute('aria-label', label);
            range.setAttribute('aria-valuetext', text);
        }
    }
}
