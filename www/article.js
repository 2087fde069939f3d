// What the article does around its figure.

import './lazy-limits.js';
import { bindHash } from './hash.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

const figure = /** @type {LazyLimits} */ (document.getElementById('figure'));
bindHash(figure);

// For paper, on which canvases are coarse; nobody needs it at once, and not every browser tells when there is time.
const prepare = () => import('./taken/print.js').then(({ preparePrinting }) => preparePrinting(figure)).catch(() => {});
figure.ready.then(() => (globalThis.requestIdleCallback ?? setTimeout)(prepare), () => {});

// Below the first view, and fetched only when it comes near.
const fullSize = document.getElementById('full-size');
if (fullSize) {
    const near = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        figure.ready.then(() => import('./full-size.js')).catch(() => {});
    }, { rootMargin: '50%' });
    near.observe(fullSize);
}

// What has to be scrolled sideways on a narrow screen, the keyboard must be able to scroll. No observer of sizes says when: it is told
// of heights too, and one that changes while others are told of theirs would be an error.
const wide = [...document.querySelectorAll('math[display="block"], .wide')];
let width = 0;
const letScroll = () => {
    const { clientWidth } = document.documentElement;
    if (clientWidth === width) return;
    width = clientWidth;
    for (const element of wide) {
        if (element.scrollWidth > element.clientWidth) element.setAttribute('tabindex', '0');
        else element.removeAttribute('tabindex');
    }
};
requestAnimationFrame(letScroll);
addEventListener('resize', letScroll);

// A preset is an address of this page; what it changes may have been scrolled away.
for (const link of document.querySelectorAll('.presets a')) {
    link.addEventListener('click', () => {
        const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        figure.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
    });
}
