// The package for npm in what people build with: packed, installed from the tarball, bundled, and seen to train.

import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import webpack from 'webpack';
import { PARTS } from '../../www/parts.js';
import { launch, visit } from './browser.mjs';
import { calm, ready } from './figure.mjs';
import { DEFINITIONS, FRAMEWORKS } from './frameworks.mjs';
import { html, install, served, trains } from './installed.mjs';

const MAIN = "import 'lazy-limits';\n";

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./installed.mjs').Installed} */
let installed;
before(async () => { [browser, installed] = await Promise.all([launch(), install('bundlers')]); });
after(() => browser.close());

/** Frameworks whose own tools bundle by Vite. */
const BUNDLED = /** @type {const} */ (['React', 'Vue', 'Svelte']);

/** An application with a page for the element by itself, and one for each framework. */
function viteFiles() {
    /** @type {Record<string, string>} */
    const files = { 'index.html': html('<script type="module" src="/main.js"></script>'), 'main.js': MAIN };
    for (const name of BUNDLED) {
        const mount = FRAMEWORKS[name]?.mount.replace("'snippet'", `'virtual:snippet-${name}'`);
        files[`${name}.js`] = MAIN + mount;
        files[`${name}.html`] = html(`<script type="module" src="/${name}.js"></script>`, '<div id="app"></div>');
    }
    return files;
}

/** The snippets of the documentation as modules, in the place of the frameworks' own plugins. @type {import('vite').Plugin} */
const snippets = {
    name: 'snippets',
    resolveId: (id) => (id.startsWith('virtual:snippet-') ? `\0${id}` : null),
    load: async (id) => {
        const framework = FRAMEWORKS[/^\0virtual:snippet-(\w+)$/.exec(id)?.[1] ?? ''];
        if (!framework) return null;
        const code = await framework.code();
        if (!framework.jsx) return framework.compile?.(code) ?? code;
        return (await esbuild.transform(code, { loader: 'jsx', jsx: 'automatic', jsxImportSource: framework.jsx })).code;
    },
};

/**
 * @param {string} root
 * @returns {import('vite').InlineConfig}
 */
const config = (root) => ({
    root,
    configFile: false,
    logLevel: 'error',
    define: DEFINITIONS,
    plugins: [snippets],
    server: { host: '127.0.0.1', port: 0 },
    // Nothing of the package is named here, nor has to be in an application: it is found and bundled as any other.
    optimizeDeps: { entries: ['*.html'], include: ['react', 'react/jsx-runtime', 'react-dom/client', 'vue', 'svelte', 'svelte/internal/client', 'svelte/internal/disclose-version', 'svelte/internal/flags/legacy'] },
    build: { rolldownOptions: { input: ['index', ...BUNDLED].map((page) => path.join(root, `${page}.html`)) } },
});

test('Vite serves it', async () => {
    const root = await installed.app('vite-serve', viteFiles());
    const server = await vite.createServer(config(root));
    await server.listen();
    const [address = ''] = server.resolvedUrls?.local ?? [];
    try {
        for (const page of ['', ...BUNDLED.map((name) => `${name}.html`)]) await trains(browser, new URL(page, address).href);
    } finally {
        await server.close();
    }
});

test('Vite builds it', async () => {
    const root = await installed.app('vite-build', viteFiles());
    await vite.build(config(root));
    await served(path.join(root, 'dist'), async (address) => {
        for (const page of ['', ...BUNDLED.map((name) => `${name}.html`)]) await trains(browser, new URL(page, address).href);
    });
});

