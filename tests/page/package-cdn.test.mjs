// The package for npm on a server of others: the lines that `cargo xtask pack` prints for it, on a page of another origin.

import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { cdn } from '../../xtask/node/package/cdn.mjs';
import { launch, visit } from './browser.mjs';
import { loadedFirst, noteFirst } from './figure.mjs';
import { html, install, served, trains } from './installed.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./installed.mjs').Installed} */
let installed;
before(async () => { [browser, installed] = await Promise.all([launch(), install('cdn')]); });
after(() => browser.close());

/**
 * Serves the package, and a page that loads it from there.
 * @param {(lines: string) => string} change
 * @param {(address: string) => Promise<void>} work
 */
async function elsewhere(change, work) {
    await served(installed.directory, async (base) => {
        const lines = await cdn(path.join(installed.directory, 'dist'), base);
        const directory = path.join(installed.packed.directory, '../page');
        await mkdir(directory, { recursive: true });
        await writeFile(path.join(directory, 'index.html'), html(change(lines)));
        await served(directory, work);
    });
}

test('a page of another origin loads it by these lines, and trains in workers', async () => {
    await elsewhere((lines) => lines, (address) => trains(browser, address, { kind: 'blob' }));
});

test('the policy among these lines suffices', async () => {
    const strict = (/** @type {string} */ lines) => {
        const [policy = ''] = /script-src .* blob:/.exec(lines) ?? [];
        assert.ok(!policy.includes('unsafe-inline') && !policy.includes("'unsafe-eval'"));
        return `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; ${policy}">${lines}`;
    };
    await elsewhere(strict, (address) => trains(browser, address, { kind: 'blob' }));
    // Nor does it say too much: without what the two scripts of the page are allowed by, there is nothing.
    await elsewhere((lines) => strict(lines).replace(/ 'sha256-[^']*'/, ''), async (address) => {
        await visit(browser, { address }, async ({ page, complaints }) => {
            assert.equal(await page.evaluate(() => customElements.get('lazy-limits')), undefined);
            assert.match(complaints.join('\n'), /script-src/);
            complaints.length = 0;
        });
    });
});

test('other bytes than those that were packed are refused, in each module that the page loads', async () => {
    const lines = await readFile(installed.packed.page, 'utf8');
    const [, table = ''] = /"integrity": \{([^}]*)/.exec(lines) ?? [];
    const modules = [...table.matchAll(/"[^"]*\/dist\/([^"]+)": "(sha384-[^"]+)"/g)];
    /** What is loaded at once, or when a figure begins. @type {string[]} */
    let first = [];
    await elsewhere((lines) => lines, (address) => visit(browser, { address, before: noteFirst, context: { reducedMotion: 'reduce' } }, async ({ page }) => {
        first = (await loadedFirst(page)).map((file) => file.split('/').at(-1) ?? '');
    }));
    const loaded = modules.filter(([, file = '']) => first.includes(file));
    assert.ok(loaded.length >= 3);
    for (const [, file = '', hash = ''] of loaded) {
        const wrong = hash.replace(/-(.)/, (_, letter) => `-${letter === 'A' ? 'B' : 'A'}`);
        await elsewhere((lines) => lines.replace(hash, wrong), async (address) => {
            /** @type {Promise<import('playwright-core').ConsoleMessage> | undefined} */
            let refusal;
            const before = async (/** @type {import('playwright-core').Page} */ page) => {
                refusal = page.waitForEvent('console', (message) => message.text().includes('integrity'));
            };
            await visit(browser, { address, before, context: { reducedMotion: 'reduce' } }, async ({ page, complaints }) => {
                assert.ok((await refusal)?.text().includes(file), file);
                const end = await page.evaluate(async () => {
                    const figure = /** @type {import('./figure.mjs').LazyLimits | null} */ (document.querySelector('lazy-limits:defined'));
                    return figure ? figure.ready.then(() => 'drawn', () => 'not drawn') : 'not defined';
                });
                assert.equal(end, file.startsWith('lazy_limits') ? 'not drawn' : 'not defined');
                complaints.length = 0;
            });
        });
    }
});

test('its address is that of this version, or whatever is asked for', async () => {
    const { base, page } = installed.packed;
    const { version } = JSON.parse(await readFile(path.join(installed.directory, 'package.json'), 'utf8'));
    assert.ok(base.endsWith(`/lazy-limits@${version}/`), base);
    const lines = await readFile(page, 'utf8');
    assert.ok(lines.includes(`"${base}dist/lazy-limits.js"`) && lines.includes('lazy_limits_bg.wasm sha384-'));
});
