// The grips of a panel that has several, as one widget: focus, arrow keys, and a range and number pair for the grip in hand.

/** @typedef {import('./view.js').View} View */
/** @typedef {import('./parts.js').Explorable} Explorable */
/** @typedef {ReturnType<Explorable['grips']>[number]} Grip */

/** How much a page key changes a grip. */
const COARSE = 1.5;

/**
 * Where a key that grows or shrinks moves a grip, in steps that look alike on a logarithmic axis.
 * @param {Grip} grip
 * @param {number} factor
 */
function grown({ value, min, max, least }, factor) {
    // One brought down to nothing has to come up again.
    return Math.min(Math.max(Math.max(value, factor > 1 ? least : min) * factor, min), max);
}

/**
 * Where a key moves a grip; undefined for any other key.
 * @param {string} key
 * @param {Grip} grip
 */
export function moved(key, grip) {
    /** @type {Record<string, number>} */
    const factors = { ArrowUp: grip.fine, ArrowDown: 1 / grip.fine, PageUp: COARSE, PageDown: 1 / COARSE };
    const factor = factors[key];
    return factor === undefined ? undefined : grown(grip, factor);
}

export class Editor {
    #index = 0;
    #view;
    #panel;
    #explorable;
    #change;

    /**
     * @param {View} view
     * @param {string} panel
     * @param {Explorable} explorable
     * @param {(change: () => string | undefined, moving: boolean) => boolean} change Does something to a grip, which tells the
     *     key that it changes.
     */
    constructor(view, panel, explorable, change) {
        this.#view = view;
        this.#panel = panel;
        this.#explorable = explorable;
        this.#change = change;
        const { editor: { widget, range, number, plain }, life: { signal } } = view;
        widget.addEventListener('focus', () => this.pick(this.#index), { signal });
        widget.addEventListener('blur', () => explorable.focus(undefined), { signal });
        widget.addEventListener('keydown', (event) => this.#press(event), { signal });
        range.addEventListener('input', () => this.#set(range.valueAsNumber, true), { signal });
        range.addEventListener('change', () => this.#set(range.valueAsNumber, false), { signal });
        number.addEventListener('change', () => {
            if (!this.#set(number.valueAsNumber, false)) this.show();
        }, { signal });
        plain.addEventListener('click', () => change(() => explorable.release(panel), false), { signal });
    }

    /**
     * Takes a grip in hand.
     * @param {number} index
     */
    pick(index) {
        const grips = this.#explorable.grips(this.#panel);
        this.#index = Math.min(Math.max(index, 0), grips.length - 1);
        this.#explorable.focus(grips[this.#index]?.name);
        this.show();
    }

    /**
     * Takes that of a name in hand.
     * @param {string} name
     */
    take(name) {
        this.pick(this.#explorable.grips(this.#panel).findIndex((grip) => grip.name === name));
    }

    /** Shows the grip in hand. */
    show() {
        const grips = this.#explorable.grips(this.#panel);
        this.#index = Math.min(this.#index, grips.length - 1);
        const grip = grips[this.#index];
        if (!grip) return;
        const { widget, label, range, number, plain } = this.#view.editor;
        if (label.textContent !== grip.label) label.textContent = grip.label;
        range.value = String(grip.value);
        const shown = String(Number(grip.value.toPrecision(4)));
        if (number.value !== shown) number.value = shown;
        number.setAttribute('aria-label', `${grip.label}, factor`);
        plain.disabled = this.#explorable.isReleased(this.#panel);
        widget.setAttribute('aria-valuenow', String(grip.value));
        widget.setAttribute('aria-valuetext', grip.text);
    }

    /**
     * @param {number} value
     * @param {boolean} moving
     */
    #set(value, moving) {
        const name = this.#explorable.grips(this.#panel)[this.#index]?.name ?? '';
        return this.#change(() => this.#explorable.turn(this.#panel, name, value), moving);
    }

    /** @param {KeyboardEvent} event */
    #press(event) {
        const grips = this.#explorable.grips(this.#panel);
        const grip = grips[this.#index];
        /** @type {Record<string, number>} */
        const picks = { ArrowLeft: this.#index - 1, ArrowRight: this.#index + 1, Home: 0, End: grips.length - 1 };
        if (!grip || event.altKey || event.ctrlKey || event.metaKey) return;
        const pick = picks[event.key];
        const value = moved(event.key, grip);
        if (pick === undefined && value === undefined) return;
        event.preventDefault();
        if (pick !== undefined) this.pick(pick);
        else if (value !== undefined) this.#set(value, false);
    }
}
