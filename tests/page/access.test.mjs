// Whether everyone can use every chapter: WCAG 2.2, level AA, as far as a program can tell. What a screen reader is told of each is
// kept as an artefact, to be read.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { WCAG, findings } from './axe.mjs';
import { artefacts, launch, visit } from './browser.mjs';
import { CHAPTERS, calm, drawn, inside, meanwhile, place, ready, takesResults, until } from './figure.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Every page that shows a figure. */
const PAGES = { ...CHAPTERS, embed: 'embed.html#v=1&figure=quadratic' };

/** CSS pixels that something which is pressed has at least, each way. */
const TARGET = 24;

/**
 * Opens a page as a reader finds it, with its results.
 * @param {string} chapter
 * @param {import('playwright-core').BrowserContextOptions} context
 * @param {(visit: import('./browser.mjs').Visit) => Promise<void>} work
 */
async function opened(chapter, context, work) {
    const address = PAGES[/** @type {keyof typeof PAGES} */ (chapter)];
    await visit(browser, { address, context: { ...calm, ...context }, shipped: true }, async (visited) => {
        if (takesResults(chapter === 'embed' ? 'quadratic' : chapter)) await visited.page.locator('.results.laid').first().waitFor();
        await ready(visited.page);
        await visited.page.waitForLoadState('networkidle');
        await work(visited);
    });
}

/** Opens all that can be opened. @param {Page} page */
async function unfold(page) {
    await page.locator('details').evaluateAll((all) => {
        for (const details of all) /** @type {HTMLDetailsElement} */ (details).open = true;
    });
    await drawn(page);
}

/**
 * What can be pressed and is too small, links within sentences and what browsers make by themselves aside.
 * @param {Page} page
 */
function tooSmall(page) {
    return inside(page, ({ shadowRoot }, least) => {
        const what = 'a, button, input, select, summary, textarea, [tabindex], [role="slider"]';
        const all = [...document.querySelectorAll(what), ...shadowRoot?.querySelectorAll(what) ?? []];
        return all.filter((element) => {
            if (!element.checkVisibility({ visibilityProperty: true }) || element.matches('[type="file"], lazy-limits')) return false;
            const { display, pointerEvents } = getComputedStyle(element);
            // A range in a plot is for the keyboard: what is pressed is the plot.
            if ((display === 'inline' && element.localName === 'a') || pointerEvents === 'none') return false;
            // What a label holds is pressed by all of that.
            const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
            return width < least - 0.01 || height < least - 0.01;
        }).map((element) => {
            const { width, height } = element.getBoundingClientRect();
            return `${width} × ${height}: ${element.outerHTML.slice(0, 90)}`;
        });
    }, TARGET);
}

/**
 * Words that lie on others, or are cut off.
 * @param {Page} page
 */
function unreadable(page) {
    return inside(page, ({ shadowRoot }) => {
        /** @type {{ text: string, left: number, right: number, top: number, bottom: number, box: Element }[]} */
        const words = [];
        /** @type {string[]} */
        const seen = [];
        const range = document.createRange();
        const look = (/** @type {Node} */ node) => {
            for (const child of node.childNodes) {
                const box = child.parentElement;
                if (child.nodeType === Node.TEXT_NODE && child.textContent?.trim() && box) {
                    range.selectNodeContents(child);
                    for (const { left, right, top, bottom, width } of range.getClientRects()) {
                        // Without what is above and below letters.
                        const air = 0.2 * (bottom - top);
                        if (width > 1) words.push({ text: child.textContent.trim().slice(0, 30), left, right, top: top + air, bottom: bottom - air, box });
                    }
                }
                if (!(child instanceof Element) || child.matches('math, canvas, option, select, textarea, script, style, noscript, .scroll')) continue;
                if (!child.checkVisibility({ visibilityProperty: true })) continue;
                const { overflowX, contain, clipPath } = getComputedStyle(child);
                if (clipPath !== 'none') continue;
                const isCut = (overflowX === 'hidden' || overflowX === 'clip' || contain.includes('strict') || contain.includes('paint')) && !child.matches('input, :has(canvas)');
                if (isCut && child.scrollWidth > child.clientWidth + 1) seen.push(`cut off: ${child.textContent?.trim().slice(0, 40)}`);
                look(child);
            }
        };
        look(document.body);
        look(/** @type {ShadowRoot} */ (shadowRoot));
        words.sort((one, other) => one.top - other.top);
        for (const [at, one] of words.entries()) {
            for (let next = at + 1; next < words.length; next += 1) {
                const other = /** @type {typeof one} */ (words[next]);
                if (other.top >= one.bottom) break;
                const isOver = one.left < other.right - 1 && other.left < one.right - 1 && one.box !== other.box;
                if (isOver) seen.push(`“${one.text}” and “${other.text}”`);
            }
        }
        return [...new Set(seen)].slice(0, 12);
    });
}

