// Results laid over the figure: those that the page ships, and those that a reader drops or opens.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { calm, drawn, embedded, inside, place, ready } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** @param {string} file Beside this one. */
const data = (file) => readFile(new URL(`data/${file}`, import.meta.url), 'utf8');

/** A figure as `lazy-limits figure` writes it, small, but of the paper's target and size. */
const PAPER = {
    schema: 1, figure: 'quadratic', preset: 'paper', complete: true, runs: [6, 6], notes: [], version: '0.1.0', streams: 1,
    problem: 'qf', dim: 450, trace_ratio: 0.488814, target: { dim: 450, spectrum: 'paper' }, seed: 1, steps: 200000, batch: 100,
    exact: [{ regime: 'rf', weights: 'isotropic', activation: 'quadratic', draws: 10, seed: 1, points: [{ rho: 0.5, neurons: 225, mean: 0.84, sd: 0.01 }] }],
    dots: [
        { regime: 'nn', weights: null, activation: 'quadratic', schedule: 'linear', rho: 0.5, neurons: 225, risk: 0.0341, optimum: 0.0324 },
        { regime: 'nn', weights: null, activation: 'quadratic', schedule: 'constant', rho: 0.5, neurons: 225, risk: 0.05, optimum: 0.0324 },
        { regime: 'nt', weights: null, activation: 'quadratic', schedule: 'linear', rho: 0.2, neurons: 90, risk: 0.75, optimum: 0.74 },
        { regime: 'nn', weights: null, activation: 'quadratic', schedule: 'constant', rho: 0.2, neurons: 90, risk: null, optimum: 0.2 },
    ],
    trajectories: [
        { regime: 'nn', activation: 'quadratic', rho: 0.5, neurons: 225, run: 'x', optimum: 0.0324, samples: [0, 100, 20000000], risk: [2, 1.5, 0.0341] },
        { regime: 'nn', activation: 'quadratic', rho: 0.2, neurons: 90, run: 'x', optimum: 0.2, samples: [0, 100, 20000000], risk: [2, 1.5, 0.21] },
    ],
};

/**
 * Ships something with the page.
 * @param {unknown} content
 * @param {string} [where]
 * @param {Promise<void>} [when]
 */
const ships = (content, where = '**/www/data/*', when) => async (/** @type {Page} */ page) => {
    await page.route(where, async (route) => {
        await when;
        await route.fulfill({ contentType: 'application/json', body: typeof content === 'string' ? content : JSON.stringify(content) });
    });
};

/**
 * Drops a file on the figure.
 * @param {Page} page
 * @param {string} text
 * @param {string} [name]
 */
async function drop(page, text, name = 'result.json') {
    await inside(page, (figure, [content, file]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], file));
        const target = figure.shadowRoot?.querySelector('.risk canvas');
        for (const type of ['dragover', 'drop']) {
            target?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }));
        }
    }, /** @type {const} */ ([text, name]));
}

/** @param {Page} page @param {string} name */
const choice = (page, name) => page.getByRole('radio', { name });
/** @param {Page} page */
const risks = (page) => inside(page, (figure) => figure.risks);
/** @param {Page} page */
const hash = (page) => inside(page, (figure) => figure.hash);

/**
 * Waits until the chart is described like this: that takes a moment.
 * @param {Page} page
 * @param {string} text
 */
const described = (page, text) => page.locator(`.risk canvas[role="img"][aria-label*="${text}"]`).waitFor();

const shipped = { context: calm, shipped: true, before: ships(PAPER) };

test('the default view shows the results that the page ships, at their size', async () => {
    await visit(browser, shipped, async ({ page }) => {
        await choice(page, 'The paper’s runs, d = 450').waitFor();
        assert.ok(await choice(page, 'The paper’s runs, d = 450').isChecked());
        const at = await risks(page);
        assert.deepEqual([at?.dim, at?.neurons, at?.trained?.nn, at?.trained?.nt], [450, 225, 0.0341, null]);
        assert.ok(Math.abs(Number(at?.limit.rf) - (1 - 0.488814 / 3)) < 1e-6);
        assert.equal(at?.exact.rf, 0.84);
        await described(page, '4 dots of results. At ρ = 0.5');
        await page.getByText('200,000 steps of 100 samples. 1 run diverged at every step size.').waitFor();
        assert.equal(await hash(page), 'v=1');
    });
});

