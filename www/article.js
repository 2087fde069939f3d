// What the article does around its figure.

import './lazy-limits.js';
import { bindHash } from './hash.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

const figure = /** @type {LazyLimits} */ (document.getElementById('figure'));
bindHash(figure);

// For paper, on which canvases are coarse; nobody needs it at once, and not every browser tells when there is time.
const prepare = () => import('./taken/print.js').then(({ preparePrinting }) => preparePrinting(figure)).catch(() => {});
figure.ready.then(() => (globalThis.requestIdleCallback ?? setTimeout)(prepare), () => {});

/**
 * What is below the first view is fetched only when it comes near.
 * @param {string} selector
 * @param {string} rootMargin How near.
 * @param {() => Promise<unknown>} load
 */
function whenNear(selector, rootMargin, load) {
    const places = document.querySelectorAll(selector);
    const near = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        figure.ready.then(load).catch(() => {});
    }, { rootMargin });
    for (const place of places) near.observe(place);
}
whenNear('#full-size', '50%', () => import('./full-size.js'));
whenNear('.step', '100%', () => import('./taught/story.js').then(({ tellStory }) => tellStory()));

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
