// The story below the large figure of the first page: small figures of one idea each, which cost nothing until they are near, and
// train one after the other.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, url, visit } from './browser.mjs';
import { calm, drawn, embedder, inside, meanwhile, ready, until } from './figure.mjs';

/** @typedef {import('./figure.mjs').LazyLimits} LazyLimits */
/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** The steps, and how many figures each has. */
const STEPS = { rf: 1, nt: 4, nn: 1, way: 2, lazy: 1, turn: 2, one: 1 };

/** Pixels that a small figure may be high. */
const HIGHEST = 420;

const wide = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 360, height: 740 } };

/** What NT learns of the target of four draws differs by this much from draw to draw: the standard deviation over 1500 subspaces. */
const SPREAD = 0.019;

/**
 * Scrolls to a step, and waits until its figures stand.
 * @param {Page} page
 * @param {string} step
 */
async function goTo(page, step) {
    await ready(page);
    const go = () => page.locator(`#${step}`).evaluate((section) => section.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await go();
    await page.locator(`#${step} lazy-limits`).first().waitFor({ state: 'attached' });
    await page.$$eval(`#${step} lazy-limits`, (all) => Promise.all(all.map((figure) => /** @type {LazyLimits} */ (figure).ready)));
    await go();
    await drawn(page);
}

/**
 * Does something with the figures of a step, in the page.
 * @template Result
 * @param {Page} page
 * @param {string} step
 * @param {(figures: LazyLimits[]) => Result} work
 * @returns {Promise<Result>}
 */
const of = (page, step, work) => page.$$eval(`#${step} lazy-limits`, /** @type {any} */ (work));

/** @param {Page} page @param {string} step */
async function ended(page, step) {
    await page.waitForFunction((step) => [.../** @type {NodeListOf<LazyLimits>} */ (document.querySelectorAll(`#${step} lazy-limits`))]
        .every(({ runs }) => runs.length > 0 && runs.every(({ status }) => status === 'finished')), step);
}

/** What a step consists of. @param {Page} page @param {string} step */
const seen = (page, step) => page.locator(`#${step}`).evaluate((section) => {
    const figures = /** @type {LazyLimits[]} */ ([...section.querySelectorAll('lazy-limits')]);
    const isShown = (/** @type {Element} */ element) => element.checkVisibility();
    const controls = figures.map(({ shadowRoot }) =>
        [.../** @type {ShadowRoot} */ (shadowRoot).querySelectorAll('.rho, .runs, .field, .editor, .switch, .opener')].filter(isShown).length);
    return {
        heights: figures.map((figure) => figure.getBoundingClientRect().height),
        pictures: figures.map(({ shadowRoot }) => [.../** @type {NodeListOf<HTMLCanvasElement>} */ (/** @type {ShadowRoot} */ (shadowRoot).querySelectorAll('canvas[role=img]'))]
            .map((canvas) => new Set(new Uint32Array(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
                .getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size)),
        notices: figures.map(({ shadowRoot }) => shadowRoot?.querySelector('.notice')?.textContent),
        controls: Math.max(...controls) + [...section.querySelectorAll('button')].filter(isShown).length,
        bold: [...section.querySelectorAll('strong')].map(({ textContent }) => textContent ?? ''),
        folds: section.querySelectorAll('details').length,
        left: figures.map((figure) => figure.getBoundingClientRect().left),
        overflow: document.documentElement.scrollWidth - innerWidth,
    };
});

for (const [name, context] of /** @type {const} */ ([['a wide screen', wide], ['a phone', phone]])) {
    test(`each step has a sentence in bold, a fold and small figures that stand, on ${name}`, async () => {
        await visit(browser, { story: true, context: { ...context, ...calm } }, async ({ page }) => {
            for (const [step, count] of Object.entries(STEPS)) {
                await goTo(page, step);
                const { heights, pictures, notices, controls, bold, folds, left, overflow } = await seen(page, step);
                assert.equal(heights.length, count, step);
                assert.ok(heights.every((height) => height > 150 && height <= HIGHEST), `${step}: ${heights.join(', ')}`);
                assert.ok(pictures.every((all) => all.length === 1 && all.every((colours) => colours > 8)), `${step}: ${JSON.stringify(pictures)}`);
                assert.ok(notices.every((notice) => notice === ''), `${step}: ${notices.join('; ')}`);
                assert.ok(controls <= 2, `${step}: ${controls} controls`);
                assert.equal(bold.length, 1, step);
                assert.match(bold[0] ?? '', /^[^.]*\.$/, 'one sentence');
                assert.equal(folds, 1, step);
                assert.equal(overflow, 0, step);
                // Beside the text where there is room, else below it; draws are two by two in any case.
                assert.ok(left.every((x) => x > 400) === (context === wide), `${step}: ${left.join(', ')}`);
                if (step === 'nt') assert.equal(new Set(left).size, 2);
            }
        });
    });

    test(`the story is for everyone, its folds open, on ${name}`, async () => {
        await visit(browser, { story: true, context: { ...context, ...calm } }, async ({ page }) => {
            await page.locator('details').evaluateAll((all) => all.forEach((fold) => { /** @type {HTMLDetailsElement} */ (fold).open = true; }));
            for (const step of Object.keys(STEPS)) await goTo(page, step);
            assert.deepEqual(await findings(page), []);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
        });
    });
}

test('another draw of four has other seeds, other bars and about the same share', async () => {
    await visit(browser, { story: true, context: wide }, async ({ page }) => {
        await goTo(page, 'nt');
        await ended(page, 'nt');
        const look = () => of(page, 'nt', (figures) => figures.map((figure) => ({
            seed: figure.state['seed'],
            share: 1 - (figure.runs.find(({ regime }) => regime === 'nt')?.risk ?? NaN),
            expected: 1 - (figure.risks?.exact['nt'] ?? NaN),
            said: figure.nextElementSibling?.textContent ?? '',
            picture: /** @type {HTMLCanvasElement} */ (figure.shadowRoot?.querySelector('canvas[role=img]')).toDataURL(),
        })));
        const first = await look();
        await page.getByRole('button', { name: 'Draw again' }).click();
        assert.deepEqual(await of(page, 'nt', (figures) => figures.map(({ state }) => state['seed'])), [5, 6, 7, 8]);
        await ended(page, 'nt');
        const second = await look();
        assert.deepEqual([...first, ...second].map(({ seed }) => seed), [1, 2, 3, 4, 5, 6, 7, 8]);
        for (const { seed, share, expected, said } of [...first, ...second]) {
            // Training leaves a hundredth or two more.
            assert.ok(Math.abs(share - expected) < 4 * SPREAD + 0.02, `seed ${seed}: ${share}, expected ${expected}`);
            assert.equal(said, `Seed ${seed}: ${Math.round(100 * share)} %`);
        }
        assert.equal(new Set([...first, ...second].map(({ picture }) => picture)).size, 8);
    });
});

test('NN follows each spike for which it has a neuron, and RF does not', async () => {
    await visit(browser, { story: true, context: wide }, async ({ page }) => {
        await goTo(page, 'nn');
        await ended(page, 'nn');
        const look = () => of(page, 'nn', ([figure]) => {
            const { limit = {}, exact = {} } = figure?.risks ?? {};
            const says = (/** @type {string} */ key) => Number(figure?.shadowRoot?.querySelector(`output[data-regime=${key}]`)?.textContent);
            return { rf: limit['rf'] ?? NaN, nn: limit['nn'] ?? NaN, least: exact['nn'] ?? NaN, says: [says('rf'), says('nn')],
                trained: figure?.runs.find(({ regime }) => regime === 'nn')?.risk ?? NaN };
        });
        const found = [await look()];
        for (let spikes = 2; spikes <= 5; spikes += 1) {
            await page.getByRole('button', { name: 'Add a spike' }).click();
            await page.waitForFunction((spikes) => {
                const figure = /** @type {LazyLimits} */ (document.querySelector('#nn lazy-limits'));
                const spectrum = String(figure.state['spectrum']).replace(/^spiked$/, 'spiked:4');
                // The runs of the target before are gone, and those of this one have ended.
                return spectrum === `spiked:${spikes}` && figure.runs.length > 0
                    && figure.runs.every(({ status }) => status === 'finished');
            }, spikes);
            await drawn(page);
            found.push(await look());
        }
        const [one] = found;
        for (const [index, { rf, nn, least, says, trained }] of found.entries()) {
            assert.ok(Math.abs((says[0] ?? NaN) - rf) < 1e-3 && Math.abs((says[1] ?? NaN) - nn) < 1e-3, JSON.stringify(found[index]));
            assert.ok(trained > least - 1e-6 && trained < least + 0.06, JSON.stringify(found[index]));
        }
        // As the trace is a smaller share of the target then.
        assert.ok(found.slice(1, 4).every(({ rf }) => one && rf > one.rf), JSON.stringify(found));
        const fell = found.map(({ nn }, index) => nn < (found[index - 1]?.nn ?? Infinity));
        // Four neurons: the fifth spike is one too many.
        assert.deepEqual(fell, [true, true, true, true, false], JSON.stringify(found));
    });
});

test('the networks whose arrows turn are trained again from their start', async () => {
    await visit(browser, { story: true, context: { ...wide, ...calm } }, async ({ page }) => {
        await goTo(page, 'way');
        for (let time = 0; time < 2; time += 1) {
            await page.getByRole('button', { name: 'Train them' }).click();
            await ended(page, 'way');
        }
        const paths = await of(page, 'way', (figures) => figures.map(({ runs }) => runs.find(({ regime }) => regime === 'nn')?.curve.length ?? 0));
        assert.ok(paths.every((length) => length > 5), paths.join(', '));
    });
});

test('where motion is reduced nothing is trained, and theory is seen', async () => {
    await visit(browser, { story: true, context: { ...wide, ...calm } }, async ({ page }) => {
        for (const step of Object.keys(STEPS)) await goTo(page, step);
        await meanwhile(page);
        const statuses = await page.$$eval('lazy-limits', (all) => all.flatMap((figure) => /** @type {LazyLimits} */ (figure).runs.map(({ status }) => status)));
        assert.ok(statuses.length > 50 && statuses.every((status) => status === 'queued'), statuses.join(', '));
    });
});

test('nothing of the story is loaded before it is near, and the other part’s core not before its step is', async () => {
    /** @type {string[]} */
    const asked = [];
    await visit(browser, { story: true, context: { ...wide, ...calm }, before: async (page) => { page.on('request', (request) => asked.push(new URL(request.url()).pathname)); } }, async ({ page }) => {
        const has = (/** @type {RegExp} */ path) => asked.some((one) => path.test(one));
        await ready(page);
        await page.waitForLoadState('networkidle');
        assert.ok(!has(/taught\/story|pkg\/neuron/), asked.join(', '));
        assert.equal(await page.locator('lazy-limits').count(), 1);
        await goTo(page, 'rf');
        await meanwhile(page);
        assert.ok(has(/taught\/story\.js/) && !has(/pkg\/neuron/), asked.join(', '));
        await goTo(page, 'one');
        assert.ok(has(/pkg\/neuron\/.*\.wasm/), asked.join(', '));
    });
});

test('without scripts the story is an article, with all its equations and no button that does nothing', async () => {
    await visit(browser, { story: true, context: { ...wide, javaScriptEnabled: false } }, async ({ page, complaints }) => {
        for (const step of Object.keys(STEPS)) {
            const section = page.locator(`#${step}`);
            assert.ok(await section.locator('strong').isVisible(), step);
            assert.ok(!await section.locator('figure').isVisible(), step);
            if (await section.locator('button').count() > 0) assert.ok(!await section.locator('button').isVisible(), step);
            await section.locator('summary').click();
            assert.ok(await section.locator('details p').first().isVisible(), step);
        }
        assert.ok(await page.locator('.step math[display=block]').count() >= 13);
        complaints.length = 0;
    });
});

test('on paper folds are open, and the story takes no more than its pages', async () => {
    await visit(browser, { story: true, context: { ...wide, ...calm } }, async ({ page }) => {
        for (const step of Object.keys(STEPS)) await goTo(page, step);
        await page.emulateMedia({ media: 'print' });
        // What was skipped until then is found by the next frame.
        await drawn(page);
        const { hidden, heights } = await page.evaluate(() => ({
            hidden: [...document.querySelectorAll('.step math[display=block]')].filter((one) => !one.checkVisibility({ contentVisibilityAuto: true }))
                .map((one) => one.closest('section')?.id),
            heights: [...document.querySelectorAll('.step figure')].map((one) => one.getBoundingClientRect().height),
        }));
        assert.deepEqual(hidden, []);
        assert.ok(heights.every((height) => height < 2 * HIGHEST), heights.join(', '));
    });
});

test('old addresses lead where they led', async () => {
    await visit(browser, { story: true, address: '#full-size', context: { ...wide, ...calm } }, async ({ page }) => {
        await ready(page);
        await page.locator('#full-size button:enabled').waitFor();
        await until(page, (figure) => figure.hash === 'v=1');
        const preset = page.locator('.presets a', { hasText: 'Four spikes' });
        await preset.click();
        await until(page, (figure) => figure.state['spectrum'] === 'spiked:4' || figure.state['spectrum'] === 'spiked');
        await page.waitForFunction(() => Math.abs(document.querySelector('#figure')?.getBoundingClientRect().top ?? Infinity) < 100);
    });
});

/**
 * Visits a page with figures one below the other, which train by themselves.
 * @param {string} body
 * @param {(page: Page) => Promise<void>} work
 */
async function having(body, work) {
    const address = new URL('embedder.html', url).href;
    const before = async (/** @type {Page} */ page) => {
        await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: embedder(body) }));
        await page.addInitScript(() => {
            /** Which figures had runs that were running, each time that this changed. @type {string[]} */
            const turns = [];
            Object.assign(globalThis, { turns });
            const look = () => {
                const running = [...document.querySelectorAll('lazy-limits')].flatMap((figure, index) =>
                    (/** @type {LazyLimits} */ (figure).runs ?? []).some(({ status }) => status === 'running') ? [index + 1] : []);
                const turn = running.join('+');
                if (turn !== '' && turns.at(-1) !== turn) turns.push(turn);
            };
            const each = () => { look(); requestAnimationFrame(each); };
            each();
            customElements.whenDefined('lazy-limits').then(() => {
                for (const figure of document.querySelectorAll('lazy-limits')) figure.addEventListener('progress', look);
            });
        });
    };
    await visit(browser, { address, context: { viewport: { width: 1000, height: 800 } }, before }, async ({ page }) => {
        await page.$$eval('lazy-limits', async (all) => {
            await customElements.whenDefined('lazy-limits');
            await Promise.all(all.map((figure) => /** @type {LazyLimits} */ (figure).ready));
        });
        await work(page);
    });
}

