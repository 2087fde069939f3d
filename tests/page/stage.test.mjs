// The figure on a projector, what is said of each change there, and the sheet of keys.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WCAG, findings } from './axe.mjs';
import { launch, url, visit } from './browser.mjs';
import { CHAPTERS, calm, drawn, embedded, inside, meanwhile, place, ready, stateOf, until } from './figure.mjs';
import { asPage, elsewhere, embed, framed, hosted } from './host.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** CSS pixels in 20 points. */
const LEAST = 20 * 96 / 72;

/** The address of a chapter on the projector. @param {string} address */
const projected = (address) => `${address}?display=projector`;

/** Waits until the page is on the projector, and drawn so. @param {Page} page */
async function staged(page) {
    await page.locator('.stage').waitFor();
    await ready(page);
    await until(page, (figure) => figure.style.getPropertyValue('--stage-height') !== '');
    await drawn(page);
}

/** What has changed, as the class reads it. @param {Page} page */
const change = (page) => page.locator('.stage .change');

/** Notes the least size of what is written on canvases, in CSS pixels. @param {Page} page */
async function noteWords(page) {
    await page.addInitScript(() => {
        const { prototype } = CanvasRenderingContext2D;
        const { fillText } = prototype;
        Object.assign(globalThis, { leastWords: Infinity });
        prototype.fillText = function (...args) {
            const size = parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? '') * Math.hypot(this.getTransform().a, this.getTransform().b) / devicePixelRatio;
            Object.assign(globalThis, { leastWords: Math.min(/** @type {any} */ (globalThis).leastWords, size) });
            fillText.apply(this, args);
        };
    });
}

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    for (const [width, height] of /** @type {const} */ ([[1920, 1080], [1280, 720], [1024, 768]])) {
        test(`${chapter} on a projector of ${width} × ${height}: large, and in one window`, async () => {
            const context = { ...calm, colorScheme: /** @type {const} */ ('light'), viewport: { width, height } };
            await visit(browser, { address: projected(address), context, before: noteWords }, async ({ page, screenshot }) => {
                await staged(page);
                // Drawn again, now that it has its size.
                await page.evaluate(() => Object.assign(globalThis, { leastWords: Infinity }));
                await page.emulateMedia({ colorScheme: 'dark' });
                await drawn(page);
                const words = await page.evaluate(() => /** @type {any} */ (globalThis).leastWords);
                assert.ok(words >= LEAST && words < 100, `words of ${words} px on canvases`);
                const small = await inside(page, ({ shadowRoot }, least) => {
                    const all = [...document.querySelectorAll('body *'), ...shadowRoot?.querySelectorAll('*') ?? []];
                    return all.filter((element) => element.checkVisibility() && [...element.childNodes].some((node) =>
                        node.nodeType === Node.TEXT_NODE && node.textContent?.trim() && element.localName !== 'lazy-limits')
                        && parseFloat(getComputedStyle(element).fontSize) < least).map(({ outerHTML }) => outerHTML.slice(0, 80));
                }, LEAST);
                assert.deepEqual(small, []);
                const seen = await inside(page, (figure) => {
                    const { shadowRoot } = figure;
                    const rect = (/** @type {string} */ selector) => /** @type {Element} */ (shadowRoot?.querySelector(selector)).getBoundingClientRect();
                    const [plot, bar, numbers] = ['.main > .plot', '.bar', '.readouts'].map(rect);
                    return {
                        share: (plot?.width ?? 0) * (plot?.height ?? 0) / (innerWidth * innerHeight),
                        end: Math.max(bar?.bottom ?? 0, numbers?.bottom ?? 0),
                        start: document.querySelector('.stage')?.getBoundingClientRect().top ?? NaN,
                        wide: document.documentElement.scrollWidth,
                        article: [...document.querySelectorAll('h1, h2, nav, main > section')].filter((element) => element.checkVisibility()).length,
                    };
                });
                assert.ok(seen.start >= 0 && seen.end <= height + 1 && seen.wide <= width && seen.article === 0, JSON.stringify(seen));
                assert.ok(seen.share > (width > 1900 ? 0.35 : 0.2), `the plot has ${seen.share} of the window`);
                assert.deepEqual(await findings(page, WCAG), []);
                await screenshot(`projector-${chapter}-${width}`);
            });
        });
    }
}

