// The module for notebooks, in a host that has no more than it must: what the kernel and the reader do reaches the other, without a
// network, and nothing is left when it ends.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, screenshot } from './browser.mjs';
import { drawn, meanwhile } from './figure.mjs';
import { hosted, show, widget, widgetUntil, workersLeft } from './notebook.mjs';

const source = await readFile(new URL('../../www/pkg/single/widget.js', import.meta.url), 'utf8');

/** So small and short that all runs end within a second or two. */
const SMALL = { dim: 12, steps: 300, batch: 20 };

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test('without a network a figure is drawn, trains in workers, and tells its risks and runs', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { figure: 'mixture', state: { ...SMALL, rho: 0.5 }, panels: '', height: null });
        assert.deepEqual(await widget(page, 0, ({ figure }) => [figure.figure, figure.state['rho'], figure.state['dim']]), ['mixture', 0.5, 12]);
        await widgetUntil(page, 0, ({ model }) => model.traits['risks']?.limit.nn > 0);
        // Nothing moves in a host whose reader wants that.
        await widget(page, 0, ({ figure }) => figure.start());
        await widgetUntil(page, 0, ({ model }) => model.traits['runs'].length > 0
            && model.traits['runs'].every((/** @type {any} */ run) => run.status === 'finished' && run.risk > 0 && !('curve' in run)));
        assert.equal(await widget(page, 0, ({ figure }) => figure.shadowRoot?.querySelector('.runs')?.getAttribute('data-kind')), 'module');
        assert.deepEqual(await widget(page, 0, ({ model, figure }) => [model.traits['state'], JSON.stringify(figure.risks)]), [
            { ...SMALL, rho: 0.5 }, await widget(page, 0, ({ model }) => JSON.stringify(model.saved.at(-1)?.['risks'])),
        ]);
    });
});

test('what the reader does reaches the model, as values that it had not and those that it had; fifty moves are told once', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { state: { ...SMALL, seed: 1 } });
        await widgetUntil(page, 0, ({ model }) => model.traits['risks'] !== undefined);
        const canvas = page.locator('canvas[role=img]').first();
        await canvas.click({ position: { x: 150, y: 120 } });
        await widgetUntil(page, 0, ({ model }) => model.saved.at(-1)?.['state'].rho > 0);
        const [saved, used] = await widget(page, 0, ({ model, figure }) => [model.saved.at(-1)?.['state'], figure.state['rho']]);
        assert.deepEqual(saved, { ...SMALL, seed: 1, rho: used });

        const told = await widget(page, 0, ({ model, figure }) => {
            const before = model.saved.length;
            for (let move = 0; move < 50; move += 1) {
                figure.state = { rho: 1 + move / 50 };
                figure.dispatchEvent(new CustomEvent('change', { detail: { moving: true } }));
            }
            return [before, model.saved.length];
        });
        assert.equal(told[0], told[1]);
        await widgetUntil(page, 0, ({ model }) => model.saved.at(-1)?.['state'].rho === 1.98);
        assert.equal(await widget(page, 0, ({ model }) => model.saved.length), Number(told[0]) + 1);
        // The end of a drag is told at once.
        assert.equal(await widget(page, 0, ({ model, figure }) => {
            figure.state = { rho: 0.7 };
            figure.dispatchEvent(new CustomEvent('change', { detail: { moving: false } }));
            return model.saved.at(-1)?.['state'].rho;
        }), 0.7);
    });
});

test('what the kernel does reaches the figure: settings, their defaults, its form, another figure', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { figure: 'quadratic', state: { ...SMALL, rho: 0.5 }, panels: '', height: null });
        const usual = await widget(page, 0, ({ figure }) => figure.shadowRoot?.querySelectorAll('canvas[role=img]').length);
        await widget(page, 0, ({ model }) => model.set('state', { dim: 12, rho: 0.3, spectrum: [4, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1] }));
        assert.deepEqual(await widget(page, 0, ({ figure }) => [figure.state['rho'], figure.state['steps'] === 300, figure.state['spectrum']]), [0.3, false, '4,2,2,1,1,1,1,1,1,1,1,1']);
        await widget(page, 0, ({ model }) => {
            model.set('panels', 'risk');
            model.set('height', 400);
        });
        await widget(page, 0, async ({ figure }) => { await figure.ready; });
        assert.ok(Number(usual) > 1);
        assert.deepEqual(await widget(page, 0, ({ figure }) => [
            figure.shadowRoot?.querySelectorAll('canvas[role=img]').length, Math.round(figure.getBoundingClientRect().height) >= 400, figure.state['rho'],
        ]), [1, true, 0.3]);
        // As a host tells it that has all of it in one message.
        await widget(page, 0, ({ model }) => {
            Object.assign(model.traits, { panels: '', figure: 'mixture' });
            model.set('state', { dim: 12, delta: 'two-signed' });
        });
        await widget(page, 0, async ({ figure }) => { await figure.ready; });
        assert.deepEqual(await widget(page, 0, ({ figure }) => [
            figure.figure, figure.state['delta'], figure.shadowRoot?.querySelector('.notice')?.textContent,
        ]), ['mixture', 'two-signed', '']);
        await widgetUntil(page, 0, ({ model }) => model.saved.at(-1)?.['risks'].limit.nt > 0 && model.saved.at(-1)?.['state'].delta === 'two-signed');
    });
});

