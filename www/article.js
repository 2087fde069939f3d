// What the article does around its figure.

import './lazy-limits.js';
import { bindHash } from './hash.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

const figure = /** @type {LazyLimits} */ (document.getElementById('figure'));
bindHash(figure);

// What has to be scrolled sideways on a narrow screen, the keyboard must be able to scroll.
const wide = [...document.querySelectorAll('math[display="block"], .wide')];
const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
        if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
        else target.removeAttribute('tabindex');
    }
});
for (const element of wide) observer.observe(element);

// A preset is an address of this page; what it changes may have been scrolled away.
for (const link of document.querySelectorAll('.presets a')) {
    link.addEventListener('click', () => {
        const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        figure.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
    });
}
