// Lessons elsewhere than on a chapter: in frames, in single files, on pages of others, and over results.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { artefacts, launch, siteUrl, url, visit } from './browser.mjs';
import { calm, embedded, inside, ready, until } from './figure.mjs';
import { asPage, framed, hosted } from './host.mjs';
import { atStep, lessonOf, panelOf } from './lesson.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    + "worker-src 'self' blob:; require-trusted-types-for 'script'; trusted-types lazy-limits";

/** Turns to the next step. @param {Page} page */
const next = (page) => panelOf(page).getByRole('button', { name: 'Next' }).click();

test('a frame gives a lesson of its site, is as high as figure and words, and its address leads to a step', async () => {
    const { title, steps } = await lessonOf('mixture');
    await hosted(browser, { body: `${'<br>'.repeat(90)}${framed('v=1&figure=mixture&lesson=mixture&lesson-step=2&results=none')}` }, async ({ page, frame, told }) => {
        const inner = asPage(await frame());
        await atStep(inner, 2);
        assert.equal(await panelOf(inner).getByRole('heading', { level: 2 }).textContent(), title);
        await told('ready');
        const fits = () => page.waitForFunction(() => {
            const element = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
            const { body } = /** @type {Document} */ (element.contentDocument);
            return element.clientHeight === Math.ceil(body.getBoundingClientRect().height) && body.querySelector('.lazy-limits-lesson');
        });
        await fits();
        // A chapter would have scrolled to the words.
        assert.equal(await page.evaluate(() => scrollY), 0);
        await next(inner);
        await atStep(inner, 3);
        await inner.locator('lazy-limits .guessing').waitFor();
        await fits();
        await inner.waitForFunction(() => location.hash.includes('lesson-step=3') && location.hash.includes('lesson=mixture'));
        assert.equal(await inside(inner, (figure) => figure.panels), steps[2]?.panels);
    });
});

test('in a frame the keys turn steps, and at its end the slides around', async () => {
    const { steps } = await lessonOf('activation');
    await hosted(browser, { body: framed(`figure=activation&lesson=activation&lesson-step=${steps.length - 1}&results=none`) }, async ({ frame, told, messages }) => {
        const inner = asPage(await frame());
        await atStep(inner, steps.length - 1);
        await ready(inner);
        await panelOf(inner).getByRole('button', { name: 'Next' }).press('PageDown');
        await atStep(inner, steps.length);
        assert.deepEqual((await messages()).filter(({ type }) => type === 'key'), []);
        await inner.waitForFunction(() => document.documentElement.scrollHeight === document.documentElement.clientHeight);
        await panelOf(inner).getByRole('button', { name: 'Next' }).press('PageDown');
        assert.equal((await told('key')).key, 'PageDown');
    });
});

