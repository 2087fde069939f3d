// The state of the figure in the page's address.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, url, visit } from './browser.mjs';
import { CHAPTERS, calm, drawn, embedded, inside, place, ready, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** @param {Page} page */
const state = (page) => inside(page, (figure) => figure.state);
/** @param {Page} page */
const hash = (page) => page.evaluate(() => location.hash);
/** @param {Page} page */
const notice = async (page) => (await page.locator('.notice').first().textContent() ?? '').trim();

test('a state with every key changed survives the address', async () => {
    const changed = {
        dim: '48', spectrum: 'power-law:0.7', sampling: 'quantile', 'spectrum-seed': '7', multipliers: '1,0.5,2', mix: '0.25',
        activation: 'relu', rho: '0.3', steps: '1234', 'step-size': '0.004', schedule: 'constant', protocol: 'published',
        batch: '50', seed: '99', axis: 'parameters', scale: 'linear', show: 'live', plane: '3,1',
    };
    /** @type {string} */
    let written = '';
    /** @type {unknown} */
    let before;
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const keys = Object.keys(await state(page));
        assert.deepEqual(keys.sort(), Object.keys(changed).sort());
        await inside(page, (figure, values) => { figure.state = values; }, changed);
        assert.equal(await notice(page), '');
        written = await inside(page, (figure) => figure.hash);
        before = await state(page);
    });
    assert.match(written, /^v=1&/);
    await visit(browser, { address: `#${written}`, context: calm }, async ({ page }) => {
        await ready(page);
        assert.deepEqual(await state(page), before);
        assert.equal(await inside(page, (figure) => figure.hash), written);
        assert.equal(await notice(page), '');
    });
});

test('the address is written when a drag ends, without a step in the history', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        assert.equal(await hash(page), '');
        const length = await page.evaluate(() => history.length);
        const canvas = page.locator('.risk canvas[role=img]');
        const [from, to] = [await place(canvas, 0.3, 0.5), await place(canvas, 0.7, 0.5)];
        await page.mouse.move(from.x, from.y);
        await page.mouse.down();
        await page.mouse.move(to.x, to.y, { steps: 5 });
        await drawn(page);
        assert.equal(await hash(page), '');
        await page.mouse.up();
        await page.waitForFunction(() => location.hash.startsWith('#v=1&rho='));
        const { rho } = await state(page);
        assert.equal(await hash(page), `#v=1&rho=${rho}`);
        assert.equal(await page.evaluate(() => history.length), length);
        await page.getByText('More settings').last().click();
        await page.getByRole('button', { name: 'Restore defaults' }).click();
        await page.waitForFunction(() => location.hash === '');
    });
});

test('links to states, back and forward', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        await page.getByRole('link', { name: 'A flat spectrum' }).click();
        await until(page, (figure) => figure.state['spectrum'] === 'identity');
        await page.getByRole('link', { name: 'Four spikes' }).click();
        await until(page, (figure) => figure.state['rho'] === 0.0625);
        await page.goBack();
        await until(page, ({ state: { spectrum, rho } }) => spectrum === 'identity' && rho === 0.5);
        await page.goBack();
        await until(page, (figure) => figure.state['spectrum'] === 'exponential');
    });
});

test('a change just before the page is led elsewhere does not lead it back', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        await page.evaluate(() => {
            const [figure] = document.getElementsByTagName('lazy-limits');
            location.hash = 'v=1&rho=0.7';
            // That the hash has changed is told of in a task to come: this is written before it, as what waits to be written may be.
            figure?.dispatchEvent(new CustomEvent('change', { detail: { moving: false } }));
        });
        await until(page, (figure) => figure.rho === 0.7);
        assert.equal(await hash(page), '#v=1&rho=0.7');
    });
});

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`every preset of ${chapter} is a state without complaint`, async () => {
        await visit(browser, { address, context: calm }, async ({ page }) => {
            await ready(page);
            const links = await page.locator('.presets a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
            assert.ok(links.length >= 4);
            for (const link of links) {
                await page.evaluate((target) => { location.hash = target ?? ''; }, link);
                await until(page, (figure, expected) => `#${figure.hash}` === expected, link);
                assert.equal(await notice(page), '', link ?? '');
            }
        });
    });
}

