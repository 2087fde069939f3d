// The figure alone in a frame: what its address makes of it, and what it and the page around say to each other.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, url, visit } from './browser.mjs';
import { ALL, SMALL, calm, drawn, inside, meanwhile, ready, until } from './figure.mjs';
import { asPage, framed, hosted } from './host.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const WANTED = 'figure=mixture&panels=risk,spectrum&controls=rho&readouts=line&height=400&lock=dim&theme=dark&paused&results=none&only=nn';

test('what is the element’s own in an address are its attributes, and the rest is its state', async () => {
    await visit(browser, { address: `embed.html#v=1&${WANTED}&rho=0.3`, context: calm }, async ({ page }) => {
        await ready(page);
        const seen = await inside(page, (figure) => [
            ...['figure', 'panels', 'controls', 'readouts', 'height', 'lock', 'theme', 'paused', 'results', 'only', 'rho'].map((name) => figure.getAttribute(name)),
            figure.hash,
            getComputedStyle(document.documentElement).colorScheme,
        ]);
        assert.deepEqual(seen, ['mixture', 'risk,spectrum', 'rho', 'line', '400', 'dim', 'dark', '', null, 'nn', null, 'v=1&rho=0.3', 'dark']);
        // The address follows, with all that is not the state where it was.
        await page.locator('.main input[type=range]').press('Home');
        await page.waitForFunction((wanted) => location.hash === `#v=1&${wanted}&rho=${/** @type {any} */ (document.querySelector('lazy-limits')).rho}`, WANTED);
        assert.notEqual(await inside(page, (figure) => figure.rho), 0.3);
        // And is followed: another figure, other attributes.
        await page.evaluate(() => { location.hash = 'v=1&panels=risk&rho=0.7&results=none'; });
        await until(page, (figure) => figure.figure === 'quadratic' && figure.risks?.rho === 0.7);
        assert.deepEqual(await inside(page, (figure) => figure.getAttributeNames().sort()), ['panels']);
    });
});

test('a state that is the default leaves an address that says what the figure is', async () => {
    await visit(browser, { address: 'embed.html#figure=activation&rho=0.3', context: calm }, async ({ page }) => {
        await ready(page);
        await page.getByText('More settings').last().click();
        await page.getByRole('button', { name: 'Restore defaults' }).click();
        await page.waitForFunction(() => location.hash === '#v=1&figure=activation');
    });
});

test('it shows the results that the page ships, or others of its own site, and asks for no others', async () => {
    const cases = /** @type {const} */ ([
        ['figure=mixture', ['www/data/mixture.json'], ''],
        ['figure=neuron', [], ''],
        ['results=none', [], ''],
        ['results=www/data/some%20other.json', ['www/data/some%20other.json'], ''],
        ['results=https://example.org/a.json', [], 'https://example.org/a.json'],
        ['results=//example.org/a.json', [], '//example.org/a.json'],
        ['results=%5C%5Cexample.org/a.json', [], '\\\\example.org/a.json'],
        ['results=data:application/json,1', [], 'data:application/json,1'],
        ['results=', [], ''],
    ]);
    for (const [hash, expected, refused] of cases) {
        /** @type {string[]} */
        const asked = [];
        const before = async (/** @type {Page} */ page) => {
            await page.route(/\.json/, (route) => {
                asked.push(route.request().url().replace(url, ''));
                return route.fulfill({ status: 204 });
            });
        };
        await visit(browser, { address: `embed.html#${hash}`, context: calm, before }, async ({ page }) => {
            await ready(page);
            await drawn(page);
            await page.waitForLoadState('networkidle');
            assert.deepEqual(asked, expected, hash);
            const said = await page.getByRole('status').first().textContent();
            assert.equal(said, refused && `results is “${refused}”, but must be an address on this site, such as www/data/mixture.json, or none`, hash);
        });
    }
});