test('Vite builds what saves a figure as one file', async () => {
    const main = `${MAIN}import { saveAsOneFile } from 'lazy-limits/single';\nglobalThis.save = saveAsOneFile;\n`;
    const root = await installed.app('vite-single', { 'index.html': html('<script type="module" src="/main.js"></script>'), 'main.js': main });
    await vite.build({ root, configFile: false, logLevel: 'error' });
    await served(path.join(root, 'dist'), (address) => trains(browser, address, {
        work: async ({ page }) => {
            const text = await page.$eval('lazy-limits', async (figure) => (await Reflect.get(globalThis, 'save')(figure)).text());
            await visit(browser, { before: async (page) => { await page.route('**/one.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: text })); }, address: 'one.html' }, async ({ page }) => {
                assert.equal(await page.$eval('lazy-limits', async (figure) => {
                    await /** @type {import('./figure.mjs').LazyLimits} */ (figure).ready;
                    return /** @type {import('./figure.mjs').LazyLimits} */ (figure).state['dim'];
                }), 12);
            });
        },
    }));
});

test('webpack builds it', async () => {
    const root = await installed.app('webpack', { 'main.js': MAIN, 'dist/index.html': html('<script defer src="main.js"></script>') });
    const compiler = webpack({ mode: 'production', context: root, entry: './main.js', output: { path: path.join(root, 'dist') } });
    const stats = await new Promise((resolve, reject) => {
        compiler?.run((error, stats) => (error ? reject(error) : resolve(stats)));
    });
    assert.equal(stats.hasErrors(), false, stats.toString());
    await served(path.join(root, 'dist'), (address) => trains(browser, address));
});

test('esbuild builds it, workers and WebAssembly being copied beside its output', async () => {
    const root = await installed.app('esbuild', { 'main.js': MAIN, 'dist/index.html': html('<script type="module" src="main.js"></script>') });
    const dist = path.join(root, 'dist');
    await esbuild.build({ absWorkingDir: root, entryPoints: ['main.js'], bundle: true, splitting: true, format: 'esm', outdir: 'dist', logLevel: 'warning' });
    for (const part of Object.keys(PARTS)) {
        await cp(path.join(root, 'node_modules/lazy-limits/dist', part), path.join(dist, part), { recursive: true });
    }
    await served(dist, (address) => trains(browser, address));
});

test('a page without a bundler finds it by an import map', async () => {
    const imports = JSON.stringify({ imports: { 'lazy-limits': './node_modules/lazy-limits/dist/lazy-limits.js' } });
    const head = `<script type="importmap">${imports}</script><script type="module">${MAIN}</script>`;
    await served(await installed.app('plain', { 'index.html': html(head) }), (address) => trains(browser, address));
});

test('a figure of each part finds what is its own', async () => {
    const imports = JSON.stringify({ imports: { 'lazy-limits': './node_modules/lazy-limits/dist/lazy-limits.js' } });
    const head = `<script type="importmap">${imports}</script><script type="module">${MAIN}</script>`;
    for (const [part, { figures: [figure] }] of Object.entries(PARTS)) {
        const root = await installed.app(`part-${part}`, { 'index.html': html(head, `<lazy-limits figure="${figure}"></lazy-limits>`) });
        /** @type {string[]} */
        const loaded = [];
        const before = async (/** @type {import('playwright-core').Page} */ page) => {
            page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
        };
        await served(root, (address) => visit(browser, { address, before, context: calm }, async ({ page }) => {
            await ready(page);
            const own = loaded.filter((file) => file.endsWith('.wasm')).map((file) => file.split('/').at(-2));
            assert.deepEqual([...new Set(own)], [part]);
        }));
    }
});

test('the class can be defined under a name of one’s own', async () => {
    const imports = JSON.stringify({ imports: { 'lazy-limits/element': './node_modules/lazy-limits/dist/element.js' } });
    const define = `import { LazyLimits } from 'lazy-limits/element';
        globalThis.early = customElements.get('lazy-limits') === undefined;
        customElements.define('lazy-limits', class extends LazyLimits { get isOwn() { return true; } });`;
    const head = `<script type="importmap">${imports}</script><script type="module">${define}</script>`;
    await served(await installed.app('named', { 'index.html': html(head) }), (address) => trains(browser, address, {
        work: async ({ page }) => {
            const seen = await page.evaluate(() => [Reflect.get(globalThis, 'early'), Reflect.get(document.querySelector('lazy-limits') ?? {}, 'isOwn')]);
            assert.deepEqual(seen, [true, true]);
        },
    }));
});
