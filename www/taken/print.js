// A figure on paper: its panels as pictures that are sharp at any size, and where it is from, for cameras too. A page asks for
// it once it has nothing else to do.

import { coreOf } from '../core.js';
import { h } from '../dom.js';
import { SHOWN } from '../session.js';
import { captionOf } from './cite.js';
import { linkTo } from './codes.js';
import { panelsOf, pictureOf } from './paper.js';
import { drawQr, startQr } from './qr.js';
import { dressTaking } from './sheet.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/**
 * From now on, has a figure printed as pictures in the state that it then is in.
 * @param {LazyLimits} figure
 * @throws If what makes QR codes cannot be loaded.
 */
export async function preparePrinting(figure) {
    await Promise.all([figure.ready, startQr()]);
    const window = /** @type {Window} */ (figure.ownerDocument.defaultView);
    window.addEventListener('beforeprint', () => lay(figure));
    window.addEventListener('afterprint', () => remove(figure));
    // A page may be seen as it is printed without being printed.
    const printing = window.matchMedia('print');
    const follow = () => (printing.matches ? lay : remove)(figure);
    printing.addEventListener('change', follow);
    follow();
}

/** @param {LazyLimits} figure */
function remove({ shadowRoot }) {
    for (const element of shadowRoot?.querySelectorAll('.printed, .address') ?? []) element.remove();
}

/**
 * Nothing may be waited for: the page is about to be printed.
 * @param {LazyLimits} figure
 */
function lay(figure) {
    remove(figure);
    const { [SHOWN]: shown, shadowRoot } = figure;
    const core = coreOf(figure.figure);
    if (!shown || !shadowRoot || !core) return;
    dressTaking(shadowRoot);
    for (const panel of panelsOf(shown)) {
        const picture = pictureOf(shown, panel);
        picture.classList.add('printed');
        shown.canvases.get(panel.key)?.canvas.after(picture);
    }
    const address = linkTo(figure, '');
    const caption = captionOf({ what: '', explorable: shown.explorable, parameters: core.glue.parameters(figure.figure), address });
    shown.view.root.append(h('div', { class: 'address' }, address && drawQr(address, 'The address of this figure as a QR code') || '', h('p', {}, caption)));
}
