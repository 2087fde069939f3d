// The style sheets of a lesson: of its panel, in the page, and of guesses, in the figure.

import { sheetsFor, sheetsOf } from '../style.js';

const panel = /* css */ `
.lazy-limits-lesson, .lazy-limits-lesson * { box-sizing: border-box; }
.lazy-limits-lesson [hidden] { display: none !important; }
.lazy-limits-lesson {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    margin-block: 0 1rem;
    padding: clamp(0.75rem, 2vw, 1.25rem);
    border: 1px solid var(--line);
    border-inline-start: 5px solid var(--nt);
    border-radius: 6px;
    color: var(--ink);
    background: var(--raised);
    font: 400 1.0625rem / 1.5 var(--lazy-limits-font, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif);
    text-align: start;
    overflow-wrap: break-word;
}
.lazy-limits-lesson :is(h2, h3, p) { margin: 0; font-family: inherit; letter-spacing: 0; text-wrap: pretty; }
.lazy-limits-lesson .head { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; color: var(--muted); font-size: 0.875em; }
.lazy-limits-lesson h2 { font-size: 1em; font-weight: 600; line-height: inherit; }
.lazy-limits-lesson h3 { font-size: 1.25em; font-weight: 700; line-height: 1.25; }
.lazy-limits-lesson .words { display: grid; gap: 0.6rem; max-width: 48rem; }
.lazy-limits-lesson .words:empty { display: none; }
.lazy-limits-lesson b { font-weight: 700; text-decoration: underline 0.17em; text-underline-offset: 0.14em; text-decoration-skip-ink: none; }
.lazy-limits-lesson b.rf { text-decoration-color: var(--rf); }
.lazy-limits-lesson b.nt { text-decoration-color: var(--nt); }
.lazy-limits-lesson b.nn { text-decoration-color: var(--nn); }
.lazy-limits-lesson .goal { display: flex; gap: 0.5rem; max-width: 48rem; font-weight: 600; }
.lazy-limits-lesson .mark { flex: none; width: 1.5em; height: 1.5em; line-height: 1.4em; text-align: center; border: 2px solid var(--muted); border-radius: 50%; }
.lazy-limits-lesson .met .mark { border-color: var(--nn); color: var(--ground); background: var(--ink); }
.lazy-limits-lesson .guess { display: grid; gap: 0.6rem; padding-block-start: 0.75rem; border-block-start: 1px solid var(--line); }
.lazy-limits-lesson .guess > :is(.question, .answer) { max-width: 48rem; font-weight: 600; }
.lazy-limits-lesson .fields { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; }
.lazy-limits-lesson label { display: flex; gap: 0.4rem; align-items: center; }
.lazy-limits-lesson .note { color: var(--muted); font-size: 0.875em; }
.lazy-limits-lesson .line { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.lazy-limits-lesson :is(button, input) {
    min-height: 2.5rem;
    padding: 0.3rem 0.9rem;
    border: 1px solid var(--muted);
    border-radius: 5px;
    font: inherit;
    color: inherit;
    background: var(--ground);
}
.lazy-limits-lesson input { width: 6.5rem; padding-inline: 0.5rem; }
.lazy-limits-lesson button { cursor: pointer; }
.lazy-limits-lesson button:hover:not(:disabled, [aria-disabled="true"]) { border-color: var(--ink); }
.lazy-limits-lesson :is(button:disabled, [aria-disabled="true"]) { color: var(--muted); border-color: var(--line); cursor: default; }
.lazy-limits-lesson .main { font-weight: 600; border-color: var(--ink); }
.lazy-limits-lesson .leave { margin-inline-start: auto; }
.lazy-limits-lesson :is(button, input, [tabindex]):focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
@media (pointer: coarse) { .lazy-limits-lesson :is(button, input) { min-height: 2.75rem; } }
@media print { .lazy-limits-lesson { display: none; } }
`;

/** Of the grid of this site's pages. */
const chapter = /* css */ `
main > .lazy-limits-lesson { grid-column: page; justify-self: center; width: min(76rem, 100% - 2rem); }
@media (min-width: 120rem) { main > .lazy-limits-lesson { width: min(100rem, 100% - 8rem); } }
`;

const guesses = /* css */ `
.guessing { position: absolute; inset: 0; z-index: 1; cursor: crosshair; touch-action: none; outline: 2px dashed var(--muted); outline-offset: -2px; }
.guessing svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.guessing polyline { fill: none; stroke: var(--ink); stroke-width: 2.5; stroke-dasharray: 7 5; }
.guessing .point {
    position: absolute;
    width: 1.75rem;
    height: 1.75rem;
    margin: -0.875rem;
    border: 3px solid var(--ink);
    border-radius: 50%;
    background: var(--ground);
    cursor: ns-resize;
}
.guessing .point::after { content: ""; position: absolute; inset: 0.3rem; border-radius: 50%; background: var(--ink); }
.guessing .open { border-style: dashed; opacity: 0.8; }
.guessing .open::after { display: none; }
.guessing .point:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.guessing.fixed { pointer-events: none; outline: none; }
.guessing.fixed .point { width: 1rem; height: 1rem; margin: -0.5rem; border-width: 2px; background: none; }
.guessing.fixed .point::after { display: none; }
@media (forced-colors: active) { .guessing .point::after { background: CanvasText; forced-color-adjust: none; } }
@media print { .guessing { display: none; } }
`;

const panelSheets = sheetsOf(panel);
const chapterSheets = sheetsOf(chapter);
const guessSheets = sheetsOf(guesses);

/**
 * @param {DocumentOrShadowRoot} root
 * @param {CSSStyleSheet[]} sheets
 */
function adopt(root, sheets) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets.filter((sheet) => !root.adoptedStyleSheets.includes(sheet))];
}

/**
 * Gives a panel of a lesson its looks, and the colours of figures.
 * @param {HTMLElement} element
 */
export function dressPanel(element) {
    adopt(document, panelSheets(document));
    const rules = sheetsFor(document).flatMap(({ cssRules }) => [...cssRules]).filter((rule) => rule instanceof CSSStyleRule);
    const colours = rules.find(({ selectorText }) => selectorText === '.figure')?.style;
    for (const name of colours ?? []) {
        if (name.startsWith('--')) element.style.setProperty(name, colours?.getPropertyValue(name) ?? '');
    }
}

/** Gives panels their place on the pages of this site. */
export function dressChapter() {
    adopt(document, chapterSheets(document));
}

/**
 * Gives guesses their looks.
 * @param {ShadowRoot} root Of the figure.
 */
export function dressGuessing(root) {
    adopt(root, guessSheets(document));
}
