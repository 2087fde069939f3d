// The numbers at the handle.

/** @typedef {import('./view.js').View} View */
/** @typedef {import('./parts.js').Explorable} Explorable */

/** @typedef {ReturnType<typeof import('./view.js').placeReadings>} Cells */

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
 * @param {Cells} cells
 * @param {Explorable} explorable
 */
export function updateReadouts(view, cells, explorable) {
    const { at, place, limit: name, meaning, exact: exactly, lines } = explorable.readings();
    for (const { key, limit, exact, trained } of lines) {
        const cell = cells.get(key);
        if (!cell) continue;
        write(cell.limit, limit);
        write(cell.exact, exact);
        write(cell.trained, trained);
    }
    write(view.readouts.limit, name);
    view.readouts.limit.title = meaning;
    write(view.readouts.dim, `exact, ${exactly}`);
    write(view.rho.width, place);
    const { range, slider, number, isTyped } = view.rho;
    range.value = String(at);
    slider.value = String(Math.log(at));
    if (isTyped) return;
    const shown = String(Number(at.toPrecision(4)));
    // Not under the cursor of someone whose number reads the same.
    if (Number(number.value) !== Number(shown) || number.validity.badInput) number.value = shown;
}