test('what cannot be shown says so, in the frame and to the page around', async () => {
    await hosted(browser, { body: framed('v=1&figure=cubic&results=none') }, async ({ page, told }) => {
        const sentence = `figure is “cubic”, but must be one of ${ALL}`;
        assert.equal((await told('failed')).message, sentence);
        assert.equal((await told('error')).message, `This figure cannot be shown: ${sentence}`);
        assert.ok((await told('height')).height < 1500);
        await page.frameLocator('iframe').getByText(sentence).waitFor();
    });
    await hosted(browser, { body: framed('v=1&rho=many&theme=mauve&results=none') }, async ({ page, told, messages }) => {
        await told('ready');
        const fields = (await messages()).filter(({ type }) => type === 'error').map(({ field }) => field);
        assert.deepEqual([...new Set(fields)].sort(), ['rho', 'theme']);
        await page.frameLocator('iframe').getByText('rho is “many”').waitFor();
    });
});

test('the frame is as high as the figure, grows and shrinks with it, and says no more than it must', async () => {
    await hosted(browser, { body: framed('v=1&results=none') }, async ({ page, frame, messages, told, ask }) => {
        await told('height');
        const inner = asPage(await frame());
        const fits = () => page.waitForFunction(() => {
            const element = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
            const { documentElement: root, body } = /** @type {Document} */ (element.contentDocument);
            return element.clientHeight === Math.ceil(body.getBoundingClientRect().height) && root.scrollHeight === root.clientHeight;
        });
        const height = () => page.evaluate(() => document.querySelector('iframe')?.clientHeight ?? 0);
        await fits();
        const before = await height();
        assert.equal((await told('height')).height, before);
        await inner.getByText('More settings').last().click();
        await page.waitForFunction((before) => (document.querySelector('iframe')?.clientHeight ?? 0) > before + 50, before);
        await fits();
        await inner.getByText('More settings').last().click();
        await page.waitForFunction((before) => document.querySelector('iframe')?.clientHeight === before, before);
        // A narrower frame is a higher one, and the way back is the same.
        await page.evaluate(() => document.querySelector('iframe')?.setAttribute('width', '330'));
        await page.waitForFunction((before) => (document.querySelector('iframe')?.clientHeight ?? 0) > before + 200, before);
        await fits();
        await page.evaluate(() => document.querySelector('iframe')?.setAttribute('width', '700'));
        await page.waitForFunction((before) => document.querySelector('iframe')?.clientHeight === before, before);
        const heights = (await messages()).filter(({ type }) => type === 'height');
        assert.ok(heights.length < 40, `${heights.length} heights`);
        for (const [index, { height }] of heights.entries()) assert.notEqual(height, heights[index - 1]?.height);
        // Where nothing changes, nothing is said; who asks is answered.
        const count = (await messages()).length;
        await meanwhile(page);
        assert.equal((await messages()).length, count);
        await ask({ target: 'lazy-limits', type: 'measure' });
        await told('height', heights.length + 1);
        assert.equal((await messages()).at(-1)?.height, before);
    });
});

test('however often something changes, each message comes once a frame at most', async () => {
    /** Counts frames where messages are sent. */
    const before = async (/** @type {Page} */ page) => {
        await page.addInitScript(() => {
            if (window.parent !== window) return;
            /** @type {[number, string][]} */
            const sent = [];
            let frame = 0;
            const count = () => { frame += 1; requestAnimationFrame(count); };
            requestAnimationFrame(count);
            const original = window.postMessage.bind(window);
            Object.assign(window, { sent, postMessage: (/** @type {any} */ data, /** @type {any} */ origin) => {
                sent.push([frame, data.type]);
                original(data, origin);
            } });
        });
    };
    await hosted(browser, { body: framed(`${SMALL}&results=none`), before }, async ({ page, frame, told }) => {
        await told('height');
        const inner = asPage(await frame());
        await inside(inner, async (figure) => {
            const ended = new Promise((resolve) => { figure.addEventListener('finish', resolve, { once: true }); });
            figure.start();
            const range = /** @type {HTMLInputElement} */ (figure.shadowRoot?.querySelector('.main input[type=range]'));
            for (let step = 0; step < 100; step += 1) {
                range.value = String(step / 100);
                range.dispatchEvent(new InputEvent('input', { bubbles: true }));
                figure.style.paddingBottom = `${step}px`;
                if (step % 10 === 9) await new Promise((resolve) => { requestAnimationFrame(resolve); });
            }
            await ended;
        });
        const sent = await page.evaluate(() => /** @type {any} */ (window).sent);
        const keys = sent.map((/** @type {[number, string]} */ one) => one.join(' '));
        const count = (/** @type {string} */ type) => sent.filter((/** @type {[number, string]} */ one) => one[1] === type).length;
        assert.ok(['change', 'risks', 'height'].every((type) => count(type) > 4), JSON.stringify(sent));
        assert.deepEqual(keys, [...new Set(keys)]);
    });
});

