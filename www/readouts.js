// The numbers at the handle.

/** @typedef {import('./view.js').View} View */
/** @typedef {import('./pkg/lazy_limits.js').Explorable} Explorable */

/** What is trained. @type {Set<string>} */
const TRAINED = new Set(['rf', 'nt', 'nn']);

/** @param {number | null | undefined} value */
function text(value) {
    // A risk of 1e-9 is 0 to the eye; one that grew without bound should not push the table apart.
    if (value === null || value === undefined) return '–';
    return value < 1000 ? value.toFixed(4) : value.toExponential(1);
}

/**
 * @param {Element} element
 * @param {string} value
 */
function write(element, value) {
    // Most stay as they are, and a write costs layout.
    if (element.textContent !== value) element.textContent = value;
}

/**
 * @param {View} view
 * @param {Explorable} explorable
 * @param {(regime: string, neurons: number) => number | null} trained The last reported risk of a run.
 */
export function updateReadouts(view, explorable, trained) {
    const { rho, neurons, dim, limit, exact, trained: found } = explorable.risks();
    for (const { key, limit: output, exact: cell, trained: dot } of view.readouts.cells) {
        write(output, text(limit[key]));
        // Of the best weights only results know the exact risk.
        write(cell, key === 'rfBest' && !found ? '' : text(exact[key]));
        write(dot, TRAINED.has(key) ? text(found ? found[/** @type {'rf' | 'nt' | 'nn'} */ (key)] : trained(key, neurons)) : '');
    }
    write(view.readouts.dim, `exact, d = ${dim}`);
    write(view.rho.width, `N = ${neurons}`);
    const { range, number, isTyped } = view.rho;
    range.value = String(rho);
    if (isTyped) return;
    const shown = String(Number(rho.toPrecision(4)));
    // Not under the cursor of someone whose number reads the same.
    if (Number(number.value) !== Number(shown) || number.validity.badInput) number.value = shown;
}
