// Lessons at the page's figures: those of the chapters and the one in docs/lessons.md are played, by keyboard, by pointer and from
// an address.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings } from './axe.mjs';
import { launch, url, visit } from './browser.mjs';
import { CHAPTERS, calm, inside, meanwhile, ready, until } from './figure.mjs';
import { atStep, documentedLesson, lessonOf, panelOf, taught } from './lesson.mjs';

/** @typedef {import('../../www/taught/format.js').Lesson} Lesson */
/** @typedef {import('../../www/taught/format.js').Goal} Goal */
/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A lesson of two steps, small enough to be looked at closely. @type {Lesson} */
const SMALL = {
    lesson: 1,
    title: 'Small',
    figure: 'quadratic',
    steps: [
        { text: 'First, with RF and *stress*.', state: { show: 'live', rho: 0.3 }, goal: { text: 'Go on.', of: 'rho', above: 1 } },
        {
            title: 'Second',
            text: 'One.\n\nTwo <b>of them</b>.',
            state: { show: 'live', spectrum: 'spiked:4' },
            panels: 'risk',
            controls: 'rho',
            readouts: 'line',
            prediction: { text: 'Where is NN?', of: 'nn', at: [0.1, 0.5, 2] },
        },
    ],
};

/** What of the figure a step asks for. @param {Page} page */
const shown = (page) => inside(page, (figure) => ({
    state: figure.hash,
    panels: figure.panels,
    controls: figure.controls,
    readouts: figure.readouts,
    only: figure.only,
}));

/**
 * Brings about what a goal asks for, as a script of a page would, and tells the figure's listeners as a hand would.
 * @param {Page} page
 * @param {Goal} goal
 */
async function reach(page, goal) {
    await inside(page, async (figure, { of, below, above, is }) => {
        await figure.ready;
        const lever = /** @type {HTMLInputElement} */ (figure.shadowRoot?.querySelector('.main input[type=range], .risk input[type=range]'));
        const said = () => /** @type {HTMLElement} */ (document.querySelector('.lazy-limits-lesson .goal')).classList.contains('met');
        const tell = () => figure.dispatchEvent(new CustomEvent('change', { detail: { moving: false } }));
        const settle = (/** @type {Record<string, any>} */ state) => {
            figure.state = state;
            tell();
        };
        if (is !== undefined) return settle({ [of]: is });
        if (of in figure.state) return settle({ [of]: above !== undefined ? above * 1.2 : (below ?? 0) * 0.8 });
        // A number at the handle: the handle goes along, and if that is not enough, each setting that the step lets be chosen.
        const tried = [{}, ...[...figure.shadowRoot?.querySelectorAll('.controls select') ?? []].flatMap((select) =>
            [.../** @type {HTMLSelectElement} */ (select).options].map(({ value }) => ({ [/** @type {HTMLSelectElement} */ (select).name]: value })))];
        const { min, max } = lever;
        const before = figure.hash;
        for (const state of tried) {
            for (let k = 0; k <= 60 && !said(); k += 1) {
                lever.value = String(Number(min) * (Number(max) / Number(min)) ** (k / 60));
                lever.dispatchEvent(new Event('change', { bubbles: true }));
                tell();
            }
            if (said()) return;
            figure.hash = before;
            settle(state);
            if (said()) return;
        }
    }, goal);
}

/** Places every point of a prediction by its number. @param {Page} page @param {number[]} values */
async function guess(page, values) {
    const fields = panelOf(page).locator('.fields input');
    for (const [index, value] of values.entries()) {
        await fields.nth(index).fill(String(value));
        await fields.nth(index).press('Tab');
    }
}

/**
 * Plays a lesson to its end: each step shows its words and its state, each goal is met only when something has been done, each
 * guess is answered.
 * @param {Page} page
 * @param {Lesson} lesson
 */
