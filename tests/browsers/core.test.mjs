// What every reader needs, in any browser: the figure is drawn, follows the hand, trains, begins again, is in the address, does all
// that from a single file, as large as it is asked to be and in a frame, is shared and saved, and bears anything.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { artefacts } from '../page/browser.mjs';
import { CHAPTERS, SMALL, stateOf, takesResults } from '../page/figure.mjs';
import { rattle } from '../page/rattle.mjs';
import { Browser, browserName } from './driver.mjs';
import { recorded } from './recorded.mjs';

/** @typedef {import('./driver.mjs').Page} Page */

/** @type {Browser} */
let browser;
before(async () => { browser = await Browser.launch(); });
after(() => browser.close());

/** What the handle of a chapter's large picture sets. @param {string} chapter */
const handleOf = (chapter) => ({ laziness: 'laziness', neuron: 'features' })[chapter] ?? 'rho';
/** @param {Page} page @param {string} key */
const handle = (page, key) => page.inside((figure, name) => Number(figure.state[name]), key);
/** @param {Page} page */
const rho = (page) => handle(page, 'rho');
/** @param {Page} page */
const spectrum = (page) => page.inside((figure) => [...figure.eigenvalues ?? []]);

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`${chapter} loads, and every picture is drawn`, async () => {
        await browser.visit({ address: `${address}#${stateOf(chapter)}` }, async (page) => {
            const seen = await page.inside((figure) => {
                const root = /** @type {ShadowRoot} */ (figure.shadowRoot);
                const canvases = /** @type {HTMLCanvasElement[]} */ ([...root.querySelectorAll('section:not([hidden]) .plot > canvas[role=img]')]);
                return {
                    notice: root.querySelector('.notice')?.textContent ?? '',
                    outputs: [...root.querySelectorAll('output[data-regime]')].map(({ textContent }) => textContent ?? ''),
                    limit: figure.risks?.limit?.rf,
                    pictures: canvases.map((canvas) => {
                        const pixels = new Uint32Array(
                            /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
                                .getImageData(0, 0, canvas.width, canvas.height).data.buffer);
                        return {
                            name: canvas.getAttribute('aria-label') ?? '',
                            width: canvas.width / devicePixelRatio - canvas.getBoundingClientRect().width,
                            colours: new Set(pixels).size,
                        };
                    }),
                    // Transparent where a heat map has no entry; one that has not been drawn has one pixel.
                    holes: [...root.querySelectorAll('.map:not(.empty) canvas')].map((element) => {
                        const canvas = /** @type {HTMLCanvasElement} */ (element);
                        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
                        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
                        return data.filter((value, index) => index % 4 === 3 && value !== 255).length;
                    }),
                    overhang: document.documentElement.scrollWidth - innerWidth,
                };
            });
            assert.equal(seen.notice.trim(), '');
            if (takesResults(chapter)) assert.equal(seen.outputs[0], seen.limit?.toFixed(4));
            else assert.match(seen.outputs[0] ?? '', /\d/);
            assert.ok(seen.pictures.length >= 3);
            for (const { name, width, colours } of seen.pictures) {
                assert.ok(name.length > 20);
                assert.ok(Math.abs(width) <= 1, `${name}: ${width} wider than its place`);
                // Lines, text and their soft edges: a picture that failed has one or two.
                assert.ok(colours > 20, `${name}: ${colours} colours`);
            }
            assert.ok(seen.holes.every((holes) => holes === 0), String(seen.holes));
            assert.ok(seen.overhang <= 0, `the page is ${seen.overhang} wider than its window`);
            await page.screenshot(chapter);
        });
    });

    test(`${chapter}: the handle follows the pointer and the keys, and the address follows it`, async () => {
        const key = handleOf(chapter);
        await browser.visit({ address: `${address}#${stateOf(chapter)}` }, async (page) => {
            /** @type {number[]} */
            const seen = [];
            const each = async () => { seen.push(await handle(page, key)); };
            await page.drag('.risk canvas[role=img]', [[0.3, 0.3], [0.4, 0.5], [0.5, 0.6], [0.7, 0.9]], { each });
            assert.deepEqual(seen, [...new Set(seen)].sort((a, b) => a - b));
            await page.key('ARROW_RIGHT');
            const now = await handle(page, key);
            assert.ok(now > Number(seen.at(-1)), `${now} after ${seen}`);
            const hash = await page.inside((figure) => figure.hash);
            assert.ok(hash.includes(`${key}=${now}`), hash);
            await page.until((_, expected) => location.hash === expected, `#${hash}`);
        });
    });

    test(`${chapter} trains to its end, a reset repeats it, and so does its address`, async () => {
        const said = chapter === 'neuron' ? 'trained on [1-9]' : ', and [1-9]\\d* trained dots';
        /** @type {unknown[]} */
        const seen = [];
        const trained = async (/** @type {Page} */ page) => {
            await page.until((figure) => figure.runs.length > 0 && figure.runs.every(({ status }) => status === 'finished'));
            seen.push(await page.inside((figure) => [figure.hash, figure.runs.map(({ regime, neurons, seed, curve }) =>
                ({ regime, neurons, seed, curve }))]));
            // Said, and drawn, a moment later.
            await page.until((figure, words) => new RegExp(words).test(
                figure.shadowRoot?.querySelector('.risk canvas[role=img]')?.getAttribute('aria-label') ?? ''), said);
        };
        await browser.visit({ address: `${address}#${stateOf(chapter)}` }, async (page) => {
            // It begins by itself.
            await trained(page);
            assert.equal(await page.inside((figure) => figure.shadowRoot?.querySelector('.runs')?.getAttribute('data-kind')), 'module');
            const drawn = await page.inside(async (figure) => {
                await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
                const canvas = /** @type {HTMLCanvasElement} */ (figure.shadowRoot?.querySelector('.risk canvas[role=img]'));
                return canvas.toDataURL();
            });
            await page.screenshot(`${chapter}-trained`);
            await page.press('Reset');
            await page.until((figure) => figure.runs.every(({ status, samples }) => status === 'queued' && samples === 0));
            await page.until((figure, words) => !new RegExp(words).test(
                figure.shadowRoot?.querySelector('.risk canvas[role=img]')?.getAttribute('aria-label') ?? ''), said);
            await page.until((figure, before) => before !== /** @type {HTMLCanvasElement} */ (
                figure.shadowRoot?.querySelector('.risk canvas[role=img]')).toDataURL(), drawn);
            await page.press('Start');
            await trained(page);
        });
        await browser.visit({ address: `${address}#${stateOf(chapter)}` }, trained);
        assert.deepEqual(seen[1], seen[0]);
        assert.deepEqual(seen[2], seen[0]);
    });
}

