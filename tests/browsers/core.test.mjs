// What every reader needs, in any browser: the figure is drawn, follows the hand, trains, begins again, is in the address, and
// does all that from a single file.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { artefacts } from '../page/browser.mjs';
import { CHAPTERS, SMALL } from '../page/figure.mjs';
import { Browser, browserName } from './driver.mjs';
import { recorded } from './recorded.mjs';

/** @typedef {import('./driver.mjs').Page} Page */

/** @type {Browser} */
let browser;
before(async () => { browser = await Browser.launch(); });
after(() => browser.close());

/** @param {Page} page */
const rho = (page) => page.inside((figure) => figure.risks?.rho ?? NaN);
/** @param {Page} page */
const spectrum = (page) => page.inside((figure) => [...figure.eigenvalues ?? []]);

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`${chapter} loads, and every picture is drawn`, async () => {
        await browser.visit({ address: `${address}#${SMALL}` }, async (page) => {
            const seen = await page.inside((figure) => {
                const root = /** @type {ShadowRoot} */ (figure.shadowRoot);
                const canvases = /** @type {HTMLCanvasElement[]} */ ([...root.querySelectorAll('section:not([hidden]) .plot > canvas[role=img]')]);
                return {
                    notice: root.querySelector('.notice')?.textContent ?? '',
                    outputs: [...root.querySelectorAll('output[data-regime]')].map(({ textContent }) => textContent ?? ''),
                    limit: figure.risks?.limit.rf,
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
            assert.equal(seen.outputs[0], seen.limit?.toFixed(4));
            assert.ok(seen.pictures.length >= 3);
            for (const { name, width, colours } of seen.pictures) {
                assert.ok(name.length > 20);
                assert.ok(Math.abs(width) <= 1, `${name}: ${width} wider than its place`);
                // Lines, text and their soft edges: a picture that failed has one or two.
                assert.ok(colours > 20, `${name}: ${colours} colours`);
            }
            assert.deepEqual(new Set(seen.holes), new Set([0]));
            assert.ok(seen.overhang <= 0, `the page is ${seen.overhang} wider than its window`);
            await page.screenshot(chapter);
        });
    });

    test(`${chapter}: ρ follows the pointer and the keys, and the address follows ρ`, async () => {
        await browser.visit({ address: `${address}#${SMALL}` }, async (page) => {
            /** @type {number[]} */
            const seen = [];
            const each = async () => { seen.push(await rho(page)); };
            await page.drag('.risk canvas[role=img]', [[0.3, 0.3], [0.4, 0.5], [0.5, 0.6], [0.7, 0.9]], { each });
            assert.deepEqual(seen, [...new Set(seen)].sort((a, b) => a - b));
            await page.key('ARROW_RIGHT');
            const now = await rho(page);
            assert.ok(now > Number(seen.at(-1)), `${now} after ${seen}`);
            const hash = await page.inside((figure) => figure.hash);
            assert.ok(hash.includes(`rho=${now}`), hash);
            await page.until((_, expected) => location.hash === expected, `#${hash}`);
        });
    });

    test(`${chapter} trains to its end, a reset repeats it, and so does its address`, async () => {
        /** @type {unknown[]} */
        const seen = [];
        const trained = async (/** @type {Page} */ page) => {
            await page.until((figure) => figure.runs.length > 0 && figure.runs.every(({ status }) => status === 'finished'));
            seen.push(await page.inside((figure) => [figure.hash, figure.runs.map(({ regime, neurons, seed, curve }) =>
                ({ regime, neurons, seed, curve }))]));
            // Said, and drawn, a moment later.
            await page.until((figure) => /, and [1-9]\d* trained dots/.test(
                figure.shadowRoot?.querySelector('.risk canvas[role=img]')?.getAttribute('aria-label') ?? ''));
        };
        await browser.visit({ address: `${address}#${SMALL}` }, async (page) => {
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
            await page.until((figure) => (figure.shadowRoot?.querySelector('.risk canvas[role=img]')
                ?.getAttribute('aria-label') ?? '').includes(', and 0 trained dots'));
            await page.until((figure, before) => before !== /** @type {HTMLCanvasElement} */ (
                figure.shadowRoot?.querySelector('.risk canvas[role=img]')).toDataURL(), drawn);
            await page.press('Start');
            await trained(page);
        });
        await browser.visit({ address: `${address}#${SMALL}` }, trained);
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
            // As the page's own: a driver's scripts may run in a world apart.
            await page.evaluate((text) => {
                const script = document.createElement('script');
                script.textContent = text;
                document.head.append(script);
            }, `(${work})()`);
            await page.complained(complaint);
        }), /the page complained/);
    });
}
