// What the canvases show, as tables: made when opened, kept up to date while open.

import { h } from './dom.js';

/** @typedef {import('./view.js').PanelSheet} PanelSheet */
/** @typedef {import('./parts.js').Explorable} Explorable */

export class Tables {
    /** @type {Map<PanelSheet, HTMLDetailsElement>} */
    #details = new Map();
    #explorable;

    /**
     * @param {import('./view.js').View} view
     * @param {Explorable} explorable
     * @param {PanelSheet[]} panels
     */
    constructor({ tables, life: { signal } }, explorable, panels) {
        this.#explorable = explorable;
        for (const panel of panels) {
            const details = h('details', {}, h('summary', {}, `${panel.title}, as a table`));
            details.addEventListener('toggle', () => this.#show(panel, details), { signal });
            this.#details.set(panel, details);
        }
        tables.replaceChildren(...this.#details.values());
    }

    /** Brings those that are open up to date. */
    update() {
        for (const [panel, details] of this.#details) this.#show(panel, details);
    }

    /**
     * @param {PanelSheet} panel
     * @param {HTMLDetailsElement} details
     */
    #show(panel, details) {
        /** @type {HTMLElement | null} */
        const before = details.querySelector('.scroll');
        if (!details.open) {
            before?.remove();
            return;
        }
        const { columns, rows } = this.#explorable.table(panel.key);
        const cells = (/** @type {string[]} */ row) => row.map((text) => h('td', {}, text));
        const table = h('table', {},
            h('caption', {}, panel.title),
            h('thead', {}, h('tr', {}, ...columns.map((text) => h('th', { scope: 'col' }, text)))),
            h('tbody', {}, ...rows.map((row) => h('tr', {}, ...cells(row)))));
        // Focusable, so that the keyboard can scroll it; one that is there stays, so that its reader keeps the focus and the place.
        const scroll = before ?? h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': `${panel.title}, table` });
        scroll.replaceChildren(table);
        if (!before) details.append(scroll);
    }
}
