// The style sheet of what is loaded when a figure is taken away.

import { sheetsOf } from '../style.js';

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
    flex-wrap: wrap;
    gap: 0 0.75rem;
    align-items: center;
    padding: 0.6rem 1rem;
    border-block-end: 1px solid var(--line);
    background: var(--ground);
}
.taking .said { flex: 1; margin: 0; text-align: end; overflow-wrap: anywhere; }
.taking .all { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.75rem; padding: 1rem 1rem 1.5rem; }
.taking section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6rem; }
.taking h2, .taking h3 { margin: 0; font-size: 1.15em; line-height: 1.3; }
.taking h2 { white-space: nowrap; }
.taking h3 { font-size: 1em; }
.taking p { margin: 0; }
.taking .line { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.taking .line > select { flex: 1 1 12rem; min-width: 0; }
.taking .line > input { width: 5.5rem; }
.taking .copied { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.3rem 0.5rem; align-items: end; }
.taking .copied label { font-weight: 600; }
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
    field-sizing: content;
    max-height: 14rem;
}
.taking :is(input, textarea):focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.taking .link { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: start; }
.taking .link > :first-child { display: grid; gap: 0.3rem; flex: 1 1 15rem; min-width: 0; }
.taking .code { flex: 0 0 9rem; min-height: 9rem; }
.taking .qr { display: block; width: 9rem; forced-color-adjust: none; }
.taking .files { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; }
.taking .files > span { flex: 1 1 14rem; }
.taking .files > button { justify-content: center; min-width: 3.75rem; }
.taking .check { display: inline-flex; gap: 0.5rem; align-items: center; min-height: 1.75rem; }
.taking [aria-busy] { cursor: progress; opacity: 0.6; }
@media (max-width: 34rem) {
    .taking header { justify-content: space-between; }
    .taking .said { order: 1; flex-basis: 100%; text-align: start; }
    .taking .files > span { flex-basis: 100%; }
    .taking .files > button { flex: 1; min-width: 0; }
}
@media (pointer: coarse) { .taking :is(.copied input, .check) { min-height: 2.75rem; } }
.printed, .address { display: none; }
@media print {
    .taking { display: none; }
    .plot, .map { break-inside: avoid; }
    .plot > canvas { visibility: hidden; }
    .printed { display: block; position: absolute; inset: 0; width: 100%; height: 100%; }
    .address { display: flex; gap: 1rem; align-items: start; break-inside: avoid; }
    .address p { margin: 0; overflow-wrap: anywhere; }
    .address .qr { flex: none; width: 7rem; print-color-adjust: exact; }
}
`;

const sheetsFor = sheetsOf(text);

/**
 * Gives the sheet to a figure.
 * @param {ShadowRoot} root
 */
export function dressTaking(root) {
    const missing = sheetsFor(root.ownerDocument).filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...missing];
}

/**
 * Closes a dialog, and does something when it has given back the focus.
 * @param {HTMLDialogElement} dialog
 * @param {() => void} then
 */
export function closeThen(dialog, then) {
    dialog.addEventListener('close', then, { once: true });
    dialog.close();
}