test('a frame takes the figure from the lesson, changes with its address, and leaves a lesson behind', async () => {
    await visit(browser, { address: 'embed.html#lesson=laziness', context: calm, shipped: true }, async ({ page }) => {
        await atStep(page, 1);
        await ready(page);
        assert.equal(await inside(page, (figure) => `${figure.figure} ${figure.results.split('/').pop()}`), 'laziness laziness.json');
        assert.equal(await page.locator('lazy-limits .notice p').count(), 0);
        await page.evaluate(() => { location.hash = 'figure=neuron&lesson=neuron'; });
        await panelOf(page).getByText('One neuron against a thousand').waitFor();
        await until(page, (figure) => figure.figure === 'neuron' && figure.panels === 'risk,functions');
        await panelOf(page).getByRole('button', { name: 'Leave the lesson' }).click();
        assert.equal(await panelOf(page).count(), 0);
        await page.waitForFunction(() => /^#v=1&figure=neuron$/.test(location.hash));
        assert.equal(await inside(page, (figure) => figure.panels), '');
        await page.evaluate(() => { location.hash = 'figure=neuron&lesson=https://elsewhere.example/a.json'; });
        await page.getByText('lesson is “https://elsewhere.example/a.json”, but must be a lesson’s name or its address on this site').waitFor();
    });
});

/**
 * Puts a file on the disk and opens it there, without a network.
 * @param {string} name
 * @param {string} text
 * @param {(page: Page) => Promise<void>} work
 */
async function fromDisk(name, text, work) {
    await mkdir(artefacts, { recursive: true });
    const file = path.resolve(artefacts, `${name}.html`);
    await writeFile(file, text);
    await visit(browser, { address: pathToFileURL(file).href, shipped: true, context: { offline: true, ...calm } }, ({ page }) => work(page));
}

for (const [where, root] of Object.entries({ 'its sources': url, 'the built site': siteUrl })) {
    for (const article of [false, true]) {
        test(`a figure ${article ? 'and its article' : ''} saved from ${where} with a lesson gives it from the disk`, async () => {
            let text = '';
            await visit(browser, { address: new URL('mixture.html?lesson=mixture', root).href, context: calm }, async ({ page }) => {
                await atStep(page, 1);
                await ready(page);
                await next(page);
                text = await inside(page, async (figure, article) => (await figure.saveAsOneFile({ article })).text(), article);
            });
            const { steps } = await lessonOf('mixture');
            await fromDisk(`lesson-single-${article}`, text, async (page) => {
                await atStep(page, 1);
                await ready(page);
                assert.equal(await page.locator('section.lazy-limits-lesson').count(), 1);
                await next(page);
                await next(page);
                await page.locator('lazy-limits .guessing .point').first().waitFor();
                for (const field of await panelOf(page).locator('.fields input').all()) {
                    await field.fill('0.5');
                    await field.press('Tab');
                }
                await panelOf(page).getByRole('button', { name: 'Show me' }).click();
                await panelOf(page).locator('.answer').waitFor();
                assert.equal(await inside(page, (figure) => figure.panels), steps[2]?.panels);
                await page.waitForFunction(() => location.hash.includes('lesson-step=3&guess=3:'));
                // What the lesson has changed was none of the figure's own.
                await panelOf(page).getByRole('button', { name: 'Leave the lesson' }).click();
                await until(page, (figure) => figure.panels === '' && figure.controls === '' && figure.only === '');
                assert.equal(await panelOf(page).count(), 0);
            });
        });
    }
}

test('the task runner writes a file with a lesson, or says why not', async () => {
    await mkdir(artefacts, { recursive: true });
    const given = path.resolve(artefacts, 'given-lesson.json');
    const output = path.resolve(artefacts, 'lesson-runner.html');
    const lesson = { lesson: 1, title: 'From a </script> file', figure: 'neuron', steps: [{ text: 'Words.', state: { features: 50 } }] };
    const run = () => promisify(execFile)('node', [fileURLToPath(new URL('../../xtask/node/single.mjs', import.meta.url)), '--lesson', given, '--output', output]);
    await writeFile(given, JSON.stringify(lesson));
    await run();
    await fromDisk('lesson-runner', await readFile(output, 'utf8'), async (page) => {
        await atStep(page, 1);
        assert.equal(await panelOf(page).getByRole('heading', { level: 2 }).textContent(), lesson.title);
        await until(page, (figure) => figure.figure === 'neuron' && figure.state['features'] === 50);
    });
    await writeFile(given, JSON.stringify({ ...lesson, steps: [{ text: 'Words.', state: { rho: 50 } }] }));
    await assert.rejects(run(), ({ stderr }) => stderr === `the lesson in ${given} cannot be given: step 1, state: there is no setting “rho”\n`);
});

test('a page of somebody else gives a lesson by a script, under a strict policy', async () => {
    const headers = { 'Content-Security-Policy': POLICY };
    await embedded(browser, { body: '<lazy-limits></lazy-limits>', headers }, async ({ page, complaints }) => {
        await ready(page);
        const lesson = await lessonOf('neuron');
        const begun = await page.evaluate(async ({ module, lesson }) => {
            const { teach } = await import(module);
            const figure = document.querySelector('lazy-limits');
            const teaching = await teach(figure, lesson);
            const refused = await teach(figure, { ...lesson, title: '' }).catch((/** @type {any} */ error) => error.faults);
            return [teaching.index, teaching.next(), teaching.index, refused];
        }, { module: `${url}www/taught/lesson.js`, lesson });
        assert.deepEqual(begun, [0, true, 1, ['the lesson: title is “”, but must be a text of 1 to 120 letters']]);
        await atStep(page, 2);
        assert.equal(await inside(page, (figure) => figure.figure), 'neuron');
        await page.keyboard.press(']');
        await page.locator('lazy-limits .guessing .point').first().waitFor();
        const look = await page.locator('lazy-limits .guessing').evaluate((element) => getComputedStyle(element).position);
        assert.equal(look, 'absolute');
        // Its address is its own.
        assert.equal(new URL(page.url()).hash, '');
        assert.deepEqual(complaints.splice(0).filter((one) => !/TrustedScriptURL/.test(one)), []);
    });
});

test('over results, a guess is compared with their size', async () => {
    await visit(browser, { address: 'index.html?lesson=www/given.json', context: calm, shipped: true, before: async (page) => {
        const lesson = { lesson: 1, title: 'T', figure: 'quadratic', steps: [{ text: 'T', prediction: { text: 'NN?', of: 'nn', at: [0.25] } }] };
        await page.route(new URL('www/given.json', url).href, (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(lesson) }));
    } }, async ({ page }) => {
        await ready(page);
        await page.locator('lazy-limits .results.laid').waitFor();
        const field = panelOf(page).locator('.fields input');
        await field.fill('0.9');
        await field.press('Tab');
        await panelOf(page).getByRole('button', { name: 'Show me' }).click();
        const answer = await panelOf(page).locator('.answer').innerText();
        await inside(page, (figure) => { figure.rho = 0.25; });
        const { dim, limit } = await inside(page, (figure) => /** @type {any} */ (figure.risks));
        assert.equal(dim, 450);
        assert.ok(answer.includes(`and NN has ${Number(limit.nn.toPrecision(3))}:`), answer);
    });
});