async function play(page, lesson) {
    const panel = panelOf(page);
    assert.equal(await panel.getByRole('heading', { level: 2 }).textContent(), lesson.title);
    for (const [index, step] of lesson.steps.entries()) {
        await atStep(page, index + 1);
        await ready(page);
        const { goal, prediction, state = {}, panels = '', controls = '', readouts = '', only = '' } = step;
        const seen = await shown(page);
        // As the figure writes it.
        const written = await inside(page, (figure, state) => {
            const { hash } = figure;
            figure.hash = 'v=1';
            figure.state = /** @type {any} */ (state);
            return [hash, figure.hash];
        }, state);
        assert.equal(written[0], written[1], `step ${index + 1}`);
        assert.deepEqual([seen.panels, seen.controls, seen.readouts], [panels, controls, readouts]);
        assert.deepEqual(await panel.locator('.words').innerText().then((text) => text.includes('*')), false);
        if (goal) {
            const line = panel.locator('.goal');
            await line.waitFor();
            assert.equal(await line.evaluate((element) => element.classList.contains('met')), false, `step ${index + 1}`);
            await reach(page, goal);
            await panel.locator('.goal.met').waitFor();
            assert.match(await line.innerText(), /✓/);
        }
        if (prediction) {
            const { of, at } = prediction;
            const isHidden = (await shown(page)).only.split(' ');
            assert.ok(!isHidden.includes(of) && isHidden[0] !== '', `step ${index + 1} hides nothing`);
            const button = panel.getByRole('button', { name: 'Show me' });
            assert.ok(await button.isDisabled());
            await guess(page, at.map(() => 0.5));
            await button.click();
            await panel.locator('.answer').waitFor();
            assert.match(await panel.locator('.answer').innerText(), /guessed a risk of 0\.5, and .* has \d/);
            assert.equal((await shown(page)).only, only);
        }
        const next = panel.getByRole('button', { name: 'Next' });
        const isLast = index === lesson.steps.length - 1;
        assert.equal(await next.getAttribute('aria-disabled'), String(isLast));
        if (!isLast) await next.click();
    }
}

for (const chapter of Object.keys(CHAPTERS)) {
    test(`the lesson of ${chapter} has 5 to 7 steps, a goal and a prediction, and can be played to its end`, async () => {
        const lesson = await lessonOf(chapter);
        assert.ok(lesson.steps.length >= 5 && lesson.steps.length <= 7);
        assert.ok(lesson.steps.some(({ goal }) => goal) && lesson.steps.some(({ prediction }) => prediction));
        await taught(browser, { chapter }, ({ page }) => play(page, lesson));
    });
}

test('the lesson in docs/lessons.md is played as it stands there', async () => {
    const lesson = documentedLesson();
    assert.equal(lesson.steps.length, 5);
    await taught(browser, { lesson }, ({ page }) => play(page, lesson));
});

test('by keyboard alone a whole lesson is gone through: steps, a goal, a guess, its answer, and out', async () => {
    await taught(browser, { lesson: SMALL }, async ({ page }) => {
        const panel = panelOf(page);
        // A whole figure has its handle under the first tab stop; it moves by arrows.
        await page.locator('lazy-limits .main input[type=range]').first().focus();
        await page.keyboard.press('End');
        await panel.locator('.goal.met').waitFor();
        await page.keyboard.press(']');
        await atStep(page, 2);
        await page.locator('lazy-limits .guessing .point').first().waitFor();
        // From the panel's last button tab leads to the points, in their order.
        await panel.getByRole('button', { name: 'Leave the lesson' }).focus();
        const points = page.locator('lazy-limits .guessing [role=slider]');
        for (let tab = 0; tab < 12 && !(await points.first().evaluate((point) => point.matches(':focus'))); tab += 1) await page.keyboard.press('Tab');
        assert.equal(await points.first().getAttribute('aria-valuetext'), 'not placed yet');
        const show = panel.getByRole('button', { name: 'Show me' });
        for (const [index, key] of ['ArrowUp', 'Home', 'ArrowDown'].entries()) {
            await page.keyboard.press(key);
            assert.match(await points.nth(index).getAttribute('aria-valuetext') ?? '', /^risk \d/);
            await page.keyboard.press('Tab');
        }
        assert.equal(await points.nth(1).getAttribute('aria-valuenow'), '0');
        assert.ok(await show.isEnabled());
        await show.focus();
        await page.keyboard.press('Enter');
        await panel.locator('.answer').waitFor();
        // The button is gone, and the focus is where its answer is.
        assert.ok(await panel.locator('.answer').evaluate((answer) => answer === document.activeElement));
        await page.keyboard.press('PageUp');
        await atStep(page, 1);
        await page.keyboard.press('PageDown');
        await atStep(page, 2);
        await panel.getByRole('button', { name: 'Leave the lesson' }).focus();
        await page.keyboard.press('Space');
        await panel.waitFor({ state: 'detached' });
        await page.waitForFunction(() => document.activeElement?.localName === 'lazy-limits');
        assert.ok(!page.url().includes('lesson'), page.url());
        // The keys are the page's again.
        await page.keyboard.press(']');
        assert.deepEqual(await shown(page), { state: 'v=1&show=live&spectrum=spiked', panels: '', controls: '', readouts: '', only: '' });
    });
});

