// Where frames of the figure stand: pages without scripts, with sandboxes, strict policies and prefixes, of other origins, and slides.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, url } from './browser.mjs';
import { SMALL, calm, inside, ready } from './figure.mjs';
import { asPage, behind, elsewhere, embed, framed, hosted } from './host.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const HASH = `${SMALL}&results=none`;

/**
 * Waits for a figure in a frame, takes hold of it by a pointer, and has it train its networks.
 * @param {Frame} frame
 */
async function works(frame) {
    const inner = asPage(frame);
    await ready(inner);
    await inner.locator('.main canvas[role=img]').click({ position: { x: 150, y: 100 } });
    // A policy may not let a test evaluate what it waits for.
    const seen = await inside(inner, async (figure) => {
        const isTold = () => figure.rho !== 0.5 && location.hash.includes('rho=');
        while (!isTold()) await new Promise((resolve) => { setTimeout(resolve, 20); });
        const ended = new Promise((resolve) => { figure.addEventListener('finish', resolve, { once: true }); });
        figure.start();
        await ended;
        return figure.runs.map(({ status }) => status);
    });
    assert.ok(seen.length > 0 && seen.every((status) => status === 'finished'), seen.join(', '));
}

for (const [name, base] of /** @type {const} */ ([['its own', url], ['another', elsewhere]])) {
    test(`a page that has no script, and whose frames may have nothing but scripts, on ${name} origin`, async () => {
        // What content systems leave of a frame that an author has put into a post.
        const body = `<figure class="wp-block-embed"><iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"
            src="${embed(HASH, base).replaceAll('&', '&amp;')}" title="A figure" width="600" height="500" loading="lazy"></iframe></figure>`;
        await hosted(browser, { body, hears: false }, async ({ page, frame }) => {
            const inner = await frame();
            await works(inner);
            assert.equal(await inner.evaluate(() => self.origin), 'null');
            // Nobody has heard how high it would be: it scrolls.
            assert.equal(await page.evaluate(() => document.querySelector('iframe')?.clientHeight), 500);
            assert.ok(await inner.evaluate(() => document.documentElement.scrollHeight > 500));
        });
    });
}

test('of a second origin it is as high as it should be, and is spoken with', async () => {
    await hosted(browser, { body: framed(HASH, elsewhere) }, async ({ page, frame, told }) => {
        const inner = await frame();
        await works(inner);
        const { height } = await told('height');
        assert.equal(await page.evaluate(() => document.querySelector('iframe')?.clientHeight), height);
        const seen = await page.evaluate(async (address) => {
            const { figureOf } = await import(address);
            const figure = await figureOf(document.querySelector('iframe'));
            const { state: { rho } } = await figure.set({ rho: 0.75 });
            return [rho, figure.risks.rho];
        }, `${elsewhere}www/host.js`);
        assert.deepEqual(seen, [0.75, 0.75]);
    });
});

test('a page and a figure with strict policies', async () => {
    const policy = (/** @type {string} */ rest) => ({ 'Content-Security-Policy': `default-src 'none'; img-src 'self'; script-src 'self'${rest}` });
    const before = async (/** @type {Page} */ page) => {
        await page.route('**/embed.html', async (route) => {
            const headers = policy(' \'wasm-unsafe-eval\'; style-src \'self\'; connect-src \'self\'; worker-src \'self\'; frame-ancestors \'self\'');
            const response = await route.fetch();
            await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
        });
    };
    await hosted(browser, { body: framed(HASH), headers: policy('; frame-src \'self\''), before }, async ({ page, frame, told }) => {
        await works(await frame());
        const { height } = await told('height');
        assert.equal(await page.evaluate(() => document.querySelector('iframe')?.clientHeight), height);
    });
});

test('frames as they are documented', async () => {
    const docs = await readFile(new URL('../../docs/embedding.md', import.meta.url), 'utf8');
    const [first = '', second = ''] = [...docs.split('## In a frame')[1]?.matchAll(/```html\n(.*?)```/gs) ?? []]
        .map(([, text = '']) => text.replaceAll('https://example.org/lazy-limits/', url));
    await hosted(browser, { body: first, hears: false }, async ({ frame }) => {
        const inner = asPage(await frame());
        await ready(inner);
        assert.deepEqual(await inside(inner, ({ figure, rho }) => [figure, rho]), ['mixture', 0.3]);
    });
    await hosted(browser, { body: second }, async ({ page, frame }) => {
        const shown = page.locator('#nn');
        await page.waitForFunction(() => document.querySelector('#nn')?.textContent !== '');
        const before = Number(await shown.textContent());
        await page.locator('#rho').press('ArrowRight');
        await page.waitForFunction((before) => Number(document.querySelector('#nn')?.textContent) < before, before);
        await (await frame()).locator('.rho').getByRole('spinbutton').fill('0.25');
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.querySelector('#rho')).value === '0.25');
        const risks = await inside(asPage(await frame()), (figure) => figure.risks);
        assert.deepEqual([risks?.['rho'], await shown.textContent()], [0.25, risks?.['limit'].nn.toFixed(3)]);
    });
});

