// Where workers cannot be started in one way, another is found.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { CHAPTERS, SMALL, calm, embedded, embedder, finished, inside, keepWorkers, ready } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** @param {Page} page */
const kind = (page) => page.locator('.runs').getAttribute('data-kind');
/** @param {Page} page */
const outcome = (page) => inside(page, (figure) =>
    figure.runs.map(({ regime, neurons, status, curve }) => ({ regime, neurons, status, curve })));

/** The same runs in an ordinary worker. @type {unknown} */
let expected;

test('ordinarily, module workers', async () => {
    await visit(browser, { address: `#${SMALL}` }, async ({ page }) => {
        await finished(page);
        assert.equal(await kind(page), 'module');
        expected = await outcome(page);
        assert.ok(await page.locator('.kind').isHidden());
    });
});

/**
 * Makes workers of some types impossible.
 * @param {Page} page
 * @param {string[]} types
 * @param {'throw' | 'error'} how
 */
async function refuse(page, types, how) {
    await page.addInitScript(([refused, manner]) => {
        const Original = globalThis.Worker;
        globalThis.Worker = class extends Original {
            /**
             * @param {string | URL} address
             * @param {WorkerOptions} [options]
             */
            constructor(address, options) {
                const type = options?.type ?? 'classic';
                const forbidden = refused.includes(type);
                if (forbidden && manner === 'throw') throw new DOMException('not here', 'SecurityError');
                super(forbidden ? 'data:text/javascript,' : address, forbidden ? {} : options);
                if (forbidden) setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'not here' })), 20);
            }
        };
    }, /** @type {const} */ ([types, how]));
}

for (const how of /** @type {const} */ (['throw', 'error'])) {
    test(`no module workers (${how}): a classic one imports the module`, async () => {
        await visit(browser, { address: `#${SMALL}`, before: (page) => refuse(page, ['module'], how) }, async ({ page }) => {
            await finished(page);
            assert.equal(await kind(page), 'blob');
            assert.deepEqual(await outcome(page), expected);
        });
    });

    test(`no workers at all (${how}): slices on the main thread, and the page says so`, async () => {
        const before = (/** @type {Page} */ page) => refuse(page, ['module', 'classic'], how);
        await visit(browser, { address: `#${SMALL}`, before }, async ({ page }) => {
            await finished(page);
            assert.equal(await kind(page), 'main');
            assert.deepEqual(await outcome(page), expected);
            await page.getByText('Workers are not allowed here').waitFor();
        });
    });
}

test('slices on the main thread leave it alive', async () => {
    const before = (/** @type {Page} */ page) => refuse(page, ['module', 'classic'], 'throw');
    await visit(browser, { address: '#v=1&dim=64&steps=100000', before }, async ({ page }) => {
        await page.waitForFunction(() => /** @type {import('./figure.mjs').LazyLimits} */ (
            document.querySelector('lazy-limits')).runs.some(({ status }) => status === 'running'));
        // Frames and slices take turns: between the first frame and the last there is progress, and after it there is some to come.
        const seen = await inside(page, async (figure) => {
            const progress = () => figure.runs.reduce((sum, run) => sum + run.samples, 0);
            const before = progress();
            const isRunning = () => figure.runs.some(({ status }) => status === 'running');
            let frames = 0;
            while (isRunning() && (frames < 30 || progress() === before)) {
                await new Promise((resolve) => { requestAnimationFrame(resolve); });
                frames += 1;
            }
            return { frames, isRunning: isRunning() };
        });
        assert.ok(seen.frames >= 30 && seen.isRunning, JSON.stringify(seen));
        await page.getByRole('button', { name: 'Pause' }).click();
    });
});

test('a worker that dies fails its run, says so, and is replaced', async () => {
    await visit(browser, { address: '#v=1&dim=32&steps=20000', before: keepWorkers }, async ({ page }) => {
        // Until exact risks have come, a worker may have no run to lose.
        await page.waitForFunction(() => {
            const { risks, runs } = /** @type {import('./figure.mjs').LazyLimits} */ (document.querySelector('lazy-limits'));
            const known = risks !== null && risks.exact.rf !== null;
            return known && runs.filter(({ risk, status }) => risk !== null && status === 'running').length >= 2;
        });
        const count = await page.evaluate(() => {
            const { workers } = /** @type {any} */ (globalThis);
            const [worker] = workers;
            const { length } = workers;
            worker.dispatchEvent(new ErrorEvent('error', { message: 'it died' }));
            worker.terminate();
            return length;
        });
        await page.getByText('A run failed: it died').waitFor();
        const failed = await inside(page, (figure) => figure.runs.filter(({ status }) => status === 'failed').length);
        assert.ok(failed >= 1);
        // It is none of them any more.
        await page.waitForFunction((before) => /** @type {any} */ (globalThis).workers.length >= before, count);
        await page.waitForFunction(() => /** @type {import('./figure.mjs').LazyLimits} */ (
            document.querySelector('lazy-limits')).runs.filter(({ status }) => status === 'running').length >= 2);
    });
});

const FIGURE = '<lazy-limits figure="quadratic" dim="12" steps="300" batch="20"></lazy-limits>';

/** The policy that the documentation recommends. */
const policy = /```text\n(default-src .*)\n```/.exec(await readFile(new URL('../../docs/embedding.md', import.meta.url), 'utf8'))?.[1] ?? '';

