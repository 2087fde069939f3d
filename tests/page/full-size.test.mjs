// A run at the paper's size, offered by the article.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { calm, ready } from './figure.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/**
 * The article with a shorter run.
 * @param {number} steps
 * @param {(page: import('playwright-core').Page) => Promise<void>} work
 * @param {boolean} [shipped] Beside the results that the page ships.
 */
async function offered(steps, work, shipped = false) {
    const before = async (/** @type {import('playwright-core').Page} */ page) => {
        await page.route(/\/$/, async (route) => {
            const answer = await route.fetch();
            const text = await answer.text();
            assert.ok(text.includes('data-steps="200000"'));
            await route.fulfill({ response: answer, body: text.replace('data-steps="200000"', `data-steps="${steps}"`) });
        });
    };
    await visit(browser, { context: calm, before, shipped }, async ({ page }) => {
        await ready(page);
        // Its script is fetched when it comes near.
        await page.locator('#full-size').scrollIntoViewIfNeeded();
        // Who is off again before that has been seen does not load it.
        await page.locator('#full-size button:enabled').waitFor();
        await work(page);
    });
}

test('it ends with its risk beside the least possible', () => offered(20, async (page) => {
    await page.getByRole('button', { name: 'Run this point at the paper’s size' }).click();
    const outcome = page.locator('#full-size output');
    await outcome.getByText('The least that 225 neurons can reach').waitFor();
    const numbers = (await outcome.innerText()).match(/\d\.\d{4}/g)?.map(Number);
    const [risk = NaN, least = NaN] = numbers ?? [];
    assert.equal(least, 0.0324);
    assert.ok(risk > least && risk < 1.6, String(risk));
    await page.getByRole('button', { name: 'Run this point' }).waitFor();
}));

test('it says how far it is, and can be stopped and begun again', () => offered(200_000, async (page) => {
    const section = page.locator('#full-size');
    await section.getByRole('button').click();
    await section.getByText(/Step [\d,]+ of 200,000, about \d+ (s|min) left/).waitFor();
    assert.ok(await section.getByRole('progressbar').isVisible());
    await section.getByRole('button', { name: 'Stop' }).click();
    await section.getByText('Stopped.').waitFor();
    assert.ok(await section.getByRole('progressbar').isHidden());

    // At once again, and before its worker is there.
    await section.getByRole('button').click();
    await section.getByRole('button', { name: 'Stop' }).click();
    await section.getByRole('button', { name: 'Run this point' }).click();
    await section.getByText(/Step/).waitFor();
}));

test('it is of the width at the handle, and its dot and path join the paper’s', () => offered(20, async (page) => {
    const section = page.locator('#full-size');
    await page.waitForFunction(() => document.querySelector('lazy-limits')?.shadowRoot?.querySelector('.laid'));
    const rho = page.locator('.rho').getByRole('spinbutton');
    await rho.fill('0.2');
    await rho.press('Enter');
    await section.getByText('90 neurons').waitFor();
    await section.getByRole('button').click();
    await section.getByText('The least that 90 neurons can reach').waitFor();
    const table = page.getByRole('table').filter({ hasText: 'NN, N = 90, here' });
    await page.getByText('Risk against samples, as a table').click();
    await table.waitFor();
    const reported = await table.getByRole('row', { name: /^NN, N = 90, here/ }).count();
    assert.ok(reported >= 20, String(reported));
}, true));