test('behind a prefix', async () => {
    await behind('/courses/2027/', async (base) => {
        await hosted(browser, { address: `${base}host.html`, body: framed(HASH, base) }, async ({ page, frame, told }) => {
            const inner = await frame();
            await works(inner);
            const { height } = await told('height');
            assert.equal(await page.evaluate(() => document.querySelector('iframe')?.clientHeight), height);
            const asked = await inner.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
            assert.ok(asked.length > 10 && asked.every((address) => address.startsWith(base)), asked.join(', '));
        });
    });
});

test('a page speaks with the figures of its frames by promises', async () => {
    const body = `${framed(HASH)}<iframe id="wrong" src="${embed(`${HASH}&figure=cubic`).replaceAll('&', '&amp;')}" title="None"></iframe>
        <iframe id="other" src="about:blank" title="Other"></iframe>`;
    await hosted(browser, { body }, async ({ page, frame }) => {
        const seen = await page.evaluate(async (address) => {
            const { figureOf } = await import(address);
            const [one, wrong, other] = document.querySelectorAll('iframe');
            const sentence = (/** @type {Promise<any>} */ promise) => promise.then(() => '', ({ message }) => message);
            const figure = await figureOf(one);
            const isSame = figure === await figureOf(one);
            /** @type {string[]} */
            const errors = [];
            figure.onerror = (/** @type {string} */ message, /** @type {string} */ field) => errors.push(`${field}: ${message}`);
            const refusal = await sentence(figure.set({ rho: 0.75, mix: 9 }));
            const { rho } = figure.state;
            const { state: { mix } } = await figure.set({ mix: 0.25 });
            const unsendable = await sentence(figure.set({ rho: () => 1 }));
            return { isSame, refusal, rho, mix, errors, unsendable, wrong: await sentence(figureOf(wrong)), other: await sentence(figureOf(other)) };
        }, `${url}www/host.js`);
        assert.match(seen.refusal, /^mix is “9”, but must be [^;]+$/);
        assert.match(seen.unsendable, /could not be cloned/);
        assert.match(seen.wrong, /^figure is “cubic”, but must be one of/);
        assert.match(seen.other, /^the frame shows “about:blank”, but must show .*embed\.html$/);
        assert.deepEqual([seen.isSame, seen.rho, seen.mix, seen.errors], [true, 0.75, 0.25, [`mix: ${seen.refusal}`]]);
        // What its reader does is told.
        await page.evaluate(async (address) => {
            const { figureOf } = await import(address);
            const figure = await figureOf(document.querySelector('iframe'));
            Object.assign(globalThis, { changed: new Promise((resolve) => {
                figure.onchange = (/** @type {any} */ { state, risks }, /** @type {boolean} */ moving) => { if (!moving) resolve([state.rho, risks !== null]); };
            }) });
        }, `${url}www/host.js`);
        await (await frame()).locator('.rho').getByRole('spinbutton').fill('0.3');
        await page.keyboard.press('Enter');
        assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).changed), [0.3, true]);
    });
});