/**
 * What the panels say of the problem in front, each in its own way: the dimension.
 * @param {Page} page
 */
async function dims(page) {
    const [risk, eigenvalues] = await inside(page, (figure) => [figure.risks?.dim, figure.eigenvalues?.length]);
    const label = async (/** @type {string} */ name) => await page.locator(`.${name} canvas[role="img"]`).getAttribute('aria-label') ?? '';
    const number = (/** @type {string | null} */ text, /** @type {RegExp} */ pattern) => Number(text?.match(pattern)?.[1]);
    // NT and NN have no theory for every activation.
    const head = page.locator('.tables th', { hasText: 'RF captures' });
    return {
        risk,
        eigenvalues,
        bars: number(await label('spectrum'), /^The (\d+) eigenvalues/),
        note: number(await page.locator('.editor p').textContent(), /^Grey: the (\d+) eigenvalues/),
        readouts: number(await page.locator('.readouts thead').textContent(), /exact, d = (\d+)/),
        table: number(await head.textContent(), /d = (\d+)/),
    };
}

/** @param {number} dim */
const allOf = (dim) => ({ risk: dim, eigenvalues: dim, bars: dim, note: dim, readouts: dim, table: dim });

/**
 * Waits until the bars are described as of that many dimensions: that takes a moment, and comes with the tables.
 * @param {Page} page
 * @param {number} dim
 */
const barsOf = (page, dim) => page.locator(`.spectrum canvas[aria-label^="The ${dim} eigenvalues"]`).waitFor();

/**
 * Waits for the bars and for the open table of a problem, which is filled a moment later.
 * @param {Page} page
 * @param {number} dim
 */
async function barsAndTableOf(page, dim) {
    await barsOf(page, dim);
    await page.locator('.tables th', { hasText: new RegExp(`RF captures.*d = ${dim}\\b`) }).waitFor();
}

test('untouched, everything is of the problem in front; a bar that is dragged brings the live one there', async () => {
    const dim = 450;
    for (const address of ['', 'mixture.html', 'activation.html']) {
        await visit(browser, { address, context: calm, shipped: true }, async ({ page }) => {
            await page.locator('.results.laid').waitFor();
            await page.locator('summary', { hasText: 'Spectrum, as a table' }).click();
            await barsAndTableOf(page, dim);
            assert.deepEqual(await dims(page), allOf(dim), address);
            // Where a heat map is seen, it says that it is not of that problem.
            for (const map of await page.locator('.map').all()) {
                assert.match(await map.locator('figcaption').textContent() ?? '', /live, d = 64$/);
                assert.match(await map.locator('canvas').getAttribute('aria-label') ?? '', /^Heat map of .*, live, d = 64: /);
            }

            const widget = page.locator('.widget');
            const [from, to] = [await place(widget, 0.1, 0.6), await place(widget, 0.1, 0.45)];
            await page.mouse.move(from.x, from.y);
            await page.mouse.down();
            await page.mouse.move(to.x, to.y, { steps: 4 });
            const during = await inside(page, (figure) => [figure.risks?.dim, figure.eigenvalues?.length]);
            await page.mouse.up();
            assert.deepEqual(during, [64, 64], address);
            await barsAndTableOf(page, 64);
            assert.deepEqual(await dims(page), allOf(64), address);
            assert.ok(await page.getByRole('radio', { name: 'Live runs, d = 64' }).isChecked());

            await page.getByRole('button', { name: 'Undo edits' }).click();
            await barsAndTableOf(page, dim);
            assert.deepEqual(await dims(page), allOf(dim), address);
        });
    }
});

