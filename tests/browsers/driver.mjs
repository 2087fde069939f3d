// Any browser that has a WebDriver: opens the page, notes everything it complains of, and takes pictures.
//
// `cargo xtask test browsers` finds browsers and drivers and sets the environment: BROWSER is a name below, PROGRAM the
// browser's path, DRIVER that of its driver.

import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Builder, By, Key } from 'selenium-webdriver';
import { DriverService } from 'selenium-webdriver/remote/index.js';
import { artefacts, setting } from '../page/browser.mjs';
import { serve } from './recorded.mjs';

/** @typedef {import('selenium-webdriver').WebDriver} WebDriver */
/** @typedef {import('selenium-webdriver').WebElement} WebElement */
/** @typedef {import('../../www/lazy-limits.js').LazyLimits} LazyLimits */

/** Milliseconds for whatever is waited for: far more than it takes on a busy machine. */
const PATIENCE = 180_000;

const program = setting('PROGRAM');

/** What a new session is to be, by browser. @type {Record<string, Record<string, unknown>>} */
const CAPABILITIES = {
    firefox: { browserName: 'firefox', 'moz:firefoxOptions': { binary: program, args: ['-headless'] } },
    webkit: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: program, args: ['--automation'] } },
};

/** Its name, for pictures. */
export const browserName = setting('BROWSER');

/** A browser with one window, and the site it visits. */
export class Browser {
    #site;
    #service;
    #driver;

    /**
     * @param {import('./recorded.mjs').Site} site
     * @param {DriverService} service
     * @param {WebDriver} driver
     */
    constructor(site, service, driver) {
        this.#site = site;
        this.#service = service;
        this.#driver = driver;
    }

    static async launch() {
        const capabilities = CAPABILITIES[browserName];
        assert.ok(capabilities, `BROWSER is ${browserName}, but must be one of ${Object.keys(CAPABILITIES).join(', ')}`);
        const site = await serve();
        // Browsers say much on their own affairs: it is kept beside the pictures.
        await mkdir(artefacts, { recursive: true });
        const log = openSync(path.join(artefacts, `${browserName}.log`), 'w');
        const service = new DriverService.Builder(setting('DRIVER')).setLoopback(true).setStdio(['ignore', log, log]).build();
        const server = await service.start(PATIENCE);
        // The driver has its own.
        closeSync(log);
        const driver = await new Builder().disableEnvironmentOverrides().usingServer(server)
            .withCapabilities(capabilities).build();
        await driver.manage().setTimeouts({ script: PATIENCE, pageLoad: PATIENCE });
        return new Browser(site, service, driver);
    }

    async close() {
        await this.#driver.quit();
        await this.#service.kill();
        this.#site.close();
    }