test('a frame of another release is said to be one, and is left alone', async () => {
    const body = `<script type="module" src="${url}www/host.js"></script><iframe src="${url}embed.html" title="A figure" height="300"></iframe>`;
    const before = async (/** @type {Page} */ page) => {
        await page.route('**/embed.html', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Other</title>' }));
    };
    await hosted(browser, { body, before }, async ({ page, frame, visit: { complaints } }) => {
        await page.waitForLoadState('load');
        const said = page.waitForEvent('console');
        await (await frame()).evaluate(() => {
            window.parent.postMessage({ source: 'lazy-limits', version: 1, type: 'height', height: NaN }, '*');
            window.parent.postMessage({ source: 'lazy-limits', version: 1, type: 'height', height: '900' }, '*');
            window.parent.postMessage({ source: 'lazy-limits', version: 2, type: 'height', height: 900 }, '*');
        });
        assert.equal((await said).text(), 'A figure speaks version 2 of its messages, but host.js understands 1: load the one that lies beside it');
        assert.equal(await page.evaluate(() => document.querySelector('iframe')?.clientHeight), 300);
        assert.equal(complaints.splice(0).length, 1);
    });
});

/** Slides by reveal.js. @param {string} first What is on the first of them. */
const slides = (first) => `<link rel="stylesheet" href="${url}reveal/reveal.css"><style>main { height: 100vh; }</style>
    <script type="module" src="${url}www/lazy-limits.js"></script>
    <script type="module" src="${url}www/host.js"></script>
    <script type="module" src="${url}reveal/start.js"></script>
    <div class="reveal"><div class="slides"><section>${first}</section><section>Second</section></div></div>`;

const DECKS = {
    tag: slides('<lazy-limits dim="12" steps="300" batch="20" paused></lazy-limits>'),
    frame: slides(`<iframe src="${embed(`${HASH}&paused`).replaceAll('&', '&amp;')}" title="A figure" width="900" height="600"></iframe>`),
};

/** @param {Page} page */
async function serveReveal(page) {
    await page.route('**/reveal/*', async (route) => {
        const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
        const start = 'import Reveal from "./reveal.mjs"; globalThis.deck = new Reveal(); await deck.initialize({ transition: "none" }); globalThis.isShown = true;';
        const body = name === 'start.js' ? start : await readFile(new URL(`../../node_modules/reveal.js/dist/${name}`, import.meta.url));
        await route.fulfill({ contentType: name.endsWith('css') ? 'text/css' : 'text/javascript', body });
    });
}

for (const [kind, body] of Object.entries(DECKS)) {
    test(`on slides that are scaled, a drag of a ${kind} lands where the pointer is, and keys do not turn them that the figure uses`, async () => {
        /** @type {Map<number, [number, number]>} */
        const seen = new Map();
        // The widths are those of slides at half their size, at their own and larger.
        for (const width of [480, 1000, 1500]) {
            const context = { ...calm, viewport: { width, height: Math.round(width * 0.75) } };
            await hosted(browser, { body, context, before: serveReveal }, async ({ page, frame }) => {
                await page.waitForFunction(() => /** @type {any} */ (globalThis).isShown);
                const inner = kind === 'frame' ? asPage(await frame()) : page;
                await ready(inner);
                const canvas = inner.locator('.main canvas[role=img]');
                const rhos = /** @type {[number, number]} */ ([0, 0]);
                for (const [index, share] of [0.35, 0.7].entries()) {
                    const box = await canvas.boundingBox();
                    assert.ok(box);
                    await page.mouse.click(box.x + share * box.width, box.y + 0.3 * box.height);
                    rhos[index] = Number(await inner.locator('.main input[type=range]').inputValue());
                }
                const scale = await page.evaluate(() => /** @type {any} */ (globalThis).deck.getScale());
                seen.set(scale, rhos);
                const slide = () => page.evaluate(() => /** @type {any} */ (globalThis).deck.getIndices().h);
                const range = inner.locator('.main input[type=range]');
                await range.press('ArrowRight');
                await range.press('ArrowLeft');
                await inner.locator('.rho').getByRole('spinbutton').press('.');
                assert.deepEqual([await slide(), await page.locator('.reveal.paused').count()], [0, 0]);
                await inner.getByRole('button', { name: 'Reset' }).press(' ');
                assert.equal(await slide(), 0);
                await inner.getByRole('button', { name: 'Reset' }).press('ArrowRight');
                await page.waitForFunction(() => /** @type {any} */ (globalThis).deck.getIndices().h === 1);
            });
        }
        const scales = [...seen.keys()];
        assert.ok(Math.min(...scales) < 0.6 && Math.max(...scales) > 1.2, scales.join(', '));
        const [[one = 0, other = 0] = []] = seen.values();
        assert.ok(other > 2 * one, `${one}, ${other}`);
        for (const [scale, [a, b]] of seen) {
            // Within a pixel or two of the smallest.
            assert.ok(Math.abs(Math.log(a / one)) < 0.06 && Math.abs(Math.log(b / other)) < 0.06, `${scale}: ${a}, ${b}; ${one}, ${other}`);
        }
    });
}
