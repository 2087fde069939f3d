// Whether everyone can use a page, as far as a program can tell.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 up to AA, of which some are not among those that run by themselves. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What is wrong with a page, each in a line.
 * @param {import('playwright-core').Page} page
 * @param {string[]} [tags] Of the rules; without them, those that run by themselves.
 * @returns {Promise<string[]>}
 */
export async function findings(page, tags) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => /** @type {any} */ (globalThis).axe.run(document, {
        resultTypes: ['violations'],
        ...tags ? { runOnly: tags } : {},
    }), tags);
    return violations.map((/** @type {any} */ { id, impact, help, nodes }) =>
        `${impact}: ${id}, ${help} (${nodes.map((/** @type {any} */ node) => node.target.flat().join(' ')).join('; ')})`);
}