test('a value that is refused is said in the figure, and gives way to the one in use', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { state: { ...SMALL, rho: 0.5 } });
        await widgetUntil(page, 0, ({ model }) => model.saved.length > 0);
        await widget(page, 0, ({ model }) => model.set('state', { ...model.traits['state'], rho: -1, nonsense: 3, seed: 2 }));
        const notice = () => widget(page, 0, ({ figure }) => figure.shadowRoot?.querySelector('.notice')?.textContent ?? '');
        assert.match(await notice(), /rho is “-1”, but must be/);
        assert.match(await notice(), /nonsense/);
        await widgetUntil(page, 0, ({ model }) => model.saved.at(-1)?.['state'].seed === 2);
        assert.deepEqual(await widget(page, 0, ({ model }) => model.saved.at(-1)?.['state']), { ...SMALL, rho: 0.5, seed: 2 });
        await widget(page, 0, ({ model }) => model.set('state', 'rho=1'));
        assert.match(await notice(), /state is “rho=1”, but must be an object of settings/);
        await widget(page, 0, ({ model }) => model.set('panels', 'nothing'));
        assert.match(await notice(), /panels has “nothing”, but must be of/);
    });
});

test('two widgets of two copies of the module share an element and its workers; the last one that ends, ends these', async () => {
    await hosted(browser, async (page) => {
        // Each with a copy of its own.
        await show(page, source, { state: SMALL });
        await widget(page, 0, ({ figure }) => figure.start());
        await page.waitForFunction(() => /** @type {any} */ (globalThis).workers.length > 0);
        await drawn(page);
        const one = await widget(page, 0, ({ figure }) => figure.localName);
        await show(page, source, { figure: 'mixture', panels: 'risk', state: SMALL });
        assert.equal(await widget(page, 1, ({ figure }) => figure.localName), one);
        await widget(page, 1, ({ figure }) => figure.start());
        for (const index of [0, 1]) {
            await widgetUntil(page, index, ({ figure }) => figure.runs.length > 0 && figure.runs.every(({ status }) => status === 'finished'));
        }
        const cores = await page.evaluate(() => Math.min(navigator.hardwareConcurrency, 4));
        // And one that solves.
        assert.ok(await page.evaluate(() => /** @type {any} */ (globalThis).workers.length) <= cores + 1);
        await screenshot(page, 'widget-two');

        await widget(page, 0, ({ end }) => end());
        assert.equal(await widget(page, 0, ({ el }) => el.childElementCount), 0);
        await widget(page, 1, ({ figure }) => { figure.reset(); figure.start(); });
        await widgetUntil(page, 1, ({ figure }) => figure.runs.every(({ status }) => status === 'finished'));
        // A model that is still there has no view any more.
        await widget(page, 0, ({ model }) => model.set('state', { rho: 3 }));
        assert.notEqual(await widget(page, 0, ({ figure }) => figure.state['rho']), 3);
        await widget(page, 1, ({ abort }) => abort());
        assert.equal(await widget(page, 1, ({ el }) => el.childElementCount), 0);
        await workersLeft(page, 0);
        const saves = await widget(page, 1, ({ model }) => model.saved.length);
        await meanwhile(page);
        assert.equal(await widget(page, 1, ({ model }) => model.saved.length), saves);
    });
});

