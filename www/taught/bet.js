// The bet that a reader may place before the lines of the large figure are drawn: which of the three wins, and by how much. Part
// of the first view; what is said when it is over is loaded then.

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/**
 * What a reader has guessed.
 * @typedef {object} Guess
 * @property {string} [regime] Which one leaves the least, as its key; undefined if none has been chosen.
 * @property {number} left The share of the risk that it leaves, in per cent.
 */

/** By this the visit's storage knows that the bet is over. */
const OVER = 'lazy-limits bet';

/**
 * Makes buttons of the names of the three, and offers the bet, but not to who comes for a state or a lesson, nor twice in a visit.
 * Whatever else a reader does than betting ends it too, and so does a figure that cannot be drawn.
 * @param {LazyLimits} figure
 */
export function offerBet(figure) {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector('.bet form'));
    if (!form) return;
    const buttons = [...document.querySelectorAll('.regimes span')].map((name) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.append(...name.childNodes);
        name.replaceWith(button);
        return button;
    });
    if (location.hash || new URLSearchParams(location.search).has('lesson') || stored((storage) => storage.getItem(OVER))) return;

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
        stored((storage) => storage.setItem(OVER, 'yes'));
        if (guess) figure.ready.then(() => import('./outcome.js')).then(({ tell }) => tell(figure, guess, isFocused)).catch(() => {});
    };
    const on = (/** @type {EventTarget} */ target, /** @type {string} */ type, /** @type {(event: Event) => void} */ act) =>
        target.addEventListener(type, act, { signal });
    for (const button of buttons) {
        on(button, 'click', () => {
            regime = button.parentElement?.className;
            press(button);
        });
    }
    press(undefined);
    on(left, 'input', () => { shown.value = `${left.value} %`; });
    on(form, 'submit', (event) => {
        event.preventDefault();
        close({ regime, left: left.valueAsNumber });
    });
    on(skip, 'click', () => close({ left: 0 }));
    // Another address, a hand on the figure or its keys, paper, …
    for (const type of ['hashchange', 'beforeprint']) on(window, type, () => close());
    for (const type of ['pointerdown', 'focusin', 'change']) on(figure, type, () => close());
    figure.ready.catch(() => close());
    // … or reading on: its top is above that of the window.
    const seen = new IntersectionObserver((entries) => {
        if (entries.some(({ boundingClientRect }) => boundingClientRect.top < 0)) close();
    }, { threshold: [0, 1] });
    seen.observe(form);
    figure.only = 'none';
    form.hidden = false;
}

/**
 * What a visit's storage has to say, if there is any.
 * @template Found
 * @param {(storage: Storage) => Found} act
 */
function stored(act) {
    try {
        return act(sessionStorage);
    } catch {
        return undefined; // refused
    }
}
