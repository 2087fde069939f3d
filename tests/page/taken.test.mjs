// "Share or save…": the dialog, and what others need to show the same.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, url, visit } from './browser.mjs';
import { calm, embedded, inside, meanwhile, ready } from './figure.mjs';
import { VERSION, citation, file, held, openDialog, scanned } from './taken.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** What a strict page allows, as the documentation has it. */
const policy = /```text\n(default-src .*)\n```/.exec(await readFile(new URL('../../docs/embedding.md', import.meta.url), 'utf8'))?.[1] ?? '';

const STATE = 'v=1&dim=12&spectrum=spiked:3&multipliers=2,0.5&rho=0.4&steps=300';

/**
 * Lets a page use the clipboard.
 * @param {Page} page
 */
async function grant(page) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
}

test('nothing of it is loaded before its button is pressed', async () => {
    /** @type {string[]} */
    const loaded = [];
    await embedded(browser, {
        body: '<lazy-limits paused></lazy-limits>',
        before: async (page) => {
            page.on('request', (request) => {
                const { pathname } = new URL(request.url());
                if (/\/(taken|pkg\/qr)\/|program|cite/.test(pathname)) loaded.push(pathname);
            });
        },
    }, async ({ page }) => {
        await ready(page);
        await page.waitForLoadState('networkidle');
        await meanwhile(page);
        assert.equal(loaded.join(), '');
        const dialog = await openDialog(page);
        await dialog.locator('.qr').waitFor();
        assert.ok(loaded.includes('/www/taken/dialog.js') && loaded.includes('/www/pkg/qr/qr_bg.wasm'));
    });
});

test('an article loads what it needs for paper, and not the dialog', async () => {
    /** @type {string[]} */
    const loaded = [];
    await visit(browser, {
        context: calm,
        before: async (page) => { page.on('request', (request) => { loaded.push(new URL(request.url()).pathname); }); },
    }, async ({ page }) => {
        await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/qr_bg.wasm')));
        await meanwhile(page);
        assert.ok(loaded.includes('/www/taken/print.js'));
        assert.ok(!loaded.includes('/www/taken/dialog.js'));
    });
});

test('keys open and close it, and the focus comes back', async () => {
    await visit(browser, { context: calm, address: `#${STATE}` }, async ({ page }) => {
        await ready(page);
        const opener = page.getByRole('button', { name: 'Share or save…' });
        for (const close of [() => page.keyboard.press('Escape'), () => page.keyboard.press('Enter'), () => page.mouse.click(2, 2)]) {
            await opener.focus();
            await page.keyboard.press('Enter');
            const dialog = page.getByRole('dialog', { name: 'Share or save' });
            await dialog.waitFor();
            const focused = await inside(page, ({ shadowRoot }) => shadowRoot?.activeElement?.textContent);
            assert.equal(focused, 'Close');
            assert.equal(await dialog.evaluate((element) => element.matches(':modal')), true);
            await close();
            await dialog.waitFor({ state: 'detached' });
            assert.equal(await inside(page, ({ shadowRoot }) => shadowRoot?.activeElement?.textContent), 'Share or save…');
        }
    });
});

test('it goes when the figure becomes another', async () => {
    await embedded(browser, { body: '<lazy-limits paused></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        const dialog = await openDialog(page);
        const left = await inside(page, (figure) => {
            figure.figure = 'mixture';
            return figure.shadowRoot?.querySelectorAll('dialog').length;
        });
        assert.equal(left, 0);
        await dialog.waitFor({ state: 'detached' });
        await ready(page);
        await openDialog(page);
        assert.match(await held(page.getByRole('dialog'), 'Tag'), /figure="mixture"/);
    });
});

test('what is copied is what is seen, and it is said', async () => {
    await visit(browser, { context: calm, address: `#${STATE}` }, async ({ page }) => {
        await grant(page);
        await ready(page);
        const dialog = await openDialog(page);
        for (const name of ['Link', 'Frame', 'Tag', 'Caption', 'Paper, BibTeX', 'Program, BibTeX']) {
            const button = dialog.getByRole('button', { name: `Copy ${name}` });
            await button.click();
            await dialog.getByRole('status').getByText(`Copied: ${name}.`).waitFor();
            assert.equal(await button.textContent(), 'Copied');
            assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await held(dialog, name));
        }
    });
});

test('where a browser does not copy, the text is selected', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); });
        const dialog = await openDialog(page);
        await dialog.getByRole('button', { name: 'Copy Tag' }).click();
        await dialog.getByRole('status').getByText('Tag is selected: copy it with the keyboard.').waitFor();
        const selected = await dialog.getByLabel('Tag', { exact: true }).evaluate((field) => {
            const { value, selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (field);
            return value.slice(selectionStart, selectionEnd);
        });
        assert.equal(selected, await held(dialog, 'Tag'));
        assert.match(selected, /^<!-- Lazy Limits \d/);
    });
});