test('the page around reads, sets, starts and is told', async () => {
    await hosted(browser, { body: framed(`${SMALL}&results=none&paused`) }, async ({ page, frame, messages, told, ask }) => {
        const { state, risks } = await told('ready');
        assert.equal(state.dim, 12);
        assert.equal(risks.rho, 0.5);
        const inner = asPage(await frame());
        await ask({ target: 'lazy-limits', type: 'get', id: 7 });
        const got = await told('got');
        assert.deepEqual([got.id, got.state, got.hash, got.refused], [7, state, 'v=1&batch=20&dim=12&steps=300', []]);
        await ask({ target: 'lazy-limits', type: 'set', id: 8, state: { rho: 0.75, mix: 9 } });
        const taken = await told('got', 2);
        assert.deepEqual([taken.id, taken.state.rho, taken.refused.map((/** @type {any} */ { field }) => field)], [8, 0.75, ['mix']]);
        assert.equal((await told('risks')).risks.rho, 0.75);
        assert.match((await told('error')).message, /^mix is “9”/);
        await inner.waitForFunction(() => location.hash.includes('rho=0.75') && location.hash.includes('&paused'));
        // What the page has set, it need not be told of.
        assert.equal((await messages()).filter(({ type }) => type === 'change').length, 0);
        await inner.locator('.rho').getByRole('spinbutton').fill('0.25');
        await inner.locator('.rho').getByRole('spinbutton').press('Enter');
        const change = await told('change');
        assert.deepEqual([change.state.rho, change.moving], [0.25, false]);
        await ask({ target: 'lazy-limits', type: 'start' });
        await until(inner, (figure) => figure.runs.length > 0 && figure.runs.every(({ status }) => status === 'finished'));
        await ask({ target: 'lazy-limits', type: 'reset' });
        await until(inner, (figure) => figure.runs.every(({ samples }) => samples === 0));
        await ask({ target: 'lazy-limits', type: 'step' });
        await until(inner, (figure) => figure.runs.some(({ samples }) => samples > 0));
        await ask({ target: 'lazy-limits', type: 'pause' });
        assert.equal((await messages()).every(({ source, version }) => source === 'lazy-limits' && version === 1), true);
        void page;
    });
});

test('a message that is none of ours is left alone, and one that is wrong is answered in a sentence', async () => {
    await hosted(browser, { body: framed(`${SMALL}&results=none`) }, async ({ page, frame, messages, told, ask }) => {
        await told('height');
        const count = (await messages()).length;
        for (const stray of [null, 'text', 3, [], {}, { target: 'other', type: 'set', state: { rho: 0.1 } }, { type: 'start' }]) {
            await ask(/** @type {any} */ (stray));
        }
        // From another window than the one around.
        await (await frame()).evaluate(() => { window.postMessage({ target: 'lazy-limits', type: 'set', state: { rho: 0.1 } }, '*'); });
        await drawn(page);
        assert.equal((await messages()).length, count);
        assert.equal(await inside(asPage(await frame()), (figure) => figure.rho), 0.5);
        const wrong = /** @type {[object, string][]} */ ([
            [{ type: 'begin' }, 'type is “begin”, but must be one of measure, get, set, start, pause, step, reset'],
            [{ type: 'toString' }, 'type is “toString”, but must be one of measure, get, set, start, pause, step, reset'],
            [{}, 'type is “undefined”, but must be one of measure, get, set, start, pause, step, reset'],
            [{ type: 'get', version: 2 }, 'version is “2”, but must be 1'],
            [{ type: 'set', state: 'rho=1' }, 'state is “rho=1”, but must be an object of settings'],
            [{ type: 'set' }, 'state is “undefined”, but must be an object of settings'],
            [{ type: 'set', state: { colour: 'red' } }, 'there is no setting “colour”'],
        ]);
        for (const [index, [what, sentence]] of wrong.entries()) {
            await ask({ target: 'lazy-limits', ...what });
            assert.ok((await told('error', index + 1)).message.startsWith(sentence), sentence);
        }
    });
});

