// What those who embed the figure rely on.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { ALL, SMALL, calm, drawn, embedded, finished, inside, ready } from './figure.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test('before it is ready there are no risks, and what is asked for is kept', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const seen = await page.evaluate(async () => {
            const figure = /** @type {import('./figure.mjs').LazyLimits} */ (document.createElement('lazy-limits'));
            figure.setAttribute('figure', 'quadratic');
            figure.setAttribute('dim', '20');
            figure.state = { rho: 0.25 };
            const early = [figure.risks, figure.eigenvalues, figure.runs.length];
            document.body.append(figure);
            await figure.ready;
            return { early, rho: figure.risks?.rho, length: figure.eigenvalues?.length };
        });
        assert.deepEqual(seen, { early: [null, null, 0], rho: 0.25, length: 20 });
    });
});

test('each part’s row in the loader is what the core knows', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const rows = await page.evaluate(async () => {
            const [loader, core] = ['/www/parts.js', '/www/core.js'];
            const { PARTS } = /** @type {typeof import('../../www/parts.js')} */ (await import(loader));
            const { startCore } = /** @type {typeof import('../../www/core.js')} */ (await import(core));
            return Promise.all(Object.values(PARTS).map(async ({ figures, keys }) => {
                const { glue } = await startCore(figures[0] ?? '');
                let refusal = '';
                try {
                    new glue.Explorable('nobody');
                } catch (error) {
                    refusal = String(error);
                }
                const known = figures.flatMap((figure) => glue.parameters(figure)).map(({ key }) => key);
                return { figures, keys, refusal, known };
            }));
        });
        for (const { figures, keys, refusal, known } of rows) {
            assert.ok(refusal.endsWith(`must be one of ${figures.join(', ')}`), refusal);
            assert.deepEqual([...keys].sort(), [...new Set(known)].sort());
        }
    });
});

test('attributes and properties are exactly those of the core’s table', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const seen = await page.evaluate(async () => {
            const component = '/www/lazy-limits.js';
            const [loader, core] = ['/www/parts.js', '/www/core.js'];
            const { LazyLimits } = await import(component);
            const { PARTS } = /** @type {typeof import('../../www/parts.js')} */ (await import(loader));
            const { startCore } = /** @type {typeof import('../../www/core.js')} */ (await import(core));
            const rows = (await Promise.all(Object.values(PARTS).flatMap(({ figures }) => figures).map(async (figure) =>
                (await startCore(figure)).glue.parameters(figure)))).flat();
            const descriptors = Object.entries(Object.getOwnPropertyDescriptors(LazyLimits.prototype));
            return {
                attributes: LazyLimits.observedAttributes,
                properties: descriptors.filter(([, { set }]) => set).map(([name]) => name),
                keys: rows.map(({ key }) => key),
                hidden: descriptors.map(([name]) => name).filter((name) => name !== 'constructor' && name in HTMLElement.prototype),
            };
        });
        const keys = [...new Set(seen.keys)];
        const camel = keys.map((key) => key.replace(/-./g, ([, letter]) => String(letter).toUpperCase()));
        const others = ['figure', 'results', 'paused', 'theme', 'panels', 'controls', 'readouts', 'height', 'lock', 'only'];
        // HTML knows no capitals: some frameworks write a property's name into it.
        const written = new Set([...keys, ...camel.map((name) => name.toLowerCase())]);
        assert.deepEqual([...seen.attributes].sort(), [...others, ...written].sort());
        assert.deepEqual([...seen.properties].sort(), [...others, ...camel, 'state', 'hash'].sort());
        assert.deepEqual(seen.hidden, []);
    });
});

test('risks, spectrum and state', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const { risks, spectrum, state } = await inside(page, (figure) => ({
            risks: figure.risks,
            spectrum: [...figure.eigenvalues ?? []],
            state: figure.state,
        }));
        assert.ok(risks);
        assert.equal(risks.rho, 0.5);
        assert.equal(risks.neurons, 32);
        assert.deepEqual(Object.keys(risks.limit).sort(), ['nn', 'nt', 'rf', 'rfAligned', 'rfBest']);
        assert.deepEqual(Object.keys(risks.exact).sort(), ['nn', 'nt', 'rf', 'rfAligned']);
        assert.equal(spectrum.length, 64);
        assert.deepEqual(spectrum, [...spectrum].sort((a, b) => b - a));
        // Theorems 2 and 3 from the spectrum alone.
        const sum = (/** @type {number[]} */ values) => values.reduce((total, value) => total + value, 0);
        const squares = spectrum.map((value) => value * value);
        const tau = sum(spectrum) ** 2 / (64 * sum(squares));
        assert.ok(Math.abs(Number(risks.limit.nt) - (0.25 * (1 - tau) + 0.5 * tau)) < 1e-12);
        assert.ok(Math.abs(Number(risks.limit.nn) - sum(squares.slice(32)) / sum(squares)) < 1e-12);
        assert.ok(Math.abs(risks.limit.rf - (1 - tau / 3)) < 1e-12);
        assert.equal(state['rho'], 0.5);
        assert.equal(state['spectrum'], 'exponential');
    });
});