test('the link opens the article in the same state, and a camera reads it', async () => {
    await visit(browser, { context: calm, address: 'mixture.html' }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => { figure.state = { dim: 12, rho: 0.4, delta: 'two-signed', scale: 'linear' }; });
        const dialog = await openDialog(page);
        const link = await held(dialog, 'Link');
        await dialog.locator('.qr').scrollIntoViewIfNeeded();
        assert.equal(await scanned(page, dialog.locator('.qr')), link);
        const told = await inside(page, tell);
        await visit(browser, { context: calm, address: link }, async ({ page: other }) => {
            await ready(other);
            assert.deepEqual(await inside(other, tell), told);
            assert.equal(new URL(other.url()).pathname, '/mixture.html');
        });
    });
});

test('a link that is too long for a code says so', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const numbers = Array.from({ length: 60 }, (_, row) => Array.from({ length: 60 }, (_, column) => row === column ? 1 + row / 7 : 0));
        await inside(page, (figure, numbers) => { figure.state = /** @type {any} */ ({ spectrum: numbers, dim: 60 }); }, numbers);
        const dialog = await openDialog(page);
        await dialog.getByText('The link is too long for a QR code.').waitFor();
    });
});

/**
 * All that a figure is, in the page; exact risks come later.
 * @param {import('./figure.mjs').LazyLimits} figure
 */
function tell(figure) {
    const attributes = ['readouts', 'lock', 'theme', 'paused'].map((name) => figure.getAttribute(name));
    return [figure.state, figure.risks?.['limit'], attributes];
}

test('the tag, on another page, is the same figure', async () => {
    const body = `<lazy-limits spectrum="spiked:5" readouts="line" lock="dim" theme="dark" paused></lazy-limits>`;
    let tag = '';
    /** @type {unknown} */
    let told;
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure, state) => { figure.hash = state; }, STATE);
        tag = await held(await openDialog(page), 'Tag');
        told = await inside(page, tell);
    });
    assert.ok(tag.startsWith(`<!-- Lazy Limits ${VERSION} -->\n<script type="module" src="${url}www/lazy-limits.js"></script>\n`), tag);
    await embedded(browser, { body: tag.slice(tag.lastIndexOf('\n') + 1) }, async ({ page }) => {
        await ready(page);
        assert.deepEqual(await inside(page, tell), told);
    });
});

test('the frame is of the page of one figure, with all that the element says', async () => {
    const body = `<lazy-limits results="www/data/quadratic.json" controls="rho, share" height="500" theme="auto" paused></lazy-limits>`;
    await embedded(browser, { body }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure, state) => { figure.hash = state; }, STATE);
        const dialog = await openDialog(page);
        const frame = async () => page.evaluate((code) => {
            const frame = /** @type {HTMLIFrameElement} */ (new DOMParser().parseFromString(code, 'text/html').querySelector('iframe'));
            return { ...Object.fromEntries([...frame.attributes].map(({ name, value }) => [name, value])) };
        }, await held(dialog, 'Frame'));
        const hash = await inside(page, (figure) => figure.hash);
        const { src = '', ...rest } = await frame();
        assert.deepEqual(rest, { title: 'Lazy Limits: Quadratic targets', width: '100%', height: '500', loading: 'lazy', allow: 'fullscreen; clipboard-write' });
        // Its own results come by themselves, and its theme is that of the page around.
        assert.equal(src, `${url}embed.html#v=1&figure=quadratic&controls=rho%2C%20share&height=500&paused=&${hash.slice('v=1&'.length)}`);
        assert.equal(await held(dialog, 'Link'), src);

        await dialog.getByLabel('Show').selectOption({ label: 'Risk against ρ' });
        await dialog.getByLabel('Height').fill('640');
        await dialog.getByLabel('Height').press('Enter');
        const one = await frame();
        assert.deepEqual([one['title'], one['height']], ['Lazy Limits: Quadratic targets, Risk against ρ', '640']);
        assert.match(one['src'] ?? '', /&controls=rho%2C%20share&paused=&panels=risk&/);
        assert.match(await held(dialog, 'Tag'), / panels="risk"/);
        await dialog.getByLabel('Height').fill('7');
        await dialog.getByLabel('Height').press('Enter');
        await dialog.getByRole('status').getByText('Height is “7”, but must be a whole number of pixels from 200 to 4000.').waitFor();
        assert.equal((await frame())['height'], '640');
    });
});