test('bars by keyboard speak of the problem in front, and bring the live one there', async () => {
    await visit(browser, shipped, async ({ page }) => {
        await page.locator('.results.laid').waitFor();
        const widget = page.locator('.widget');
        const said = async () => Number((await widget.getAttribute('aria-valuetext'))?.match(/mean eigenvalue ([\d.]+)/)?.[1]);
        const mean = () => inside(page, (figure) => {
            const values = [...figure.eigenvalues ?? []];
            const first = values.slice(0, Math.ceil(values.length / 24));
            return first.reduce((sum, value) => sum + value, 0) / first.length;
        });
        await widget.focus();
        const before = await mean();
        assert.ok(Math.abs(await said() - before) < 0.01, `${await said()} ${before}`);
        await page.keyboard.press('ArrowUp');
        assert.equal((await risks(page))?.dim, 64);
        assert.ok(Math.abs(await said() - await mean()) < 0.01);
        assert.notEqual(await mean(), before);
    });
});

test('heat maps follow live runs while results are in front', async () => {
    // Nothing trains before the results are there; from then on nothing but the runs asks for a drawing.
    await visit(browser, shipped, async ({ page }) => {
        await page.locator('.results.laid').waitFor();
        await page.locator('.map[data-map="nn"].empty').waitFor();
        const step = () => inside(page, (figure) => figure.step());
        await step();
        const map = page.locator('.map[data-map="nn"]:not(.empty) canvas');
        await map.waitFor({ timeout: 120_000 });
        // What is learnt grows from report to report: the picture changes.
        const picture = () => map.evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
        const seen = new Set([await picture()]);
        for (let look = 0; look < 600 && seen.size < 4; look += 1) {
            await step();
            await page.waitForTimeout(100);
            seen.add(await picture());
        }
        assert.ok(seen.size >= 4, `${seen.size} pictures`);
        assert.equal((await risks(page))?.dim, 450);
    });
});

test('it is the data that the repository holds, and all chapters have some', async () => {
    for (const chapter of ['', 'mixture.html', 'activation.html']) {
        await visit(browser, { address: chapter, context: calm, shipped: true }, async ({ page }) => {
            await page.locator('.results.laid').waitFor();
            await page.getByRole('radio', { name: /^(The paper’s runs|Earlier runs), d = / }).check({ force: true });
            assert.ok((await risks(page))?.trained);
            assert.equal(await page.locator('.notice').textContent(), '');
        });
    }
});

test('a drag of ρ keeps them, another target does not, and the switch brings them back', async () => {
    await visit(browser, shipped, async ({ page }) => {
        const paper = choice(page, 'The paper’s runs, d = 450');
        await paper.waitFor();
        const { x, y } = await place(page.locator('.risk canvas[role="img"]'), 0.5, 0.5);
        await page.mouse.move(x, y);
        await page.mouse.down();
        await page.mouse.move(x - 60, y, { steps: 5 });
        await page.mouse.up();
        const dragged = await risks(page);
        assert.ok(dragged && dragged.rho < 0.4 && dragged.dim === 450);
        assert.ok(await paper.isChecked());

        await page.getByLabel('Spectrum of B').selectOption('identity');
        assert.ok(await choice(page, 'Live runs, d = 64').isChecked());
        const live = await risks(page);
        assert.deepEqual([live?.dim, live?.trained, live?.rho], [64, undefined, dragged.rho]);
        assert.ok(Math.abs(Number(live?.limit.nt) - (1 - dragged.rho)) < 1e-9);

        await paper.check({ force: true });
        assert.deepEqual(await risks(page), dragged);
        assert.equal(await inside(page, (figure) => figure.state['spectrum']), 'exponential');
    });
});

test('a script that switches to live runs has everything drawn anew', async () => {
    await visit(browser, { ...shipped, context: calm }, async ({ page }) => {
        await page.locator('.results.laid').waitFor();
        const seen = async () => {
            await drawn(page);
            return inside(page, ({ shadowRoot }) => {
                const canvas = /** @type {HTMLCanvasElement} */ (shadowRoot?.querySelector('.main canvas[role=img]'));
                return [canvas.toDataURL(), shadowRoot?.querySelector('.readouts')?.textContent, shadowRoot?.querySelector('.editor p')?.textContent];
            });
        };
        const before = await seen();
        await inside(page, (figure) => { figure.state = { show: 'live' }; });
        const live = await seen();
        live.forEach((one, index) => assert.notEqual(one, before[index]));
        await inside(page, (figure) => { figure.state = { show: 'results' }; });
        assert.deepEqual(await seen(), before);
    });
});

