// Where the figure's own files are found by others: what links and codes lead to. Pages that are one file and the package for npm
// have another module in this one's place, as theirs are elsewhere (`single/place.js`, `npm/place.js`).

/** The site that has the page of one figure, `embed.html`; '' where none is known. */
export const HOME = new URL('../', import.meta.url).href;

/** The module that other pages load to have the element; '' where none is known. */
export const MODULE = new URL('./lazy-limits.js', import.meta.url).href;

/** What makes QR codes. */
export const qrCore = () => new URL('./pkg/qr/qr_bg.wasm', import.meta.url);
