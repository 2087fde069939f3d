// Figures of several parts on one page. The toy part is compiled for tests alone; its row in the loader is set by the page here,
// as a part that is shipped has it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, url, visit } from './browser.mjs';
import { ALL } from './figure.mjs';

/** @typedef {import('./figure.mjs').LazyLimits} LazyLimits */
/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/**
 * Visits a page with figures, of which those of the toy part are known.
 * @param {string} body
 * @param {(page: Page, loaded: string[], screenshot: (name: string) => Promise<string>) => Promise<void>} work `loaded` are the
 *     paths of wasm files.
 */
async function having(body, work) {
    const address = new URL('embedder.html', url).href;
    /** @type {string[]} */
    const loaded = [];
    await visit(browser, {
        address,
        before: async (page) => {
            page.on('request', (request) => {
                if (request.url().endsWith('.wasm')) loaded.push(new URL(request.url()).pathname);
            });
            // As `www/lazy/worker.js` is that of the first paper.
            await page.route('**/www/toy/worker.js', (route) => route.fulfill({
                contentType: 'text/javascript; charset=utf-8',
                body: `import * as glue from '../pkg/toy/lazy_limits.js'; import { work } from '../worker.js'; work(glue);`,
            }));
            await page.route(address, (route) => route.fulfill({
                contentType: 'text/html; charset=utf-8',
                body: `<!doctype html><html lang="en-GB"><title>Parts</title><main><h1>Parts</h1>${body}</main><script type="module">
                    import { PARTS } from './www/parts.js';
                    const at = (path) => () => new URL(path, '${url}www/');
                    PARTS.toy = {
                        figures: ['toy'],
                        keys: ['samples', 'seed'],
                        glue: () => import('./www/pkg/toy/lazy_limits.js'),
                        wasm: { relaxed: at('pkg/toy/lazy_limits_relaxed_bg.wasm'), vectors: at('pkg/toy/lazy_limits_bg.wasm') },
                        script: at('toy/worker.js'),
                        work: () => new Worker(at('toy/worker.js')(), { type: 'module' }),
                    };
                    await import('./www/lazy-limits.js');
                </script>`,
            }));
        },
    }, ({ page, screenshot }) => work(page, loaded, screenshot));
}

/**
 * Does something with the figure of a part.
 * @template Result
 * @param {Page} page
 * @param {string} name
 * @param {(figure: LazyLimits) => Result | Promise<Result>} work
 * @returns {Promise<Result>}
 */
async function of(page, name, work) {
    await page.waitForFunction(() => customElements.get('lazy-limits') !== undefined);
    return page.$eval(`lazy-limits[figure=${name}]`, /** @type {any} */ (work));
}

/** @param {string[]} paths */
const parts = (paths) => [...new Set(paths.map((path) => path.split('/')[3]))].sort();

test('a figure of another part loads only its own file, is drawn, moved, trained and told', async () => {
    await having('<lazy-limits figure="toy" samples="60"></lazy-limits>', async (page, loaded, screenshot) => {
        await of(page, 'toy', async (figure) => { await figure.ready; });
        assert.deepEqual(parts(loaded), ['toy']);
        const handle = page.locator('lazy-limits .main input[type=range]');
        assert.equal(await handle.inputValue(), '60');
        assert.equal(await of(page, 'toy', (figure) => /** @type {any} */ (figure).samples), 60);
        await page.waitForFunction(() => {
            const figure = /** @type {LazyLimits} */ (document.querySelector('lazy-limits'));
            return figure.runs.length === 1 && figure.runs[0]?.status === 'finished';
        });
        const [run] = await of(page, 'toy', (figure) => figure.runs);
        assert.equal(run?.curve.length, 60);
        assert.ok((run?.risk ?? 1) < 0.2);
        const cells = page.locator('lazy-limits .readouts tbody td');
        assert.equal(await cells.nth(0).textContent(), '0.0167');
        await cells.nth(2).getByText(run?.risk?.toFixed(4) ?? '').waitFor();
        await screenshot('toy');
        await page.locator('lazy-limits .main canvas[role=img]').click({ position: { x: 300, y: 60 } });
        await page.waitForFunction(() => /** @type {any} */ (document.querySelector('lazy-limits')).samples !== 60);
        await handle.press('End');
        assert.equal(await of(page, 'toy', (figure) => figure.hash), 'v=1&samples=999');
        await of(page, 'toy', (figure) => { figure.state = { samples: 5000 }; });
        assert.match(await page.locator('lazy-limits .notice').textContent() ?? '', /samples is “5000”, but must be a whole number from 1 to 999/);
        await page.locator('lazy-limits .tables summary').first().click();
        await page.locator('lazy-limits .tables tbody tr').nth(5).waitFor();
        assert.deepEqual(await findings(page), []);
    });
});

test('whoever reads a table keeps the focus and the place when its numbers change', async () => {
    await having('<lazy-limits figure="toy"></lazy-limits>', async (page) => {
        await of(page, 'toy', (figure) => figure.ready);
        await page.locator('lazy-limits .tables summary').first().click();
        const table = page.locator('lazy-limits .tables .scroll').first();
        await table.evaluate((scroll) => {
            scroll.focus();
            scroll.style.height = '60px';
            scroll.scrollTop = 30;
        });
        await table.locator('table').evaluate((one) => { one.classList.add('before'); });
        await of(page, 'toy', (figure) => { figure.state = { samples: 61 }; });
        await page.locator('lazy-limits .tables .before').waitFor({ state: 'detached' });
        assert.deepEqual(await table.evaluate((scroll) => [scroll.matches(':focus'), scroll.scrollTop]), [true, 30]);
    });
});

test('two figures of different parts work on one page', async () => {
    const body = '<lazy-limits figure="toy"></lazy-limits><lazy-limits figure="quadratic" dim="12" steps="300" batch="20"></lazy-limits>';
    await having(body, async (page, loaded) => {
        for (const name of ['toy', 'quadratic']) {
            await of(page, name, async (figure) => {
                await figure.ready;
                figure.start();
            });
        }
        await page.waitForFunction(() => {
            const figures = /** @type {NodeListOf<LazyLimits>} */ (document.querySelectorAll('lazy-limits'));
            return [...figures].every(({ runs }) => runs.length > 0 && runs.every(({ status }) => status === 'finished'));
        });
        assert.deepEqual(parts(loaded), ['lazy', 'toy']);
        assert.deepEqual(await of(page, 'toy', (figure) => figure.risks), {});
        assert.equal(await of(page, 'quadratic', (figure) => figure.risks?.['dim']), 12);
    });
});

test('a figure that nobody has is refused with the names of all', async () => {
    await having('<lazy-limits figure="cubic"></lazy-limits>', async (page, loaded) => {
        const sentence = await of(page, 'cubic', (figure) => figure.ready.then(() => '', ({ message }) => message));
        assert.equal(sentence, `figure is “cubic”, but must be one of ${ALL}, toy`);
        assert.deepEqual(loaded, []);
    });
});
