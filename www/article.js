// What the article does around its figure.

import './lazy-limits.js';
import { bindHash } from './hash.js';

/** @typedef {import('./lazy-limits.js').LazyLimits} LazyLimits */

const figure = /** @type {LazyLimits} */ (document.getElementById('figure'));
// A lesson that the address asks for, or that the page has in itself, goes along in the hash.
if (/[?&]lesson=/.test(location.search) || document.getElementById('lazy-limits-lesson')) {
    import('./taught/page.js').then(({ openLesson }) => openLesson(figure)).catch(({ message }) => {
        figure.before(`The lesson could not be loaded: ${message}`);
        bindHash(figure);
    });
} else {
    bindHash(figure);
}

// Lines wait for the reader's bet, once a visit, but not where one comes for a state, a lesson or a projector.
const BET = 'lazy-limits bet';
const asks = document.querySelector('.bet') && !location.hash && !/[?&](lesson|display)=/.test(location.search);
const store = (/** @type {(storage: Storage) => unknown} */ act) => {
    try {
        return act(sessionStorage);
    } catch {
        return undefined; // refused
    }
};
if (asks && !store((storage) => storage.getItem(BET))) {
    // One line is there: what the others are measured by.
    figure.only = 'none rf';
    figure.ready.then(() => import('./taught/bet.js'))
        .then(({ offerBet }) => offerBet(figure, () => store((storage) => storage.setItem(BET, 'yes'))))
        .catch(() => { figure.only = ''; });
}

// What nobody needs at once; and not every browser tells when there is time.
const prepare = () => {
    // For paper, on which canvases are coarse.
    import('./taken/print.js').then(({ preparePrinting }) => preparePrinting(figure)).catch(() => {});
    import('./taught/text.js').then(({ tieText }) => tieText(figure)).catch(() => {});
};
// Keys, and the projector, which an address may ask for.
const bind = () => import('./taught/keyboard.js').then(({ bindKeys }) => bindKeys(figure));
const idle = (/** @type {() => void} */ work) => figure.ready.then(() => (globalThis.requestIdleCallback ?? setTimeout)(work), () => {});
idle(prepare);
if (location.search.includes('display=')) bind();
else idle(bind);

/**
 * What is below the first view is fetched only when it comes near.
 * @param {Element | null} place
 * @param {string} rootMargin How near.
 * @param {() => Promise<unknown>} load
 */
function whenNear(place, rootMargin, load) {
    if (!place) return;
    const near = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        figure.ready.then(load).catch(() => {});
    }, { rootMargin });
    near.observe(place);
}
whenNear(document.getElementById('full-size'), '50%', () => import('./full-size.js'));
for (const section of document.querySelectorAll('.step, .cards')) {
    whenNear(section, '100%', () => import('./taught/story.js').then(({ tellStory }) => tellStory(section)));
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
