// How the first chapter opens: with a bet before the lines are drawn, which ends in many ways, and after which they are there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { outcome } from '../../www/taught/outcome.js';
import { launch, visit } from './browser.mjs';
import { calm, drawn, inside, ready } from './figure.mjs';
import { coloured } from './pixels.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** @param {Page} page */
const form = (page) => page.locator('.bet form');

/** @param {Page} page */
async function assertOpen(page) {
    await ready(page);
    await form(page).waitFor();
    const { rf, nt, nn } = await coloured(page);
    // What the others are measured by is there.
    assert.ok(rf > 100 && nt + nn === 0, `${rf}, ${nt} and ${nn} pixels`);
}

/** @param {Page} page */
async function assertOver(page) {
    await form(page).waitFor({ state: 'hidden' });
    await ready(page);
    assert.equal(await inside(page, (figure) => figure.only), '');
    for (const [name, count] of Object.entries(await coloured(page))) assert.ok(count > 100, `${count} pixels of ${name}`);
}

/** @param {Page} page */
const said = (page) => page.locator('.bet').getByRole('status').textContent();

test('a bet is placed, the lines appear, and how it came out is said with the numbers of the handle', async () => {
    await visit(browser, { bets: true, context: calm }, async ({ page }) => {
        await assertOpen(page);
        // Nor is anything said of them.
        assert.equal(await page.locator('#figure .risk canvas[role=img]').getAttribute('aria-label'), 'Risk against ρ');
        await page.getByRole('button', { name: 'NT Neural tangent' }).click();
        await page.getByRole('button', { name: 'NN Neural network' }).click();
        const pressed = await page.locator('.regimes button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-pressed')));
        assert.deepEqual(pressed, ['false', 'false', 'true']);
        await form(page).getByRole('slider').fill('10');
        assert.equal(await form(page).locator('output').textContent(), '10 %');
        await form(page).getByRole('button', { name: 'Show me' }).click();
        await assertOver(page);
        await page.getByRole('status').getByText('wins').waitFor();
        const percent = await inside(page, ({ risks }) => Object.fromEntries(Object.entries(risks?.['limit']).map(([key, risk]) => [key, Math.round(100 * risk)])));
        assert.equal(await said(page), `NN wins. With 32 neurons in 64 dimensions it leaves ${percent['nn']} % of the risk, NT leaves ${percent['nt']} %, `
            + `and RF ${percent['rf']} %. You bet on NN and 10 %: the right one, ${10 - (percent['nn'] ?? NaN)} points too many.`);
        // Once a visit.
        await page.reload();
        await assertOver(page);
    });
});

test('what ships is waited for: the sentence is about what is seen', async () => {
    let comes = () => {};
    const waits = new Promise((resolve) => { comes = () => resolve(undefined); });
    const before = async (/** @type {Page} */ page) => {
        await page.route('**/www/data/quadratic.json', async (route) => {
            await waits;
            await route.continue();
        });
    };
    await visit(browser, { bets: true, context: calm, before, shipped: true }, async ({ page }) => {
        await form(page).waitFor();
        await form(page).getByRole('button', { name: 'Show me' }).click();
        await form(page).waitFor({ state: 'hidden' });
        await drawn(page);
        comes();
        await page.getByRole('status').getByText('wins').waitFor();
        assert.equal(await said(page), 'NN wins. With 225 neurons in 450 dimensions it leaves 3 % of the risk, NT leaves 37 %, and RF 84 %.');
    });
});