test('keys that a control uses stay, the others go on, and Escape gives the focus back', async () => {
    await hosted(browser, { body: framed(`${SMALL}&results=none`) }, async ({ page, frame, messages, told }) => {
        await told('height');
        const inner = asPage(await frame());
        await page.evaluate(() => {
            const heard = /** @type {any[]} */ (/** @type {any} */ (globalThis).heard = []);
            document.addEventListener('keydown', (event) => heard.push([event.key, event.code, event.keyCode, event.shiftKey]));
        });
        const keys = async () => (await messages()).filter(({ type }) => type === 'key').map(({ key }) => key);
        const range = inner.locator('.main input[type=range]');
        for (const key of ['ArrowRight', 'PageUp', 'ArrowLeft', 'Home', 'End']) await range.press(key);
        await inner.locator('.rho').getByRole('spinbutton').press('ArrowUp');
        await inner.getByLabel('Spectrum of B').press('ArrowDown');
        await inner.locator('.widget').press('ArrowRight');
        await inner.locator('.widget').press('ArrowUp');
        // A table that scrolls.
        await inner.locator('.tables summary').first().click();
        await inner.locator('.tables .scroll').first().press('ArrowDown');
        assert.deepEqual(await keys(), []);
        const button = inner.getByRole('button', { name: 'Reset' });
        for (const key of ['ArrowRight', 'Shift+ArrowLeft', 'PageDown', 'ArrowUp', 'Control+ArrowLeft', 'Home', 'a', ' ']) await button.press(key);
        await told('key', 4);
        await drawn(page);
        assert.deepEqual(await keys(), ['ArrowRight', 'ArrowLeft', 'PageDown', 'ArrowUp']);
        assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).heard), [
            ['ArrowRight', 'ArrowRight', 39, false], ['ArrowLeft', 'ArrowLeft', 37, true], ['PageDown', 'PageDown', 34, false], ['ArrowUp', 'ArrowUp', 38, false],
        ]);
        await range.focus();
        assert.equal(await page.evaluate(() => document.activeElement?.localName), 'iframe');
        await range.press('Escape');
        await told('escape');
        await page.waitForFunction(() => document.activeElement === document.body);
        assert.equal(await inner.evaluate(() => document.activeElement?.shadowRoot?.activeElement ?? null), null);
        await page.keyboard.press('ArrowRight');
        assert.equal((await page.evaluate(() => /** @type {any} */ (globalThis).heard)).length, 5);
    });
});

test('the page around keeps its focus and its place, while the figure comes and while it trains', async () => {
    const body = `<input id="first"><p style="height: 1500px">Text</p>${framed(`${SMALL}&results=none`)}<p style="height: 3000px">Text</p>`;
    const context = { viewport: { width: 900, height: 600 } };
    await hosted(browser, { body, context }, async ({ page, frame, told }) => {
        await page.locator('#first').focus();
        await page.evaluate(() => window.scrollTo(0, 1300));
        const seen = () => page.evaluate(() => [document.activeElement?.id, window.scrollY, document.querySelector('iframe')?.getBoundingClientRect().top]);
        const at = await seen();
        await told('height');
        const inner = asPage(await frame());
        // It begins by itself, as it is in sight.
        await until(inner, (figure) => figure.runs.length > 0 && figure.runs.every(({ status }) => status === 'finished'));
        await drawn(page);
        assert.deepEqual(await seen(), at);
        assert.equal(await inner.evaluate(() => document.hasFocus() || window.scrollY > 0), false);
    });
});

test('without scripts it leads to the chapters', async () => {
    const context = { ...calm, javaScriptEnabled: false };
    await visit(browser, { address: 'embed.html', context }, async ({ page, complaints }) => {
        const links = page.getByRole('link');
        assert.deepEqual(await links.allTextContents(), ['Quadratic targets', 'From lazy to rich', 'Mixtures of Gaussians', 'Other activations', 'One neuron']);
        assert.ok(await links.first().isVisible());
        // Modules that are not to be had.
        assert.ok(complaints.every((complaint) => complaint.endsWith('.js (csp)')), complaints.join('; '));
        complaints.length = 0;
    });
});
