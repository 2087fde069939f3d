// A figure that is saved as one file: opened from a disk, without a network, it is what it was, and can be saved again.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { articleWith } from '../../www/single/article.js';
import { decode, encode } from '../../www/single/format.js';
import { attributes, attributesIn } from '../../www/single/markup.js';
import { artefacts, launch, siteUrl, url, visit } from './browser.mjs';
import { CHAPTERS, SMALL, calm, embedded, finished, inside, ready, stateOf, takesResults, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../../www/single/save.js').Extent} Extent */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Bytes that a file may have: what a mail takes many times over. */
const MOST = 1_250_000;

/** Saves the figure of a page. @param {Page} page @param {Extent} [extent] */
const saved = (page, extent) => inside(page, async (figure, extent) => (await figure.saveAsOneFile(extent)).text(), extent);

/**
 * Puts a file on the disk, and returns its address.
 * @param {string} name
 * @param {string} text
 */
async function kept(name, text) {
    await mkdir(artefacts, { recursive: true });
    const file = path.resolve(artefacts, `${name}.html`);
    await writeFile(file, text);
    return pathToFileURL(file).href;
}

/**
 * Opens a file from the disk, without a network, and fails if it asks for anything that is not in it.
 * @param {string} address
 * @param {(page: Page) => Promise<void>} work
 * @param {import('playwright-core').BrowserContextOptions} [context]
 */
async function opened(address, work, context = {}) {
    /** @type {string[]} */
    const asked = [];
    const before = async (/** @type {Page} */ page) => {
        page.context().on('request', (request) => asked.push(request.url()));
    };
    await visit(browser, { address, shipped: true, context: { offline: true, ...context }, before }, async ({ page }) => {
        await ready(page);
        await work(page);
    });
    const [file = ''] = address.split('#');
    assert.deepEqual(asked.filter((one) => !one.startsWith(file) && !one.startsWith('blob:')), []);
}

/**
 * Compares whole files, and tells the place where they part: all of them would fill a screen many times over.
 * @param {string} one
 * @param {string} other
 */
function assertSame(one, other) {
    if (one === other) return;
    let at = 0;
    while (one[at] === other[at]) at += 1;
    const around = (/** @type {string} */ text) => text.slice(Math.max(0, at - 200), at + 200);
    assert.equal(around(one), around(other));
}

/** What a reader sees of a figure. @param {Page} page */
async function seen(page) {
    if (await page.locator('lazy-limits[results]').count() > 0) await page.locator('lazy-limits .results.laid').waitFor();
    return inside(page, (figure) => ({
        state: figure.state,
        limit: figure.risks?.limit,
        eigenvalues: [...figure.eigenvalues ?? []],
        choices: [...figure.shadowRoot?.querySelectorAll('.results label') ?? []].map(({ textContent }) => textContent),
        pictures: [...figure.shadowRoot?.querySelectorAll('section:not([hidden]) canvas[role=img]') ?? []].length,
    }));
}

/** Nothing is cut off on the narrowest phone. @param {Page} page */
async function assertFits(page) {
    const size = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 700 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    if (size) await page.setViewportSize(size);
}

/** Moves the handle, and goes where live networks are trained, to their end. @param {Page} page */
async function train(page) {
    const before = await inside(page, (figure) => figure.hash);
    await page.locator('#figure .main canvas[role=img]').click({ position: { x: 200, y: 120 } });
    await until(page, (figure, hash) => figure.hash !== hash, before);
    await inside(page, (figure) => figure.start());
    await finished(page);
    return inside(page, (figure) => [figure.shadowRoot?.querySelector('.runs')?.getAttribute('data-kind'), figure.runs.map(({ status }) => status)]);
}

for (const [from, root] of Object.entries({ 'its sources': url, 'the built site': siteUrl })) {
    for (const [chapter, address] of Object.entries(CHAPTERS)) {
        test(`${chapter}, saved from ${from}, opens as a file in the same state, with its results, and trains in workers`, async () => {
            let text = '';
            /** @type {unknown} */
            let before;
            await visit(browser, { address: new URL(`${address}#${stateOf(chapter, `${SMALL}&rho=0.7&features=70`)}`, root).href, shipped: true, context: calm }, async ({ page }) => {
                await ready(page);
                before = await seen(page);
                text = await saved(page);
            });
            assert.ok(text.length < MOST, `${text.length} bytes`);
            await opened(await kept(`single-${chapter}`, text), async (page) => {
                assert.deepEqual(await seen(page), before);
                const [kind, ended] = await train(page);
                assert.equal(kind, 'module');
                assert.ok(Array.isArray(ended) && ended.every((status) => status === 'finished'), String(ended));
                // The address follows the hand there too.
                const hash = await inside(page, (figure) => figure.hash);
                await page.waitForFunction((expected) => location.hash === `#${expected}`, hash);
            });
        });
    }
}

test('saved from the file itself, it is the same bytes; after a change, the changed figure', async () => {
    let first = '';
    await visit(browser, { address: `#${SMALL}`, shipped: true, context: calm }, async ({ page }) => {
        await ready(page);
        first = await saved(page);
    });
    let changed = '';
    /** @type {unknown} */
    let state;
    await opened(await kept('single-first', first), async (page) => {
        assertSame(await saved(page), first);
        await assertFits(page);
        await inside(page, (figure) => { figure.state = { spectrum: 'spiked:3', rho: 0.9, steps: 200 }; });
        state = await inside(page, (figure) => figure.state);
        changed = await saved(page);
    }, calm);
    await opened(await kept('single-second', changed), async (page) => {
        assert.deepEqual(await inside(page, (figure) => figure.state), state);
        assertSame(await saved(page), changed);
        // Back at the defaults, its address says so, as the attributes say something else.
        await inside(page, (figure) => { figure.hash = 'v=1'; });
        assert.equal(await inside(page, (figure) => figure.hash), 'v=1');
        assert.equal(await inside(page, (figure) => figure.state['rho']), await page.evaluate(() => {
            const other = /** @type {import('../../www/lazy-limits.js').LazyLimits} */ (document.createElement('lazy-limits'));
            return other.state['rho'];
        }));
    }, calm);
});

for (const [from, root] of Object.entries({ 'its sources': url, 'the built site': siteUrl })) {
    test(`an article, saved from ${from}, reads as it did, its links lead where they led, and it is saved again`, async () => {
        const read = (/** @type {Page} */ page) => page.evaluate(() => ({
            // Without the figure, and what is said of the file.
            text: [...document.querySelectorAll('main > :not(lazy-limits, footer[id])')].map((element) => /** @type {HTMLElement} */ (element).innerText),
            links: [...document.querySelectorAll('main a:not(footer[id] a, lazy-limits a)')].map((link) => [/** @type {HTMLAnchorElement} */ (link).href.split('#')[1]
                ? /** @type {HTMLAnchorElement} */ (link).hash : /** @type {HTMLAnchorElement} */ (link).href]),
            styles: [...document.querySelectorAll('main, h1, .lede, nav a, math')].map((element) => {
                const { fontSize, color, width, display } = getComputedStyle(element);
                return [fontSize, color, width, display];
            }),
        }));
        let text = '';
        /** @type {unknown} */
        let before;
        await visit(browser, { address: new URL(`index.html#${SMALL}`, root).href, shipped: true, context: calm }, async ({ page }) => {
            await ready(page);
            before = await read(page);
            text = await saved(page, { article: true });
        });
        assert.ok(text.length < MOST, `${text.length} bytes`);
        let again = '';
        await opened(await kept('single-article', text), async (page) => {
            assert.deepEqual(await read(page), before);
            // A preset is an address of this very file.
            const preset = page.locator('.presets a').first();
            await preset.click();
            await until(page, (figure, href) => location.hash === href && figure.state['dim'] !== 12, await preset.getAttribute('href'));
            assert.ok(page.url().startsWith('file:'));
            await inside(page, (figure) => { figure.state = { dim: 12, steps: 300, batch: 20 }; });
            assert.deepEqual((await train(page))[0], 'module');
            again = await saved(page, { article: true });
        });
        await opened(await kept('single-article-again', again), async (page) => {
            await assertFits(page);
            assert.deepEqual(await read(page), before);
            assert.equal(await page.locator('#lazy-limits-saved').count(), 1);
            assertSame(await saved(page, { article: true }), again);
        }, calm);
    });
}

test('the task runner writes the bytes that the page saves', async () => {
    for (const [chapter, article] of /** @type {const} */ ([['quadratic', false], ['mixture', true], ['neuron', true]])) {
        const options = ['--figure', chapter, '--address', url, ...article ? ['--article'] : []];
        const file = path.resolve(artefacts, `single-node-${chapter}.html`);
        await mkdir(artefacts, { recursive: true });
        await promisify(execFile)('node', [fileURLToPath(new URL('../../xtask/node/single.mjs', import.meta.url)), ...options, '--output', file]);
        await visit(browser, { address: CHAPTERS[chapter] || 'index.html', shipped: true, context: calm }, async ({ page }) => {
            await ready(page);
            if (takesResults(chapter)) await page.locator('lazy-limits .results.laid').waitFor();
            const [own, written] = [await saved(page, { article }), await readFile(file, 'utf8')];
            // The development server leaves the comments out of style sheets.
            assertSame(withoutSheets(own), withoutSheets(written));
        });
    }
});

test('a figure of another part takes that part’s core and no other along', async () => {
    let text = '';
    await visit(browser, { address: 'neuron.html#v=1&dim=7', context: calm }, async ({ page }) => {
        await ready(page);
        text = await saved(page);
    });
    assert.deepEqual([...text.matchAll(/ data-part="(\w+)"/g)].map(([, part]) => part), ['neuron', 'neuron']);
    const core = await stat(new URL('../../www/pkg/neuron/lazy_limits_bg.wasm', import.meta.url));
    const page = await stat(new URL('../../www/pkg/single/page-neuron.js', import.meta.url));
    assert.ok(text.length < 4 / 3 * core.size + page.size + 150_000, `${text.length} characters`);
    await opened(await kept('single-neuron', text), async (page) => {
        await ready(page);
        assert.equal(await inside(page, (figure) => figure.state['dim']), 7);
        assert.equal(await saved(page), text);
    }, calm);
});

/** @param {string} html */
const withoutSheets = (html) => html.replace(/<style>[^]*?<\/style>/g, '');

test('a figure in somebody’s page keeps its look and what is theirs stays behind', async () => {
    const body = `<p>Before</p><lazy-limits figure="mixture" theme="dark" class="theirs" style="margin: 1px" data-x="y" id="z"
        delta="two-signed" rho="0.6" dim="12"></lazy-limits>`;
    let text = '';
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        text = await saved(page);
    });
    const [, inside_ = ''] = /<lazy-limits([^>]*)>/.exec(text) ?? [];
    assert.deepEqual(attributesIn(inside_), { figure: 'mixture', theme: 'dark', delta: 'two-signed', rho: '0.6', dim: '12', id: 'figure' });
    await opened(await kept('single-theirs', text), async (page) => {
        assert.equal(await inside(page, (figure) => figure.state['delta']), 'two-signed');
    }, calm);
});

