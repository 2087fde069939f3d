// The snippets of the documentation, each in its framework: mounted, changed from both sides, and unmounted.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';
import { launch, url, visit } from './browser.mjs';
import { calm } from './figure.mjs';

/** @typedef {import('./figure.mjs').LazyLimits} LazyLimits */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/**
 * A block of code in a document, the first of its language after a text.
 * @param {string} file From the top of the repository.
 * @param {string} heading
 * @param {string} language
 */
async function snippet(file, heading, language) {
    const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
    const at = text.indexOf(heading);
    const [, code] = new RegExp(`\`\`\`${language}\\n([^]*?)\\n\`\`\``).exec(text.slice(at)) ?? [];
    assert.ok(at >= 0 && code, `${file} has no ${language} after “${heading}”`);
    return code;
}

/**
 * How a snippet becomes a module that esbuild reads, and how what it exports is mounted.
 * @typedef {object} Framework
 * @property {() => Promise<string>} code
 * @property {(code: string) => string} [compile]
 * @property {string} mount A module; it leaves `unmount` in the global scope.
 * @property {string} [jsx] The package that knows what JSX means.
 */

/** @type {Record<string, Framework>} */
const FRAMEWORKS = {
    React: {
        code: () => snippet('README.md', '**Embed it**', 'jsx'),
        jsx: 'react',
        mount: `
            import { StrictMode, createElement } from 'react';
            import { createRoot } from 'react-dom/client';
            import { Figure } from 'snippet';
            const root = createRoot(document.getElementById('app'));
            root.render(createElement(StrictMode, null, createElement(Figure)));
            globalThis.unmount = () => root.unmount();`,
    },
    Vue: {
        code: () => snippet('docs/embedding.md', '## Vue', 'vue'),
        compile: (code) => {
            const compilerOptions = { isCustomElement: (/** @type {string} */ tag) => tag === 'lazy-limits' };
            const { descriptor, errors } = parse(code, { templateParseOptions: compilerOptions });
            assert.deepEqual(errors, []);
            return compileScript(descriptor, { id: 'snippet', inlineTemplate: true, templateOptions: { compilerOptions } }).content;
        },
        mount: `
            import { createApp } from 'vue';
            import Figure from 'snippet';
            const app = createApp(Figure);
            app.mount('#app');
            globalThis.unmount = () => app.unmount();`,
    },
    Svelte: {
        code: () => snippet('docs/embedding.md', '## Svelte', 'svelte'),
        compile: (code) => {
            const { js, warnings } = compile(code, { generate: 'client', dev: true, filename: 'Figure.svelte' });
            assert.deepEqual(warnings, []);
            return js.code;
        },
        mount: `
            import { mount, unmount } from 'svelte';
            import Figure from 'snippet';
            const figure = mount(Figure, { target: document.getElementById('app') });
            globalThis.unmount = () => unmount(figure);`,
    },
    Preact: {
        code: () => snippet('docs/embedding.md', '## Preact', 'jsx'),
        jsx: 'preact',
        mount: `
            import { h, render } from 'preact';
            import { Figure } from 'snippet';
            const app = document.getElementById('app');
            render(h(Figure), app);
            globalThis.unmount = () => render(null, app);`,
    },
    Lit: {
        code: () => snippet('docs/embedding.md', '## Lit', 'js'),
        mount: `
            import 'snippet';
            const lesson = document.createElement('my-lesson');
            document.getElementById('app').append(lesson);
            globalThis.unmount = () => lesson.remove();`,
    },
};

/** As the frameworks' own tools set them. */
const DEFINITIONS = {
    'process.env.NODE_ENV': '"development"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
};

/** @param {Framework} framework */
async function bundle({ code, compile: translate = (text) => text, mount, jsx }) {
    const contents = translate(await code());
    const resolveDir = fileURLToPath(new URL('.', import.meta.url));
    const { outputFiles } = await build({
        stdin: { contents: mount, resolveDir },
        bundle: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        define: DEFINITIONS,
        jsx: 'automatic',
        jsxImportSource: jsx ?? 'react',
        logLevel: 'error',
        plugins: [{
            name: 'snippet',
            setup: (build) => {
                build.onResolve({ filter: /^snippet$/ }, ({ path }) => ({ path, namespace: 'snippet' }));
                build.onLoad({ filter: /.*/, namespace: 'snippet' }, () => ({ contents, loader: jsx ? 'jsx' : 'js', resolveDir }));
            },
        }],
    });
    return outputFiles[0]?.text ?? '';
}