test('the switch goes to live runs and back, and the address says which', async () => {
    await visit(browser, shipped, async ({ page }) => {
        const [paper, live] = [choice(page, 'The paper’s runs, d = 450'), choice(page, 'Live runs, d = 64')];
        await paper.waitFor();
        await paper.focus();
        await page.keyboard.press('ArrowRight');
        assert.ok(await live.isChecked());
        assert.equal((await risks(page))?.dim, 64);
        assert.equal(await hash(page), 'v=1&show=live');
        await page.waitForFunction(() => location.hash === '#v=1&show=live');
        await page.keyboard.press('ArrowLeft');
        assert.equal((await risks(page))?.dim, 450);
        assert.equal(await hash(page), 'v=1');
    });
    for (const [address, dim] of /** @type {const} */ ([['#v=1&show=live', 64], ['#v=1&dim=20', 20], ['#v=1&rho=0.3&axis=parameters', 450]])) {
        await visit(browser, { ...shipped, address }, async ({ page }) => {
            await page.locator('.results.laid').waitFor();
            assert.equal((await risks(page))?.dim, dim, address);
        });
    }
});

test('without the file the page is as it would be without the attribute', async () => {
    const missing = async (/** @type {Page} */ page) => {
        await page.route('**/www/data/*', (route) => route.fulfill({ status: 404 }));
    };
    await visit(browser, { ...shipped, before: missing }, async ({ page, complaints }) => {
        await ready(page);
        await page.locator('.results').waitFor({ state: 'hidden' });
        assert.equal((await risks(page))?.dim, 64);
        assert.equal(await page.locator('.notice').textContent(), '');
        // The browser's own.
        for (const complaint of complaints.splice(0)) assert.match(complaint, /404|quadratic\.json/);
    });
    await visit(browser, { ...shipped, before: ships('{') }, async ({ page }) => {
        await page.getByText('www/data/quadratic.json cannot be shown: it is not JSON.').waitFor();
        assert.equal((await risks(page))?.dim, 64);
    });
});

test('a figure that is gone when its results come does not mind', async () => {
    /** @type {() => void} */
    let go = () => {};
    /** @type {Promise<void>} */
    const held = new Promise((resolve) => { go = resolve; });
    await visit(browser, { ...shipped, before: ships(PAPER, undefined, held) }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => {
            Object.assign(globalThis, { figure });
            figure.remove();
        });
        const come = page.waitForResponse('**/www/data/*');
        go();
        await (await come).finished();
        await drawn(page);
        await page.evaluate(() => document.body.append(/** @type {any} */ (globalThis).figure));
        await choice(page, 'The paper’s runs, d = 450').waitFor();
    });
});

test('those who embed the figure can ship results of their own', async () => {
    const body = '<lazy-limits figure="quadratic" results="own.json" rho="0.2"></lazy-limits>';
    await embedded(browser, { body, before: ships(PAPER, '**/own.json') }, async ({ page }) => {
        await page.locator('.results.laid').waitFor();
        const at = await risks(page);
        assert.deepEqual([at?.dim, at?.rho, at?.trained?.nt], [450, 0.2, 0.75]);
        await inside(page, (figure) => { figure.setAttribute('spectrum', 'identity'); });
        assert.equal((await risks(page))?.dim, 64);
    });
});

