// The figure on a projector: as large as the window, its smallest words of 20 points, and above it in a large line what has
// changed last. Asked for by `display=projector` in the address, or by a reader.

import { h } from '../dom.js';
import { keepsKey } from '../hash.js';
import { SHOWN } from '../session.js';
import { followChanges } from './changes.js';
import { dressStage } from './stage-style.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */

/**
 * @typedef {object} Stage
 * @property {HTMLElement} trouble Where it is said that something cannot be.
 * @property {boolean} isOwn Whether leaving it is this window's affair, and not the page's around.
 * @property {boolean} isWritten Whether the address has it.
 * @property {() => void} end
 */

/** What is to be seen with the figure: a lesson. */
const KEPT = '.lazy-limits-lesson';

/** @type {Stage | undefined} */
let stage;

export const isStaged = () => stage !== undefined;

/** Whether leaving the projector is the reader's affair, and not that of a page around that has asked for it. */
export const isOwn = () => stage?.isOwn ?? true;

/**
 * Does what the address says.
 * @param {LazyLimits} figure
 */
export function follow(figure) {
    const value = asked(figure);
    document.querySelector('.display-refusal')?.remove();
    if (value === 'projector') {
        show(figure, window.parent === window);
    } else if (value !== null && value !== '') {
        const message = `display is “${value.slice(0, 40)}”, but must be projector`;
        figure.before(h('p', { class: 'display-refusal', role: 'status' }, message));
        figure.dispatchEvent(new CustomEvent('error', { detail: { message, field: 'display' } }));
    } else if (stage?.isWritten) {
        end();
    }
}

/**
 * Puts a figure on the projector, and says so in the address.
 * @param {LazyLimits} figure
 */
export function enter(figure) {
    write(figure, true);
    show(figure, true);
    hold(figure);
}

/** @param {LazyLimits} figure */
export function leave(figure) {
    if (document.fullscreenElement) document.exitFullscreen();
    write(figure, false);
    end();
    figure.scrollIntoView({ block: 'start' });
    hold(figure);
}

/** Arrows move the handle at once. @param {LazyLimits} figure */
function hold(figure) {
    figure[SHOWN]?.view.rho.range.focus({ preventScroll: true });
}

/** Full screen, and back; says why not in a sentence. */
export async function toggleFullScreen() {
    say('');
    if (document.fullscreenElement) {
        await document.exitFullscreen();
        return;
    }
    if (!document.fullscreenEnabled) {
        say(window.parent === window
            ? 'This browser shows no page in full screen.'
            : 'Full screen is not allowed in this frame: the page around has to give it allow="fullscreen".');
        return;
    }
    await document.documentElement.requestFullscreen().catch(() => {
        say('The browser has refused full screen: it wants a key or a click in the figure.');
    });
}

/** @param {string} sentence */
function say(sentence) {
    if (stage) stage.trouble.textContent = sentence;
}

/**
 * @param {LazyLimits} figure
 * @param {boolean} isOwn
 */
