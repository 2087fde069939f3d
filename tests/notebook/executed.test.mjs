// The example notebook as a kernel has executed it: what it keeps of its widgets is what their figures show, in a browser without a
// network. `cargo xtask test notebook` executes it and sets the environment: EXECUTED, besides that of the page's tests.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, screenshot, setting } from '../page/browser.mjs';
import { place } from '../page/figure.mjs';
import { hosted, show, widget, widgetUntil, workersLeft } from '../page/notebook.mjs';

/** The kinds of what is in an output, and where a notebook keeps the state of its widgets. */
const VIEW = 'application/vnd.jupyter.widget-view+json';
const STATE = 'application/vnd.jupyter.widget-state+json';

const example = JSON.parse(await readFile(new URL('../../examples/notebook/lazy_limits.ipynb', import.meta.url), 'utf8'));
const notebook = JSON.parse(await readFile(setting('EXECUTED', 'target/notebook/executed.ipynb'), 'utf8'));

/** All outputs, in their order. @type {any[]} */
const outputs = notebook.cells.flatMap((/** @type {any} */ cell) => cell.outputs ?? []);

/** The traits of what is shown, each with its module. @type {any[]} */
const shown = outputs.flatMap(({ data = {} }) => (VIEW in data ? [notebook.metadata.widgets[STATE].state[data[VIEW].model_id].state] : []));

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test('the example is kept without what came of it', () => {
    for (const { cell_type: type, outputs, execution_count: count } of example.cells) {
        if (type === 'code') assert.deepEqual([outputs, count], [[], null]);
    }
    assert.equal(example.metadata.widgets, undefined);
});

test('executed from the top, it has no error, and two widgets with a module each', () => {
    assert.deepEqual(outputs.filter(({ output_type: type }) => type === 'error' || type === 'stream'), []);
    assert.equal(shown.length, 2);
    for (const { _model_module: module, _esm: source } of shown) {
        assert.equal(module, 'anywidget');
        assert.match(source, /^\/\*! Lazy Limits /);
    }
    // As Python has set it; nothing has been drawn, so there are no risks.
    assert.deepEqual(shown[0].state, { dim: 40, rho: 0.3, spectrum: 'spiked:3' });
    assert.deepEqual(shown[0].risks, {});
});

test('its figures are drawn as Python has set them, train, and tell it what the reader does', async () => {
    await hosted(browser, async (page) => {
        for (const { _esm: source, ...traits } of shown) await show(page, source, traits);
        const state = (/** @type {number} */ index) => widget(page, index, ({ figure }) => [figure.figure, figure.state['rho'], figure.state['spectrum']]);
        assert.deepEqual(await state(0), ['quadratic', 0.3, 'spiked:3']);
        assert.deepEqual((await state(1)).slice(0, 2), ['mixture', 0.5]);
        assert.equal(await widget(page, 1, ({ figure }) => figure.shadowRoot?.querySelectorAll('canvas[role=img]').length), 1);
        for (const index of [0, 1]) {
            await widget(page, index, ({ figure }) => figure.start());
            await widgetUntil(page, index, ({ model }) => model.traits['risks'].limit?.nn > 0
                && model.traits['runs'].some((/** @type {any} */ run) => run.risk > 0));
        }
        await screenshot(page, 'notebook');

        // A drag, in the single picture.
        const canvas = page.locator('main > div').nth(1).locator('canvas[role=img]');
        const start = await place(canvas, 0.3, 0.5);
        await page.mouse.move(start.x, start.y);
        await page.mouse.down();
        for (const share of [0.4, 0.5, 0.6]) {
            const { x, y } = await place(canvas, share, 0.5);
            await page.mouse.move(x, y);
        }
        await page.mouse.up();
        await widgetUntil(page, 1, ({ model, figure }) => model.saved.at(-1)?.['state'].rho === figure.state['rho'] && figure.state['rho'] !== 0.5);
        await widgetUntil(page, 1, ({ model, figure }) => JSON.stringify(model.saved.at(-1)?.['risks']) === JSON.stringify(figure.risks));
        // The other is none of its concern.
        assert.deepEqual(await widget(page, 0, ({ model }) => model.traits['state']), shown[0].state);

        for (const index of [0, 1]) await widget(page, index, ({ abort }) => abort());
        await workersLeft(page, 0);
    });
});