test('what has changed is seen while the hand moves, and read out when it rests', async () => {
    await visit(browser, { address: projected(''), context: { ...calm, viewport: { width: 1920, height: 1080 } } }, async ({ page }) => {
        await staged(page);
        const told = page.getByRole('group', { name: 'Projector' }).getByRole('status').first();
        assert.equal(await change(page).getAttribute('aria-hidden'), 'true');
        const canvas = page.locator('.main canvas[role=img]');
        const [from, to] = [await place(canvas, 0.5, 0.5), await place(canvas, 0.8, 0.5)];
        await page.mouse.move(from.x, from.y);
        await page.mouse.down();
        await page.mouse.move(to.x, to.y, { steps: 8 });
        await page.waitForFunction(() => /^ρ 0\.5 → \d/.test(document.querySelector('.stage .change')?.textContent ?? ''));
        const rho = await inside(page, (figure) => figure.rho);
        await told.filter({ hasText: `ρ 0.5 to ${rho}` }).waitFor();
        // On with the same drag: it is still one change.
        await page.mouse.move(from.x, from.y, { steps: 3 });
        await page.mouse.up();
        const last = await inside(page, (figure) => figure.rho);
        assert.notEqual(last, rho);
        await change(page).filter({ hasText: `ρ 0.5 → ${last}` }).waitFor();

        // The next begins where this has ended; what a script does meanwhile is nobody's change.
        await told.filter({ hasText: `to ${last}` }).waitFor();
        await inside(page, (figure) => { figure.state = { rho: 3, mix: 0.5 }; });
        await page.locator('.main input[type=range]').press('End');
        await change(page).filter({ hasText: 'ρ 3 → 12' }).waitFor();
        await page.getByRole('combobox', { name: 'Spectrum of B' }).selectOption('spiked');
        await told.filter({ hasText: 'Spectrum of B' }).waitFor();
        assert.match(await change(page).textContent() ?? '', /^Spectrum of B: exponential → spiked(; ρ 3 → 12)?$/u);
        // One of many.
        await page.locator('.widget').press('ArrowUp');
        await change(page).filter({ hasText: /^Group 1 of \d+, factor 1 → 1\.05$/ }).waitFor();
        // Several, as a preset.
        await page.evaluate(() => { location.hash = 'v=1&rho=0.2&show=live&mix=1&axis=parameters'; });
        await change(page).filter({ hasText: /; .*; .*; and \d more$/ }).waitFor();
    });
});

test('a drag is read out once, not frame by frame', async () => {
    await visit(browser, { address: projected('neuron.html'), context: { ...calm, viewport: { width: 1280, height: 720 } } }, async ({ page }) => {
        await staged(page);
        await page.evaluate(() => {
            /** @type {string[]} */
            const heard = [];
            Object.assign(globalThis, { heard });
            const told = /** @type {Element} */ (document.querySelector('.stage .told'));
            new MutationObserver(() => heard.push(told.textContent ?? '')).observe(told, { childList: true });
        });
        const canvas = page.locator('.main canvas[role=img]');
        const [from, to] = [await place(canvas, 0.3, 0.2), await place(canvas, 0.7, 0.2)];
        await page.mouse.move(from.x, from.y);
        await page.mouse.down();
        await page.mouse.move(to.x, to.y, { steps: 30 });
        await page.mouse.up();
        await page.waitForFunction(() => /** @type {any} */ (globalThis).heard.length > 0);
        await meanwhile(page);
        const heard = await page.evaluate(() => /** @type {any} */ (globalThis).heard);
        assert.equal(heard.length, 1, heard.join(' | '));
        assert.match(heard[0], /^Features r: 1000 to /);
    });
});

