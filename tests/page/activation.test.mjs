// The chapter on activations: theory where there is some, and why an odd activation leaves random features blind.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { calm, finished, inside, ready } from './figure.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const address = 'activation.html';

test('random features have their limit, NT and NN have none but for the square', async () => {
    await visit(browser, { address, context: calm }, async ({ page }) => {
        await ready(page);
        const limits = async () => (await inside(page, (figure) => figure.risks))?.limit;
        const relu = await limits();
        assert.ok(relu && relu.rf > 0.9 && relu.rf < 1);
        assert.deepEqual([relu.nt, relu.nn], [null, null]);
        assert.equal(await page.locator('output[data-regime="nn"]').textContent(), '–');
        await inside(page, (figure) => { figure.state = { activation: 'tanh' }; });
        assert.equal((await limits())?.rf, 1);
        assert.ok((await page.locator('.activation canvas').getAttribute('aria-label'))?.includes('activation'));
        await inside(page, (figure) => { figure.state = { activation: 'quadratic' }; });
        const square = await limits();
        assert.ok(Number(square?.nn) < Number(square?.nt) && Number(square?.nt) < Number(square?.rf));
    });
});

test('the coefficients of an odd activation have no degree two', async () => {
    await visit(browser, { address: `${address}#v=1&activation=tanh`, context: calm }, async ({ page }) => {
        await ready(page);
        await page.locator('summary', { hasText: 'The activation, as a table' }).click();
        const rows = page.getByRole('table', { name: 'The activation', exact: true }).getByRole('row');
        await rows.nth(2).waitFor();
        assert.deepEqual(await rows.nth(2).locator('td').allTextContents(), ['2', '0.00000', '0.00000']);
    });
});

test('networks are trained with the activation chosen', async () => {
    const risks = async (/** @type {string} */ activation) => {
        let runs = /** @type {import('../../www/runs.js').Run[]} */ ([]);
        const small = `${address}#v=1&activation=${activation}&dim=8&steps=3000&rho=2&spectrum=spiked:1`;
        await visit(browser, { address: small }, async ({ page }) => {
            await finished(page);
            runs = await inside(page, (figure) => figure.runs);
        });
        return ['rf', 'nt', 'nn'].map((regime) =>
            runs.find((run) => run.regime === regime && run.neurons === 16 && run.seed === 1)?.risk ?? NaN);
    };
    const [rf, nt, nn] = await risks('relu');
    assert.ok(Number(nn) < 0.5 * Number(rf) && Number(nt) < Number(rf), `${rf} ${nt} ${nn}`);
    // An odd network of an even target: less than nothing can be learnt.
    for (const risk of await risks('tanh')) assert.ok(risk > 0.98 && risk < 1.2, String(risk));
});