for (const chapter of /** @type {const} */ (['quadratic', 'mixture'])) {
    test(`${chapter}: a bar follows the pointer and the keys`, async () => {
        await browser.visit({ address: `${CHAPTERS[chapter]}#${SMALL}` }, async (page) => {
            const before = await spectrum(page);
            await page.drag('.widget', [[0.06, 0.8], [0.06, 0.7], [0.06, 0.6]]);
            const dragged = await spectrum(page);
            assert.notDeepEqual(dragged, before);
            await page.press('Undo edits');
            assert.deepEqual(await spectrum(page), before);
            await page.inside((figure) => /** @type {HTMLElement} */ (figure.shadowRoot?.querySelector('.widget')).focus());
            await page.key('ARROW_UP');
            assert.notDeepEqual(await spectrum(page), before);
        });
    });
}

for (const [chapter, article] of /** @type {const} */ ([['quadratic', false], ['mixture', true], ['activation', false]])) {
    const what = article ? `the article of ${chapter}` : chapter;
    test(`${what}, saved as one file, opens from the disk, trains in workers, follows the hand, and is saved again`, async () => {
        const saved = (/** @type {Page} */ page) => page.inside(async (figure, article) =>
            (await figure.saveAsOneFile({ article })).text(), article);
        let text = '';
        await browser.visit({ address: `${CHAPTERS[chapter]}#${SMALL}` }, async (page) => { text = await saved(page); });
        const file = path.resolve(artefacts, `${browserName}-single-${chapter}.html`);
        await writeFile(file, recorded(text));
        await browser.visit({ address: pathToFileURL(file).href }, async (page) => {
            // An article is written as the browser writes it, the second time.
            assert.ok(article || await saved(page) === text, 'it is not saved as it was');
            await page.until((figure) => figure.runs.length > 0 && figure.runs.every(({ status }) => status === 'finished'));
            assert.equal(await page.inside((figure) => figure.shadowRoot?.querySelector('.runs')?.getAttribute('data-kind')), 'module');
            const before = await rho(page);
            await page.drag('.risk canvas[role=img]', [[0.3, 0.3], [0.7, 0.6]]);
            assert.notEqual(await rho(page), before);
            const hash = await page.inside((figure) => figure.hash);
            await page.until((_, expected) => location.hash === expected, `#${hash}`);
            assert.ok((await saved(page)).includes(` rho="${await rho(page)}"`));
            await page.screenshot(`single-${chapter}`);
        });
    });
}

