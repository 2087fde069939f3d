// The bet that a reader may place before the lines of the large figure are drawn: which of the three wins, and by how much. An
// article asks for it once the figure stands, and hides the lines until then.

import { nameButtons } from './names.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/**
 * What a reader has guessed.
 * @typedef {object} Guess
 * @property {string} [regime] Which one leaves the least, as its key; undefined if none has been chosen.
 * @property {number} left The share of the risk that it leaves, in per cent.
 */

/**
 * Offers the bet. Whatever else a reader does than betting ends it too.
 * @param {LazyLimits} figure Whose lines are not drawn.
 * @param {() => void} over Called when the bet is over, and the lines are there.
 */
export function offerBet(figure, over) {
    const form = /** @type {HTMLFormElement} */ (document.querySelector('.bet form'));
    const buttons = nameButtons();
    const [left, shown, , skip] = /** @type {any} */ (form.elements);
    const end = new AbortController();
    const { signal } = end;
    /** @type {string | undefined} */
    let regime;
    const press = (/** @type {Element | undefined} */ button) => {
        for (const one of buttons) one.setAttribute('aria-pressed', String(one === button));
    };
    /** @param {Guess} [guess] */
    const close = (guess) => {
        if (signal.aborted) return;
        end.abort();
        seen.disconnect();
        const isFocused = form.contains(document.activeElement);
        form.hidden = true;
        press(undefined);
        figure.only = '';
        over();
        if (guess) import('./outcome.js').then(({ tell }) => tell(figure, guess, isFocused)).catch(() => {});
    };
    const on = (/** @type {EventTarget} */ target, /** @type {string} */ type, /** @type {(event: Event) => void} */ act) =>
        target.addEventListener(type, act, { signal });
    for (const button of buttons) {
        on(button, 'click', () => {
            regime = button.parentElement?.className;
            press(button);
        });
    }
    on(left, 'input', () => { shown.value = `${left.value} %`; });
    on(form, 'submit', (event) => {
        event.preventDefault();
        close({ regime, left: left.valueAsNumber });
    });
    on(skip, 'click', () => close({ left: 0 }));
    // Another address, a hand on the figure or its keys, paper, …
    for (const type of ['hashchange', 'beforeprint']) on(window, type, () => close());
    for (const type of ['pointerdown', 'focusin', 'change']) on(figure, type, () => close());
    // … or reading on: its top is above that of the window.
    const seen = new IntersectionObserver((entries) => {
        if (entries.some(({ boundingClientRect }) => boundingClientRect.top < 0)) close();
    }, { threshold: [0, 1] });
    seen.observe(form);
    form.hidden = false;
    // The same, before this was there.
    if (location.hash) close();
}