test('a change is in force at once, by property and by attribute', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, (figure) => {
            const output = () => figure.shadowRoot?.querySelector('output[data-regime="nt"]')?.textContent;
            figure.state = { rho: 0.25 };
            const byProperty = [figure.risks?.rho, output(), figure.risks?.limit.nt?.toFixed(4)];
            figure.setAttribute('rho', '0.75');
            const byAttribute = [figure.risks?.rho, output(), figure.risks?.limit.nt?.toFixed(4)];
            figure.removeAttribute('rho');
            return { byProperty, byAttribute, removed: figure.risks?.rho };
        });
        assert.equal(seen.byProperty[0], 0.25);
        assert.equal(seen.byProperty[1], seen.byProperty[2]);
        assert.equal(seen.byAttribute[0], 0.75);
        assert.equal(seen.byAttribute[1], seen.byAttribute[2]);
        assert.equal(seen.removed, 0.5);
    });
});

test('each regime has its output, and ρ a range and a number', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        for (const regime of ['rf', 'rf-aligned', 'rf-best', 'nt', 'nn']) {
            const text = await page.locator(`output[data-regime="${regime}"]`).textContent();
            assert.match(text ?? '', /^\d\.\d{4}$/, regime);
        }
        assert.equal(await page.locator('input[type="range"][name="rho"]').count(), 1);
        assert.equal(await page.locator('.rho').getByLabel('ρ = N/d').getAttribute('type'), 'number');
    });
});

/** Values that no key takes, and what the sentence about them begins with. */
const REFUSED = {
    rho: ['0', '-1', 'NaN', 'Infinity', '1e99', '', 'half', '0,5'],
    dim: ['0', '1', '501', '2.5', '-3', 'many', '1e9'],
    spectrum: ['', 'nothing', 'spiked:0', 'power-law:x', '1,2;3', '0,0', '1 2\n3 4', 'NaN,1', '1e999'],
    multipliers: ['-1', 'x', '1,,1', '1e9', Array(25).fill('1').join(',')],
    mix: ['1.1', '-0.1', 'x'],
    activation: ['ReLU', ''],
    steps: ['0', '1.5', '1e12'],
    'step-size': ['0', '-1', 'fast'],
    schedule: ['slow'],
    protocol: ['x'],
    batch: ['0'],
    seed: ['-1', '9007199254740992'],
    'spectrum-seed': ['x'],
    sampling: ['random'],
    axis: ['y'],
    scale: ['linlog'],
    show: ['both'],
    plane: ['1', '1,1', '0,2', '1,17', '1,2,3', '1.5,2', 'x,y'],
};
test('a value that is not allowed gives one sentence and changes nothing', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        for (const [key, values] of Object.entries(REFUSED)) {
            for (const value of values) {
                const { before, now, errors, notice } = await inside(page, (figure, [name, text]) => {
                    /** @type {{ message: string, field: string }[]} */
                    const told = [];
                    const listen = (/** @type {Event} */ event) => told.push(/** @type {CustomEvent} */ (event).detail);
                    figure.addEventListener('error', listen);
                    const state = JSON.stringify(figure.state);
                    figure.setAttribute(name, text);
                    figure.removeEventListener('error', listen);
                    return {
                        before: state,
                        now: JSON.stringify(figure.state),
                        errors: told,
                        notice: figure.shadowRoot?.querySelector('.notice')?.textContent ?? '',
                    };
                }, /** @type {const} */ ([key, value]));
                assert.equal(now, before, `${key}=${value}`);
                assert.equal(errors.length, 1, `${key}=${value}`);
                assert.equal(errors[0]?.field, key);
                assert.ok(notice.includes(errors[0]?.message ?? '?'), `${key}=${value}: ${notice}`);
                await inside(page, (figure, name) => figure.removeAttribute(name), key);
            }
        }
    });
});

test('of several values assigned at once the good ones are taken', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const { fields, rho, mix, dim } = await inside(page, (figure) => {
            /** @type {string[]} */
            const told = [];
            figure.addEventListener('error', (event) => told.push(/** @type {any} */ (event).detail.field));
            figure.state = { rho: 0.2, mix: 7, colour: 'red', dim: 30, spectrum: 'nonsense' };
            return { fields: told, rho: figure.state['rho'], mix: figure.state['mix'], dim: figure.risks?.neurons };
        });
        assert.deepEqual(fields.sort(), ['colour', 'mix', 'spectrum']);
        assert.deepEqual([rho, mix, dim], [0.2, 0, 6]);
    });
});