/** A figure that ends soon, with these attributes besides. @param {string} attributes */
const small = (attributes) => `<script type="module" src="www/lazy-limits.js"></script>
    <lazy-limits ${attributes} dim="12" steps="300" batch="20"></lazy-limits>`;

test('a plot, a slider and a line of numbers in 300 pixels are drawn and follow the hand, and nothing is wider', async () => {
    const body = `<div style="width: 300px">${small('panels="risk" controls="rho" readouts="line" height="400"')}</div>`;
    await browser.visit({ body }, async (page) => {
        const seen = await page.inside((figure) => {
            const root = /** @type {ShadowRoot} */ (figure.shadowRoot);
            const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector('.risk canvas[role=img]'));
            const pixels = new Uint32Array(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
                .getImageData(0, 0, canvas.width, canvas.height).data.buffer);
            const { right, width, height } = figure.getBoundingClientRect();
            return {
                size: [width, height],
                colours: new Set(pixels).size,
                canvases: root.querySelectorAll('canvas[role=img]').length,
                wider: [...root.querySelectorAll('.figure *')].filter((element) => element.getBoundingClientRect().right > right + 0.5)
                    .map(({ outerHTML }) => outerHTML.slice(0, 80)),
                numbers: [...root.querySelectorAll('.readouts output')].map(({ textContent }) => textContent ?? ''),
            };
        });
        assert.deepEqual(seen.size, [300, 400]);
        assert.equal(seen.canvases, 1);
        assert.ok(seen.colours > 20, `${seen.colours} colours`);
        assert.deepEqual(seen.wider, []);
        assert.ok(seen.numbers.length >= 4 && seen.numbers.every((text) => /^[0-9.]+$/.test(text)), String(seen.numbers));
        await page.screenshot('fitted');

        const before = await rho(page);
        await page.drag('.risk canvas[role=img]', [[0.4, 0.3], [0.7, 0.5]]);
        const dragged = await rho(page);
        assert.ok(dragged > before, `${dragged} after ${before}`);
        await page.drag('.rho input[type=range]', [[0.5, 0.5], [0.1, 0.5]]);
        const slid = await rho(page);
        assert.ok(slid < before, `${slid} after ${dragged}`);
    });
});

test('in a frame the figure tells its height, and is read and set from the page around', async () => {
    const body = `<script type="module" src="www/host.js"></script>
        <iframe src="embed.html#${SMALL}&amp;figure=mixture&amp;rho=0.3" title="A figure" width="600" height="200"></iframe>`;
    await browser.visit({ body }, async (page) => {
        const told = await page.asItsOwn(async () => {
            const module = '/www/host.js';
            const { figureOf } = await import(module);
            const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
            const figure = await figureOf(frame);
            const first = { rho: figure.state.rho, at: figure.risks.rho };
            await figure.set({ rho: 0.5 });
            const { state, risks } = await figure.get();
            const inner = /** @type {import('./driver.mjs').LazyLimits} */ (frame.contentDocument?.querySelector('lazy-limits'));
            return { first, then: { rho: state.rho, at: risks.rho }, inner: [inner.figure, inner.risks?.rho] };
        });
        assert.deepEqual(told, { first: { rho: 0.3, at: 0.3 }, then: { rho: 0.5, at: 0.5 }, inner: ['mixture', 0.5] });
        await page.wait(() => {
            const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
            const inner = /** @type {HTMLElement} */ (frame.contentDocument?.querySelector('main'));
            return frame.clientHeight > 1000 && frame.clientHeight >= inner.getBoundingClientRect().bottom;
        });
        await page.screenshot('frame');
    });
});

