// A host of widgets, as small as one can be: a model for each, and a page without a network to show them on. For tests.

import { visit } from './browser.mjs';
import { calm, keepWorkers } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../../www/lazy-limits.js').LazyLimits} LazyLimits */

/**
 * What a widget begins with, as a kernel or a page of MyST has it.
 * @typedef {Record<string, any>} Traits
 */

/**
 * @typedef {object} HostModel
 * @property {Traits} traits
 * @property {Traits[]} saved All traits at each save.
 * @property {(name: string, value: unknown) => void} set
 */

/**
 * @typedef {object} Shown
 * @property {HostModel} model
 * @property {HTMLElement} el
 * @property {LazyLimits} figure
 * @property {() => void} end As hosts before anywidget 0.11 do.
 * @property {() => void} abort As newer ones do.
 */

/**
 * What the host's page has.
 * @typedef {object} Host
 * @property {Shown[]} shown
 * @property {(source: string, traits: Traits, kind: Kind) => Promise<void>} show Loads a module anew and shows a model by it.
 */

/** @typedef {'jupyter' | 'myst'} Kind Of a host: with a kernel, or with a model that neither saves nor lets go, in a shadow root. */

/**
 * Opens a host's page, which has no network, and fails if anything is asked for.
 * @param {import('playwright-core').Browser} browser
 * @param {(page: Page) => Promise<void>} work
 * @param {object} [options]
 * @param {string} [options.html] What the page has besides.
 */
export async function hosted(browser, work, { html = '' } = {}) {
    const address = 'http://notebook.test/';
    /** @type {string[]} */
    const asked = [];
    const before = async (/** @type {Page} */ page) => {
        await page.route(address, (route) => route.fulfill({
            contentType: 'text/html; charset=utf-8',
            body: `<!doctype html><html lang="en"><title>Notebook</title><link rel="icon" href="data:,">${html}<main></main>`,
        }));
        await keepWorkers(page);
        await page.addInitScript(host);
        page.context().on('request', (request) => asked.push(request.url()));
    };
    await visit(browser, { address, context: { ...calm, offline: true }, before }, async ({ page }) => {
        await work(page);
        const others = asked.filter((one) => one !== address && !/^(blob|data):/.test(one));
        if (others.length > 0) throw new Error(`the widget asked for ${others.join(', ')}`);
    });
}

/**
 * Shows a widget, and waits until its figure has been drawn.
 * @param {Page} page
 * @param {string} source
 * @param {Traits} traits
 * @param {Kind} [kind]
 */
export async function show(page, source, traits, kind = 'jupyter') {
    await page.evaluate(async ([source, traits, kind]) => {
        const { host } = /** @type {{ host: Host }} */ (/** @type {unknown} */ (globalThis));
        await host.show(source, traits, kind);
        await host.shown.at(-1)?.figure.ready.catch(() => {});
    }, /** @type {const} */ ([source, traits, kind]));
}

/**
 * Does something with one of the widgets shown, in the page.
 * @template Result, Argument
 * @param {Page} page
 * @param {number} index
 * @param {(shown: Shown, argument: Argument) => Result | Promise<Result>} work
 * @param {Argument} [argument]
 * @returns {Promise<Result>}
 */
export async function widget(page, index, work, argument) {
    return page.evaluate(`(${work})(host.shown[${index}], ${JSON.stringify(argument) ?? 'undefined'})`);
}

/**
 * Waits until something is true of one of the widgets shown.
 * @template Argument
 * @param {Page} page
 * @param {number} index
 * @param {(shown: Shown, argument: Argument) => boolean} condition
 * @param {Argument} [argument]
 */
export async function widgetUntil(page, index, condition, argument) {
    await page.waitForFunction(`(${condition})(host.shown[${index}], ${JSON.stringify(argument) ?? 'undefined'})`);
}

/** Waits until so many workers are there. @param {Page} page @param {number} count */
export async function workersLeft(page, count) {
    await page.waitForFunction((expected) => {
        const { workers } = /** @type {{ workers: Worker[] }} */ (/** @type {unknown} */ (globalThis));
        return workers.length === expected;
    }, count);
}

/** Runs in the page, before anything else. */
function host() {
    class Model {
        /** @type {Traits[]} */
        saved = [];
        /** @type {Map<string, Set<() => void>>} */
        listeners = new Map();

        /** @param {Traits} traits */
        constructor(traits) {
            this.traits = traits;
        }

        /** @param {string} name */
        get(name) {
            return this.traits[name];
        }

        /** @param {string} name @param {unknown} value */
        set(name, value) {
            const isNew = JSON.stringify(value) !== JSON.stringify(this.traits[name]);
            this.traits[name] = value;
            if (isNew) this.tell(`change:${name}`);
        }

        /** @param {string} event */
        tell(event) {
            for (const listener of this.listeners.get(event) ?? []) listener();
        }

        /** @param {string} event @param {() => void} listener */
        on(event, listener) {
            this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
        }

        /** @param {string} event @param {() => void} listener */
        off(event, listener) {
            this.listeners.get(event)?.delete(listener);
        }

        save_changes() {
            this.saved.push(structuredClone(this.traits));
        }
    }

    /** Tells of what has not changed too, and can do little else. */
    class LonelyModel extends Model {
        /** @param {string} name @param {unknown} value */
        set(name, value) {
            this.traits[name] = value;
            this.tell(`change:${name}`);
        }

        off() {
            throw new Error('off is not implemented yet');
        }

        save_changes() {
            throw new Error('save_changes is not implemented yet');
        }
    }

    /** @type {Shown[]} */
    const shown = [];
    Object.assign(globalThis, {
        host: /** @type {Host} */ ({
            shown,
            async show(source, traits, kind) {
                const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
                const { default: module } = await import(address);
                URL.revokeObjectURL(address);
                const model = kind === 'myst' ? new LonelyModel(traits) : new Model(traits);
                const outer = document.createElement('div');
                document.querySelector('main')?.append(outer);
                const el = document.createElement('div');
                (kind === 'myst' ? outer.attachShadow({ mode: 'open' }) : outer).append(el);
                const controller = new AbortController();
                const end = module.render({ model, el, ...kind === 'jupyter' && { signal: controller.signal } });
                const figure = /** @type {LazyLimits} */ (el.firstElementChild);
                shown.push({ model, el, figure, end, abort: () => controller.abort() });
            },
        }),
    });
}
