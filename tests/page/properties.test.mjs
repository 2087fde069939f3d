// Settings as properties of the element, set by whatever a page is made with, and as early as it likes.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, url, visit } from './browser.mjs';
import { calm, embedded, inside, ready } from './figure.mjs';

/** @typedef {import('./figure.mjs').LazyLimits} LazyLimits */
/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** @param {Page} page */
const notice = async (page) => (await page.locator('.notice').first().textContent() ?? '').trim();

/** What cannot be asked of one figure, of the others. */
const VALUES = {
    quadratic: {
        dim: 48, spectrum: 'power-law:0.7', sampling: 'quantile', spectrumSeed: 7, multipliers: '1,0.5,2', mix: 0.25, activation: 'relu',
        rho: 0.3, steps: 1234, stepSize: 0.004, schedule: 'constant', protocol: 'published', batch: 50, seed: 99, axis: 'parameters',
        scale: 'linear', show: 'live', plane: '3,1',
    },
    mixture: { delta: 'two-signed', sigma: 'two-level', rotation: 'random', secondLayer: 'fixed', rho: 2 },
    activation: { activation: 'tanh', rho: 0.25 },
    neuron: { dim: 10.5, norm: 2, bias: -0.5, features: 250, ratio: 0.25, seed: 99 },
};
for (const [name, values] of Object.entries(VALUES)) {
    test(`each setting of the ${name} figure is a property of its name, as text or number`, async () => {
        const body = `<lazy-limits figure="${name}"></lazy-limits>`;
        await embedded(browser, { body }, async ({ page }) => {
            await ready(page);
            const seen = await inside(page, (figure, asked) => {
                const own = /** @type {any} */ (figure);
                /** @type {Record<string, unknown[]>} */
                const all = {};
                for (const [key, value] of Object.entries(asked)) {
                    const before = own[key];
                    own[key] = value;
                    const set = own[key];
                    own[key] = String(value);
                    const again = own[key];
                    const state = figure.state[key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)];
                    own[key] = null;
                    all[key] = [value, set, again, state, before, own[key]];
                }
                return all;
            }, values);
            for (const [key, [value, set, again, state, first, last]] of Object.entries(seen)) {
                assert.deepEqual([set, again, state], [value, value, value], key);
                assert.equal(last, first, key);
            }
            assert.equal(await notice(page), '');
        });
    });
}

test('numbers and rows of numbers are a spectrum; nothing is the attribute’s value, or the default', async () => {
    await embedded(browser, { body: '<lazy-limits mix="0.5"></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, (figure) => {
            const dims = [[4, 2, 1], new Float64Array([3, 1]), [[2, 1], [1, 2]], '2,1\n1,2'].map((spectrum) => {
                figure.spectrum = spectrum;
                return [...figure.eigenvalues ?? []];
            });
            figure.spectrum = undefined;
            figure.delta = undefined;
            const plain = figure.spectrum;
            figure.mix = 0.2;
            figure.mix = '';
            return { dims, plain, mix: figure.mix, delta: figure.delta };
        });
        assert.deepEqual(seen.dims, [[4, 2, 1], [3, 1], [3, 1], [3, 1]]);
        assert.deepEqual([seen.plain, seen.mix, seen.delta], ['exponential', 0.5, undefined]);
        assert.equal(await notice(page), '');
    });
});

test('a property that is refused says so once and leaves everything as it was', async () => {
    await embedded(browser, { body: '<lazy-limits></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, (figure) => {
            /** @type {string[]} */
            const told = [];
            figure.addEventListener('error', (event) => told.push(/** @type {any} */ (event).detail.field));
            const before = figure.hash;
            figure.rho = -1;
            figure.stepSize = 'fast';
            figure.delta = 'two-signed';
            figure.theme = 'blue';
            figure.spectrum = {};
            /** @type {any} */ (figure).state = 'rho=0.3';
            const after = figure.hash;
            figure.rho = 0.5;
            return { told, before, after };
        });
        assert.deepEqual(seen.told, ['rho', 'step-size', 'delta', 'theme', 'spectrum', 'state']);
        assert.equal(seen.after, seen.before);
        // That about ρ has gone with a value that can be used, be it the old one.
        assert.equal(await page.locator('.notice p').count(), 5);
    });
});

