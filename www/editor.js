// The bars of the spectrum as one widget: focus, arrow keys, and a range and number pair for the group in hand.

/** @typedef {import('./view.js').View} View */
/** @typedef {import('./pkg/lazy_limits.js').Explorable} Explorable */

/** How much an arrow key, and a page key, changes a group. */
const FINE = 1.05;
const COARSE = 1.5;

/** A group brought down to nothing has to come up again. */
const LEAST = 0.01;
const MOST = 100;

export class Editor {
    #index = 0;
    #view;
    #explorable;
    #change;

    /**
     * @param {View} view
     * @param {Explorable} explorable
     * @param {(change: () => void, moving: boolean) => boolean} change Does something to the spectrum.
     */
    constructor(view, explorable, change) {
        this.#view = view;
        this.#explorable = explorable;
        this.#change = change;
        const { widget, range, number, plain } = view.editor;
        widget.addEventListener('focus', () => this.pick(this.#index));
        widget.addEventListener('blur', () => explorable.focusGroup(undefined));
        widget.addEventListener('keydown', (event) => this.#press(event));
        range.addEventListener('input', () => this.#set(range.valueAsNumber, true));
        range.addEventListener('change', () => this.#set(range.valueAsNumber, false));
        number.addEventListener('change', () => {
            if (!this.#set(number.valueAsNumber, false)) this.show();
        });
        plain.addEventListener('click', () => change(() => explorable.set('multipliers', ''), false));
    }

    /**
     * Takes a group in hand.
     * @param {number} index
     */
    pick(index) {
        const { count } = this.#explorable.groups();
        this.#index = Math.min(Math.max(index, 0), count - 1);
        this.#explorable.focusGroup(this.#index);
        this.show();
    }

    /** Shows the group in hand. */
    show() {
        const { count, multipliers, values } = this.#explorable.groups();
        const { widget, label, range, number, plain } = this.#view.editor;
        this.#index = Math.min(this.#index, count - 1);
        const factor = multipliers[this.#index] ?? 1;
        const name = `Group ${this.#index + 1} of ${count}`;
        if (label.textContent !== name) label.textContent = name;
        range.value = String(factor);
        const shown = String(Number(factor.toPrecision(4)));
        if (number.value !== shown) number.value = shown;
        number.setAttribute('aria-label', `${name}, factor`);
        plain.disabled = multipliers.every((one) => one === 1);
        const mean = (values[this.#index] ?? 0).toPrecision(3);
        widget.setAttribute('aria-valuenow', String(factor));
        widget.setAttribute('aria-valuetext', `${name.toLowerCase()}: factor ${shown}, mean eigenvalue ${mean}`);
    }

    /**
     * @param {number} factor
     * @param {boolean} moving
     */
    #set(factor, moving) {
        return this.#change(() => this.#explorable.setMultiplier(this.#index, factor), moving);
    }

    /** @param {KeyboardEvent} event */
    #press(event) {
        const { count, multipliers } = this.#explorable.groups();
        const now = multipliers[this.#index] ?? 1;
        const grow = (/** @type {number} */ by) =>
            Math.min(Math.max(now, by > 1 ? LEAST : 0) * by, MOST);
        /** @type {Record<string, () => void>} */
        const keys = {
            ArrowLeft: () => this.pick(this.#index - 1),
            ArrowRight: () => this.pick(this.#index + 1),
            Home: () => this.pick(0),
            End: () => this.pick(count - 1),
            ArrowUp: () => this.#set(grow(FINE), false),
            ArrowDown: () => this.#set(grow(1 / FINE), false),
            PageUp: () => this.#set(grow(COARSE), false),
            PageDown: () => this.#set(grow(1 / COARSE), false),
        };
        const act = keys[event.key];
        if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        act();
    }
}