test('one panel of it is in a post, beside which the file lies, in a frame that may have nothing but scripts', async () => {
    let text = '';
    await visit(browser, { address: `#${SMALL}&rho=0.3`, context: calm }, async ({ page }) => {
        await ready(page);
        text = await saved(page, { panels: 'risk' });
    });
    const post = `<!doctype html><html lang="en"><title>A post</title><link rel="icon" href="${url}www/icon.svg"><h1>A post</h1>
        <iframe src="figure.html" title="Lazy Limits" width="100%" height="900" loading="lazy" sandbox="allow-scripts"></iframe>`;
    const before = async (/** @type {Page} */ page) => {
        for (const [name, body] of [['post', post], ['figure', text]]) {
            await page.route(`**/blog/${name}.html`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
        }
    };
    await visit(browser, { address: 'blog/post.html', before }, async ({ page }) => {
        const figure = page.frameLocator('iframe').locator('lazy-limits');
        await figure.locator('.risk canvas[role=img]').waitFor();
        const [rho, panels, kind] = await figure.evaluate(async (/** @type {import('./figure.mjs').LazyLimits} */ own) => {
            while (!own.runs.length || own.runs.some(({ status }) => status !== 'finished')) {
                await new Promise((resolve) => { own.addEventListener('progress', resolve, { once: true }); own.addEventListener('finish', resolve, { once: true }); });
            }
            const root = /** @type {ShadowRoot} */ (own.shadowRoot);
            return [own.risks?.rho, root.querySelectorAll('.plots > section').length, root.querySelector('.runs')?.getAttribute('data-kind')];
        });
        assert.deepEqual([rho, panels, kind], [0.3, 1, 'module']);
    });
});

test('results that a reader has opened go along, whatever is in them', async () => {
    const results = await readFile(new URL('../../www/data/quadratic.json', import.meta.url), 'utf8');
    const odd = JSON.stringify({ ...JSON.parse(results), comment: '</script><!--<script>]]>\u2028“ä”' });
    let text = '';
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure, odd) => figure.openResults(new File([odd], 'mine.json')), odd);
        text = await saved(page);
    });
    await opened(await kept('single-results', text), async (page) => {
        await page.locator('lazy-limits .results.laid').waitFor();
        assert.equal(await inside(page, (figure) => figure.readResults()), odd);
    }, calm);
});