test('a record that is dropped takes the figure to its problem, is announced, and can be removed', async () => {
    await visit(browser, shipped, async ({ page }) => {
        await page.locator('.results.laid').waitFor();
        await drop(page, await data('run.json'), 'run.json');
        const dropped = choice(page, 'run.json, d = 32');
        await dropped.waitFor();
        assert.ok(await dropped.isChecked());
        const record = JSON.parse(await data('run.json'));
        const at = await risks(page);
        assert.deepEqual([at?.dim, at?.neurons, at?.rho, at?.trained?.nn], [32, 16, 0.5, record.final]);
        assert.ok(Math.abs(Number(at?.limit.rf) - (1 - record.trace_ratio / 3)) < 1e-9);
        await described(page, '1 dots of results');
        assert.equal(await page.getByRole('status').filter({ hasText: '40 steps of 100 samples.' }).count(), 1);
        // Live runs go on beside it, of the same target in the same dimension.
        assert.equal(await hash(page), 'v=1&dim=32');
        await page.locator('summary', { hasText: 'Risk against samples, as a table' }).click();
        const rows = page.getByRole('table', { name: 'Risk against samples', exact: true }).getByRole('row');
        // It is filled once it is open.
        await rows.first().waitFor();
        assert.equal(await rows.count(), 1 + record.risk.length);

        await page.getByRole('button', { name: 'Remove' }).click();
        assert.ok(await choice(page, 'The paper’s runs, d = 450').isChecked());
        assert.equal((await risks(page))?.dim, 450);
    });
});

test('records of a sweep are drawn together, those of another target left out', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        await page.locator('input[type="file"]').setInputFiles({
            name: 'records.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(`${await data('records.jsonl')}{"schema":1,"torn`),
        });
        await choice(page, 'records.jsonl, d = 100').waitFor();
        await described(page, '5 dots of results');
        await page.getByText('30 steps of 100 samples. 1 run of another target, weights or laziness left out.').waitFor();
        // A hundred dimensions are too many to train while one looks: live runs have the spectrum alone.
        assert.equal(await hash(page), 'v=1&spectrum=power-law');
        await page.getByRole('button', { name: 'Remove' }).click();
        await page.locator('.results').waitFor({ state: 'hidden' });
        assert.deepEqual([(await risks(page))?.dim, (await risks(page))?.trained], [64, undefined]);
        assert.ok(await page.getByRole('button', { name: 'Open a result…' }).evaluate((button) =>
            /** @type {ShadowRoot} */ (button.getRootNode()).activeElement === button));
    });
});

test('a figure can be dropped where the page ships none, and moves with its activation', async () => {
    await visit(browser, { address: 'activation.html', context: calm }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => { figure.state = { activation: 'tanh' }; });
        const dot = (/** @type {string} */ activation, /** @type {number} */ risk) =>
            ({ ...PAPER.dots[0], activation, neurons: 64, rho: 0.5, risk });
        const figure = {
            ...PAPER, figure: 'activation', preset: 'quick', dim: 128, target: { dim: 128 },
            exact: [], trajectories: [], dots: [dot('relu', 0.2), dot('tanh', 1.01)],
        };
        await drop(page, JSON.stringify(figure), 'activation.json');
        await choice(page, 'activation.json, d = 128').waitFor();
        assert.equal((await risks(page))?.trained?.nn, 1.01);
        await inside(page, (element) => { element.state = { activation: 'relu' }; });
        assert.equal((await risks(page))?.trained?.nn, 0.2);
        await inside(page, (element) => { element.state = { activation: 'softplus' }; });
        assert.equal((await risks(page))?.trained, undefined);
    });
});

const RECORD = JSON.parse(await data('run.json'));

/** Files that cannot be shown, and what is said of them. @type {[string, string, unknown][]} */
const WRONG = [
    ['an empty file', 'it is empty', ''],
    ['no JSON', 'it is not JSON', 'rho,risk\n0.1,0.5\n'],
    ['half of a file', 'it is not JSON', JSON.stringify(PAPER).slice(0, 400)],
    ['JSON of something else', 'it is JSON, but nothing that lazy-limits has written', { name: 'a package' }],
    ['a list', 'it is JSON, but nothing that lazy-limits has written', [1, 2]],
    ['null', 'it is JSON, but nothing that lazy-limits has written', 'null'],
    ['another schema', 'it has schema 2, and this page reads schema 1', { ...PAPER, schema: 2 }],
    ['a plan', 'there are no runs in it: those that “lazy-limits figure”, “train” and “sweep” write can be shown', { schema: 1, plan: {} }],
    ['another figure', 'it is the figure “mixture”, and this is the figure “quadratic”', { ...PAPER, figure: 'mixture' }],
    ['another problem', 'it is about a mixture of Gaussians, and this figure about a quadratic target', { ...RECORD, problem: 'mg' }],
    ['another activation', 'its networks have the activation “relu”, which is for the figure “activation”',
        { ...RECORD, settings: { ...RECORD.settings, activation: 'relu' } }],
    ['an unknown activation', 'it has the activation “gelu”, which this page does not know', { ...PAPER, dots: [{ ...PAPER.dots[0], activation: 'gelu' }] }],
    ['too many dimensions', 'its dimension is 5000, but must be a whole number from 2 to 1000', { ...PAPER, dim: 5000 }],
    ['no target', 'its “target” cannot be read', { ...PAPER, target: undefined }],
    ['dots without numbers', 'its “dots” cannot be read', { ...PAPER, dots: [{ ...PAPER.dots[0], neurons: 'many' }] }],
    ['a run that diverged', 'none of its runs came to a risk', { ...RECORD, diverged_at: 7 }],
    ['a target that is none', 'wrong.json cannot be shown: spectrum cannot be used', { ...PAPER, dim: 2, target: { spectrum: '0,0' } }],
    ['a spectrum that is not known', 'spectrum is “fractal”, but must be one of', { ...PAPER, target: { spectrum: 'fractal' } }],
];

