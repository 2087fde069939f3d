// Lessons for tests: those of the site, the one in docs/lessons.md, and a page with one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { url, visit } from './browser.mjs';
import { CHAPTERS, calm, ready } from './figure.mjs';

/** @typedef {import('../../www/taught/format.js').Lesson} Lesson */
/** @typedef {import('playwright-core').Page} Page */

/** The lesson of a chapter. @param {string} chapter @returns {Promise<Lesson>} */
export async function lessonOf(chapter) {
    return JSON.parse(await readFile(new URL(`../../www/lessons/${chapter}.json`, import.meta.url), 'utf8'));
}

/** docs/lessons.md. */
export const documented = await readFile(new URL('../../docs/lessons.md', import.meta.url), 'utf8');

/** The lesson that stands there in full. @returns {Lesson} */
export function documentedLesson() {
    const [, text] = /```json\n([^]*?)\n```/.exec(documented) ?? [];
    assert.ok(text);
    return JSON.parse(text);
}

/** The panel of the lesson. @param {Page} page */
export const panelOf = (page) => page.locator('section.lazy-limits-lesson');

/**
 * Waits until a step is shown.
 * @param {Page} page
 * @param {number} step From 1.
 */
export async function atStep(page, step) {
    await panelOf(page).getByText(new RegExp(`^Step ${step} of \\d+$`)).waitFor();
}

/**
 * Opens a chapter with a lesson, at any address of this machine, and goes on once its first step is shown.
 * @param {import('playwright-core').Browser} browser
 * @param {object} what
 * @param {Lesson} [what.lesson] Given in place of that which the chapter has.
 * @param {string} [what.chapter]
 * @param {string} [what.hash]
 * @param {import('playwright-core').BrowserContextOptions} [what.context]
 * @param {(visit: import('./browser.mjs').Visit) => Promise<void>} work
 */
export async function taught(browser, { lesson, chapter = lesson?.figure ?? 'quadratic', hash = '', context = calm }, work) {
    const page = CHAPTERS[/** @type {keyof typeof CHAPTERS} */ (chapter)];
    const asked = lesson ? 'www/given.json' : chapter;
    const before = async (/** @type {Page} */ page) => {
        await page.route(new URL('www/given.json', url).href, (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(lesson) }));
    };
    await visit(browser, { address: `${page || 'index.html'}?lesson=${encodeURIComponent(asked)}${hash}`, context, before }, async (opened) => {
        await panelOf(opened.page).waitFor();
        await ready(opened.page);
        await work(opened);
    });
}
