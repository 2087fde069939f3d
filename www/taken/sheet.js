// The style sheet of what is loaded when a figure is taken away.

const text = /* css */ `
.taking {
    width: min(46rem, calc(100vw - 1rem));
    max-height: calc(100dvh - 1rem);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 8px;
    color: var(--ink);
    background: var(--ground);
    overflow: auto;
    overscroll-behavior: contain;
}
.taking::backdrop { background: rgb(0 0 0 / 0.5); }
.taking header {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    gap: 1rem;
    align-items: center;
    justify-content: space-between;
    padding: 0.6rem 1rem;
    border-block-end: 1px solid var(--line);
    background: var(--ground);
}
.taking .all { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; padding: 1rem; }
.taking h2, .taking h3 { margin: 0; font-size: 1.1em; line-height: 1.3; }
.taking h3 { font-size: 1em; margin-block-end: 0.4rem; }
.taking p { margin: 0.4rem 0 0; }
.taking .line { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.taking .line + .line, .taking .copied + .copied { margin-block-start: 0.6rem; }
.taking .line > select { flex: 1 1 10rem; }
.taking .copied { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.25rem 0.5rem; align-items: center; }
.taking .copied label { color: var(--muted); }
.taking .copied button { justify-content: center; min-width: 5.5rem; }
.taking .copied :is(input, textarea) {
    grid-column: 1 / -1;
    width: 100%;
    padding: 0.4rem 0.6rem;
    border: 1px solid var(--line);
    border-radius: 5px;
    font: 0.92em / 1.45 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
    color: inherit;
    background: var(--raised);
    resize: vertical;
}
.taking :is(input, textarea):focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.taking .code { margin-block-start: 0.6rem; }
.taking .qr { display: block; width: 11rem; max-width: 100%; forced-color-adjust: none; }
@media (pointer: coarse) { .taking .copied input { min-height: 2.75rem; } }
@media print { .taking { display: none; } }
.address .qr { display: block; width: 6.5rem; margin-block-start: 0.3rem; print-color-adjust: exact; }
`;

/** Those of documents: each needs its own. @type {WeakMap<Document, CSSStyleSheet>} */
const sheets = new WeakMap();

/**
 * Gives the sheet to a figure.
 * @param {ShadowRoot} root
 */
export function dressTaking(root) {
    const { ownerDocument } = root;
    let sheet = sheets.get(ownerDocument);
    if (!sheet) {
        sheet = new (/** @type {Window & typeof globalThis} */ (ownerDocument.defaultView)).CSSStyleSheet();
        sheet.replaceSync(text);
        sheets.set(ownerDocument, sheet);
    }
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