test('whatever has been guessed, the sentence says how far it is off', () => {
    const risks = { neurons: 225, dim: 450, limit: { rf: 0.837, nt: 0.372, nn: 0.032 } };
    const last = (/** @type {import('../../www/taught/bet.js').Guess} */ guess) => outcome(risks, guess)
        .map((piece) => (typeof piece === 'string' ? piece : piece.regime.toUpperCase())).join('').split('. ').at(-1);
    assert.equal(last({ left: 50 }), 'With 225 neurons in 450 dimensions it leaves 3 % of the risk, NT leaves 37 %, and RF 84 %.');
    assert.equal(last({ regime: 'rf', left: 84 }), 'You bet on RF and 84 %.');
    assert.equal(last({ regime: 'nn', left: 3 }), 'You bet on NN and 3 %: the right one, to the point.');
    assert.equal(last({ regime: 'nn', left: 2 }), 'You bet on NN and 2 %: the right one, 1 point too few.');
    assert.equal(last({ regime: 'nn', left: 40 }), 'You bet on NN and 40 %: the right one, 37 points too many.');
    const [first] = outcome({ ...risks, limit: { rf: 1, nt: 0.25, nn: 0.5 } }, { left: 0 });
    assert.deepEqual(first, { regime: 'nt' });
});

/** Every way out but the bet itself. @type {Record<string, (page: Page) => Promise<unknown>>} */
const WAYS = {
    'is skipped': (page) => form(page).getByRole('button', { name: 'Skip' }).click(),
    'is scrolled past': (page) => page.mouse.wheel(0, 700),
    'is left for the figure by a pointer': (page) => page.locator('#figure .risk canvas[role=img]').click({ position: { x: 200, y: 120 } }),
    'is left for the figure by keys': async (page) => {
        await form(page).getByRole('button', { name: 'Skip' }).focus();
        await page.keyboard.press('Tab');
    },
    'is left for a preset': (page) => page.getByRole('link', { name: 'A flat spectrum' }).evaluate((link) => /** @type {HTMLElement} */ (link).click()),
    'is left for another address': (page) => page.evaluate(() => { location.hash = 'v=1&rho=0.3'; }),
    'is printed': (page) => page.evaluate(() => dispatchEvent(new Event('beforeprint'))),
};

for (const [way, act] of Object.entries(WAYS)) {
    test(`where the bet ${way}, the lines are there, and it does not come back`, async () => {
        await visit(browser, { bets: true, context: calm }, async ({ page }) => {
            await assertOpen(page);
            await act(page);
            await assertOver(page);
            assert.equal(await page.evaluate(() => sessionStorage.length), 1);
        });
    });
}

test('a preset that is followed before the bet has come ends it, too', async () => {
    let comes = () => {};
    const before = async (/** @type {Page} */ page) => {
        await page.route('**/taught/bet.js', async (route) => {
            await new Promise((resolve) => { comes = () => resolve(undefined); });
            await route.continue();
        });
    };
    await visit(browser, { bets: true, context: calm, before }, async ({ page }) => {
        await ready(page);
        await page.evaluate(() => { location.hash = 'v=1&spectrum=identity'; });
        comes();
        await page.waitForFunction(() => sessionStorage.length === 1);
        await assertOver(page);
    });
});

test('a reader who comes for a state or a lesson, or back, is not asked', async () => {
    /** @type {string[]} */
    const asked = [];
    const before = async (/** @type {Page} */ page) => {
        page.on('request', (request) => asked.push(request.url()));
        const body = JSON.stringify({ lesson: 1, title: 'None', figure: 'quadratic', steps: [{ text: 'Look.' }] });
        await page.route('**/lessons/none.json', (route) => route.fulfill({ contentType: 'application/json', body }));
    };
    for (const address of ['#v=1', '#v=1&rho=0.3', '?lesson=none']) {
        await visit(browser, { address, bets: true, context: calm, before }, async ({ page }) => assertOver(page));
    }
    await visit(browser, { context: calm, before }, async ({ page }) => assertOver(page));
    // Not even for a moment.
    assert.deepEqual(asked.filter((address) => address.endsWith('/bet.js')), []);
});

test('where nothing may be stored, the bet is there, and ends', async () => {
    const before = async (/** @type {Page} */ page) => {
        await page.addInitScript(() => {
            Object.defineProperty(window, 'sessionStorage', { get: () => { throw new DOMException('refused', 'SecurityError'); } });
        });
    };
    await visit(browser, { bets: true, context: calm, before }, async ({ page }) => {
        await assertOpen(page);
        await form(page).getByRole('button', { name: 'Skip' }).click();
        await assertOver(page);
    });
});

