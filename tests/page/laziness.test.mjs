// The chapter on laziness: one gesture from lazy to rich, and networks that come down on the line.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { calm, drawn, finished, inside, ready } from './figure.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const address = 'laziness.html';

/** @param {import('playwright-core').Page} page */
async function exact(page) {
    const risks = await inside(page, (figure) => figure.risks);
    return /** @type {Record<string, number>} */ (/** @type {unknown} */ (risks?.exact));
}

test('a drag to the left lowers the risk and moves the weights', async () => {
    await visit(browser, { address: `${address}#v=1&show=live`, context: calm }, async ({ page }) => {
        await ready(page);
        await drawn(page);
        const box = await page.locator('.main .plot').boundingBox();
        assert.ok(box);
        const at = (/** @type {number} */ share) => /** @type {const} */ ([box.x + share * box.width, box.y + box.height / 2]);
        await page.mouse.move(...at(0.9));
        await page.mouse.down();
        const seen = [];
        for (const share of [0.85, 0.7, 0.55, 0.4, 0.25]) {
            await page.mouse.move(...at(share));
            const { lazy = NaN, movement = NaN, alignment = NaN, nn = NaN, nt = NaN } = await exact(page);
            assert.ok(nn <= lazy && lazy <= nt);
            seen.push({ lazy, movement, alignment });
        }
        await page.mouse.up();
        for (const [index, now] of seen.slice(1).entries()) {
            const past = seen[index];
            assert.ok(past && now.lazy < past.lazy && now.movement > past.movement && now.alignment > past.alignment);
        }
        const { laziness } = await inside(page, (figure) => figure.state);
        assert.ok(Number(laziness) < 0.2);
        // Written once it is drawn.
        await page.waitForURL(/laziness=0\.\d+/u);
    });
});

test('keys and the field turn the dial, and a link has it', async () => {
    await visit(browser, { address: `${address}#v=1&laziness=10&show=live`, context: calm }, async ({ page }) => {
        await ready(page);
        const field = page.getByRole('spinbutton', { name: 'Laziness α' });
        assert.equal(await field.inputValue(), '10');
        await field.fill('0.5');
        await field.press('Enter');
        assert.equal((await inside(page, (figure) => figure.state))['laziness'], 0.5);
        const range = page.getByRole('slider', { name: 'Laziness α' }).first();
        await range.focus();
        await page.keyboard.press('ArrowRight');
        assert.ok(Number((await inside(page, (figure) => figure.state))['laziness']) > 0.5);
        await page.keyboard.press('Home');
        assert.equal((await inside(page, (figure) => figure.state))['laziness'], 0.01);
        await inside(page, (figure) => { figure.state = { laziness: 1000 }; });
        assert.equal((await inside(page, (figure) => figure.state))['laziness'], 0.01);
        assert.match(await page.locator('[part="notice"]').innerText(), /laziness.*1000.*0\.01 to 100/u);
    });
});

test('networks come down on the line, of the risk and of the movement', async () => {
    const small = `${address}#v=1&dim=24&steps=6000&show=live`;
    await visit(browser, { address: small }, async ({ page }) => {
        await finished(page);
        const runs = await inside(page, (figure) => figure.runs);
        assert.equal(runs.length, 9);
        assert.ok(runs.every(({ neurons, seed, regime }) => neurons === 12 && seed === 1 && regime === 'nn'));
        for (const alpha of [0.1, 1, 10]) {
            await inside(page, (figure, laziness) => { figure.state = { laziness }; }, alpha);
            const risks = /** @type {any} */ (await inside(page, (figure) => figure.risks));
            const [best, trained] = [risks.exact, risks.trained];
            // The noise of 6000 steps of 100 in 24 dimensions is within a tenth, and nothing goes below the least.
            assert.ok(trained.lazy > best.lazy - 1e-6 && trained.lazy < 1.1 * best.lazy + 0.005, `${alpha}: ${trained.lazy} ${best.lazy}`);
            assert.ok(trained.movement > 0.9 * best.movement, `${alpha}: ${trained.movement} ${best.movement}`);
        }
        await page.locator('summary', { hasText: 'What moving buys, as a table' }).click();
        const rows = page.getByRole('table', { name: 'What moving buys', exact: true }).getByRole('row');
        await rows.nth(1).waitFor();
        // Exact values on the line, and every network.
        assert.equal(await rows.count(), 1 + 41 + 9);
    });
});

test('another width is another line', async () => {
    await visit(browser, { address: `${address}#v=1&dim=16&show=live`, context: calm }, async ({ page }) => {
        await ready(page);
        const before = await exact(page);
        await inside(page, (figure) => { figure.state = { rho: 0.25 }; });
        const after = await exact(page);
        assert.ok(Number(after['lazy']) > Number(before['lazy']));
        assert.ok((await inside(page, (figure) => figure.risks))?.neurons === 4);
    });
});