test('what cannot be loaded is said in a sentence, and nothing is saved', async () => {
    await visit(browser, { context: calm }, async ({ page, complaints }) => {
        await page.route('**/single/page-lazy.js', (route) => route.fulfill({ status: 404 }));
        await ready(page);
        await assert.rejects(saved(page), /cannot be saved as one file: http.*\/www\/pkg\/single\/page-lazy\.js could not be loaded \(status 404\)/);
        await page.close();
        assert.ok(complaints.length > 0 && complaints.every((one) => /page-lazy\.js|status of 404/.test(one)), complaints.join('\n'));
        complaints.length = 0;
    });
});

test('a figure inside another component is saved alone, or not at all', async () => {
    await embedded(browser, { body: '<div id="host"></div>' }, async ({ page }) => {
        const [alone, whole] = await page.evaluate(async () => {
            await customElements.whenDefined('lazy-limits');
            const root = /** @type {HTMLElement} */ (document.getElementById('host')).attachShadow({ mode: 'open' });
            root.innerHTML = '<lazy-limits figure="quadratic" dim="12"></lazy-limits>';
            const figure = /** @type {import('../../www/lazy-limits.js').LazyLimits} */ (root.firstElementChild);
            await figure.ready;
            return [(await figure.saveAsOneFile()).size, await figure.saveAsOneFile({ article: true }).then(() => '', String)];
        });
        assert.ok(Number(alone) > 1e5);
        assert.match(String(whole), /inside another component .* save it alone/);
    });
});