/** @param {Page} page @returns {Promise<string[]>} */
const turnsOf = (page) => page.evaluate(() => /** @type {any} */ (globalThis).turns);

const small = (/** @type {string} */ more) => `<lazy-limits figure="quadratic" dim="24" panels="spectrum" controls="none" readouts="none" height="200" ${more}></lazy-limits>`;

test('figures that come into view together train one after the other, in the order of the page, whatever their parts', async () => {
    const neuron = '<lazy-limits figure="neuron" panels="risk" controls="none" readouts="none" height="200"></lazy-limits>';
    await having(small('steps="6000"') + neuron + small('steps="3000" seed="2"'), async (page) => {
        await page.waitForFunction(() => [.../** @type {NodeListOf<LazyLimits>} */ (document.querySelectorAll('lazy-limits'))]
            .every(({ runs }) => runs.length > 0 && runs.every(({ status }) => status === 'finished')));
        assert.deepEqual(await turnsOf(page), ['1', '2', '3']);
    });
});

test('a figure that is scrolled away gives way, and goes on when it is back; the one that a hand is laid on goes first', async () => {
    const far = '<p class="far"></p>';
    await having(`${small('steps="100000000"')}${far}${small('steps="100000000" seed="2"')}${small('steps="100000000" seed="3"').replace('none', 'runs')}`, async (page) => {
        await page.locator('.far').evaluate((far) => { /** @type {HTMLElement} */ (far).style.height = '2000px'; });
        const running = (/** @type {number} */ index) => page.waitForFunction((index) => {
            const all = /** @type {NodeListOf<LazyLimits>} */ (document.querySelectorAll('lazy-limits'));
            return all[index]?.runs.some(({ status }) => status === 'running');
        }, index);
        await running(0);
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await running(1);
        assert.ok(await inside(page, ({ runs }) => runs.some(({ status }) => status === 'paused') && runs.every(({ status }) => status !== 'running')));
        // A hand comes before the order of the page.
        await page.locator('lazy-limits').nth(2).locator('.runs button:visible').first().focus();
        await running(2);
        await page.evaluate(() => scrollTo(0, 0));
        await running(0);
        const turns = await turnsOf(page);
        assert.ok(turns.every((turn) => !turn.includes('+')), turns.join(', '));
        assert.deepEqual([turns[0], turns.at(-1)], ['1', '1']);
        // What a reader has paused keeps nobody waiting.
        await inside(page, (figure) => figure.pause());
        await running(1);
    });
});

test('a figure that shows no dots trains at its handle alone', async () => {
    await having(small('steps="300"') + small('steps="300"').replace('panels="spectrum"', 'panels="risk"'), async (page) => {
        const counts = await page.$$eval('lazy-limits', (all) => all.map((figure) => /** @type {LazyLimits} */ (figure).runs.length));
        assert.equal(counts[0], 3);
        assert.ok((counts[1] ?? 0) > 30, counts.join(', '));
    });
});