for (const chapter of Object.keys(PAGES)) {
    for (const [width, height] of /** @type {const} */ ([[360, 780], [1280, 900]])) {
        test(`${chapter} at ${width} px keeps the rules of WCAG 2.2 AA, and whatever is pressed is ${TARGET} px each way`, async () => {
            await opened(chapter, { viewport: { width, height } }, async ({ page }) => {
                await unfold(page);
                assert.deepEqual(await findings(page, WCAG), []);
                assert.deepEqual(await tooSmall(page), []);
                // And in what opens over it.
                for (const name of ['Share or save…', 'Keys']) {
                    await page.getByRole('button', { name, exact: true }).click();
                    await page.getByRole('dialog').waitFor();
                    assert.deepEqual(await tooSmall(page), []);
                    assert.deepEqual(await findings(page, WCAG), []);
                    await page.keyboard.press('Escape');
                    await page.getByRole('dialog').waitFor({ state: 'detached' });
                }
                // A notice, which is closed.
                await inside(page, (figure) => { figure.state = { seed: -1 }; });
                await page.getByRole('button', { name: 'Dismiss' }).waitFor();
                assert.deepEqual(await tooSmall(page), []);
                assert.deepEqual(await findings(page, WCAG), []);
            });
        });
    }

    test(`${chapter} can be read with text of twice the size, and at 320 px`, async () => {
        await opened(chapter, { viewport: { width: 1280, height: 900 } }, async ({ page, screenshot }) => {
            for (const [name, width, percent] of /** @type {const} */ ([['text-200', 1280, 200], ['width-320', 320, 100]])) {
                await page.setViewportSize({ width, height: 900 });
                await page.evaluate((percent) => {
                    const sheet = new CSSStyleSheet();
                    sheet.replaceSync(`:root { font-size: ${percent}% !important; }`);
                    document.adoptedStyleSheets = [sheet];
                }, percent);
                await unfold(page);
                await drawn(page);
                const wide = await page.evaluate(() => document.documentElement.scrollWidth);
                assert.ok(wide <= width, `${name}: the page is ${wide} px wide`);
                assert.deepEqual(await unreadable(page), [], name);
                await screenshot(`${name}-${chapter}`);
            }
        });
    });

    test(`all of ${chapter} is reached by the keyboard, and what has the focus is seen`, async () => {
        await opened(chapter, { viewport: { width: 1280, height: 720 } }, async ({ page }) => {
            /** @type {string[]} */
            const passed = [];
            for (let press = 0; press < 200; press += 1) {
                await page.keyboard.press('Tab');
                const at = await page.evaluate(() => {
                    const inner = document.activeElement?.shadowRoot?.activeElement;
                    const focused = inner ?? document.activeElement;
                    if (!focused || focused === document.body) return undefined;
                    // Of a link of several lines, the first.
                    const { left, right, top, bottom } = focused.getClientRects()[0] ?? focused.getBoundingClientRect();
                    // What a range in a plot stands for is the plot, and a card's link for the card.
                    const shown = focused.closest('.plot, .switch label, .cards li') ?? focused;
                    const rings = [focused, shown, ...shown.querySelectorAll('canvas')].map((element) => getComputedStyle(element))
                        .some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1);
                    const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
                    const root = /** @type {Document | ShadowRoot} */ (focused.getRootNode());
                    const over = root.elementFromPoint(x, y);
                    const isSeen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
                        && over !== null && (over === focused || focused.contains(over) || shown.contains(over));
                    return { what: focused.outerHTML.slice(0, 90), rings, isSeen };
                });
                if (!at) break;
                passed.push(at.what);
                assert.ok(at.rings, `no ring around ${at.what}`);
                assert.ok(at.isSeen, `out of sight: ${at.what}`);
            }
            const reached = await inside(page, ({ shadowRoot }) => {
                const what = 'a[href], button:enabled, input:enabled:not([type="file"], [type="radio"]), select, summary';
                return [...document.querySelectorAll(what), ...shadowRoot?.querySelectorAll(what) ?? []]
                    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && /** @type {HTMLElement} */ (element).tabIndex >= 0).length;
            });
            // One of a group of radio buttons, and a widget, come on top.
            assert.ok(passed.length >= reached, `${passed.length} of ${reached}`);
        });
    });

    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) test(`${chapter} in forced colours, ${colorScheme}: what is chosen, has the focus and is drawn is told apart`, async () => {
        await opened(chapter, { forcedColors: 'active', colorScheme, viewport: { width: 1280, height: 900 } }, async ({ page, screenshot }) => {
            await screenshot(`forced-${chapter}-${colorScheme}`);
            const seen = await inside(page, ({ shadowRoot }) => {
                const find = (/** @type {string} */ selector) => shadowRoot?.querySelector(selector);
                const canvas = /** @type {HTMLCanvasElement} */ (find('.main canvas[role=img]'));
                const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
                const system = (/** @type {string} */ colour) => {
                    const probe = document.createElement('i');
                    probe.style.color = colour;
                    document.body.append(probe);
                    const rgb = (getComputedStyle(probe).color.match(/\d+/g) ?? []).map(Number).slice(0, 3);
                    probe.remove();
                    return rgb.join();
                };
                const chosen = find('.switch label:has(:checked)');
                const other = find('.switch label:not(:has(:checked))');
                return {
                    ground: [...data.slice(0, 3)].join(),
                    wanted: system('Canvas'),
                    colours: new Set(new Uint32Array(data.buffer)).size,
                    isTold: !chosen || !other || getComputedStyle(chosen).backgroundColor !== getComputedStyle(other).backgroundColor,
                    borders: getComputedStyle(/** @type {Element} */ (find('button'))).borderTopStyle,
                };
            });
            assert.equal(seen.ground, seen.wanted);
            assert.ok(seen.colours > 8 && seen.isTold && seen.borders !== 'none', JSON.stringify(seen));
            await page.locator('.main input[type=range]').focus();
            assert.equal(await page.locator('.main canvas[role=img]').evaluate((canvas) => getComputedStyle(canvas).outlineStyle), 'solid');
        });
    });

    test(`under reduced motion nothing of ${chapter} moves by itself`, async () => {
        await opened(chapter, { viewport: { width: 1280, height: 900 } }, async ({ page }) => {
            const still = () => inside(page, (figure) => ({
                hash: figure.hash,
                runs: figure.runs.filter(({ risk }) => risk !== null).length,
                moving: document.getAnimations().filter(({ playState }) => playState === 'running').length,
                at: scrollY,
            }));
            const before = await still();
            await meanwhile(page);
            assert.deepEqual(await still(), before);
            assert.equal(before.moving, 0);
        });
    });

    test(`what ${chapter} says of its large picture follows its handle, moved by a pointer, by keys and by a number`, async () => {
        await opened(chapter, { viewport: { width: 1280, height: 900 } }, async ({ page }) => {
            const canvas = page.locator('lazy-limits .main canvas[role=img]');
            const said = () => canvas.getAttribute('aria-label');
            const follows = async (/** @type {() => Promise<void>} */ move, /** @type {string} */ by) => {
                const last = await said() ?? '';
                await move();
                await until(page, (figure, last) => {
                    const label = figure.shadowRoot?.querySelector('.main canvas[role=img]')?.getAttribute('aria-label');
                    return label !== last && (label ?? '').length > 20;
                }, last).catch((error) => { throw new Error(`moved by ${by}, it still says: ${last}`, { cause: error }); });
            };
            await follows(async () => {
                const [from, to] = [await place(canvas, 0.4, 0.3), await place(canvas, 0.6, 0.3)];
                await page.mouse.move(from.x, from.y);
                await page.mouse.down();
                await page.mouse.move(to.x, to.y, { steps: 4 });
                await page.mouse.up();
            }, 'a pointer');
            await follows(() => page.locator('lazy-limits .main input[type=range]').press('PageUp'), 'a key');
            const field = page.locator('lazy-limits .rho input[type=number]');
            await follows(async () => {
                await field.fill(await field.getAttribute('min') ?? '');
                await field.press('Enter');
            }, 'a number');
        });
    });

    test(`whatever is dragged in ${chapter} is moved by a click or a number too`, async () => {
        await opened(chapter, { viewport: { width: 1280, height: 900 } }, async ({ page }) => {
            const panels = await inside(page, (figure) => {
                const { explorable } = /** @type {import('../../www/session.js').Shown} */ (Reflect.get(figure, Symbol.for('lazy-limits shown')));
                return explorable.panels().map(({ key, place }) => ({ key, place, grips: explorable.grips(key).map(({ name, value, min, max }) => ({ name, value, min, max })) }))
                    .filter(({ grips }) => grips.length > 0);
            });
            assert.ok(panels.length >= 1);
            /** The value of a grip. @type {(panel: string, name: string) => Promise<number | undefined>} */
            const valueOf = (panel, name) => inside(page, (figure, [panel, name]) => {
                const { explorable } = /** @type {import('../../www/session.js').Shown} */ (Reflect.get(figure, Symbol.for('lazy-limits shown')));
                return explorable.grips(/** @type {string} */ (panel)).find((grip) => grip.name === name)?.value;
            }, [panel, name]);
            for (const { key, place: where, grips } of panels) {
                const many = where === 'middle';
                const canvas = page.locator(`lazy-limits .${many ? 'middle' : key}`).locator(many ? '.widget' : 'canvas[role=img]').first();
                for (const { name, value } of many ? grips.slice(0, 1) : grips) {
                    /** @type {string[]} */
                    const ways = [];
                    const own = page.locator(`lazy-limits .controls [name="${name}"]`);
                    const fields = many ? page.locator('lazy-limits .editor input[type=number]')
                        : where === 'main' && name === grips[0]?.name ? page.locator('lazy-limits .rho input[type=number]') : own;
                    if (many) await canvas.focus();
                    if (await fields.count() > 0) {
                        await unfold(page);
                        await fields.first().fill(String(many ? value / 2 : value === 7 ? 8 : 7));
                        await fields.first().press('Enter');
                        if (await valueOf(key, name) !== value) ways.push('a number');
                    }
                    // Presses that do not move, all over the picture.
                    for (const y of [0.5, 0.99, 0.96, 0.93, 0.9, 0.87]) {
                        for (const x of [0.2, 0.4, 0.6, 0.8]) {
                            if (ways.length > 0) break;
                            const now = await valueOf(key, name);
                            const at = await place(canvas, x, y);
                            await page.mouse.click(at.x, at.y);
                            if (await valueOf(key, name) !== now) ways.push('a click');
                        }
                    }
                    assert.ok(ways.length > 0, `${key}, ${name}: by neither`);
                }
            }
        });
    });

    test(`what a screen reader is told of ${chapter}, in its order`, async () => {
        await opened(chapter, { viewport: { width: 1280, height: 900 } }, async ({ page }) => {
            const heard = await page.locator('body').ariaSnapshot();
            await mkdir(artefacts, { recursive: true });
            await writeFile(path.join(artefacts, `heard-${chapter}.yaml`), heard);
            const lines = heard.split('\n');
            const at = (/** @type {RegExp} */ what) => {
                const found = lines.findIndex((line) => what.test(line));
                assert.ok(found >= 0, `${what} is not said`);
                return found;
            };
            // The picture with what it shows, the handle with where it stands, the numbers, the bar, the settings.
            const order = [
                /- '?img "Risk .{20,}\."/u,
                /- slider "/u,
                /- table "Risk at the handle"|- table/u,
                /- group "Runs"/u,
                /- form "Settings"/u,
                /- button "Share or save…"/u,
                /- button "Keys"/u,
            ].map(at);
            assert.deepEqual(order, [...order].sort((one, other) => one - other), heard);
            if (chapter !== 'embed') {
                assert.ok(at(/- heading ".+" \[level=1\]/u) < (order[0] ?? 0), 'its title comes first');
                assert.ok(at(/- navigation "Chapters"/u) < (order[0] ?? 0));
            }
            // No picture without words, no control without a name.
            assert.deepEqual(lines.filter((line) => /^\s*- (img|button|slider|spinbutton|combobox|radio|checkbox|link)(:?)$/u.test(line)), []);
        });
    });
}
