// Whether everyone can use a page, as far as a program can tell.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What is wrong with a page, each in a line.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export async function findings(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run(document, {
        resultTypes: ['violations'],
    }));
    return violations.map((/** @type {any} */ { id, impact, help, nodes }) =>
        `${impact}: ${id}, ${help} (${nodes.map((/** @type {any} */ node) => node.target.flat().join(' ')).join('; ')})`);
}