test('a reader enters the projector from both dialogs, and leaves it by Escape or its button', async () => {
    await visit(browser, { context: { ...calm, viewport: { width: 1280, height: 720 } } }, async ({ page }) => {
        await ready(page);
        const widthBefore = await page.locator('lazy-limits').evaluate((figure) => figure.getBoundingClientRect().width);
        for (const way of ['Share or save…', 'Keys']) {
            await page.getByRole('button', { name: way }).click();
            await page.getByRole('dialog').getByRole('button', { name: 'Projector' }).click();
            await staged(page);
            assert.equal(new URL(page.url()).search, '?display=projector');
            // Arrows move the handle at once.
            await page.keyboard.press('End');
            await until(page, (figure) => figure.rho === 12);
            if (way === 'Keys') await page.getByRole('button', { name: 'Leave' }).click();
            else await page.keyboard.press('Escape');
            await page.locator('.stage').waitFor({ state: 'detached' });
            assert.equal(new URL(page.url()).search, '');
            await page.keyboard.press('Home');
            await until(page, (figure) => figure.rho < 0.02);
            await page.waitForFunction(() => location.hash === '#v=1&rho=0.01');
        }
        await page.getByRole('heading', { level: 1 }).waitFor();
        assert.equal(await page.locator('[data-offstage]').count(), 0);
        await page.waitForFunction((width) => document.querySelector('lazy-limits')?.getBoundingClientRect().width === width, widthBefore);
        assert.equal(await page.locator('lazy-limits').evaluate((figure) => figure.style.length), 0);
    });
});

test('keys of the projector: full screen, runs, the sheet; none of them while something is typed', async () => {
    const address = `${projected('')}#${stateOf('quadratic', 'v=1&dim=12&steps=100000&batch=100&show=live')}`;
    await visit(browser, { address, context: { ...calm, viewport: { width: 1280, height: 720 } } }, async ({ page }) => {
        await staged(page);
        const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
        const full = page.getByRole('button', { name: 'Full screen' });
        await page.keyboard.press('f');
        await page.waitForFunction(() => document.fullscreenElement === document.documentElement);
        await page.locator('.stage button[aria-pressed=true]').waitFor();
        await page.keyboard.press('f');
        await page.waitForFunction(() => document.fullscreenElement === null);
        await full.click();
        await page.waitForFunction(() => document.fullscreenElement !== null);
        await full.click();
        await page.waitForFunction(() => document.fullscreenElement === null);

        // With the focus on the handle, which has no use for it.
        const runBar = page.getByRole('group', { name: 'Runs' });
        const handle = page.locator('.main input[type=range]');
        await handle.focus();
        await page.keyboard.press(' ');
        await runBar.getByRole('button', { name: 'Pause' }).waitFor();
        await page.keyboard.press(' ');
        await runBar.getByRole('button', { name: 'Start' }).waitFor();
        // A button keeps it.
        await runBar.getByRole('button', { name: 'Start' }).press(' ');
        await runBar.getByRole('button', { name: 'Pause' }).waitFor();
        await runBar.getByRole('button', { name: 'Pause' }).click();

        const number = page.getByRole('spinbutton', { name: 'ρ = N/d' });
        await number.focus();
        for (const key of ['f', '?', ' ']) await page.keyboard.press(key);
        await meanwhile(page);
        assert.equal(await isFull(), false);
        assert.equal(await page.getByRole('dialog').count(), 0);
        await runBar.getByRole('button', { name: 'Start' }).waitFor();
        await handle.focus();
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Keys' }).waitFor();
        // What is open keeps keys to itself.
        await page.keyboard.press('f');
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        assert.equal(await isFull(), false);
        await page.locator('.stage').waitFor();
    });
});

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`the sheet of keys of ${chapter} has all that can be moved, and every panel of it is moved as it says`, async () => {
        await visit(browser, { address, context: calm }, async ({ page, screenshot }) => {
            await ready(page);
            await page.waitForLoadState('networkidle');
            await page.keyboard.press('?');
            const dialog = page.getByRole('dialog', { name: 'Keys' });
            await dialog.waitFor();
            assert.deepEqual(await findings(page, WCAG), []);
            await screenshot(`keys-${chapter}`);
            const titles = await inside(page, (figure) => {
                const { explorable } = /** @type {any} */ (Reflect.get(figure, Symbol.for('lazy-limits shown')));
                return explorable.panels().filter((/** @type {any} */ { key }) => explorable.grips(key).length > 0).map((/** @type {any} */ { title }) => title);
            });
            const headings = await dialog.getByRole('heading', { level: 3 }).allTextContents();
            assert.ok(titles.length >= 1);
            for (const title of titles) assert.ok(headings.some((heading) => heading.startsWith(`${title}: `)), `${title}: ${headings.join(', ')}`);
            for (const heading of ['All of it', 'In a lesson', 'On a projector']) assert.ok(headings.includes(heading), heading);
            await page.keyboard.press('Escape');
            await dialog.waitFor({ state: 'detached' });
            const ranges = page.locator('lazy-limits .plot input[type=range]:enabled');
            for (const range of await ranges.all()) {
                const before = await range.inputValue();
                for (const key of ['Home', 'End']) await range.press(key);
                for (const key of ['ArrowLeft', 'ArrowDown', 'PageDown']) {
                    const last = Number(await range.inputValue());
                    await range.press(key);
                    assert.ok(Number(await range.inputValue()) < last, `${key} from ${last}, ${before} before`);
                }
                for (const key of ['ArrowRight', 'ArrowUp', 'PageUp']) {
                    const last = Number(await range.inputValue());
                    await range.press(key);
                    assert.ok(Number(await range.inputValue()) > last, `${key} from ${last}`);
                }
            }
        });
    });
}