test('the strict content policy of the documentation suffices, and works without workers', async () => {
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
    for (const [allowed, expectation] of /** @type {const} */ ([
        [policy, 'module'],
        [policy.replace("worker-src 'self' blob:", "worker-src 'none'"), 'main'],
    ])) {
        const headers = { 'Content-Security-Policy': allowed };
        await embedded(browser, { body: FIGURE, headers }, async ({ page, complaints }) => {
            await ready(page);
            await inside(page, (figure) => figure.start());
            await finished(page);
            assert.equal(await kind(page), expectation);
            assert.ok(await inside(page, async (figure) => (await figure.saveAsOneFile()).size) > 1e5);
            // What is refused in trying is told by the browser itself, where trusted types are required once.
            const others = complaints.filter((complaint) => !(expectation === 'module' ? /TrustedScriptURL/ : /TrustedScriptURL|worker-src|Worker/).test(complaint));
            assert.deepEqual(others, []);
            if (expectation === 'module') assert.equal(complaints.length, 1);
            complaints.length = 0;
        });
    }
});

test('nothing in that policy can be left out unsaid', async () => {
    /** @type {[string, string, string][]} */
    const less = [
        [" 'wasm-unsafe-eval'", '', 'the page’s content security policy must allow script-src \'wasm-unsafe-eval\''],
        ["connect-src 'self'", "connect-src 'none'", 'could not be fetched'],
    ];
    for (const [directive, instead, sentence] of less) {
        const headers = { 'Content-Security-Policy': policy.replace(directive, instead) };
        await embedded(browser, { body: FIGURE, headers }, async ({ page, complaints }) => {
            await page.getByText('This figure cannot be shown').waitFor();
            const text = await page.locator('.notice p').textContent() ?? '';
            assert.ok(text.includes(sentence), text);
            assert.ok(!/ 'unsafe-eval'/.test(text), text);
            // That of the policy itself.
            complaints.length = 0;
        });
    }
});

test('a server that sends its page for a file that it does not have is found out', async () => {
    const before = async (/** @type {Page} */ page) => {
        await page.route('**/*.wasm', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html>' }));
    };
    await embedded(browser, { body: FIGURE, before }, async ({ page }) => {
        await page.getByText('_bg.wasm could not be loaded (status 200, text/html; charset=utf-8)').waitFor();
    });
});

test('a browser without WebAssembly is told so', async () => {
    const before = async (/** @type {Page} */ page) => {
        await page.addInitScript(() => { Reflect.deleteProperty(globalThis, 'WebAssembly'); });
    };
    await embedded(browser, { body: FIGURE, before }, async ({ page }) => {
        await page.getByText('this browser has no WebAssembly, or it is switched off').waitFor();
    });
});

test('opened as a file, the pages say what is missing', async () => {
    for (const name of Object.values(CHAPTERS)) {
        const address = new URL(`../../${name || 'index.html'}`, import.meta.url).href;
        await visit(browser, { address, context: calm }, async ({ page, complaints }) => {
            await page.getByText('a server that sends this page: one that is opened as a file may not load them').waitFor();
            // What the browser says of the modules.
            complaints.length = 0;
        });
    }
});

test('so does the figure, where modules are loaded from files', async () => {
    const other = await launch({ args: ['--allow-file-access-from-files'] });
    try {
        const address = new URL('../../index.html', import.meta.url).href;
        // As in Firefox, which lets modules be loaded, and nothing else.
        const before = async (/** @type {Page} */ page) => {
            await page.addInitScript(() => { globalThis.fetch = () => Promise.reject(new TypeError('NetworkError')); });
        };
        await visit(other, { address, context: calm, before }, async ({ page, complaints }) => {
            await page.getByText('a page that is opened as a file may not load WebAssembly; a server must send it').waitFor();
            complaints.length = 0;
        });
    } finally {
        await other.close();
    }
});

test('a page of another origin embeds it', async () => {
    const elsewhere = http.createServer((_, response) => {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(embedder(FIGURE));
    });
    await new Promise((resolve) => { elsewhere.listen(0, '127.0.0.1', () => resolve(undefined)); });
    const { port } = /** @type {import('node:net').AddressInfo} */ (elsewhere.address());
    try {
        await visit(browser, { address: `http://127.0.0.1:${port}/`, context: calm }, async ({ page }) => {
            await ready(page);
            await inside(page, (figure) => figure.start());
            await finished(page);
            assert.equal(await kind(page), 'blob');
            assert.ok(await inside(page, (figure) => figure.runs.every(({ status }) => status === 'finished')));
        });
    } finally {
        elsewhere.close();
    }
});

test('a sandboxed frame of no origin embeds it', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        const frame = await page.evaluate((source) => {
            const element = document.createElement('iframe');
            element.sandbox.add('allow-scripts');
            element.width = '800';
            element.height = '600';
            element.srcdoc = source;
            document.body.prepend(element);
        }, embedder(FIGURE)).then(() => page.frameLocator('iframe'));
        await frame.locator('output[data-regime="nn"]', { hasText: /\d/ }).waitFor();
        await frame.getByRole('button', { name: 'Start' }).click();
        await frame.getByText(/(\d+) of \1 runs/).waitFor();
        assert.equal(await frame.locator('.runs').getAttribute('data-kind'), 'blob');
    });
});

test('without the core the page says so', async () => {
    const before = async (/** @type {Page} */ page) => {
        await page.route('**/*.wasm', (route) => route.abort());
    };
    await visit(browser, { context: calm, before }, async ({ page, complaints }) => {
        await page.getByText('This figure cannot be shown').waitFor();
        assert.equal(await inside(page, (figure) => figure.ready.then(() => 'ready', () => 'refused')), 'refused');
        // That of the refused request, and the glue's own.
        complaints.length = 0;
    });
});
