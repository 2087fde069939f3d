// The style sheets of the projector and of the sheet of keys, loaded when they are asked for.

import { sheetsOf } from '../style.js';

/**
 * Of the page on a projector. The smallest words of a chart are 12/14 of the figure's text, which is 7/8 of the page's: 20 points, which
 * are 26.7 pixels, take 35.6.
 */
const page = sheetsOf(/* css */ `
:root[data-display="projector"] { font-size: max(36px, 2.25rem, 1.85vw); scroll-padding-block: 5rem 1rem; }
[data-display] main { display: block; max-width: none; padding: 0.25rem 0.5rem; }
[data-display] main lazy-limits { justify-self: stretch; width: auto; min-height: 0; margin: 0; }
[data-offstage] { display: none !important; }
.stage {
    position: sticky;
    z-index: 2;
    inset-block-start: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 0.6rem;
    align-items: center;
    padding: 0.15rem 4px;
    color: light-dark(#23262d, #d9dce2);
    background: light-dark(#fff, #17191e);
    font: 1rem / 1.3 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
.stage p { margin: 0; }
.stage .change { flex: 1 1 11rem; min-height: 1.3em; font-weight: 600; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.stage .told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.stage .buttons { display: flex; flex-wrap: wrap; gap: 0.3rem; }
.stage .trouble { flex-basis: 100%; }
.stage .trouble:empty { display: none; }
.stage button {
    min-height: 1.6rem;
    padding: 0.1rem 0.45rem;
    border: 1px solid light-dark(#d9dce2, #3a3f49);
    border-radius: 5px;
    color: inherit;
    background: light-dark(#f6f7f9, #20232a);
    font: inherit;
    font-size: 0.875rem;
    cursor: pointer;
}
.stage button[aria-pressed="true"] { border-color: currentColor; font-weight: 600; }
.stage button:focus-visible { outline: 3px solid light-dark(#0050b3, #8ac7ff); outline-offset: 1px; }
@media (max-height: 34rem) { .stage { position: static; } }
/* A lesson stands beside its figure, both in sight at once, where there is room for lines of some words. */
[data-display] .lazy-limits-lesson { width: auto; margin: 0; padding: 0.4rem; gap: 0.4rem; font-size: 0.75rem; line-height: 1.35; }
[data-display] .lazy-limits-lesson :is(.head, .note) { font-size: 1em; }
[data-display] .lazy-limits-lesson h2 { display: none; }
[data-display] .lazy-limits-lesson .fields { gap: 0.2rem 0.5rem; }
[data-display] .lazy-limits-lesson .guess { gap: 0.3rem; padding-block-start: 0.3rem; }
[data-display] .lazy-limits-lesson > .line { position: sticky; inset-block-end: 0; padding-block: 0.2rem; background: var(--raised); }
[data-display] .lazy-limits-lesson :is(button, input) { min-height: 1.5rem; padding: 0.1rem 0.4rem; }
@media (min-width: 60rem) {
    [data-display] main:has(> .lazy-limits-lesson) { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 0 0.5rem; align-items: start; }
    [data-display] main > .stage { grid-column: 1 / -1; order: -1; }
    [data-display] main > :is(.lazy-limits-lesson, lazy-limits) { grid-column: auto; }
    [data-display] main > .lazy-limits-lesson { position: sticky; inset-block-start: 2.3rem; max-height: calc(100vh - 2.5rem); overflow: auto; }
}
@media print { .stage { display: none; } }
`);