test('single characters can be turned off for the visit', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        const opened = async () => {
            await ready(page);
            await page.waitForLoadState('networkidle');
        };
        await opened();
        await page.keyboard.press('?');
        await page.getByRole('checkbox', { name: 'Single characters are keys' }).uncheck();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.reload();
        await opened();
        await page.keyboard.press('?');
        await meanwhile(page);
        assert.equal(await page.getByRole('dialog').count(), 0);
        // By its button it opens as ever.
        await page.getByRole('button', { name: 'Keys' }).click();
        await page.getByRole('checkbox', { name: 'Single characters are keys' }).check();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    });
});

test('a figure on a page of others has a sheet of its own keys, and takes none of the page’s', async () => {
    await embedded(browser, { body: '<h1>A post</h1><lazy-limits></lazy-limits>' }, async ({ page }) => {
        await ready(page);
        await page.keyboard.press('?');
        await meanwhile(page);
        assert.equal(await page.getByRole('dialog').count(), 0);
        await page.getByRole('button', { name: 'Keys' }).click();
        const dialog = page.getByRole('dialog', { name: 'Keys' });
        await dialog.waitFor();
        const headings = await dialog.getByRole('heading', { level: 3 }).allTextContents();
        assert.ok(headings.includes('All of it') && !headings.includes('On a projector'), headings.join(', '));
        assert.equal(await page.getByRole('dialog').getByRole('button', { name: 'Projector' }).count(), 0);
    });
});

test('an address that asks for another display is refused in a sentence', async () => {
    for (const address of ['?display=cinema', 'embed.html#v=1&display=cinema']) {
        await visit(browser, { address, context: calm }, async ({ page }) => {
            await page.getByText('display is “cinema”, but must be projector').waitFor();
            assert.equal(await page.locator('.stage').count(), 0);
        });
    }
});

test('in a frame that is allowed to, it fills the screen; in another it says why not', async () => {
    const hash = 'v=1&figure=quadratic&results=none&display=projector';
    for (const allow of ['', ' allow="fullscreen"']) {
        const body = `<iframe src="${embed(hash, elsewhere).replaceAll('&', '&amp;')}" title="A figure" width="900" height="600"${allow}></iframe>`;
        await hosted(browser, { body }, async ({ page, frame }) => {
            const inner = asPage(await frame());
            await staged(inner);
            await inner.locator('.main input[type=range]').focus();
            await page.keyboard.press('f');
            if (allow === '') {
                await inner.getByText('Full screen is not allowed in this frame: the page around has to give it allow="fullscreen".').waitFor();
                return;
            }
            await inner.waitForFunction(() => document.fullscreenElement !== null);
            await page.waitForFunction(() => document.fullscreenElement?.localName === 'iframe');
            await inner.waitForFunction(() => /** @type {any} */ (document.querySelector('lazy-limits')).style.getPropertyValue('--stage-height') !== '22rem');
            await inner.locator('.main input[type=range]').focus();
            await page.keyboard.press('f');
            await inner.waitForFunction(() => document.fullscreenElement === null);
        });
    }
});