test('keys of pages turn steps whatever is in hand, those that are typed do not, and at the ends they are the page’s', async () => {
    await taught(browser, { lesson: SMALL }, async ({ page }) => {
        const handle = page.locator('lazy-limits .main input[type=range]').first();
        const rho = await inside(page, (figure) => figure.rho);
        await handle.press('PageDown');
        await atStep(page, 2);
        await page.keyboard.press('PageUp');
        await atStep(page, 1);
        assert.equal(await inside(page, (figure) => figure.rho), rho);
        await page.locator('lazy-limits .rho input[type=number]').press(']');
        await page.keyboard.press('Alt+]');
        await meanwhile(page);
        await atStep(page, 1);
        const used = () => page.evaluate(() => new Promise((resolve) => {
            addEventListener('keydown', (event) => resolve(event.defaultPrevented), { once: true });
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true, cancelable: true }));
        }));
        assert.equal(await used(), false);
    });
});

test('points are placed by a press, by a drag and by a stroke across the plot', async () => {
    await taught(browser, { lesson: SMALL, hash: '#lesson-step=2' }, async ({ page }) => {
        const points = page.locator('lazy-limits .guessing .point');
        await points.first().waitFor();
        const values = () => points.evaluateAll((all) => all.map((point) => point.getAttribute('aria-valuetext')));
        assert.deepEqual(await values(), Array(3).fill('not placed yet'));
        const box = await page.locator('lazy-limits .guessing').boundingBox();
        assert.ok(box);
        const [first, , last] = await points.evaluateAll((all) => all.map((point) => {
            const { left, width } = point.getBoundingClientRect();
            return left + width / 2;
        }));
        // A single press: nothing is dragged.
        await page.mouse.click(first ?? 0, box.y + box.height * 0.25);
        const [pressed = '', ...others] = await values();
        assert.match(pressed ?? '', /^risk 0\.[6-9]/);
        assert.deepEqual(others, Array(2).fill('not placed yet'));
        // One stroke, of which the page is told two places.
        await page.mouse.move(first ?? 0, box.y + box.height * 0.5);
        await page.mouse.down();
        await page.mouse.move(last ?? 0, box.y + box.height * 0.6);
        await page.mouse.up();
        assert.ok((await values()).every((text) => /^risk 0\.\d/.test(text ?? '')), String(await values()));
        // The handle has not gone along, as it does where nothing is asked.
        assert.equal(await inside(page, (figure) => figure.rho), 0.5);
        assert.deepEqual(await panelOf(page).locator('.fields input').evaluateAll((all) => all.every((input) => /** @type {HTMLInputElement} */ (input).value !== '')), true);
        await panelOf(page).getByRole('button', { name: 'Show me' }).click();
        const answer = await panelOf(page).locator('.answer').innerText();
        assert.match(answer, /of your 3 points (is|are) close to the line\. Furthest off: at ρ = (0\.1|0\.5|2) you guessed/);
        // It stays on the plot, and the plot is dragged again.
        assert.equal(await page.locator('lazy-limits .guessing.fixed .point:not([hidden])').count(), 3);
        await page.mouse.click(first ?? 0, box.y + box.height * 0.5);
        await until(page, (figure) => Math.abs(Number(figure.rho) - 0.1) < 0.02);
    });
});

test('what is asked about is in no words either, until it is drawn', async () => {
    await taught(browser, { lesson: SMALL, hash: '#lesson-step=2' }, async ({ page }) => {
        await page.locator('lazy-limits .guessing .point').first().waitFor();
        const words = () => inside(page, ({ shadowRoot }) => [...shadowRoot?.querySelectorAll('.main canvas, .risk canvas, input, .readouts tr') ?? []]
            // What is not to be seen keeps its room, but no reader of screens says it.
            .filter((element) => element.localName !== 'tr' || element.checkVisibility({ visibilityProperty: true }))
            .map((element) => ['aria-label', 'aria-valuetext'].map((name) => element.getAttribute(name) ?? '').join(' ') + element.textContent).join('\n'));
        const number = page.locator('lazy-limits .rho input[type=number]');
        await number.fill('0.05');
        await number.press('Enter');
        await until(page, ({ shadowRoot }) => shadowRoot?.querySelector('input[type=range]')?.getAttribute('aria-valuetext') === '0.05');
        assert.doesNotMatch(await words(), /NN/);
        await panelOf(page).getByRole('button', { name: 'Skip' }).click();
        await until(page, ({ shadowRoot }) => /NN 0\.\d/.test(shadowRoot?.querySelector('input[type=range]')?.getAttribute('aria-valuetext') ?? ''));
        assert.match(await words(), /NN 0\.\d/);
    });
});

