// The training that goes on beside the figure.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { SMALL, answered, calm, finished, inside, keepWorkers, meanwhile, ready, reported, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** So long that no test sees its end. */
const LONG = 'v=1&dim=40&steps=1000000';

/** @param {Page} page */
const curves = (page) => inside(page, (figure) =>
    figure.runs.map(({ regime, neurons, seed, curve }) => ({ regime, neurons, seed, curve })));
/** @param {Page} page */
const samples = (page) => inside(page, (figure) => figure.runs.map((run) => run.samples));
/** @param {Page} page */
const statuses = (page) => inside(page, (figure) => [...new Set(figure.runs.map(({ status }) => status))].sort());

test('training begins by itself, says its seed, and ends by itself', async () => {
    await visit(browser, { address: `#${SMALL}&seed=5` }, async ({ page }) => {
        await page.getByText(/ of \d+ runs, seed 5/).waitFor();
        await finished(page);
        const count = await inside(page, (figure) => figure.runs.length);
        await page.getByText(`${count} of ${count} runs, seed 5`).waitFor();
        await page.getByRole('button', { name: 'Start' }).waitFor();
    });
});

test('nothing begins by itself where motion is not wanted, or the attribute says so', async () => {
    await visit(browser, { address: `#${SMALL}`, context: calm }, async ({ page }) => {
        await ready(page);
        // Workers are there, and have answered.
        await until(page, (figure) => typeof figure.risks?.exact.rf === 'number');
        assert.deepEqual(await statuses(page), ['queued']);
    });
});

test('a reset, and a page loaded anew, repeat the same curves', async () => {
    /** @type {unknown[]} */
    const seen = [];
    await visit(browser, { address: `#${SMALL}`, context: calm }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => figure.start());
        await finished(page);
        seen.push(await curves(page));
        await page.getByRole('button', { name: 'Reset' }).click();
        assert.deepEqual(await statuses(page), ['queued']);
        assert.deepEqual([...new Set(await samples(page))], [0]);
        await page.getByRole('button', { name: 'Start' }).click();
        await finished(page);
        seen.push(await curves(page));
    });
    await visit(browser, { address: `#${SMALL}` }, async ({ page }) => {
        await finished(page);
        seen.push(await curves(page));
    });
    assert.deepEqual(seen[1], seen[0]);
    assert.deepEqual(seen[2], seen[0]);
});

test('a new seed gives other runs of the same target', async () => {
    await visit(browser, { address: `#${SMALL}`, context: calm }, async ({ page }) => {
        await ready(page);
        const spectrum = await inside(page, (figure) => [...figure.eigenvalues ?? []]);
        await inside(page, (figure) => figure.start());
        await finished(page);
        const before = await curves(page);
        await page.getByRole('button', { name: 'New seed' }).click();
        await finished(page);
        const now = await curves(page);
        assert.notEqual(now[0]?.seed, before[0]?.seed);
        assert.notDeepEqual(now[0]?.curve, before[0]?.curve);
        assert.deepEqual(await inside(page, (figure) => [...figure.eigenvalues ?? []]), spectrum);
    });
});

test('pause stops everything, start goes on where it was', async () => {
    await visit(browser, { address: `#${LONG}`, before: keepWorkers }, async ({ page }) => {
        await reported(page);
        await page.getByRole('button', { name: 'Pause' }).click();
        await answered(page);
        const paused = await samples(page);
        const held = await inside(page, (figure) => figure.runs.filter(({ status }) => status === 'paused').length);
        assert.ok(held >= 1 && held <= 8, `${held} are paused`);
        assert.ok(!(await statuses(page)).includes('running'));
        await meanwhile(page);
        assert.deepEqual(await samples(page), paused);
        const curve = (await curves(page)).find((run) => run.curve.length > 0)?.curve ?? [];
        await page.getByRole('button', { name: 'Start' }).click();
        await page.waitForFunction((before) => {
            const figure = /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('lazy-limits'));
            return figure.runs.some((run, index) => run.samples > (before[index] ?? Infinity));
        }, paused);
        const now = (await curves(page)).find((run) => run.curve.length > 0)?.curve ?? [];
        assert.deepEqual(now.slice(0, curve.length), curve);
    });
});