test('it is shared and saved: link, code, pictures; and the focus comes back', async () => {
    await browser.visit({ address: `#${SMALL}&rho=0.3` }, async (page) => {
        await page.inside((figure) => figure.pause());
        // In place of the browser's own folder for what is saved.
        await page.asItsOwn(() => {
            /** @type {Promise<{ name: string, type: string, width: number, height: number }>[]} */
            const files = [];
            Object.assign(globalThis, { files });
            HTMLAnchorElement.prototype.click = function click() {
                const { download: name, href } = this;
                files.push((async () => {
                    const { type } = await (await fetch(href)).blob();
                    const image = new Image();
                    image.src = href;
                    await image.decode();
                    return { name, type, width: image.naturalWidth, height: image.naturalHeight };
                })());
            };
        });
        await page.press('Share or save…');
        await page.until((figure) => figure.shadowRoot?.querySelector('dialog .qr') !== null);
        const link = await page.inside(({ shadowRoot }) => {
            const field = [.../** @type {ShadowRoot} */ (shadowRoot).querySelectorAll('dialog label')].find(({ textContent }) => textContent === 'Link');
            return /** @type {HTMLInputElement} */ (shadowRoot?.getElementById(/** @type {HTMLLabelElement} */ (field).htmlFor)).value;
        });
        const [address, hash] = await page.inside((figure) => [location.href, figure.hash]);
        assert.equal(link, `${address.split('#')[0]}#${hash}`);
        assert.match(link, /rho=0\.3/);
        await page.screenshot('share');
        const { width, height } = await page.inside(({ shadowRoot }) =>
            /** @type {HTMLElement} */ (shadowRoot?.querySelector('.risk canvas')).getBoundingClientRect().toJSON());
        for (const kind of ['SVG', 'PNG']) await page.press(kind);
        await page.until(({ shadowRoot }) => shadowRoot?.querySelector('dialog .said')?.textContent === 'Saved as lazy-limits-quadratic-risk.png.');
        const [svg, png] = await page.asItsOwn(() => Promise.all(/** @type {any} */ (globalThis).files));
        assert.deepEqual([svg.name, svg.type], ['lazy-limits-quadratic-risk.svg', 'image/svg+xml']);
        assert.deepEqual([png.name, png.type], ['lazy-limits-quadratic-risk.png', 'image/png']);
        // Each with a caption below.
        assert.equal(svg.width, Math.round(width));
        assert.ok(svg.height > height, `${svg.height} of ${height}`);
        assert.deepEqual([png.width, png.height], [2 * svg.width, 2 * svg.height]);

        await page.key('ESCAPE');
        await page.until(({ shadowRoot }) => shadowRoot?.querySelector('dialog') === null);
        assert.equal(await page.inside(({ shadowRoot }) => shadowRoot?.activeElement?.textContent), 'Share or save…');
    });
});

for (const [number, figure] of Object.keys(CHAPTERS).entries()) {
    test(`${figure} takes any state and event, or refuses it in a sentence`, async () => {
        await browser.visit({ body: '' }, async (page) => {
            const count = 3000;
            const { taken, refused, faults } = await page.asItsOwn(rattle, { figure, count, looks: 250, seed: 1 + number });
            assert.deepEqual(faults, []);
            // Where all is refused, or nothing is, nothing has been tried.
            assert.ok(taken > count / 2 && refused > count / 50, JSON.stringify({ taken, refused }));
        });
    });
}

test('after fifty resets in the midst of training it still trains to its end', async () => {
    await browser.visit({ body: small('paused') }, async (page) => {
        const resets = await page.inside(async (figure) => {
            let samples = 0;
            for (let reset = 0; reset < 50; reset += 1) {
                figure.reset();
                samples += Math.max(...figure.runs.map((run) => run.samples));
                figure.start();
                await new Promise((resolve) => { figure.addEventListener('progress', resolve, { once: true }); });
            }
            return samples;
        });
        // Each forgets what there was.
        assert.equal(resets, 0);
        await page.until((figure) => figure.runs.length > 0 && figure.runs.every(({ status, risk }) => status === 'finished' && risk !== null));
    });
});

/** What the tests above rely on being noticed. @type {Record<string, { work: () => void, complaint: RegExp }>} */
const MISHAPS = {
    'an error on the console': { work: () => console.error('an error'), complaint: /console error: an error/ },
    'a warning on the console': { work: () => console.warn('a warning'), complaint: /console warn: a warning/ },
    'an uncaught exception': {
        work: () => { setTimeout(() => { throw new Error('thrown'); }); },
        complaint: /uncaught: .*thrown/,
    },
    'a rejected promise': {
        work: () => { setTimeout(() => { Promise.reject(new Error('rejected')); }); },
        complaint: /unhandled: .*rejected/,
    },
    'a missing file': { work: () => { fetch('www/missing.js'); }, complaint: /status 404: .*missing\.js/ },
    'an error in a worker': {
        work: () => { new Worker(URL.createObjectURL(new Blob([`import(${JSON.stringify(`${location.origin}/recorder.js`)})
            .then(() => console.error("in a worker"));`]))); },
        complaint: /worker: console error: in a worker/,
    },
};
for (const [name, { work, complaint }] of Object.entries(MISHAPS)) {
    test(`${name} is noticed`, async () => {
        await assert.rejects(browser.visit({ address: `#${SMALL}` }, async (page) => {
            await page.inside(() => {});
            await page.asItsOwn(work);
            await page.complained(complaint);
        }), /the page complained/);
    });
}
