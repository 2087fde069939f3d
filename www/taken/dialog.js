// "Share or save": a figure as a link, as code for other pages, and as files. Loaded when a reader asks for it.

import { startCore } from '../core.js';
import { freshId, h } from '../dom.js';
import { addressOf } from '../hash.js';
import { MODULE } from '../place.js';
import { CITATION, bibtex, captionOf } from './cite.js';
import { HEIGHTS, frameCode, linkTo, tagCode } from './codes.js';
import { csvOf, jsonOf, pngOf, save, svgOf } from './export.js';
import { copied } from './fields.js';
import { captionBelow, panelsOf } from './paper.js';
import { drawQr, startQr } from './qr.js';
import { closeThen, dressTaking } from './sheet.js';

/** @typedef {import('../lazy-limits.js').LazyLimits} LazyLimits */
/** @typedef {import('../session.js').Shown} Shown */
/** @typedef {import('./paper.js').Panel} Panel */
/** @typedef {(sentence: string) => void} Say Tells the reader what has been done, or has failed. */

/** CSS pixels that a figure of one panel needs besides it. */
const AROUND = 180;

/**
 * A figure, and all that is said of it.
 * @typedef {object} Taken
 * @property {LazyLimits} figure
 * @property {Shown} shown
 * @property {Panel[]} panels
 * @property {string} title
 * @property {import('./cite.js').Entry | undefined} paper
 * @property {(panel: string) => string} caption Of a panel by its title; '' for all of the figure.
 * @property {HTMLSelectElement} which The only panel that is wanted elsewhere; '' for all of the figure.
 */

/**
 * Opens the dialog over a figure, until it is closed or the figure is another.
 * @param {Shown} shown
 */
export async function openDialog(shown) {
    const { view, explorable, signal } = shown;
    const { host } = /** @type {ShadowRoot} */ (view.root.getRootNode());
    const figure = /** @type {LazyLimits} */ (host);
    const { part, glue } = await startCore(figure.figure);
    const cite = await part.cite?.();
    if (signal.aborted || view.root.querySelector('.taking')) return;
    const title = cite?.TITLES[figure.figure] ?? figure.figure;
    const parameters = glue.parameters(figure.figure);
    const address = linkTo(figure, '');
    /** @type {Taken} */
    const taken = {
        figure,
        shown,
        panels: panelsOf(shown),
        title,
        paper: cite?.PAPER,
        caption: (panel) => captionOf({ what: panel ? `${title}, ${panel}` : title, explorable, parameters, address }),
        which: h('select', {}, h('option', { value: '' }, 'The whole figure'),
            ...panelsOf(shown).map(({ key, title }) => h('option', { value: key }, title))),
    };

    const said = h('p', { class: 'said note', role: 'status' });
    const say = (/** @type {string} */ sentence) => { said.textContent = sentence; };
    const id = freshId('taking');
    const close = h('button', { type: 'button', onclick: () => dialog.close() }, 'Close');
    const dialog = h('dialog', { class: 'taking', 'aria-labelledby': id, closedby: 'any' },
        h('header', {}, h('h2', { id }, 'Share or save'), said, close),
        h('div', { class: 'all' }, h('label', { class: 'line' }, 'Show', taken.which), ...elsewhere(taken, say), ...projector(taken, (then) => closeThen(dialog, then)), files(taken, say), oneFile(taken, say), citations(taken, say)));
    dialog.addEventListener('close', () => {
        dialog.remove();
        view.share.button.focus({ preventScroll: true });
    });
    signal.addEventListener('abort', () => dialog.remove(), { once: true });
    dressTaking(/** @type {ShadowRoot} */ (figure.shadowRoot));
    view.root.append(dialog);
    dialog.showModal();
}

/**
 * @param {string} heading
 * @param {...(Node | string)} children
 */
function section(heading, ...children) {
    const id = freshId('section');
    return h('section', { 'aria-labelledby': id }, h('h3', { id }, heading), ...children);
}

/**
 * The link, its code for cameras, and codes for other pages, as far as there are any.
 * @param {Taken} taken
 * @param {Say} say
 */
function elsewhere({ figure, shown: { view }, panels, title, which }, say) {
    const heightId = freshId('height');
    const height = h('input', { id: heightId, type: 'number', step: 1, min: HEIGHTS.least, max: HEIGHTS.most });
    const link = copied('Link', say);
    const qr = h('div', { class: 'code' });
    const frame = copied('Frame', say, 4);
    const tag = copied('Tag', say, 4);

    const [hasLink, hasFrame, hasTag] = [linkTo(figure, ''), frameCode(figure, '', { title: '', height: 0 }), tagCode(figure, '')];
    if (!hasLink && !hasFrame && !hasTag) return [];

    const showFrame = () => {
        const panel = panels.find(({ key }) => key === which.value);
        const name = `Lazy Limits: ${panel ? `${title}, ${panel.title}` : title}`;
        frame.show(frameCode(figure, which.value, { title: name, height: height.valueAsNumber }));
    };
    let asked = 0;
    const showQr = async () => {
        asked += 1;
        const own = asked;
        const address = linkTo(figure, which.value);
        if (address === '') return;
        const drawn = await startQr().then(() => drawQr(address, 'The link as a QR code') ?? 'The link is too long for a QR code.',
            () => 'Its QR code could not be loaded.');
        if (own === asked) qr.replaceChildren(drawn);
    };
    const show = () => {
        const panel = panels.find(({ key }) => key === which.value);
        const own = Number(figure.getAttribute('height'));
        const seen = panel ? panel.height + AROUND : own || Math.ceil(view.root.getBoundingClientRect().height);
        height.value = String(Math.min(Math.max(seen, HEIGHTS.least), HEIGHTS.most));
        link.show(linkTo(figure, which.value));
        tag.show(tagCode(figure, which.value));
        showFrame();
        showQr();
    };
    which.addEventListener('change', show);
    height.addEventListener('change', () => {
        if (height.validity.valid && height.value !== '') showFrame();
        else say(`Height is “${height.value}”, but must be a whole number of pixels from ${HEIGHTS.least} to ${HEIGHTS.most}.`);
    });
    show();
    return [section('Elsewhere, as it is now',
        ...hasLink ? [
            h('div', { class: 'link' }, h('div', {}, link.element, h('p', { class: 'note' }, 'Opens the figure with these settings.')), qr),
        ] : [],
        ...hasFrame ? [
            frame.element,
            h('div', { class: 'line' }, h('span', { class: 'note' }, 'Goes into any page.'),
                h('div', { class: 'line' }, h('label', { for: heightId }, 'Height'), height)),
        ] : [],
        ...hasTag ? [
            tag.element,
            h('p', { class: 'note' }, `Goes into pages that may load scripts from ${new URL(MODULE).host}.`),
        ] : [])];
}