test('a wrong file gets one sentence, and changes nothing', async () => {
    await visit(browser, shipped, async ({ page }) => {
        await page.locator('.results.laid').waitFor();
        const seen = async () => [await risks(page), await hash(page), await page.locator('.results').textContent()];
        const before = await seen();
        for (const [what, sentence, content] of WRONG) {
            await inside(page, (figure) => /** @type {HTMLElement} */ (figure.shadowRoot?.querySelector('.notice .close'))?.click());
            await drop(page, typeof content === 'string' ? content : JSON.stringify(content), 'wrong.json');
            const notice = page.locator('.notice p');
            await notice.waitFor();
            const text = await notice.textContent() ?? '';
            assert.ok(text.includes(sentence), `${what}: ${text}`);
            assert.match(text, /^[^\n]*[^.]\.?$/);
            assert.equal(await notice.count(), 1, what);
            assert.deepEqual(await seen(), before, what);
        }
        // What can be shown takes the sentence away.
        await drop(page, await data('run.json'));
        await choice(page, 'result.json, d = 32').waitFor();
        assert.equal(await page.locator('.notice').textContent(), '');
    });
});

test('a file of a hundred megabytes is not even read', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => figure.openResults(new File([new Uint8Array(1e8)], 'huge.json')));
        await page.getByText('huge.json cannot be shown: it has 100 MB, and this page reads up to 50.').waitFor();
    });
});

test('on a phone nothing is cut off, and fingers find the switch', async () => {
    const phone = { ...calm, viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
    await visit(browser, { ...shipped, context: phone }, async ({ page, screenshot }) => {
        const live = choice(page, 'Live runs, d = 64');
        await live.waitFor();
        await page.locator('.switch label', { hasText: 'Live runs' }).tap();
        assert.ok(await live.isChecked());
        for (const label of await page.locator('.switch label').all()) {
            const box = await label.boundingBox();
            assert.ok(box && box.height >= 44 && box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
        }
        await drop(page, await data('run.json'), `${'a-very-long-name-of-a-result'.repeat(3)}.json`);
        await page.getByRole('button', { name: 'Remove' }).waitFor();
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
        await screenshot('results-phone');
    });
});

test('what the page ships does not move the figure when it comes', async () => {
    const usual = { ...PAPER, dots: PAPER.dots.filter(({ risk }) => risk !== null) };
    for (const viewport of [{ width: 360, height: 700 }, { width: 1280, height: 800 }]) {
        /** @type {() => void} */
        let go = () => {};
        /** @type {Promise<void>} */
        const held = new Promise((resolve) => { go = resolve; });
        await visit(browser, { ...shipped, context: { ...calm, viewport }, before: ships(usual, undefined, held) }, async ({ page }) => {
            await ready(page);
            const canvas = page.locator('.risk canvas[role="img"]');
            const before = await canvas.boundingBox();
            go();
            await page.locator('.results.laid').waitFor();
            assert.deepEqual(await canvas.boundingBox(), before);
        });
    }
});