/** Of the figure on a projector: the large picture, the numbers and the bar fill the window, if there is one; the rest is below. */
const figure = sheetsOf(/* css */ `
.figure { gap: 0.5rem; }
.top, .side { display: contents; }
.main { order: -3; display: flex; flex-direction: column; min-height: var(--stage-height, 0); }
.main > .plot { flex: 1; height: auto; min-height: 8rem; }
.main > .results { margin-block-end: 0.3rem; }
.results p { display: none; }
.switch { display: flex; flex: 0 1 auto; }
.switch label { padding: 0.15rem 0.5rem; }
button, select, input[type="number"] { min-height: 1.7rem; padding: 0.1rem 0.4rem; }
:is(.rho, .editor) input { height: 1.7rem; }
.rho input[type="number"] { width: 4.5rem; }
.readouts { order: -2; display: block; }
.readouts :is(caption, thead, td:nth-of-type(n + 2)) { display: none; }
.readouts tbody { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.readouts tr { display: flex; align-items: baseline; }
.readouts tr:has(output:empty) { display: none; }
.readouts :is(th, td) { padding: 0; border: 0; }
.readouts output { width: 4em; text-align: start; }
.readouts th::after { content: "\\00A0"; }
.notice { order: -4; }
.bar { order: -1; gap: 0.3rem 0.75rem; }
.runs { gap: 0.3rem; }
.runs .status { width: 13em; }
@container (max-width: 42rem) { .runs > :has(> .status) { display: none; } }
/* Charts stand below each other rather than beside each other with smaller words: narrower than 34rem, see \`Frame::in_row\`. */
@container (min-width: 34rem) and (max-width: 42rem) {
    .middle, .below .arrows .plot, .plots > :is(.middle, .arrows) > .plot { max-width: 33.9rem; }
    .middle { height: 30rem; }
    .below .arrows .plot, .plots > .arrows > .plot { height: calc(3 * min(100cqw, 24rem) + 6rem); }
    .plots > .middle > .plot { min-height: 30rem; }
}
@container (min-width: 34rem) {
    .below .classes .plot, .plots > .classes > .plot { max-width: 33.9rem; height: 36rem; }
}
.fitted > .plots { min-height: var(--stage-height, 0); }
.fitted > .plots > section > .plot { min-height: 9rem; }
/* Three copies of the bars, below each other where the figure shares the window with a lesson. */
@container (max-width: 34rem) { .fitted > .plots > .middle > .plot { min-height: 18rem; } }
@container (min-width: 42rem) {
    .top { display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1.7fr) minmax(min-content, 1fr); order: -3; min-height: var(--stage-height, 0); }
    .main { min-height: 0; }
    .side { display: grid; grid-template: auto minmax(0, 1fr) / minmax(min-content, 1fr); gap: 0.5rem; }
    .readouts:not(.line) { display: table; }
    .readouts:not(.line) caption { display: table-caption; }
    .readouts:not(.line) thead { display: table-header-group; }
    .readouts:not(.line) tbody { display: table-row-group; }
    .readouts:not(.line) tr { display: table-row; }
    .readouts:not(.line) :is(th, td):nth-of-type(n) { display: table-cell; padding: 0.1rem 0.25rem; border-block-end: 1px solid var(--line); }
    .readouts:not(.line) output { width: 4em; text-align: end; }
    .readouts:not(.line) :is(span.exact, span.trained) { width: 3.7em; }
    .readouts:not(.line) th::after { content: none; }
    .second .plot, .second.arrows .plot { height: 100%; min-height: 7rem; }
    .top:has(.arrows) .main > .plot { height: auto; }
    .second { height: 100%; }
    /* Their axes have long names. */
    .below:has(> :nth-child(2)) { grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); }
    /* Its rails have sixteen numbers. */
    .top:has(.arrows) { grid-template-columns: minmax(0, 1.2fr) minmax(22.6rem, 1fr); }
}
`);

/** Of the sheet of keys. */
const keys = sheetsOf(/* css */ `
.keys h3 + table { min-width: 0; }
.keys table { display: block; }
.keys tbody { display: grid; grid-template-columns: minmax(5rem, 12em) minmax(0, 1fr); gap: 0.35rem 1rem; align-items: baseline; }
.keys tr { display: contents; }
.keys th { font-weight: 400; text-align: start; }
.keys :is(th, td) { padding: 0; overflow-wrap: anywhere; }
.keys kbd {
    display: inline-block;
    min-width: 1.7em;
    padding: 0.05em 0.4em;
    border: 1px solid var(--muted);
    border-radius: 4px;
    background: var(--raised);
    font: inherit;
    text-align: center;
}
.keys input { width: 1.15em; height: 1.15em; }
`);

/**
 * Gives the sheet of keys its look.
 * @param {ShadowRoot} root
 */
export function dressSheet(root) {
    put(root, keys(root.ownerDocument));
}

/**
 * Gives a page and its figure the look of the projector, or takes it away.
 * @param {ShadowRoot} root Of the figure.
 * @param {boolean} is
 */
export function dressStage(root, is) {
    const document = root.ownerDocument;
    for (const [where, sheets] of /** @type {const} */ ([[document, page(document)], [root, figure(document)]])) {
        if (is) put(where, sheets);
        else where.adoptedStyleSheets = where.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
    }
}

/**
 * @param {DocumentOrShadowRoot} where
 * @param {CSSStyleSheet[]} sheets
 */
function put(where, sheets) {
    const missing = sheets.filter((sheet) => !where.adoptedStyleSheets.includes(sheet));
    where.adoptedStyleSheets = [...where.adoptedStyleSheets, ...missing];
}