/**
 * The same on a projector, where the page is the figure's and can say so in its address.
 * @param {Taken} taken
 * @param {(then: () => void) => void} close
 */
function projector({ figure }, close) {
    if (addressOf(figure) === undefined) return [];
    const button = h('button', {
        type: 'button',
        onclick: async () => {
            const { enter } = await import('../taught/stage.js');
            close(() => enter(figure));
        },
    }, 'Projector');
    return [section('For a class', h('div', { class: 'line' }, button,
        h('span', { class: 'note' }, 'Fills the window, with words of 20 points and what has changed in a large line.')))];
}

/**
 * Pictures and numbers of each panel.
 * @param {Taken} taken
 * @param {Say} say
 */
function files({ figure, shown, panels, title, caption }, say) {
    const below = h('input', { type: 'checkbox', checked: true });
    const captionOfPicture = (/** @type {Panel} */ panel) => below.checked
        ? captionBelow(caption(panel.title), panel.width, getComputedStyle(shown.view.look).fontFamily)
        : undefined;
    /** @type {[string, string, (panel: Panel) => Blob | Promise<Blob>][]} */
    const kinds = [
        ['SVG', 'svg', (panel) => svgOf(shown, panel, captionOfPicture(panel))],
        ['PNG', 'png', (panel) => pngOf(shown, panel, captionOfPicture(panel))],
        ['CSV', 'csv', (panel) => csvOf(shown, panel)],
        ['JSON', 'json', (panel) => jsonOf(shown, panel, { figure: figure.figure, address: linkTo(figure, '') })],
    ];
    const rows = panels.map((panel) => {
        const id = freshId('panel');
        return h('div', { class: 'files', role: 'group', 'aria-labelledby': id }, h('span', { id }, panel.title),
            ...kinds.map(([name, extension, make]) => fileButton(name, `${panel.title} as ${name}`,
                `lazy-limits-${figure.figure}-${panel.key}.${extension}`, () => make(panel), say)));
    });
    const text = copied('Caption', say, 4);
    text.show(caption(''));
    return section(`${title} as files`, ...rows,
        h('p', {}, h('label', { class: 'check' }, below, 'With a caption below pictures')), text.element);
}

/**
 * The whole as a page that needs no other file.
 * @param {Taken} taken
 * @param {Say} say
 */
function oneFile({ figure, which }, say) {
    const button = (/** @type {string} */ name, /** @type {boolean} */ article) => fileButton(name, undefined,
        `lazy-limits-${figure.figure}${article ? '-article' : ''}.html`, async () => {
            const { saveAsOneFile } = await import('../single/save.js');
            return saveAsOneFile(figure, { article, panels: article ? '' : which.value });
        }, say);
    // A page that keeps the figure's state in its address and has a heading is about it.
    const isArticle = addressOf(figure) !== undefined && document.querySelector('h1') !== null;
    return section('As one HTML file',
        h('p', {}, 'Works without a network, and trains as it does here.'),
        h('div', { class: 'line' }, button('Save the figure', false), ...isArticle ? [button('Save the whole article', true)] : []));
}

/**
 * @param {Taken} taken
 * @param {Say} say
 */
function citations({ paper }, say) {
    const fields = [...paper ? /** @type {const} */ ([['Paper', paper]]) : [], /** @type {const} */ (['Program', CITATION])];
    return section('Cite', ...fields.map(([name, entry]) => {
        const text = bibtex(entry);
        const field = copied(`${name}, BibTeX`, say, text.split('\n').length);
        field.show(text);
        return field.element;
    }));
}

/**
 * A button that makes a file and gives it to the reader.
 * @param {string} name On the button.
 * @param {string | undefined} label What is read out in its place.
 * @param {string} file
 * @param {() => Blob | Promise<Blob>} make
 * @param {Say} say
 */
function fileButton(name, label, file, make, say) {
    const button = h('button', { type: 'button', 'aria-label': label }, name);
    button.addEventListener('click', async () => {
        button.setAttribute('aria-busy', 'true');
        try {
            save(await make(), file);
            say(`Saved as ${file}.`);
        } catch (error) {
            say(`${file} could not be made: ${error instanceof Error ? error.message : error}`);
        }
        button.removeAttribute('aria-busy');
    });
    return button;
}