test('another version stays apart, and so does a page’s own element', async () => {
    const [, digest = ''] = /"?build"?:"([0-9a-f]{15})"/.exec(source) ?? [];
    assert.notEqual(digest, '');
    await hosted(browser, async (page) => {
        await page.evaluate(() => customElements.define('lazy-limits', class extends HTMLElement {}));
        await show(page, source, { state: SMALL });
        await show(page, source.replace(digest, '0'.repeat(15)), { state: SMALL });
        const names = [await widget(page, 0, ({ figure }) => figure.localName), await widget(page, 1, ({ figure }) => figure.localName)];
        assert.deepEqual(names, [`lazy-limits-${digest}`, `lazy-limits-${'0'.repeat(15)}`]);
        for (const index of [0, 1]) {
            await widgetUntil(page, index, ({ model }) => model.traits['risks']?.limit.nn > 0);
        }
    });
});

test('on a page of MyST, whose model has initial values and no kernel', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { figure: 'mixture', state: { ...SMALL, delta: 'two-signed' } }, 'myst');
        assert.deepEqual(await widget(page, 0, ({ figure }) => [figure.figure, figure.state['delta']]), ['mixture', 'two-signed']);
        await widgetUntil(page, 0, ({ model }) => model.traits['risks'] !== undefined);
        await widget(page, 0, ({ model }) => model.set('state', { ...model.traits['state'], rho: 0.3 }));
        assert.equal(await widget(page, 0, ({ figure }) => figure.state['rho']), 0.3);
        await show(page, source, {}, 'myst');
        assert.equal(await widget(page, 1, ({ figure }) => figure.figure), 'quadratic');
        for (const index of [0, 1]) await widget(page, index, ({ end }) => end());
        await workersLeft(page, 0);
        await widget(page, 0, ({ model }) => model.set('state', { rho: 2 }));
        assert.notEqual(await widget(page, 0, ({ figure }) => figure.state['rho']), 2);
    });
});

test('a figure that cannot be shown says why in its place', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { figure: 'nothing' });
        await page.getByText('figure is “nothing”, but must be one of quadratic').waitFor();
        await widget(page, 0, ({ model }) => model.set('figure', 'mixture'));
        await widget(page, 0, async ({ figure }) => { await figure.ready; });
        await widgetUntil(page, 0, ({ model }) => model.traits['risks']?.limit.nn > 0);
    });
});

test('it is as dark as its host, whatever words that has for it, unless the kernel says otherwise', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { state: SMALL });
        const theme = () => widget(page, 0, ({ figure }) => figure.theme);
        assert.equal(await theme(), 'auto');
        for (const [attributes, expected] of /** @type {const} */ ([
            [{ 'data-jp-theme-light': 'false' }, 'dark'],
            [{ 'data-jp-theme-light': 'true' }, 'light'],
            [{ class: 'vscode-dark' }, 'dark'],
            [{ class: 'vscode-high-contrast' }, 'dark'],
            [{ class: 'vscode-high-contrast vscode-high-contrast-light' }, 'light'],
            [{ class: 'dark' }, 'dark'],
            [{}, 'auto'],
        ])) {
            await page.evaluate((attributes) => {
                for (const name of ['class', 'data-jp-theme-light']) document.body.removeAttribute(name);
                for (const [name, value] of Object.entries(attributes)) document.body.setAttribute(name, value);
            }, attributes);
            assert.equal(await theme(), expected);
        }
        await page.evaluate(() => document.documentElement.classList.add('dark'));
        assert.equal(await theme(), 'dark');
        await widget(page, 0, ({ model }) => model.set('theme', 'light'));
        assert.equal(await theme(), 'light');
        await widget(page, 0, ({ end }) => end());
        await page.evaluate(() => document.documentElement.classList.remove('dark'));
        assert.equal(await theme(), 'light');
    });
});

test('in a column as wide as a notebook’s, nothing is cut off', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { state: SMALL });
        for (const width of [834, 848, 1000, 320]) {
            const cut = await widget(page, 0, ({ el }, width) => {
                Object.assign(el.style, { width: `${width}px`, overflow: 'hidden' });
                return el.scrollWidth - el.clientWidth;
            }, width);
            assert.equal(cut, 0, `at ${width} pixels`);
        }
    });
});

test('it can be saved as one file, by its dialog too, which has no links that nobody could follow', async () => {
    await hosted(browser, async (page) => {
        await show(page, source, { state: SMALL });
        const text = await widget(page, 0, async ({ figure }) => (await figure.saveAsOneFile()).text());
        assert.match(text, /<lazy-limits figure="quadratic" [^>]*dim="12"/);
        await page.getByRole('button', { name: 'Share or save…' }).click();
        await page.getByRole('dialog').waitFor();
        assert.equal(await page.getByRole('dialog').getByText('Elsewhere').count(), 0);
        await screenshot(page, 'widget-dialog');
    });
});