test('any text is held, and read again', () => {
    const texts = ['', '</script><SCRIPT><!-- -->', '\u2028\u2029\0\r\n\t"\\', '“ä”🙂', ']]>&amp;'];
    for (const text of texts) {
        for (const what of /** @type {const} */ (['worker', 'results'])) {
            const [, held = ''] = /^<script[^>]*>([^]*)<\/script>$/.exec(encode(what, text, 'lazy')) ?? [];
            assert.ok(!/<\/script|<!--/i.test(held), held);
            assert.equal(decode(what, held), text);
        }
        const value = { 'a-b': text };
        assert.deepEqual(attributesIn(attributes(value)), value);
    }
});

test('an article is changed where it must be, and nowhere else', () => {
    const html = `<!doctype html><html><head><base href="/x/"><meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<link rel=icon href=i.svg><link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css"><script src="s.js">if (1 < 2) "<lazy-limits>"</script>
</head><body><!-- <lazy-limits></lazy-limits> <a href="c"> --><a title="a > b" href="d.html?a=1&amp;b=2" data-href="e">1</a><a href='#f'>2</a><a href="mailto:g">3</a>
<img src=h.png><lazy-limits figure="quadratic" id="figure" results="r.json"><p>no</p></lazy-limits><lazy-limits figure="mixture"></lazy-limits>
</body></html>`;
    const article = { html, index: 1, base: 'https://host/x/', sheets: { 'https://host/x/a.css': 'p { content: "</style>" }' } };
    const written = articleWith(article, { figure: '<lazy-limits id="figure">$&</lazy-limits>', note: '<p>note</p>', held: '<script>$1</script>' });
    assert.equal(written, `<!doctype html><html><head>
<style>p { content: "<\\/style>" }</style><link rel="stylesheet" href="https://host/x/b.css">
</head><body><!-- <lazy-limits></lazy-limits> <a href="c"> --><a title="a > b" href="https://host/x/d.html?a=1&amp;b=2" data-href="e">1</a><a href='#f'>2</a><a href="mailto:g">3</a>
<img src="https://host/x/h.png"><lazy-limits figure="quadratic"><p>no</p></lazy-limits><lazy-limits id="figure">$&</lazy-limits>
<p>note</p>
<script>$1</script>
</body></html>`);
    assert.throws(() => articleWith({ ...article, index: 2 }, { figure: '', note: '', held: '' }), /has no such figure/);
});
