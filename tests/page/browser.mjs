// Chromium for the tests of the page: opens it, notes everything it complains of, and takes pictures.
//
// `cargo xtask test page` builds the page, serves it and sets the environment: LAZY_LIMITS_URL, SITE_URL, CHROME, HEADLESS, ARTEFACTS.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';

/**
 * The value of an environment variable that the task runner sets.
 * @param {string} name
 * @param {string} [otherwise]
 */
export function setting(name, otherwise) {
    const value = process.env[name] ?? otherwise;
    assert.ok(value, `${name} is not set: run \`cargo xtask test page\``);
    return value;
}

/** Address of the served page, with a slash at its end. */
export const url = setting('LAZY_LIMITS_URL', 'http://127.0.0.1:8000/');

/** Address of the site as it is shipped, its scripts bundled, with a slash at its end. */
export const siteUrl = setting('SITE_URL', 'http://127.0.0.1:8001/');

/** Directory for what people look at afterwards. */
export const artefacts = setting('ARTEFACTS', 'target/page-artefacts');

/** Milliseconds for whatever is waited for: far more than it takes on a busy machine. */
export const PATIENCE = 120_000;

/** No sandbox, as containers do not allow it; and no calls of Chromium's own to hosts that tests cannot reach. */
const args = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
];

/**
 * Starts Chromium; close it in `after`.
 * @param {import('playwright-core').LaunchOptions & { whole?: boolean }} [options] Whether it has to be the whole browser: that which
 *     has no windows opens pages in half the time.
 */
export async function launch({ whole = false, ...options } = {}) {
    const chrome = setting('CHROME', '/usr/bin/chromium');
    const executablePath = whole ? chrome : setting('HEADLESS', chrome);
    return chromium.launch({ executablePath, ...options, args: [...args, ...(options.args ?? [])] });
}

/**
 * A page together with everything that went wrong on it.
 * @typedef {object} Visit
 * @property {import('playwright-core').Page} page
 * @property {string[]} complaints What the console, the page or the network complained of so far.
 * @property {(name: string) => Promise<string>} screenshot Keeps a picture of the whole page, and returns its path.
 * @property {() => Promise<void>} close Closes the page, and fails if there was any complaint.
 */

/**
 * Opens a page in a context of its own. A test that expects a complaint takes it out of `complaints`.
 * @param {import('playwright-core').Browser} browser
 * @param {object} [options]
 * @param {string} [options.address] Relative to the served page.
 * @param {import('playwright-core').BrowserContextOptions} [options.context]
 * @param {(page: import('playwright-core').Page) => Promise<void>} [options.before] Runs before the page is loaded.
 * @param {boolean} [options.bets] Whether the reader has not been asked for a bet yet: lines wait for it.
 * @param {boolean} [options.shipped] Whether it gets the results that it ships: they come in front of live runs.
 * @param {boolean} [options.story] Whether the first page gets its small figures: tests of a figure look for one.
 * @returns {Promise<Visit>}
 */
export async function open(browser, options = {}) {
    const { address = '', context: contextOptions = {}, before, bets = false, shipped = false, story = false } = options;
    const context = await browser.newContext(contextOptions);
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const complaints = listen(page);
    if (!shipped) await page.route('**/www/data/*', (route) => route.fulfill({ status: 204 }));
    if (!bets) await page.addInitScript(haveBet);
    if (!story) {
        const body = 'export const tellStory = () => {};';
        // As a source, and as the bundler names it.
        await page.route(/\/www\/(taught\/story|story-\w+)\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body }));
    }
    await before?.(page);
    await page.goto(new URL(address, url).href);
    return {
        page,
        complaints,
        screenshot: (name) => screenshot(page, name),
        close: async () => {
            await context.close();
            assert.deepEqual(complaints, [], 'the page complained');
        },
    };
}

/** As the page keeps it. Storage may be refused, as it is to what is sandboxed. */
function haveBet() {
    try {
        sessionStorage.setItem('lazy-limits bet', 'yes');
    } catch {
        // Then a page asks anew.
    }
}

/**
 * Opens a page, does something with it and closes it, failing if there was any complaint.
 * @param {import('playwright-core').Browser} browser
 * @param {Parameters<typeof open>[1]} options
 * @param {(visit: Visit) => Promise<void>} work
 */
export async function visit(browser, options, work) {
    const opened = await open(browser, options);
    try {
        await work(opened);
    } catch (error) {
        // A complaint is often the cause of the failure: say both.
        for (const complaint of opened.complaints) console.error(complaint);
        await opened.page.context().close();
        throw error;
    }
    await opened.close();
}

/**
 * Keeps a picture of the whole page, and returns its path.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function screenshot(page, name) {
    await mkdir(artefacts, { recursive: true });
    const file = path.join(artefacts, `${name}.png`);
    await page.screenshot({ path: file, fullPage: true });
    return file;
}

/**
 * Gathers errors and warnings, of workers too, uncaught exceptions and requests that failed.
 * @param {import('playwright-core').Page} page
 */
function listen(page) {
    /** @type {string[]} */
    const complaints = [];
    /** @param {import('playwright-core').ConsoleMessage} message */
    const note = (message) => {
        if (['error', 'warning', 'assert'].includes(message.type())) {
            complaints.push(`console ${message.type()}: ${message.text()}`);
        }
    };
    page.on('console', note);
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
    page.on('requestfailed', (request) => {
        // A page that is left, or loaded anew, gives up what it was still loading.
        if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
        complaints.push(`request failed: ${request.url()} (${request.failure()?.errorText})`);
    });
    page.on('response', (response) => {
        if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
    });
    return complaints;
}