test('the bet is placed by keys alone, and the focus goes to what is said', async () => {
    await visit(browser, { bets: true, context: calm }, async ({ page }) => {
        await assertOpen(page);
        await page.getByRole('link', { name: 'One neuron' }).first().focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowLeft');
        await page.keyboard.press('Enter');
        await page.getByRole('status').getByText('You bet on NT and 30 %.').waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'status');
        await assertOver(page);
    });
});

for (const width of [320, 360, 800, 1280]) {
    test(`nothing moves when the bet comes or goes, at ${width} px`, async () => {
        const context = { ...calm, viewport: { width, height: 800 } };
        const before = async (/** @type {Page} */ page) => {
            await page.addInitScript(() => {
                /** @type {string[]} */
                const moved = [];
                Object.assign(globalThis, { moved });
                new PerformanceObserver((list) => {
                    for (const { sources } of /** @type {any} */ (list.getEntries())) {
                        for (const { node, previousRect, currentRect } of sources) {
                            moved.push(`${node?.localName ?? 'inside'} ${JSON.stringify(previousRect)} ${JSON.stringify(currentRect)}`);
                        }
                    }
                }).observe({ type: 'layout-shift', buffered: true });
            });
        };
        /** @type {(page: Page) => Promise<number[]>} */
        const tops = (page) => page.locator('header, .regimes, .regimes li, .bet, #figure').evaluateAll((all) =>
            all.map((one) => one.getBoundingClientRect().top + scrollY));
        /** @type {number[]} */
        let without = [];
        await visit(browser, { address: '#v=1', context, shipped: true }, async ({ page }) => {
            await ready(page);
            without = await tops(page);
        });
        // What ships has its room from the start, and gives it back where it does not come.
        await visit(browser, { bets: true, context, before, shipped: true }, async ({ page }) => {
            await assertOpen(page);
            assert.deepEqual(await tops(page), without);
            assert.ok(Number(without.at(-1)) < (width < 600 ? 640 : width < 1000 ? 420 : 330), `the figure begins at ${without.at(-1)}`);
            await page.locator('#figure .results.laid').waitFor();
            await drawn(page);
            const moved = () => page.evaluate(() => /** @type {string[]} */ (Reflect.get(globalThis, 'moved').splice(0)));
            // What is inside the figure has moved as results came.
            assert.deepEqual((await moved()).filter((one) => !one.startsWith('inside')), []);
            await form(page).getByRole('button', { name: 'Show me' }).click();
            await page.getByRole('status').getByText('wins').waitFor();
            assert.deepEqual(await tops(page), without);
            await drawn(page);
            assert.deepEqual(await moved(), []);
        });
    });
}

test('a figure that cannot be drawn hides no bet’s lines', async () => {
    const before = async (/** @type {Page} */ page) => { await page.route('**/*.wasm', (route) => route.fulfill({ status: 404 })); };
    await visit(browser, { bets: true, context: calm, before }, async ({ page, complaints }) => {
        await form(page).waitFor({ state: 'hidden' });
        assert.equal(await inside(page, (figure) => figure.only), '');
        assert.ok(complaints.length > 0);
        complaints.length = 0;
    });
});

test('there is no bet without scripts, nor in an article that is saved', async () => {
    await visit(browser, { context: { ...calm, javaScriptEnabled: false } }, async ({ page, complaints }) => {
        await page.waitForLoadState('load');
        assert.equal(await page.locator('.bet').isVisible(), false);
        assert.equal(await page.locator('.regimes button').count(), 0);
        complaints.length = 0;
    });
    await visit(browser, { address: '#v=1', context: calm }, async ({ page }) => {
        await ready(page);
        const text = await inside(page, async (figure) => (await figure.saveAsOneFile({ article: true })).text());
        const html = text.slice(0, text.indexOf('<script'));
        assert.match(html, /Random features: train the last layer/);
        assert.doesNotMatch(html, /<form|Place a bet/);
    });
});