test('a frame whose height follows its figure comes to rest on the projector, and its keys are not trapped', async () => {
    await hosted(browser, { body: framed('v=1&figure=quadratic&results=none&display=projector') }, async ({ page, frame, told }) => {
        const inner = asPage(await frame());
        await staged(inner);
        await told('height');
        const height = () => page.locator('iframe').evaluate((element) => element.getBoundingClientRect().height);
        await meanwhile(page);
        const before = await height();
        await meanwhile(page);
        assert.equal(await height(), before);
        assert.ok(before > 600 && before < 20_000, `${before}`);
        // What the host has asked for its reader does not leave by Escape: the key leaves the figure, as ever.
        await inner.getByRole('button', { name: 'Full screen' }).focus();
        await page.keyboard.press('PageDown');
        assert.equal((await told('key')).key, 'PageDown');
        await page.keyboard.press('Escape');
        await told('escape');
        assert.equal(await inner.locator('.stage').count(), 1);
        assert.equal(await inner.getByRole('button', { name: 'Leave' }).count(), 0);
    });
});

test('in an embed the sheet opens by its key, and a reader’s own projector stays in its address', async () => {
    await visit(browser, { address: 'embed.html#v=1&figure=neuron&rho=1', context: calm }, async ({ page, complaints }) => {
        await ready(page);
        complaints.length = 0;
        await page.waitForLoadState('networkidle');
        await page.keyboard.press('?');
        await page.getByRole('dialog').getByRole('button', { name: 'Projector' }).click();
        await staged(page);
        assert.match(page.url(), /#v=1&figure=neuron&.*display=projector$/);
        await page.locator('.main input[type=range]').press('Home');
        await page.waitForFunction(() => /features=1(&|$)/.test(location.hash) && location.hash.includes('display=projector'));
        await page.keyboard.press('Escape');
        await page.locator('.stage').waitFor({ state: 'detached' });
        assert.ok(!page.url().includes('display'), page.url());
    });
});

test('the strictest policy of a page lets the projector be', async () => {
    const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self'";
    const before = async (/** @type {Page} */ page) => {
        await page.route(`${url}?display=projector`, async (route) => {
            const response = await route.fetch();
            await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
        });
    };
    await visit(browser, { address: projected(''), context: calm, before }, async ({ page }) => {
        await staged(page);
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    });
});

for (const [width, height] of /** @type {const} */ ([[1920, 1080], [1280, 800]])) {
    test(`on a projector of ${width} × ${height} a lesson stands beside its figure, and is given by keys alone`, async () => {
        const context = { ...calm, viewport: { width, height } };
        await visit(browser, { address: 'index.html?lesson=quadratic&display=projector', context }, async ({ page, screenshot }) => {
            await staged(page);
            const panel = page.locator('section.lazy-limits-lesson');
            for (let step = 1; ; step += 1) {
                const head = await panel.getByText(/^Step \d+ of \d+$/).textContent() ?? '';
                assert.match(head, new RegExp(`^Step ${step} of `));
                await ready(page);
                await drawn(page);
                // Both from the top, one beside the other; a class reads both at once.
                const [words, plot] = await Promise.all([panel.boundingBox(), page.locator('lazy-limits .plot').first().boundingBox()]);
                assert.ok(words && plot && words.x + words.width <= plot.x + 1, `step ${step}: ${JSON.stringify({ words, plot })}`);
                assert.ok(words.y < 0.2 * height && words.y + words.height <= height + 1, `step ${step}: words from ${words.y}, ${words.height} high`);
                assert.ok(plot.y + 200 < height, `step ${step}: the plot begins at ${plot.y}`);
                const small = await panel.evaluate((element, least) => [...element.querySelectorAll('*')].filter((inner) =>
                    inner.checkVisibility() && inner.textContent && parseFloat(getComputedStyle(inner).fontSize) < least).map(({ outerHTML }) => outerHTML.slice(0, 80)), LEAST);
                assert.deepEqual(small, []);
                if (head.endsWith(`of ${step}`)) break;
                // As a remote control for slides sends it.
                await page.keyboard.press('PageDown');
                await panel.getByText(`Step ${step + 1} of`).waitFor();
            }
            await screenshot(`lesson-projector-${width}`);
        });
    });
}