/** Sets things before the module runs, and says what is read then and after. */
const EARLY = `
    const figure = document.querySelector('lazy-limits');
    figure.rho = 0.25;
    figure.stepSize = 0.01;
    figure.state = { mix: 0.5 };
    figure.seed = '7';`;

test('what is set before the module has been loaded is in force when it is', async () => {
    const body = `<lazy-limits rho="0.75" batch="20"></lazy-limits><script>${EARLY}</script>`;
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        const hash = await inside(page, (figure) => figure.hash);
        assert.equal(hash, 'v=1&batch=20&mix=0.5&rho=0.25&seed=7&step-size=0.01');
        // None of it hides what the element itself says.
        assert.equal(await inside(page, (figure) => {
            figure.state = { rho: 0.3 };
            return figure.rho;
        }), 0.3);
        assert.equal(await notice(page), '');
    });
});

test('so is an address, a figure, and what comes after it', async () => {
    const body = `<lazy-limits rho="0.75"></lazy-limits><script>
        const figure = document.querySelector('lazy-limits');
        figure.figure = 'mixture';
        figure.hash = 'v=1&rho=2&seed=5';
        figure.seed = 6;
        figure.paused = true;
        figure.theme = 'dark';
    </script>`;
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, (figure) => [figure.hash, figure.figure, figure.paused, figure.theme, figure.delta]);
        assert.deepEqual(seen, ['v=1&rho=2&seed=6', 'mixture', true, 'dark', 'paper']);
    });
});

test('a property’s name that a server wrote into HTML is read', async () => {
    const body = '<lazy-limits stepSize="0.01" secondLayer="fixed" figure="mixture"></lazy-limits>';
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, (figure) => {
            const states = [figure.stepSize, figure.secondLayer];
            figure.removeAttribute('stepsize');
            return [...states, figure.stepSize];
        });
        assert.deepEqual(seen, [0.01, 'fixed', 'auto']);
        assert.equal(await notice(page), '');
    });
});

test('until the core is there, the state is what has been asked for', async () => {
    const body = '<lazy-limits rho="0.75" batch="20"></lazy-limits>';
    /** @type {() => void} */
    let release = () => {};
    const held = new Promise((resolve) => { release = () => resolve(undefined); });
    const before = async (/** @type {Page} */ page) => {
        await page.route('**/*.wasm', async (route) => {
            await held;
            await route.continue();
        });
    };
    await embedded(browser, { body, before }, async ({ page }) => {
        const seen = await inside(page, (figure) => {
            const states = [figure.state];
            figure.rho = 0.25;
            states.push(figure.state);
            // The latest word counts, whether attribute or property.
            figure.setAttribute('rho', '0.3');
            figure.removeAttribute('batch');
            states.push(figure.state);
            const attribute = figure.hash;
            figure.hash = 'v=1&mix=0.5&spectrum=1e+0,2';
            figure.setAttribute('seed', '5');
            states.push(figure.state);
            return { states, attribute, hash: figure.hash };
        });
        assert.deepEqual(seen.states, [
            { rho: '0.75', batch: '20' },
            { rho: 0.25, batch: '20' },
            { rho: '0.3' },
            { mix: '0.5', spectrum: '1e+0,2', seed: '5' },
        ]);
        assert.equal(seen.attribute, 'v=1&rho=0.3');
        release();
        await ready(page);
        const now = await inside(page, (figure) => figure.hash);
        assert.deepEqual(new Set(now.split('&')), new Set(['v=1', 'mix=0.5', 'spectrum=1,2', 'seed=5']));
    });
});

