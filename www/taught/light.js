// Words that name a line light it up: while a pointer or the focus is on one, the other lines of its figure are pale. The words are
// `RF`, `NT` and `NN` in the text, by their classes.
//
// Only the three names above the large figure can be focused, and pressed, which keeps the line lit: for who has no pointer, one place
// is enough. Words in running text would each be a stop on the way of whoever goes through the page by Tab, and do nothing that
// these do not. Where such a word stands within what can be focused anyway, it answers to that focus.

import { dress, lookOf } from '../drawing.js';
import { SHOWN } from '../session.js';
import { nameButtons } from './names.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('../session.js').Shown} Shown */

/** The words, and by which property of what is not seen (`.look`, in the figure's style sheet) drawings learn of their colour. */
const LINES = /** @type {const} */ ({ rf: 'borderBottomColor', nt: 'borderLeftColor', nn: 'outlineColor' });

/** @typedef {keyof typeof LINES} Line */

const KEYS = /** @type {Line[]} */ (Object.keys(LINES));
const WORDS = KEYS.map((key) => `.${key}`).join();

/** How much of its colour a line keeps that is not meant, in per cent. */
const PALE = 18;

/** What is lit. @typedef {{ figure: LazyLimits, line: Line }} Lit */

/**
 * Lets the words of the page light up lines.
 * @param {LazyLimits} figure That of words in whose section there is none.
 */
export function letWordsLight(figure) {
    /** The first that there is counts. @type {Record<'pointed' | 'focused' | 'pressed', Lit | undefined>} */
    const wanted = { pointed: undefined, focused: undefined, pressed: undefined };
    /** @type {Lit | undefined} */
    let now;
    let watch = new AbortController();
    const show = (/** @type {keyof typeof wanted} */ by, /** @type {Lit | undefined} */ lit) => {
        wanted[by] = lit;
        const next = wanted.pointed ?? wanted.focused ?? wanted.pressed;
        if (next?.figure === now?.figure && next?.line === now?.line) return;
        watch.abort();
        if (now && now.figure !== next?.figure) light(now.figure, undefined);
        now = next;
        if (!next) return;
        light(next.figure, next.line);
        watch = new AbortController();
        // Other colours are wanted, and are drawn as they are: then these, too, are drawn once more.
        shownBy(next.figure)?.view.look.addEventListener('transitionrun', () => requestAnimationFrame(() => {
            if (now) light(now.figure, now.line);
        }), { signal: watch.signal });
    };
    const lit = (/** @type {Element | null | undefined} */ word) => {
        const line = KEYS.find((key) => word?.classList.contains(key));
        const own = /** @type {LazyLimits | null | undefined} */ (word?.closest('section')?.querySelector('lazy-limits'));
        return line && { figure: own ?? figure, line };
    };
    const at = (/** @type {Event} */ { target }) => /** @type {Element} */ (target);
    document.addEventListener('pointerover', (event) => show('pointed', lit(at(event).closest(WORDS))));
    document.documentElement.addEventListener('pointerleave', () => show('pointed', undefined));
    document.addEventListener('focusin', (event) => {
        const inside = at(event).matches('a, button, summary') ? at(event).querySelector(WORDS) : undefined;
        show('focused', lit(at(event).closest(WORDS) ?? inside));
    });
    document.addEventListener('focusout', () => show('focused', undefined));
    // Paper has all lines, as nobody points at it.
    addEventListener('beforeprint', () => { if (now) light(now.figure, undefined); }, { capture: true });
    addEventListener('afterprint', () => { if (now) light(now.figure, now.line); });
    const buttons = nameButtons();
    for (const button of buttons) {
        button.addEventListener('click', () => {
            // While the bet is open, that has a use for it.
            if (figure.only.includes('none')) return;
            const isPressed = button.getAttribute('aria-pressed') !== 'true';
            for (const one of buttons) one.setAttribute('aria-pressed', String(isPressed && one === button));
            show('pressed', isPressed ? lit(button.closest(WORDS)) : undefined);
        });
    }
}

/** @param {LazyLimits} figure */
function shownBy(figure) {
    return /** @type {Shown | undefined} */ (figure[SHOWN]);
}

/**
 * Draws the other lines of a figure pale, or all as they are: always from what the page wants now, which may have changed. Where
 * a reader has forced colours, they stay.
 * @param {LazyLimits} figure
 * @param {Line | undefined} line
 */
function light(figure, line) {
    const shown = shownBy(figure);
    if (!shown) return;
    const { explorable, draw, view: { look } } = shown;
    const wanted = /** @type {HTMLElement} */ (look.cloneNode());
    look.after(wanted);
    for (const key of KEYS) {
        if (line && key !== line && !matchMedia('(forced-colors: active)').matches) wanted.style[LINES[key]] = `color-mix(in srgb, var(--${key}) ${PALE}%, var(--ground))`;
    }
    dress(explorable, lookOf(wanted));
    wanted.remove();
    draw();
}