/** Addresses that no state has: what is said about them, sentence by sentence, and what is left of them. */
const GARBAGE = /** @type {[string, string[], string][]} */ ([
    ['v=1&rho=nonsense', ['rho is “nonsense”, but must be'], 'v=1'],
    ['rho=abc&seed=5', ['rho is “abc”, but must be'], 'v=1&seed=5'],
    ['v=1&rho=0.3&dim=-7', ['dim is “-7”, but must be'], 'v=1&rho=0.3'],
    ['rho=abc&seed=5&dim=1&mix=0.5', ['dim is “1”', 'rho is “abc”'], 'v=1&mix=0.5&seed=5'],
    ['v=1&spectrum=0,0&seed=5', ['spectrum cannot be used'], 'v=1&seed=5'],
    ['v=1&dim=5&spectrum=3,2,1&seed=5', ['dim is 5, but spectrum has dimension 3'], 'v=1&seed=5&spectrum=3,2,1'],
    ['v=1&spectrum=2,1&multipliers=0,0', ['multipliers cannot be used'], 'v=1&spectrum=2,1'],
    ['v=99&rho=0.3', ['v is “99”, but must be'], 'v=1'],
    ['%%%&&&===', ['there is no setting “%%%”', 'there is no setting “”'], 'v=1'],
    ['v=1&colour=red', ['there is no setting “colour”'], 'v=1'],
    ['<img src=x onerror=alert(1)>', ['there is no setting'], 'v=1'],
    [`v=1&spectrum=${'9'.repeat(5000)}`, ['spectrum'], 'v=1'],
    ['v=1&multipliers=1,2,x', ['multipliers is'], 'v=1'],
]);
for (const [text, sentences, left] of GARBAGE) {
    test(`#${text.slice(0, 40)}: each bad value is refused alone`, async () => {
        await visit(browser, { address: `#${text}`, context: calm }, async ({ page }) => {
            await ready(page);
            const said = await page.locator('.notice p').allTextContents();
            assert.equal(said.length, sentences.length, said.join('; '));
            for (const [index, sentence] of sentences.entries()) {
                assert.ok([...said].sort()[index]?.includes(sentence), said.join('; '));
            }
            assert.ok(await page.locator('.notice').isVisible());
            assert.deepEqual(new Set((await inside(page, (figure) => figure.hash)).split('&')), new Set(left.split('&')));
            await page.getByRole('button', { name: 'Dismiss' }).click();
            assert.equal(await notice(page), '');
        });
    });
}

test('the address keeps its path and query, whatever the page’s base is', async () => {
    const body = `<base href="${url}another/place/"><lazy-limits></lazy-limits><script type="module">
        import { bindHash } from '${url}www/hash.js';
        bindHash(document.querySelector('lazy-limits'));
    </script>`;
    await embedded(browser, { body, query: '?lesson=2' }, async ({ page }) => {
        await ready(page);
        await page.locator('.rho').getByRole('spinbutton').fill('0.9');
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => location.hash !== '');
        assert.equal(page.url(), `${url}embedder.html?lesson=2#v=1&rho=0.9`);
        await page.getByText('More settings').last().click();
        await page.getByRole('button', { name: 'Restore defaults' }).click();
        await page.waitForFunction(() => location.hash === '');
        assert.equal(page.url(), `${url}embedder.html?lesson=2`);
    });
});

test('what is known is taken, what is not is said', async () => {
    await visit(browser, { address: '#v=1&rho=0.3&colour=red', context: calm }, async ({ page }) => {
        await ready(page);
        assert.equal((await state(page))['rho'], 0.3);
        assert.match(await notice(page), /“colour”/);
    });
});

test('further figures have their keys behind a prefix', async () => {
    await visit(browser, { address: '#v=1&rho=0.3&b.rho=0.7', context: calm }, async ({ page }) => {
        await ready(page);
        const seen = await page.evaluate(async (base) => {
            const other = /** @type {import('./figure.mjs').LazyLimits} */ (document.createElement('lazy-limits'));
            document.body.append(other);
            const { bindHash } = await import(`${base}www/hash.js`);
            bindHash(other, 'b');
            await other.ready;
            const first = /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('#figure'));
            return [first.risks?.rho, other.risks?.rho];
        }, url);
        assert.deepEqual(seen, [0.3, 0.7]);
        assert.equal(await notice(page), '');
        await page.locator('lazy-limits').last().locator('.rho').getByRole('spinbutton').fill('0.9');
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => location.hash === '#v=1&rho=0.3&b.rho=0.9');
    });
});

test('an address that leads to a place on the page is no state', async () => {
    await visit(browser, { address: '#figure', context: calm }, async ({ page }) => {
        await ready(page);
        assert.equal(await notice(page), '');
    });
});
