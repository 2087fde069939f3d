// What the article does around its figure.

import './lazy-limits.js';
import { bindHash } from './hash.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

const figure = /** @type {LazyLimits} */ (document.getElementById('figure'));
bindHash(figure);

// A preset is an address of this page; what it changes may have been scrolled away.
for (const link of document.querySelectorAll('.presets a')) {
    link.addEventListener('click', () => {
        const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        figure.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
    });
}
