// What holds for every chapter, whatever it is about: it links the others, and its figure loads, is taken hold of by pointer
// and keyboard, trains, and is for everyone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, url, visit } from './browser.mjs';
import { CHAPTERS, calm, drawn, inside, ready, reported, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`${chapter} links every other chapter`, async () => {
        await visit(browser, { address, context: calm }, async ({ page }) => {
            const links = await page.locator('nav a').evaluateAll((all) => all.map((link) => /** @type {HTMLAnchorElement} */ (link).href));
            for (const other of Object.values(CHAPTERS).filter((other) => other !== address)) {
                const places = [new URL(other, url).href, new URL(other || 'index.html', url).href];
                assert.ok(links.some((link) => places.includes(link)), `no link to ${places[0]} among ${links.join(', ')}`);
            }
        });
    });

    test(`every panel of ${chapter} is drawn, and is said and tabulated under its own name`, async () => {
        await visit(browser, { address, context: calm }, async ({ page }) => {
            await ready(page);
            const panels = await inside(page, ({ shadowRoot }) => {
                const canvases = /** @type {HTMLCanvasElement[]} */ ([...shadowRoot?.querySelectorAll('.plot > canvas[role=img]') ?? []]);
                return canvases.map((canvas) => {
                    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
                        .getImageData(0, 0, canvas.width, canvas.height);
                    const colours = new Set(new Uint32Array(data.buffer));
                    return { colours: colours.size, said: canvas.getAttribute('aria-label') ?? '' };
                });
            });
            const tables = await page.locator('lazy-limits .tables summary').allTextContents();
            assert.equal(panels.length, tables.length);
            assert.ok(panels.length >= 3);
            for (const { colours, said } of panels) {
                assert.ok(colours > 8, `${colours} colours`);
                assert.match(said, /\.$/);
            }
        });
    });

    test(`the large picture of ${chapter} is moved by a pointer and by keys alike`, async () => {
        await visit(browser, { address, context: calm }, async ({ page }) => {
            await ready(page);
            const handle = page.locator('lazy-limits .main input[type=range]');
            const before = await handle.inputValue();
            await page.locator('lazy-limits .main canvas[role=img]').click({ position: { x: 200, y: 120 } });
            await until(page, (figure, before) => /** @type {HTMLInputElement | undefined} */ (figure.shadowRoot?.querySelector('.main input[type=range]'))?.value !== before, before);
            const dragged = await handle.inputValue();
            const { hash } = new URL(await inside(page, (figure) => `http://x/#${figure.hash}`));
            assert.notEqual(hash, '#v=1');
            await handle.press('ArrowRight');
            assert.ok(Number(await handle.inputValue()) > Number(dragged));
            assert.match(await handle.getAttribute('aria-valuetext') ?? '', /\d/);
            await handle.press('Home');
            assert.equal(await handle.inputValue(), await handle.getAttribute('min'));
        });
    });

    test(`without scripts ${chapter} is a picture, which nobody else waits for`, async () => {
        for (const javaScriptEnabled of [true, false]) {
            /** @type {string[]} */
            const asked = [];
            const before = async (/** @type {Page} */ page) => {
                page.on('request', (request) => { if (request.url().includes('/pictures/')) asked.push(request.url()); });
            };
            await visit(browser, { address, context: { ...calm, javaScriptEnabled }, before }, async ({ page, complaints }) => {
                if (javaScriptEnabled) {
                    await ready(page);
                    assert.deepEqual(asked, []);
                    return;
                }
                const picture = page.getByRole('figure').getByRole('img');
                await page.waitForLoadState('load');
                const { width = 0, height = 0 } = await picture.boundingBox() ?? {};
                assert.ok(width > 300 && height > 300, `${width} × ${height}`);
                assert.equal(asked.length, 1);
                assert.ok(await page.getByText(/Risk against (width|laziness|the number of features)/u).first().isVisible());
                const whole = await page.getByRole('link', { name: 'The whole picture' }).getAttribute('href');
                assert.equal((await page.request.get(new URL(whole ?? '', page.url()).href)).status(), 200);
                // Modules that are not to be had.
                assert.ok(complaints.every((complaint) => complaint.endsWith('.js (csp)')), complaints.join('; '));
                complaints.length = 0;
            });
        }
    });

    test(`what overflows in ${chapter} on a narrow screen the keyboard can scroll, and nothing else`, async () => {
        await visit(browser, { address, context: { ...calm, viewport: { width: 320, height: 700 } } }, async ({ page }) => {
            const scrolled = () => page.evaluate(() => [...document.querySelectorAll('math[display="block"], .wide')].map((element) =>
                ({ overflows: element.scrollWidth > element.clientWidth, isReached: element.getAttribute('tabindex') === '0' })));
            await ready(page);
            for (const width of [320, 1400, 320]) {
                await page.setViewportSize({ width, height: 700 });
                await drawn(page);
                const seen = await scrolled();
                assert.equal(seen.some(({ overflows }) => overflows), width < 1000 && seen.length > 0, `at ${width} px: ${JSON.stringify(seen)}`);
                assert.ok(seen.every(({ overflows, isReached }) => isReached === overflows), `at ${width} px: ${JSON.stringify(seen)}`);
            }
        });
    });

    test(`${chapter} watches no height of its page, which may change while sizes are told of`, async () => {
        await visit(browser, { address, context: calm }, async ({ page }) => {
            await ready(page);
            const errors = await page.evaluate(async () => {
                /** @type {string[]} */
                const errors = [];
                addEventListener('error', ({ message }) => errors.push(message));
                await new Promise((resolve) => {
                    // Told of something deep in the page, when whatever is less deep has been told of.
                    const observer = new ResizeObserver(() => {
                        observer.disconnect();
                        document.querySelector('main')?.append(document.createElement('hr'));
                        requestAnimationFrame(() => requestAnimationFrame(resolve));
                    });
                    observer.observe(/** @type {Element} */ (document.querySelector('main > section p')));
                });
                return errors;
            });
            assert.deepEqual(errors, []);
        });
    });

    test(`${chapter} trains by itself`, async () => {
        await visit(browser, { address }, async ({ page }) => {
            await reported(page);
        });
    });
}