test('a step goes to the next report and no further', async () => {
    await visit(browser, { address: `#${LONG}`, context: calm, before: keepWorkers }, async ({ page }) => {
        await ready(page);
        const lengths = async () => (await curves(page)).map(({ curve }) => curve.length).filter((length) => length > 0);
        // The first step begins two runs.
        const stopped = async () => {
            await until(page, ({ runs }) => runs.filter(({ status, curve }) => status === 'paused' && curve.length > 0).length === 2);
            await answered(page);
            return lengths();
        };
        await page.getByRole('button', { name: 'Step' }).click();
        const first = await stopped();
        await meanwhile(page);
        assert.deepEqual(await lengths(), first);
        await page.getByRole('button', { name: 'Step' }).click();
        const next = first.map((length) => length + 1);
        await until(page, ({ runs }, expected) => String(runs.map(({ curve }) => curve.length).filter((length) => length > 0)) === expected, String(next));
        assert.deepEqual(await stopped(), next);
    });
});

test('a hidden tab rests', async () => {
    await visit(browser, { address: `#${LONG}`, before: keepWorkers }, async ({ page }) => {
        await reported(page);
        const hide = (/** @type {boolean} */ hidden) => page.evaluate((value) => {
            Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
            document.dispatchEvent(new Event('visibilitychange'));
        }, hidden);
        await hide(true);
        await answered(page);
        const resting = await samples(page);
        await meanwhile(page);
        assert.deepEqual(await samples(page), resting);
        assert.ok(!(await statuses(page)).includes('running'));
        await hide(false);
        await page.waitForFunction((before) => {
            const figure = /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('lazy-limits'));
            return figure.runs.some((run, index) => run.samples > (before[index] ?? Infinity));
        }, resting);
        // Who paused before, stays paused.
        await page.getByRole('button', { name: 'Pause' }).click();
        await hide(true);
        await hide(false);
        assert.ok(!(await statuses(page)).includes('running'));
    });
});

test('another target drops the old dots at once, and trains anew when the drag is over', async () => {
    await visit(browser, { address: `#${SMALL}` }, async ({ page }) => {
        await finished(page);
        const after = await inside(page, (figure) => {
            const select = /** @type {HTMLSelectElement} */ (figure.shadowRoot?.querySelector('select[name="spectrum"]'));
            select.value = 'identity';
            select.dispatchEvent(new Event('change', { bubbles: true }));
            return figure.runs.filter(({ risk }) => risk !== null).length;
        });
        assert.equal(after, 0);
        await finished(page);
        assert.deepEqual(await statuses(page), ['finished']);
    });
});

test('another ρ trains at the handle only', async () => {
    await visit(browser, { address: `#${SMALL}` }, async ({ page }) => {
        await finished(page);
        const before = await curves(page);
        await inside(page, (figure) => { figure.state = { rho: 0.42 }; });
        // Those of the old width stay until the handle has come to rest.
        await until(page, ({ risks, runs }) => runs.some(({ neurons }) => neurons === risks?.neurons));
        await finished(page);
        const now = await curves(page);
        const neurons = await inside(page, (figure) => figure.risks?.neurons);
        const fresh = now.filter((run) => !before.some((old) => JSON.stringify(old) === JSON.stringify(run)));
        assert.ok(fresh.length > 0);
        assert.deepEqual([...new Set(fresh.map((run) => run.neurons))], [neurons]);
    });
});

test('the step size can be changed under way', async () => {
    await visit(browser, { address: `#${LONG}` }, async ({ page }) => {
        await reported(page);
        const before = await inside(page, (figure) => figure.runs.filter(({ regime, risk }) => regime !== 'rf' && risk !== null));
        const input = page.locator('input[name="step-size"]');
        await page.locator('summary', { hasText: 'More settings' }).click();
        await input.fill('0.0005');
        await input.press('Enter');
        await until(page, ({ runs }, known) => known.every((old) => runs.some((run) => run.regime === old.regime
            && run.neurons === old.neurons && run.stepSizes.length > 1 && run.samples > old.samples)), before);
        const now = await inside(page, (figure) => figure.runs.filter(({ stepSizes }) => stepSizes.length > 1));
        for (const run of now) assert.equal(run.stepSizes.at(-1)?.[1], 0.0005);
        // More may have begun since; these were known.
        assert.ok(before.length >= 1);
        for (const old of before) {
            const run = now.find(({ regime, neurons }) => regime === old.regime && neurons === old.neurons);
            assert.deepEqual(run?.curve.slice(0, old.curve.length), old.curve);
            assert.ok(run && run.samples > old.samples);
        }
    });
});

test('a step size that is too large ends as diverged, not as NaN', async () => {
    await visit(browser, { address: `#${SMALL}&step-size=3` }, async ({ page }) => {
        await finished(page);
        const runs = await inside(page, (figure) => figure.runs);
        const diverged = runs.filter(({ status }) => status === 'diverged');
        assert.ok(diverged.length > 0);
        await page.getByText(/diverged.*the step size is too large/).waitFor();
        for (const run of runs) assert.ok(run.curve.every(([, risk]) => Number.isFinite(risk)));
    });
});