test('out of the document the state is true, and what changes counts', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, async (figure) => {
            const away = () => new Promise((resolve) => { setTimeout(resolve); });
            figure.state = { rho: 0.3, mix: 0.5 };
            figure.remove();
            await away();
            const out = [figure.rho, figure.mix, figure.hash];
            figure.setAttribute('rho', '0.75');
            figure.seed = 5;
            figure.mix = 'all';
            const changed = [figure.rho, figure.seed, figure.mix, figure.hash];
            document.body.append(figure);
            await figure.ready;
            const back = figure.hash;
            figure.remove();
            await away();
            figure.removeAttribute('rho');
            document.body.append(figure);
            await figure.ready;
            return { out, changed, back, last: figure.hash };
        });
        assert.deepEqual(seen.out, [0.3, 0.5, 'v=1&mix=0.5&rho=0.3']);
        assert.deepEqual(seen.changed, [0.75, 5, 0.5, 'v=1&mix=0.5&rho=0.75&seed=5']);
        assert.equal(seen.back, 'v=1&mix=0.5&rho=0.75&seed=5');
        assert.equal(seen.last, 'v=1&mix=0.5&seed=5');
        assert.match(await notice(page), /^mix is “all”/);
    });
});

test('another figure is asked for the same, as far as it has it; other results leave the state', async () => {
    await embedded(browser, { body: '<lazy-limits batch="20"></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, async (figure) => {
            figure.rho = 0.3;
            figure.spectrum = 'spiked';
            figure.figure = 'mixture';
            await figure.ready;
            const mixture = figure.hash;
            figure.delta = 'two-signed';
            figure.figure = 'quadratic';
            await figure.ready;
            const quadratic = figure.hash;
            figure.results = 'www/data/nothing.json';
            const laid = figure.hash;
            figure.results = '';
            await figure.ready;
            return { mixture, quadratic, laid, without: figure.hash };
        });
        assert.equal(seen.mixture, 'v=1&batch=20&rho=0.3');
        assert.deepEqual([seen.quadratic, seen.laid, seen.without], Array(3).fill('v=1&batch=20&rho=0.3&spectrum=spiked'));
        assert.equal(await notice(page), '');
    });
});

test('a figure that does not exist can be mended', async () => {
    await embedded(browser, { body: '<lazy-limits figure="cubic"></lazy-limits>' }, async ({ page }) => {
        await page.getByText('figure is “cubic”').waitFor();
        await inside(page, (figure) => {
            figure.figure = 'mixture';
            return figure.ready;
        });
        assert.equal(await notice(page), '');
    });
});

test('what is asked of an element that is not ready is done when it is', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const seen = await page.evaluate(async () => {
            const figure = /** @type {LazyLimits} */ (document.createElement('lazy-limits'));
            figure.state = { dim: 12, steps: 300, batch: 20 };
            figure.start();
            const ended = new Promise((resolve) => { figure.addEventListener('finish', resolve); });
            document.body.append(figure);
            await ended;
            figure.paused = true;
            return figure.runs.every(({ status }) => status === 'finished');
        });
        assert.ok(seen);
    });
});

test('paused holds training up, and lets it go', async () => {
    await visit(browser, {}, async ({ page }) => {
        await ready(page);
        const state = () => inside(page, (figure) => figure.runs.map(({ status }) => status));
        await page.waitForFunction(() => /** @type {LazyLimits} */ (
            document.querySelector('lazy-limits')).runs.some(({ status }) => status === 'running'));
        await inside(page, (figure) => { figure.paused = true; });
        assert.ok(!(await state()).includes('running'));
        await inside(page, (figure) => { figure.paused = false; });
        await page.waitForFunction(() => /** @type {LazyLimits} */ (
            document.querySelector('lazy-limits')).runs.some(({ status }) => status === 'running'));
    });
});

test('importing the module where there is no page is harmless', async () => {
    const modules = ['lazy-limits', 'hash', 'session', 'pool', 'view', 'lazy/reader'];
    for (const name of modules) await import(new URL(`../../www/${name}.js`, import.meta.url).href);
    const { LazyLimits } = await import(new URL('../../www/lazy-limits.js', import.meta.url).href);
    assert.equal(typeof LazyLimits, 'function');
    assert.ok(url);
});