test('results that a frame cannot have are left out of it', async () => {
    await embedded(browser, {
        body: '<lazy-limits results="https://elsewhere.example/results.json" paused></lazy-limits>',
        before: async (page) => { await page.route('https://elsewhere.example/**', (route) => route.fulfill({ status: 204 })); },
    }, async ({ page }) => {
        await ready(page);
        const dialog = await openDialog(page);
        assert.match(await held(dialog, 'Frame'), /&amp;results=none"/);
        assert.match(await held(dialog, 'Tag'), / results="https:\/\/elsewhere\.example\/results\.json"/);
    });
});

test('results that a page has in itself are in no code', async () => {
    await embedded(browser, { body: '<lazy-limits paused></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        await inside(page, (figure) => { figure.results = URL.createObjectURL(new Blob([''])); });
        const dialog = await openDialog(page);
        assert.match(await held(dialog, 'Frame'), /&amp;results=none"/);
        assert.match(await held(dialog, 'Tag'), /<lazy-limits figure="quadratic" paused><\/lazy-limits>$/);
    });
});

test('the paper is cited as its part has it, the program as CITATION.cff has it', async () => {
    const value = (/** @type {RegExp} */ line, text = citation) => line.exec(text)?.[1] ?? assert.fail(`no ${line}`);
    const [, first = '', second = ''] = citation.split(/^(?:preferred-citation|references):$/m);
    for (const [address, cited] of /** @type {const} */ ([['', first], ['neuron.html', second]])) await visit(browser, { address, context: calm }, async ({ page }) => {
        await ready(page);
        const dialog = await openDialog(page);
        const fields = (/** @type {string} */ text) => Object.fromEntries([...text.matchAll(/^ {2}(\w+) = \{(.*)\},?$/gm)].map(([, key, value]) => [key, value]));
        const program = await held(dialog, 'Program, BibTeX');
        assert.match(program, /^@software\{\w+,\n[^]*\n\}$/);
        assert.deepEqual(fields(program), {
            title: value(/^title: "(.*)"$/m),
            author: `{${value(/^ {2}- name: (.*)$/m)}}`,
            version: VERSION,
            url: value(/^repository-code: (.*)$/m),
        });
        const paper = fields(await held(dialog, 'Paper, BibTeX'));
        assert.equal(paper['title'], value(/^ +title: (.*)$/m, cited));
        assert.equal(paper['year'], value(/^ +year: (.*)$/m, cited));
        const names = [...cited.matchAll(/family-names: (.*)\n\s+given-names: (.*)$/gm)].map(([, family, given]) => `${family}, ${given}`);
        assert.equal(paper['author'], names.join(' and '));
    });
});

test('one HTML file is made by the module for that, of the figure or the article', async () => {
    /** @type {'works' | 'fails'} */
    let how = 'works';
    await visit(browser, {
        context: calm,
        before: async (page) => {
            await page.route('**/www/single/save.js*', (route) => route.fulfill({
                contentType: 'text/javascript',
                body: `export async function saveAsOneFile(figure, { article }) {
                    ${how === 'fails' ? 'throw new Error("there is no network");' : ''}
                    return new Blob([JSON.stringify({ figure: figure.figure, hash: figure.hash, article })], { type: 'text/html' });
                }`,
            }));
        },
    }, async ({ page }) => {
        await ready(page);
        const dialog = await openDialog(page);
        const alone = await file(page, dialog.getByRole('button', { name: 'Save the figure' }));
        assert.equal(alone.name, 'lazy-limits-quadratic.html');
        assert.deepEqual(JSON.parse(alone.text), { figure: 'quadratic', hash: 'v=1', article: false });
        const whole = await file(page, dialog.getByRole('button', { name: 'Save the whole article' }));
        assert.equal(whole.name, 'lazy-limits-quadratic-article.html');
        assert.equal(JSON.parse(whole.text).article, true);
        await dialog.getByRole('status').getByText('Saved as lazy-limits-quadratic-article.html.').waitFor();

        how = 'fails';
        await page.reload();
        await ready(page);
        await (await openDialog(page)).getByRole('button', { name: 'Save the figure' }).click();
        await page.getByText('lazy-limits-quadratic.html could not be made: there is no network').waitFor();
    });
    await embedded(browser, { body: '<lazy-limits paused></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        assert.equal(await (await openDialog(page)).getByRole('button', { name: 'Save the whole article' }).count(), 0);
    });
});

test('it works under a strict policy', async () => {
    await embedded(browser, {
        body: '<lazy-limits paused></lazy-limits>',
        headers: { 'Content-Security-Policy': policy },
    }, async ({ page, complaints }) => {
        await ready(page);
        const dialog = await openDialog(page);
        await dialog.locator('.qr').waitFor();
        for (const name of ['SVG', 'PNG', 'CSV', 'JSON']) await file(page, dialog.getByRole('button', { name: `Risk against ρ as ${name}` }));
        // The first try for a worker, as docs/embedding.md says.
        complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !/TrustedScriptURL/.test(complaint)));
    });
});

test('it says so when it cannot be loaded', async () => {
    await embedded(browser, {
        body: '<lazy-limits paused></lazy-limits>',
        before: async (page) => { await page.route('**/www/taken/dialog.js', (route) => route.abort()); },
    }, async ({ page, complaints }) => {
        await ready(page);
        await page.getByRole('button', { name: 'Share or save…' }).click();
        await page.getByText('This cannot be opened: ').waitFor();
        complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !complaint.includes('taken/dialog.js') && !complaint.includes('ERR_FAILED')));
    });
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`it is for everyone, ${colorScheme}, and as narrow as 320 pixels`, async () => {
        await visit(browser, { context: { ...calm, colorScheme, viewport: { width: 320, height: 700 } } }, async ({ page, screenshot }) => {
            await ready(page);
            const dialog = await openDialog(page);
            await dialog.locator('.qr').waitFor();
            const room = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
            assert.equal(room, 0);
            assert.deepEqual(await findings(page), []);
            await screenshot(`taken-${colorScheme}`);
        });
    });
}
