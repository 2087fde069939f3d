// The figure's style sheet, constructed by script: a strict content policy forbids `style` elements and attributes.

const text = /* css */ `
:host {
    display: block;
    container-type: inline-size;
    font: 400 0.875rem / 1.4 var(--lazy-limits-font, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif);
    text-align: start;
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }

:host([theme="light"]) .figure { color-scheme: light; }
:host([theme="dark"]) .figure { color-scheme: dark; }
.figure {
    --ink: var(--lazy-limits-ink, light-dark(#23262d, #d9dce2));
    --muted: var(--lazy-limits-muted, light-dark(#5b626e, #a0a7b3));
    --line: var(--lazy-limits-line, light-dark(#d9dce2, #3a3f49));
    --ground: var(--lazy-limits-ground, light-dark(#fff, #17191e));
    --raised: var(--lazy-limits-raised, light-dark(#f6f7f9, #20232a));
    --focus: var(--lazy-limits-focus, light-dark(#0050b3, #8ac7ff));
    --warn: var(--lazy-limits-warn, light-dark(#fff4e5, #3a2a14));
    --rf: var(--lazy-limits-rf, light-dark(#d55e00, #f08232));
    --nt: var(--lazy-limits-nt, light-dark(#0072b2, #56b4e9));
    --nn: var(--lazy-limits-nn, light-dark(#009e73, #28be91));
    display: grid;
    gap: 1rem;
    color: var(--ink);
    background: var(--ground);
    accent-color: var(--nt);
    font-variant-numeric: tabular-nums;
}
.figure > *, .top > *, .side > * { min-width: 0; }

/* Not seen: drawing.js reads from it what canvases are to look like, and hears of changes by its transitions. */
/* Transparent is what nobody has asked for; mixed, colours of all kinds are written alike. */
.look {
    position: absolute;
    visibility: hidden;
    column-rule-color: light-dark(#fff, #000);
    background: color-mix(in srgb, var(--lazy-limits-ground, transparent), transparent 0%);
    color: color-mix(in srgb, var(--lazy-limits-ink, transparent), transparent 0%);
    border: 0 solid;
    border-color:
        color-mix(in srgb, var(--lazy-limits-line, transparent), transparent 0%) color-mix(in srgb, var(--lazy-limits-bar, transparent), transparent 0%)
        color-mix(in srgb, var(--lazy-limits-rf, transparent), transparent 0%) color-mix(in srgb, var(--lazy-limits-nt, transparent), transparent 0%);
    outline-color: color-mix(in srgb, var(--lazy-limits-nn, transparent), transparent 0%);
}
@media (forced-colors: active) {
    .look {
        forced-color-adjust: none;
        background: color-mix(in srgb, Canvas, transparent 0%);
        color: color-mix(in srgb, CanvasText, transparent 0%);
        border-color: transparent;
        outline-color: transparent;
    }
}
/* While they go on, its own colours are final already. */
.look::before {
    content: "";
    background: inherit;
    border: inherit;
    outline: inherit;
    column-rule: inherit;
    transition: all 1ms;
    transition-behavior: allow-discrete;
}

.notice:not(:empty) {
    display: flex;
    gap: 0.75rem;
    align-items: start;
    padding: 0.5rem 0.75rem;
    border-inline-start: 4px solid var(--rf);
    border-radius: 2px;
    background: var(--warn);
}
.notice div { flex: 1; overflow-wrap: anywhere; }
.notice p { margin: 0; }
.close { border: 0; background: none; font-size: 1.1rem; line-height: 1; min-height: 1.6rem; padding: 0.2rem 0.4rem; }

/* Charts. */
canvas { display: block; width: 100%; }
/* Its size is its own, and its layout nobody else's: canvases get their pixels while sizes are told of, when none may change. */
.plot { position: relative; contain: size layout; }
.plot > canvas { -webkit-user-select: none; user-select: none; -webkit-touch-callout: none; }
.top { display: grid; gap: 1rem; }
/* As large as there is room, whatever their pixels. */
.plot > canvas { position: absolute; inset: 0; height: 100%; }
.main > .plot { height: 20rem; }
.main canvas { touch-action: pan-y; cursor: ew-resize; }
.second .plot { height: 13rem; }
.plot > .handle { pointer-events: none; }
.plot > input[type="range"] {
    position: absolute;
    inset: auto 0 0;
    width: 100%;
    height: 1.5rem;
    margin: 0;
    opacity: 0;
    contain: strict;
    pointer-events: none;
}
.plot:has(> input:focus-visible) > canvas, .widget:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: 2px;
}
.widget { position: absolute; inset: 0; outline: none; touch-action: pan-y; -webkit-user-select: none; user-select: none; }
.widget.grabbable, .widget.dragging { cursor: ns-resize; }

/* Which runs are shown, where there are results too. */
.results { display: none; flex-wrap: wrap; gap: 0.35rem 0.75rem; align-items: center; margin-block-end: 0.6rem; }
.results:is(.laid, .waiting) { display: flex; }
.results.waiting:not(.laid) { visibility: hidden; }
.results p { margin: 0; flex: 1 1 100%; min-height: 4.2em; }
.switch { display: grid; flex: 1; min-width: 0; border: 1px solid var(--line); border-radius: 5px; background: var(--raised); }
.switch label { position: relative; overflow-wrap: anywhere; padding: 0.35rem 0.75rem; border-radius: 4px; color: var(--muted); cursor: pointer; }
.switch label:has(:checked) { background: var(--ground); color: var(--ink); font-weight: 600; box-shadow: 0 0 0 1px var(--muted); }
.switch label:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px; }
.switch input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
.opener { margin: 0; }
.opener button { color: var(--ink); margin-inline-end: 0.4rem; }
.dropping { outline: 3px dashed var(--focus); outline-offset: 4px; }

/* Numbers. */
table { border-collapse: collapse; }
caption { text-align: start; font-weight: 600; padding-block-end: 0.25rem; }
.readouts { width: 100%; }
.readouts th, .readouts td { padding: 0.18rem 0.4rem; text-align: end; border-block-end: 1px solid var(--line); }
.readouts th { font-weight: 400; color: var(--muted); white-space: nowrap; }
.readouts tbody th { text-align: start; color: inherit; padding-inline-start: 0; }
/* Numbers that change in every frame of a drag: their own size is fixed, so that nothing else is laid out anew. */
.readouts :is(output, span.exact, span.trained), .rho .width, .runs .status {
    display: inline-block;
    contain: strict;
    height: 1.4em;
    vertical-align: bottom;
    white-space: nowrap;
}
.rho .width, .runs .status { display: block; }
.readouts :is(output, span.exact, span.trained) { width: 4.2em; }
.readouts output { font-weight: 600; }
.veiled tbody { visibility: hidden; }
.readouts .exact { color: var(--muted); }
.swatch {
    display: inline-block;
    width: 0.7em;
    height: 0.7em;
    margin-inline-end: 0.5em;
    border-radius: 2px;
    background: var(--muted);
    forced-color-adjust: none;
    print-color-adjust: exact;
}
/* The shapes of the dots in the charts. */
.swatch.rf, .swatch.rf-aligned, .swatch.rf-best { background: var(--rf); border-radius: 50%; }
.swatch.rf-aligned, .swatch.rf-best { height: 0.25em; margin-block-end: 0.22em; border-radius: 2px; }
.swatch.nt { background: var(--nt); border-radius: 0; }
.swatch.nn { background: var(--nn); border-radius: 0; rotate: 45deg; scale: 0.9; }
.swatch.lazy { background: var(--muted); border-radius: 0; clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.swatch.bayes, .swatch.any { background: var(--muted); height: 0.15em; margin-block-end: 0.27em; border-radius: 0; }
.swatch.target { display: none; }
.swatch.movement, .swatch.alignment, .swatch.rf-needed, .swatch.any-needed { visibility: hidden; }
.note { color: var(--muted); }

/* Controls. */
button, select, input { font: inherit; color: inherit; }
button, select, input[type="number"] {
    min-height: 2.1rem;
    padding: 0.2rem 0.6rem;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--raised);
}
button { display: inline-flex; gap: 0.4em; align-items: center; cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--muted); }
button:disabled { color: var(--muted); cursor: default; opacity: 0.6; }
button svg { width: 0.85em; height: 0.85em; fill: currentColor; fill-rule: evenodd; }
select { max-width: 100%; }
input[type="number"] { width: 6.5rem; }
input[type="range"] { min-width: 4rem; height: 1.6rem; margin: 0; }
:is(button, select, input, summary, .scroll):focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
@media (pointer: coarse) { .switch label { min-height: 2.75rem; padding-block: 0.75rem; } button, select, input[type="number"], summary { min-height: 2.75rem; } }

.bar { display: flex; flex-wrap: wrap; gap: 0.6rem 1.5rem; align-items: center; justify-content: space-between; }
.rho, .runs, .editor { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.rho label { font-weight: 600; }
.rho .width { color: var(--muted); width: 6em; }
.runs .status { width: 16em; }
:is(.rho, .editor) input { display: block; contain: strict; height: 2.1rem; }
.runs .kind, .runs .trouble:not(:empty) { flex-basis: 100%; }
.runs .trouble::before { content: "⚠\\FE0E "; }
.runs .trouble:empty { display: none; }
.editor p { margin: 0; flex: 1 1 100%; }
.editor .control { flex: 1 1 100%; flex-wrap: wrap; }
.editor label { white-space: nowrap; flex: 0 0 8.2rem; }
.editor input[type="range"] { width: 8rem; }
.editor input[type="number"] { width: 5rem; }

.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14.5rem), 1fr)); gap: 0.75rem 1.5rem; }
.field label { display: block; color: var(--muted); }
.control { display: flex; gap: 0.5rem; align-items: center; }
.control select { flex: 1; min-width: 0; }
.field-spectrum input { width: 5.75rem; }
.field-share input { flex: 1; }
.controls { padding: 1rem; border-radius: 8px; background: var(--raised); }
.controls :is(select, button, input[type="number"]) { background: var(--ground); }
summary { cursor: pointer; color: var(--muted); padding-block: 0.25rem; }
.more { margin-block-start: 0.75rem; }
.more .fields { margin-block-start: 0.5rem; }
.more p { margin: 0.9rem 0 0; }

/* What each regime learns: bars, and below them matrices. */
.learnt { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; }
.learnt > * { min-width: 0; }
.editor, .middle, .legend { grid-column: 1 / -1; }
.middle { height: 30rem; }
.below { display: contents; }
.below p { margin: 0 0 0.4rem; }
.below .plot { height: 26rem; }
.below:has(> :nth-child(2)) .plot { height: 16rem; }
.classes .plot { height: 36rem; }
/* Squares, below each other, as wide as there is room, and rails. */
.arrows .plot { height: calc(3 * min(100cqw, 24rem) + 6rem); }
/* One square. */
.second.arrows .plot { height: calc(min(100cqw, 24rem) + 4rem); }
.held { touch-action: pan-y; }
.held.grabbable, .held.dragging { cursor: pointer; }
/* Matrices in a line, however long what is said above each. */
.map { margin: 0; align-self: end; }
.map figcaption { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: 0.35em; padding-block-end: 0.3rem; }
.map .live { flex: 1 0 100%; }
.map .swatch { margin: 0; }
.square { position: relative; aspect-ratio: 1; border: 1px solid var(--line); }
.square canvas { height: 100%; image-rendering: pixelated; forced-color-adjust: none; }
.square .none { display: none; position: absolute; inset: 0; place-items: center; text-align: center; padding: 0.5rem; color: var(--muted); }
.empty .square canvas { visibility: hidden; }
.empty .none { display: grid; }
.large .map, .large .legend, .without .legend, .without .too-large { display: none; }
.too-large { display: none; grid-column: 1 / -1; margin: 0; }
.large .too-large { display: block; }
.legend { display: flex; gap: 0.5rem; align-items: center; color: var(--muted); }
.legend canvas { width: auto; flex: 0 1 14rem; min-width: 3rem; height: 0.7rem; forced-color-adjust: none; }

/* Tables of what is drawn. */
.tables { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.1rem; }
.scroll { max-height: 20rem; overflow: auto; border: 1px solid var(--line); border-radius: 5px; padding: 0.5rem 0.75rem; }
.scroll th, .scroll td { padding: 0.1rem 0.9rem 0.1rem 0; text-align: end; }

/* Not all of it, or of a given height: one panel after the other, however wide. */
.fitted { gap: 0.5rem 1rem; align-content: start; }
.fitted > .top { display: none; }
.plots { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.plots > section { flex: 1 1 min(100%, 20rem); display: grid; min-width: 0; }
.plots > section > .plot { height: auto; min-height: 16rem; }
/* Charts side by side, or below each other where they are narrow. */
.plots > :is(.middle, .below) > .plot { min-height: 26rem; }
.plots > .middle { flex-basis: 100%; height: auto; }
.plots > .arrows { flex-basis: 100%; }
.plots > .arrows > .plot { min-height: calc(3 * min(100cqw, 24rem) + 6rem); }
.plots > .learnt { display: grid; flex-basis: 100%; }
.high { display: flex; flex-direction: column; align-content: normal; }
.high > .plots { flex: 1; }
.high > .plots > section > .plot { min-height: 9rem; }
.fitted .results p { display: none; }
.fitted .bar:not(:has(> :not([hidden]))) { display: none; }
.fitted .controls { padding: 0.5rem 0.75rem; }
.rho > input[type="range"] { flex: 1 1 6rem; min-width: 0; }
.fitted .rho { flex: 1 1 18rem; flex-wrap: nowrap; min-width: 0; }
.rho label { white-space: nowrap; }

.readouts.line { display: block; }
.readouts.line :is(caption, thead, td:nth-of-type(n + 2)) { display: none; }
.readouts.line tbody { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.readouts.line tr { display: flex; align-items: baseline; }
.readouts.line :is(th, td) { padding: 0; border: 0; }
.readouts.line output { width: 4em; text-align: start; }
.readouts.line th::after { content: "\\00A0"; }

@container (max-width: 22rem) {
    .editor label { flex-basis: 100%; }
    .fitted .rho .width { display: none; }
    .fitted .rho input[type="number"] { width: 5rem; }
    .readouts th { white-space: normal; }
    .readouts th, .readouts td { padding-inline: 0.2rem; }
}
@container (min-width: 34rem) {
    .plots > :is(.middle, .below) > .plot { min-height: 13rem; }
    .plots > .arrows > .plot { min-height: min(100cqw / 3 + 4rem, 32rem); }
    .main > .plot { height: 25rem; }
    .learnt { grid-template-columns: repeat(4, minmax(0, 1fr)); }
    .switch { display: flex; flex: 0 1 auto; }
    .results p { min-height: 2.8em; }
    .middle, .below .plot { height: 13rem; }
    .arrows .plot { height: min(100cqw / 3 + 4rem, 32rem); }
}
@container (min-width: 52rem) {
    /* The table of numbers has the room that it needs, in any font. */
    .top { grid-template-columns: minmax(0, 1.7fr) minmax(min-content, 1fr); }
    .side { display: grid; grid-template: auto minmax(0, 1fr) / minmax(min-content, 1fr); gap: 0.75rem; }
    .main > .plot { height: 28rem; }
    .second, .second .plot { height: 100%; min-height: 13rem; }
    /* A square and its rails want more than curves do. */
    .second.arrows .plot { height: 100%; min-height: 22rem; }
    .top:has(.arrows) .main > .plot { height: 34rem; }
    /* The matrices stand below the bars' own frames, whose margins chart has fixed. */
    .learnt { grid-template-columns: 20% repeat(3, minmax(0, 1fr)); gap: 0.5rem 0; }
    .editor { grid-column: 1; flex-direction: column; align-items: start; padding-inline-end: 1rem; }
    .editor p, .editor .control { flex: none; }
    .editor .control { flex-wrap: wrap; }
    .editor label { flex: 1 0 100%; }
    .middle { grid-column: 2 / -1; height: 16rem; }
    .map:not([data-map="target"]) { padding-inline: calc(40em / 14) calc(8em / 14); }
    .square { max-width: calc(20cqw - 1rem); }
    .legend { grid-column: 1; padding-inline-end: 1rem; }
    /* Several, side by side, however long what is said above each. */
    .below:has(> :nth-child(2)) { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; align-items: end; }
}
@container (min-width: 80rem) {
    .main > .plot { height: 34rem; }
    .results p { min-height: 1.4em; }
    .middle { height: 19rem; }
}
@media (forced-colors: active) {
    .switch label:has(:checked) { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
@media print {
    .runs, .controls, .tables, .editor, .notice, .opener { display: none; }
    .readouts { break-inside: avoid; }
}
`;

/**
 * Style sheets of a text, one for each document: each needs its own. None where a document is not shown.
 * @param {string} text
 * @returns {(document: Document) => CSSStyleSheet[]}
 */
export function sheetsOf(text) {
    /** @type {WeakMap<Document, CSSStyleSheet>} */
    const sheets = new WeakMap();
    return (document) => {
        const window = document.defaultView;
        if (!window) return [];
        let sheet = sheets.get(document);
        if (!sheet) {
            sheet = new window.CSSStyleSheet();
            sheet.replaceSync(text);
            sheets.set(document, sheet);
        }
        return [sheet];
    };
}

/** That of the figure. */
export const sheetsFor = sheetsOf(text);