    /**
     * Opens a page of the site in a window of this size, does something with it, and fails if there was any complaint.
     * @param {object} options
     * @param {string} [options.body] Of a page that is made of it, in place of one that is there.
     * @param {string} [options.address]
     * @param {number} [options.width]
     * @param {number} [options.height]
     * @param {(page: Page) => Promise<void>} work
     */
    async visit({ body, address = body === undefined ? '' : this.#site.made(body), width = 1000, height = 900 }, work) {
        const page = new Page(this.#driver, this.#site.failures);
        // Another address first: one that differs in its hash alone would not be loaded anew.
        await this.#driver.get('about:blank');
        await this.#driver.manage().window().setRect({ width, height });
        this.#site.failures.length = 0;
        await this.#driver.get(new URL(address, this.#site.url).href);
        try {
            await work(page);
        } catch (error) {
            // A complaint is often the cause of the failure: say both.
            console.error((await page.complaints()).join('\n'));
            throw error;
        }
        assert.deepEqual(await page.complaints(), [], 'the page complained');
    }
}

/** A page that is open. */
export class Page {
    #driver;
    #failures;

    /**
     * @param {WebDriver} driver
     * @param {string[]} failures What could not be loaded.
     */
    constructor(driver, failures) {
        this.#driver = driver;
        this.#failures = failures;
    }

    /**
     * Does something in the page.
     * @template Result, Argument
     * @param {(argument: Argument) => Result | Promise<Result>} work
     * @param {Argument} [argument]
     * @returns {Promise<Result>}
     */
    evaluate(work, argument) {
        // As text, so that undefined and a rejection arrive as what they are in every browser.
        const script = `const [argument, done] = arguments; Promise.resolve(argument).then(${work})
            .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        return this.#driver.executeAsyncScript(script, argument ?? null).then((/** @type {any} */ outcome) => {
            if (outcome.error) throw new Error(outcome.error);
            return outcome.value;
        });
    }

    /**
     * Does something as the page's own script would: a driver's may run in a world apart, which imports no modules.
     * @template Result, Argument
     * @param {(argument: Argument) => Result | Promise<Result>} work
     * @param {Argument} [argument]
     * @returns {Promise<Result>} What JSON can hold of it.
     */
    asItsOwn(work, argument) {
        const text = `(async () => (${work})(${JSON.stringify(argument) ?? 'undefined'}))()
            .then((value) => ({ value }), (error) => ({ error: String(error) }))
            .then((outcome) => dispatchEvent(new CustomEvent('outcome', { detail: JSON.stringify(outcome) })));`;
        return this.evaluate((text) => new Promise((resolve) => {
            addEventListener('outcome', (event) => resolve(/** @type {CustomEvent} */ (event).detail), { once: true });
            const script = document.createElement('script');
            script.textContent = text;
            document.head.append(script);
        }), text).then((outcome) => {
            const { value, error } = JSON.parse(/** @type {string} */ (outcome));
            if (error) throw new Error(error);
            return value;
        });
    }

    /**
     * Does something with the figure, in the page, once it has been drawn.
     * @template Result, Argument
     * @param {(figure: LazyLimits, argument: Argument) => Result | Promise<Result>} work
     * @param {Argument} [argument]
     * @returns {Promise<Result>}
     */
    inside(work, argument) {
        const script = `async (argument) => {
            await customElements.whenDefined('lazy-limits');
            const figure = document.querySelector('lazy-limits');
            await figure.ready;
            return (${work})(figure, argument);
        }`;
        return this.evaluate(/** @type {any} */ (script), argument);
    }

    /**
     * Waits until something is true of the figure.
     * @template Argument
     * @param {(figure: LazyLimits, argument: Argument) => boolean} condition
     * @param {Argument} [argument]
     */
    async until(condition, argument) {
        await this.#driver.wait(() => this.inside(condition, argument), PATIENCE, `waited for ${condition}`, 50);
    }

    /**
     * Waits until something is true in the page.
     * @param {() => boolean} condition
     */
    async wait(condition) {
        await this.#driver.wait(() => this.evaluate(condition), PATIENCE, `waited for ${condition}`, 50);
    }

    /** What it has complained of so far. @returns {Promise<string[]>} */
    async complaints() {
        return [...this.#failures, ...await this.evaluate(() => /** @type {any} */ (globalThis).complaints ?? ['it was not loaded'])];
    }

    /**
     * Waits until it has complained of something.
     * @param {RegExp} complaint
     */
    async complained(complaint) {
        const has = async () => (await this.complaints()).some((text) => complaint.test(text));
        await this.#driver.wait(has, PATIENCE, `waited for the complaint ${complaint}`, 50);
    }

    /**
     * An element of the figure.
     * @param {string} selector
     * @returns {Promise<WebElement>}
     */
    async element(selector) {
        // Before it is ready it can be found, but does not listen.
        await this.inside(() => {});
        const root = await this.#driver.findElement(By.css('lazy-limits')).getShadowRoot();
        return root.findElement(By.css(selector));
    }

    /**
     * Presses a button of the figure.
     * @param {string} name
     */
    async press(name) {
        const root = await this.#driver.findElement(By.css('lazy-limits')).getShadowRoot();
        for (const button of await root.findElements(By.css('button'))) {
            if (await button.isDisplayed() && await button.getText() === name) {
                // WebKit clicks nothing that is not in its window.
                await this.#driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', button);
                await button.click();
                return;
            }
        }
        assert.fail(`there is no button “${name}”`);
    }

    /**
     * Drags across an element of the figure, through places given as shares of its size.
     * @param {string} selector
     * @param {[number, number][]} places
     * @param {object} [options]
     * @param {() => Promise<void>} [options.each] Done at each place, while the pointer is down.
     */
    async drag(selector, places, { each = async () => {} } = {}) {
        const element = await this.element(selector);
        await this.#driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
        const { width, height } = await element.getRect();
        const [first, ...others] = places;
        // Offsets are from the middle.
        const at = (/** @type {[number, number]} */ [x, y]) => ({
            origin: element, x: Math.round((x - 0.5) * width), y: Math.round((y - 0.5) * height), duration: 0,
        });
        assert.ok(first);
        await this.#driver.actions().move(at(first)).press().perform();
        await each();
        for (const place of others) {
            await this.#driver.actions().move(at(place)).perform();
            await each();
        }
        await this.#driver.actions().release().perform();
    }

    /**
     * Presses a key on the element that has the focus.
     * @param {keyof typeof Key} name
     */
    async key(name) {
        await this.#driver.actions().sendKeys(String(Key[name])).perform();
    }

    /**
     * Keeps a picture of what is in the window.
     * @param {string} name
     */
    async screenshot(name) {
        const picture = await this.#driver.takeScreenshot();
        await writeFile(path.join(artefacts, `${browserName}-${name}.png`), picture, 'base64');
    }
}