test('an unknown figure is refused in words', async () => {
    await embedded(browser, { body: '<lazy-limits figure="cubic"></lazy-limits>' }, async ({ page }) => {
        const reason = await inside(page, (figure) => figure.ready.then(() => '', (error) => error.message));
        assert.match(reason, /“cubic”/);
        await page.getByText(`figure is “cubic”, but must be one of ${ALL}`).waitFor();
    });
});

test('events are told to the element alone, and inputs stay inside', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => {
            /** @type {string[]} */
            const seen = [];
            Object.assign(globalThis, { seen });
            for (const type of ['change', 'progress', 'finish', 'error', 'input']) {
                figure.addEventListener(type, () => seen.push(type));
                document.addEventListener(type, () => seen.push(`document ${type}`));
            }
        });
        const changes = (/** @type {number} */ count) => page.waitForFunction((least) =>
            /** @type {{ seen: string[] }} */ (/** @type {unknown} */ (globalThis)).seen.filter((type) => type === 'change').length >= least, count);
        await page.locator('input[name="rho"]').fill('0.3');
        await changes(1);
        await page.getByLabel('Spectrum of B').selectOption('identity');
        await changes(2);
        await inside(page, (figure) => { figure.state = { rho: -1 }; });
        await drawn(page);
        const seen = /** @type {string[]} */ (await page.evaluate(() => /** @type {any} */ (globalThis).seen));
        assert.deepEqual([...new Set(seen)].sort(), ['change', 'error']);
    });
});

test('a change is told once a frame with the state, and only if it is the reader’s', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const told = await inside(page, async (figure) => {
            /** @type {unknown[]} */
            const states = [];
            figure.addEventListener('change', (event) => states.push(/** @type {CustomEvent} */ (event).detail.state.rho));
            const frame = () => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
            figure.state = { rho: 0.9 };
            await frame();
            const range = /** @type {HTMLInputElement} */ (figure.shadowRoot?.querySelector('input[name="rho"]'));
            for (const value of [0.1, 0.2, 0.3]) {
                range.value = String(value);
                range.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
            }
            await frame();
            return states;
        });
        assert.deepEqual(told, [0.3]);
    });
});

test('runs are told of as they go, and their end once', async () => {
    await visit(browser, { address: `#${SMALL}`, context: calm }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => {
            const told = { progress: 0, finish: 0 };
            Object.assign(globalThis, { told });
            figure.addEventListener('progress', () => { told.progress += 1; });
            figure.addEventListener('finish', () => { told.finish += 1; });
            figure.start();
        });
        await finished(page);
        const { told, runs } = await inside(page, (figure) => ({
            told: /** @type {any} */ (globalThis).told,
            runs: figure.runs,
        }));
        assert.equal(told.finish, 1);
        assert.ok(told.progress >= runs.length);
        for (const run of runs) {
            assert.equal(run.status, 'finished');
            assert.equal(run.dim, 12);
            assert.equal(run.curve.at(-1)?.[1], run.risk);
            assert.equal(run.curve.at(-1)?.[0], run.samples);
            if (run.regime !== 'rf') assert.equal(run.stepSizes[0]?.[0], 0);
        }
        assert.deepEqual([...new Set(runs.map(({ regime }) => regime))].sort(), ['nn', 'nt', 'rf']);
    });
});

test('it can be moved, taken out and put back', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const rhos = await inside(page, async (figure) => {
            figure.state = { rho: 0.3 };
            const seen = [];
            // What is moved may begin anew a moment later, and what is taken out end.
            const frames = () => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
            document.body.append(figure);
            await frames();
            seen.push(figure.risks?.rho);
            figure.remove();
            await frames();
            seen.push(figure.risks);
            document.body.append(figure);
            await figure.ready;
            seen.push(figure.risks?.rho);
            return seen;
        });
        assert.deepEqual(rhos, [0.3, null, 0.3]);
    });
});

test('two figures on a page mind their own business', async () => {
    const attributes = 'figure="quadratic" dim="12" steps="200" batch="20"';
    const body = `<lazy-limits ${attributes} rho="0.2"></lazy-limits><lazy-limits ${attributes}></lazy-limits>`;
    await embedded(browser, { body }, async ({ page }) => {
        const rhos = await page.evaluate(async () => {
            const all = [...document.querySelectorAll('lazy-limits')].map((one) =>
                /** @type {import('./figure.mjs').LazyLimits} */ (one));
            await customElements.whenDefined('lazy-limits');
            await Promise.all(all.map((one) => one.ready));
            const ends = all.map((one) => new Promise((resolve) => { one.addEventListener('finish', resolve); }));
            for (const one of all) one.start();
            await Promise.all(ends);
            return all.map((one) => [one.risks?.rho, one.runs.every(({ status }) => status === 'finished')]);
        });
        assert.deepEqual(rhos, [[0.2, true], [0.5, true]]);
    });
});
