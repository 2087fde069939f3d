// The chapter on mixtures: what its figure has beyond that on quadratic targets.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PATIENCE, launch, visit } from './browser.mjs';
import { calm, drawn, embedded, finished, inside, place, ready } from './figure.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const address = 'mixture.html';

test('limits, exact values and Bayes stand at the handle', async () => {
    await visit(browser, { address, context: calm }, async ({ page }) => {
        await ready(page);
        await page.waitForFunction(() => {
            const figure = /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('lazy-limits'));
            return figure.risks?.exact.nt !== null && figure.risks?.exact.rf !== null;
        });
        const risks = await inside(page, (figure) => figure.risks);
        assert.ok(risks);
        const { limit, exact } = risks;
        assert.deepEqual(Object.keys(limit), ['rf', 'rfAligned', 'rfBest', 'nt', 'nn', 'bayes']);
        const order = [limit.bayes, limit.nn, limit.nt, limit.rfBest, limit.rf, 1];
        for (const [index, risk] of order.entries()) {
            if (index > 0) assert.ok(Number(order[index - 1]) < Number(risk), String(order));
        }
        // Eigenvalues of the order of 1/√d: at d = 64 the limits are visibly too low.
        assert.ok(Number(exact.nn) > Number(limit.nn) + 0.005);
        assert.ok(Number(exact.nt) > Number(limit.nt));
        await page.locator('tr', { hasText: 'Bayes' }).waitFor();
        assert.equal(await page.locator('output[data-regime="bayes"]').textContent(), Number(limit.bayes).toFixed(4));
    });
});

test('a Δ of two signs, all equal: RF is blind and NT below NN', async () => {
    await visit(browser, { address: `${address}#v=1&delta=two-signed&rho=0.25`, context: calm }, async ({ page }) => {
        await ready(page);
        const risks = await inside(page, (figure) => figure.risks);
        assert.ok(risks);
        assert.ok(Math.abs(risks.limit.rf - 1) < 1e-12);
        // ‖Δ‖² = 1.5545²: 2/(2 + F(1 − (1 − ρ)²)) and 2/(2 + Fρ).
        const F = 1.5545 ** 2;
        assert.ok(Math.abs(Number(risks.limit.nt) - 2 / (2 + F * (1 - 0.75 ** 2))) < 1e-9);
        assert.ok(Math.abs(Number(risks.limit.nn) - 2 / (2 + F * 0.25)) < 1e-9);
    });
});

test('its networks train, and end near the exact optimum', async () => {
    await visit(browser, { address: `${address}#v=1&dim=16&steps=3000&rho=0.5` }, async ({ page, screenshot }) => {
        await finished(page);
        const [runs, risks] = await inside(page, (figure) => [figure.runs, figure.risks]);
        assert.ok(risks);
        const at = (/** @type {string} */ regime) =>
            runs.find((run) => run.regime === regime && run.neurons === 8 && run.seed === 1)?.risk ?? NaN;
        for (const run of runs) assert.equal(run.status, 'finished');
        // No network can beat the optimum; 300 000 samples leave little above it.
        assert.ok(at('nn') >= Number(risks.exact.nn) - 1e-6 && at('nn') < Number(risks.exact.nn) + 0.05, String(at('nn')));
        assert.ok(at('nt') >= Number(risks.exact.nt) - 1e-6 && at('nt') < Number(risks.exact.nt) + 0.05, String(at('nt')));
        await screenshot('mixture-trained');
    });
});