test('the answer is the figure’s own number', async () => {
    await taught(browser, { lesson: { ...SMALL, steps: [{ text: 'One.', state: { show: 'live' }, prediction: { text: 'NT?', of: 'nt', at: [0.25] } }] } }, async ({ page }) => {
        await guess(page, [0.25]);
        await panelOf(page).getByRole('button', { name: 'Show me' }).click();
        const answer = await panelOf(page).locator('.answer').innerText();
        await inside(page, (figure) => { figure.rho = 0.25; });
        const nt = await inside(page, (figure) => figure.risks?.['limit'].nt);
        assert.equal(answer, `At ρ = 0.25 you guessed a risk of 0.25, and NT has ${Number(nt.toPrecision(3))}: ${Number((nt / 0.25).toPrecision(2))} times too low.`);
    });
});

test('what is skipped is drawn, and nothing is compared', async () => {
    await taught(browser, { lesson: SMALL, hash: '#lesson-step=2&guess=2:0.5,,0.1' }, async ({ page }) => {
        assert.equal(await panelOf(page).locator('.fields input').first().inputValue(), '0.5');
        await panelOf(page).getByRole('button', { name: 'Skip' }).click();
        await panelOf(page).getByText('NN is drawn now.').waitFor();
        assert.equal((await shown(page)).only, '');
        assert.equal(await page.locator('lazy-limits .guessing .point:not([hidden])').count(), 0);
        await page.waitForFunction(() => location.hash.includes('guess=2:,,!'));
    });
});

test('the address keeps step, guess and state: reload, back, forward and links lead there', async () => {
    await taught(browser, { lesson: SMALL }, async ({ page }) => {
        await page.waitForFunction(() => location.hash === '#v=1&lesson-step=1&rho=0.3&show=live');
        await page.locator('lazy-limits .main input[type=range]').first().press('End');
        await page.waitForFunction(() => location.hash === '#v=1&lesson-step=1&rho=12&show=live');
        await panelOf(page).getByRole('button', { name: 'Next' }).click();
        await guess(page, [0.9, 0.5, 0.1]);
        await page.waitForFunction(() => location.hash === '#v=1&lesson-step=2&guess=2:0.9,0.5,0.1&show=live&spectrum=spiked');
        const number = page.locator('lazy-limits .rho input[type=number]');
        await number.fill('0.2');
        await number.press('Enter');
        await page.waitForFunction(() => location.hash === '#v=1&lesson-step=2&guess=2:0.9,0.5,0.1&rho=0.2&show=live&spectrum=spiked');
        await page.waitForLoadState('networkidle');
        await page.reload();
        await atStep(page, 2);
        await ready(page);
        assert.equal(await inside(page, (figure) => figure.rho), 0.2);
        assert.equal(await panelOf(page).locator('.fields input').nth(1).inputValue(), '0.5');
        await panelOf(page).getByRole('button', { name: 'Show me' }).click();
        await panelOf(page).locator('.answer').waitFor();
        await page.waitForLoadState('networkidle');
        await page.reload();
        await panelOf(page).locator('.answer').waitFor();
        // Guesses are no places that one goes back to; steps are, in the state in which they were left.
        await page.goBack();
        await atStep(page, 1);
        await until(page, (figure) => figure.rho === 12);
        await page.goForward();
        await atStep(page, 2);
        await until(page, (figure) => figure.state.spectrum === 'spiked');
        // A preset of the page is an address without a lesson: the step stays.
        await page.evaluate(() => { location.hash = 'v=1&show=live&rho=0.7'; });
        await until(page, (figure) => figure.rho === 0.7);
        await atStep(page, 2);
        await page.waitForFunction(() => location.hash.startsWith('#v=1&lesson-step=2&guess='));
    });
});