const ORDERS = { 'the module before it': ['lazy-limits.js', 'app'], 'the module after it': ['app', 'lazy-limits.js'] };

for (const [name, framework] of Object.entries(FRAMEWORKS)) {
    for (const [how, order] of Object.entries(ORDERS)) {
        test(`the snippet for ${name}, ${how}`, async () => {
            const app = await bundle(framework);
            const address = new URL('framework.html', url).href;
            const before = async (/** @type {import('playwright-core').Page} */ page) => {
                await page.route('**/app.js', (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: app }));
                await page.route(address, (route) => route.fulfill({
                    contentType: 'text/html; charset=utf-8',
                    body: `<!doctype html><html lang="en"><title>${name}</title><link rel="icon" href="www/icon.svg"><div id="app"></div>`,
                }));
            };
            await visit(browser, { address, context: calm, before }, async ({ page }) => {
                for (const module of order) {
                    await page.addScriptTag({ type: 'module', url: module === 'app' ? '/app.js' : `/www/${module}` });
                }
                const figure = page.locator('lazy-limits');
                const read = () => figure.evaluate(async (/** @type {LazyLimits} */ element) => {
                    await customElements.whenDefined('lazy-limits');
                    await element.ready;
                    return [element.rho, element.spectrum, element.hash, element.shadowRoot?.querySelector('.notice')?.textContent];
                });
                assert.deepEqual(await read(), [0.5, 'spiked:8', 'v=1&spectrum=spiked:8', '']);

                const range = page.locator('input[type="range"][min="0.05"]');
                await range.fill('1');
                await page.waitForFunction((element) => /** @type {LazyLimits} */ (element).rho === 1, await figure.elementHandle());
                assert.deepEqual(await read(), [1, 'spiked:8', 'v=1&rho=1&spectrum=spiked:8', '']);

                const handle = /** @type {import('playwright-core').ElementHandle<HTMLInputElement>} */ (await range.elementHandle());
                await figure.locator('.rho').getByRole('spinbutton').fill('0.25');
                await page.keyboard.press('Enter');
                await page.waitForFunction((input) => input.value === '0.25', handle);
                assert.deepEqual(await read(), [0.25, 'spiked:8', 'v=1&rho=0.25&spectrum=spiked:8', '']);

                await page.evaluate(() => /** @type {any} */ (globalThis).unmount());
                await figure.waitFor({ state: 'detached' });
                // What it still has to say it says now.
                await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }));
            });
        });
    }
}

for (const [file, heading, figures] of /** @type {const} */ ([['README.md', '**Embed it**', 2], ['docs/embedding.md', '## Put it on a page', 1]])) {
    test(`the HTML of ${file}`, async () => {
        const body = await snippet(file, heading, 'html');
        const address = new URL('plain.html', url).href;
        const before = async (/** @type {import('playwright-core').Page} */ page) => {
            await page.route(address, (route) => route.fulfill({
                contentType: 'text/html; charset=utf-8',
                body: `<!doctype html><html lang="en"><title>Plain</title><link rel="icon" href="www/icon.svg">${body}`,
            }));
        };
        await visit(browser, { address, context: calm, before }, async ({ page }) => {
            const seen = await page.evaluate(async () => {
                await customElements.whenDefined('lazy-limits');
                const all = /** @type {LazyLimits[]} */ ([...document.querySelectorAll('lazy-limits')]);
                await Promise.all(all.map((element) => element.ready));
                return all.map((element) => element.getAttributeNames().every((name) => String(/** @type {any} */ (element)[name]) === element.getAttribute(name)));
            });
            assert.deepEqual(seen, Array(figures).fill(true));
        });
    });
}