test('the bars of Δ can be dragged, but not to where a class degenerates', async () => {
    await visit(browser, { address, context: calm }, async ({ page }) => {
        await ready(page);
        const widget = page.locator('.widget');
        const [from, to] = [await place(widget, 0.1, 0.6), await place(widget, 0.1, 0.02)];
        await page.mouse.move(from.x, from.y);
        await page.mouse.down();
        for (let step = 1; step <= 20; step += 1) {
            await page.mouse.move(from.x, from.y + (to.y - from.y) * step / 20);
            await drawn(page);
        }
        await page.mouse.up();
        const spectrum = await inside(page, (figure) => Array.from(figure.eigenvalues ?? []));
        assert.ok(Math.max(...spectrum) > 0.26 && Math.max(...spectrum) < 1, String(spectrum[0]));
        assert.equal((await page.locator('.notice').textContent())?.trim(), '');
    });
});

test('what would be no mixture is refused in one sentence', async () => {
    await visit(browser, { address, context: calm }, async ({ page }) => {
        await ready(page);
        const before = await inside(page, (figure) => figure.state);
        for (const [state, sentence] of /** @type {const} */ ([
            [{ delta: 'flat:9' }, 'delta cannot be used: Σ − Δ must be positive definite'],
            [{ sigma: '0' }, 'sigma'],
            [{ spectrum: 'identity' }, 'there is no setting “spectrum”'],
            [{ delta: 'paper:2' }, 'delta is “paper:2”, but must be one of'],
        ])) {
            await inside(page, (figure, values) => { figure.state = values; }, state);
            const text = await page.locator('.notice').textContent();
            assert.ok(text?.includes(sentence), `${JSON.stringify(state)}: ${text}`);
            assert.deepEqual(await inside(page, (figure) => figure.state), before);
        }
    });
});

test('both figures share a page, each with its own settings', async () => {
    const body = '<lazy-limits figure="quadratic" rho="0.3"></lazy-limits><lazy-limits figure="mixture" delta="low-rank:5"></lazy-limits>';
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        const hashes = await page.$$eval('lazy-limits', async (all) => {
            const figures = /** @type {import('./figure.mjs').LazyLimits[]} */ (all);
            await Promise.all(figures.map((figure) => figure.ready));
            return figures.map((figure) => figure.hash);
        });
        assert.deepEqual(hashes, ['v=1&rho=0.3', 'v=1&delta=low-rank:5']);
    });
});

test('exact risks that take long make way for a hand, and are computed when it rests', async () => {
    // Their worker comes third, and is ended: nothing else can stop what it is at.
    const before = async (/** @type {import('playwright-core').Page} */ page) => {
        await page.addInitScript(() => {
            Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 });
            const { postMessage } = Worker.prototype;
            Worker.prototype.postMessage = function (/** @type {any} */ message, /** @type {any} */ ...rest) {
                if (message.type === 'exact') Object.assign(globalThis, { isSolving: true });
                return postMessage.call(this, message, ...rest);
            };
        });
    };
    await visit(browser, { address: `${address}#v=1&dim=450`, context: calm, before }, async ({ page }) => {
        await ready(page);
        /** Whether there are so many workers within this time. */
        const counts = async (/** @type {number} */ count, milliseconds = PATIENCE) => {
            const end = Date.now() + milliseconds;
            while (page.workers().length !== count && Date.now() < end) await page.waitForTimeout(10);
            return page.workers().length === count;
        };
        const surface = page.locator('.risk canvas[role=img]');
        await surface.scrollIntoViewIfNeeded();
        const box = await surface.boundingBox();
        assert.ok(box);
        assert.ok(await counts(3));
        await page.waitForFunction(() => /** @type {any} */ (globalThis).isSolving);
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await page.mouse.down();
        let made = false;
        // Browsers let a worker that is busy finish for up to two seconds.
        for (let move = 0; move < PATIENCE / 100 && !made; move += 1) {
            await page.mouse.move(box.x + box.width / 2 + 20 * (move % 2), box.y + box.height / 2);
            made = await counts(2, 100);
        }
        await page.mouse.up();
        assert.ok(made, 'no move ended it');
        assert.ok(await counts(3));
        await page.waitForFunction(() => {
            const figure = /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('lazy-limits'));
            return figure.risks !== null && figure.risks.exact.rf !== null;
        });
    });
});