test('what an address names wrongly is said, and the lesson begins', async () => {
    await taught(browser, { lesson: SMALL, hash: '#lesson-step=9&guess=1:0.5' }, async ({ page }) => {
        await page.getByText('lesson-step is “9”, but must be a whole number from 1 to 2').waitFor();
        await page.getByText('guess has “1:0.5”, but must have a step with a prediction').waitFor();
        await atStep(page, 1);
    });
});

test('steps are told to others, who can turn them, and are read out', async () => {
    await taught(browser, { lesson: SMALL }, async ({ page }) => {
        await inside(page, (figure) => {
            Object.assign(globalThis, { told: [] });
            figure.addEventListener('lesson', (event) => /** @type {any} */ (globalThis).told.push(/** @type {CustomEvent} */ (event).detail));
        });
        const turned = await page.evaluate(async (module) => {
            const { next, back } = await import(module);
            return [back(), next(), next(), back()];
        }, `${url}www/taught/lesson.js`);
        assert.deepEqual(turned, [false, true, false, true]);
        const words = panelOf(page).locator('.words');
        assert.equal(await words.getAttribute('aria-live'), 'polite');
        assert.equal(await words.innerText(), 'First, with RF and stress.');
        assert.equal(await words.locator('em').textContent(), 'stress');
        assert.equal(await words.locator('b.rf').textContent(), 'RF');
        const next = panelOf(page).getByRole('button', { name: 'Next' });
        await next.focus();
        await page.keyboard.press('Enter');
        await atStep(page, 2);
        assert.ok(await next.evaluate((button) => button === document.activeElement));
        // Text is never HTML.
        assert.match(await words.innerText(), /Second\s+One\.\s+Two <b>of them<\/b>\./);
        await panelOf(page).getByRole('button', { name: 'Leave the lesson' }).click();
        const told = await page.evaluate(() => /** @type {any} */ (globalThis).told);
        assert.deepEqual(told, [2, 1, 2, 0].map((step) => ({ step, steps: 2, title: 'Small' })));
    });
});

test('a goal that is reached is said politely and stays ticked', async () => {
    await taught(browser, { lesson: SMALL }, async ({ page }) => {
        const goal = panelOf(page).locator('.goal');
        assert.equal(await goal.getAttribute('role'), 'status');
        assert.equal(await goal.getByRole('img').getAttribute('aria-label'), 'Goal:');
        const handle = page.locator('lazy-limits .main input[type=range]').first();
        await handle.press('End');
        await panelOf(page).locator('.goal.met').waitFor();
        assert.equal(await goal.getByRole('img').getAttribute('aria-label'), 'Reached:');
        await handle.press('Home');
        await until(page, (figure) => Number(figure.rho) < 1);
        await meanwhile(page);
        assert.ok(await goal.evaluate((element) => element.classList.contains('met')));
        // Also when one has been elsewhere.
        await page.keyboard.press(']');
        await atStep(page, 2);
        await page.keyboard.press('[');
        await atStep(page, 1);
        await panelOf(page).locator('.goal.met').waitFor();
    });
});

test('a page with a lesson is for everyone, on a phone too', async () => {
    for (const [width, hash] of /** @type {const} */ ([[1280, ''], [360, '#lesson-step=2'], [360, '#lesson-step=2&guess=2:0.5,0.5,0.5!']])) {
        await taught(browser, { lesson: SMALL, hash, context: { ...calm, viewport: { width, height: 800 } } }, async ({ page, screenshot }) => {
            if (hash.endsWith('!')) await panelOf(page).locator('.answer').waitFor();
            else if (hash) await page.locator('lazy-limits .guessing .point').first().waitFor();
            assert.deepEqual(await findings(page), []);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
            await screenshot(`lesson-${width}`);
        });
    }
});

test('a page without a lesson loads nothing of it, and claims no keys', async () => {
    await visit(browser, { context: calm }, async ({ page }) => {
        await ready(page);
        const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
        const own = /\/taught\/(check|format|goal|guesses|keys|lesson|numbers|page|panel|prediction|sheet|taught|words)\.js/;
        assert.deepEqual(loaded.filter((name) => own.test(name)), []);
        await page.evaluate(() => { location.hash = 'v=1&lesson-step=2'; });
        await page.locator('lazy-limits .notice').getByText('there is no setting “lesson-step”').waitFor();
    });
});