function show(figure, isOwn) {
    if (stage) return;
    const life = new AbortController();
    const { signal } = life;
    // Twice: what is seen changes too often to be read out.
    const change = h('p', { class: 'change', 'aria-hidden': 'true' }, 'What you change is said here.');
    const told = h('p', { class: 'told', role: 'status' });
    const trouble = h('p', { class: 'trouble', role: 'status' });
    const full = h('button', { type: 'button', onclick: toggleFullScreen }, 'Full screen');
    const keys = h('button', { type: 'button', onclick: () => figure[SHOWN]?.view.share.keys.click() }, 'Keys');
    const off = isOwn ? [h('button', { type: 'button', onclick: () => leave(figure) }, 'Leave')] : [];
    const strip = h('div', { class: 'stage', role: 'group', 'aria-label': 'Projector' },
        change, told, h('div', { class: 'buttons' }, full, keys, ...off), trouble);

    const hidden = others(figure);
    for (const element of hidden) element.setAttribute('data-offstage', '');
    const root = /** @type {ShadowRoot} */ (figure.shadowRoot);
    dressStage(root, true);
    document.documentElement.dataset['display'] = 'projector';
    figure.before(strip);
    scrollTo(0, 0);

    // In a frame there is no window to fill: its height may follow the figure's.
    const fit = () => {
        const isFull = document.fullscreenElement !== null;
        full.setAttribute('aria-pressed', String(isFull));
        const height = window.parent === window || isFull ? left(figure, strip) : undefined;
        figure.style.setProperty('--stage-height', height === undefined ? '22rem' : `${height}px`);
    };
    let frame = 0;
    const fitSoon = () => {
        frame ||= requestAnimationFrame(() => {
            frame = 0;
            fit();
        });
    };
    const observer = new ResizeObserver(fitSoon);
    observer.observe(strip);
    observer.observe(figure);
    addEventListener('resize', fitSoon, { signal });
    document.addEventListener('fullscreenchange', fitSoon, { signal });
    followChanges(figure, {
        see: (sentence) => { change.textContent = sentence; },
        tell: (sentence) => { told.textContent = sentence; },
        signal,
    });

    stage = {
        trouble,
        isOwn,
        isWritten: asked(figure) === 'projector',
        end: () => {
            life.abort();
            observer.disconnect();
            cancelAnimationFrame(frame);
            strip.remove();
            for (const element of hidden) element.removeAttribute('data-offstage');
            delete document.documentElement.dataset['display'];
            figure.style.removeProperty('--stage-height');
            dressStage(root, false);
        },
    };
}

function end() {
    stage?.end();
    stage = undefined;
}

/**
 * What is on the page besides a figure and its lesson.
 * @param {Element} figure
 */
function others(figure) {
    /** @type {Element[]} */
    const found = [];
    for (let inner = figure; inner.parentElement && inner !== document.body; inner = inner.parentElement) {
        for (const other of inner.parentElement.children) {
            if (other === inner || other.matches(`script, style, link, dialog, .refusal, ${KEPT}`)) continue;
            if (!other.querySelector(KEPT)) found.push(other);
        }
    }
    return found;
}

/**
 * CSS pixels that the window has for what grows: it is not to be scrolled for what is said above it, and the bar below.
 * @param {LazyLimits} figure
 * @param {Element} strip
 */
function left(figure, strip) {
    const view = figure[SHOWN]?.view;
    if (!view) return undefined;
    const { bar, readouts, root } = view;
    const gap = parseFloat(getComputedStyle(root).rowGap);
    const high = (/** @type {Element} */ element) => element.getBoundingClientRect().height;
    // Beside the large picture, or below it.
    const side = readouts.element.closest('.side');
    const isBeside = side !== null && getComputedStyle(side).display !== 'contents';
    const below = [bar, ...isBeside ? [] : [readouts.element]].map(high).filter((height) => height > 0);
    const above = strip.getBoundingClientRect().bottom - document.documentElement.getBoundingClientRect().top;
    return Math.max(0, Math.floor(document.documentElement.clientHeight - Math.max(above, high(strip))
        - below.reduce((sum, height) => sum + height + gap, 0) - gap));
}

/**
 * What the address says of it; null if nothing. A page that has the figure's attributes in its hash has it there.
 * @param {LazyLimits} figure
 */
function asked(figure) {
    const text = keepsKey(figure, 'display') ? location.hash.slice(1) : location.search;
    return new URLSearchParams(text).get('display');
}

/**
 * @param {LazyLimits} figure
 * @param {boolean} is
 */
function write(figure, is) {
    const address = new URL(location.href);
    if (keepsKey(figure, 'display')) {
        const pairs = address.hash.slice(1).split('&').filter((pair) => pair !== '' && !pair.startsWith('display='));
        address.hash = (is ? [...pairs, 'display=projector'] : pairs).join('&');
    } else if (is) {
        address.searchParams.set('display', 'projector');
    } else {
        address.searchParams.delete('display');
    }
    try {
        history.replaceState(history.state, '', address);
    } catch {
        // A file of its own may not change its address: it is on the projector all the same.
    }
}
