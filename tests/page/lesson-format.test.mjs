// What is no lesson is refused in a sentence for each fault, and the page says so and goes on; what may be written is what is
// documented.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { partOf } from '../../www/parts.js';
import { checkValues } from '../../www/taught/check.js';
import { FIELDS, LessonError, readLesson } from '../../www/taught/format.js';
import { guessesOf, textOf } from '../../www/taught/guesses.js';
import { launch, url, visit } from './browser.mjs';
import { CHAPTERS, calm, inside, ready } from './figure.mjs';
import { documented, documentedLesson, lessonOf } from './lesson.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** The core of a figure, in this process. @param {string} figure @returns {Promise<import('../../www/parts.js').Glue>} */
async function glueOf(figure) {
    const pkg = new URL(`../../www/pkg/${partOf(figure)}/`, import.meta.url);
    const glue = await import(new URL('lazy_limits.js', pkg).href);
    glue.initSync({ module: await readFile(new URL('lazy_limits_bg.wasm', pkg)) });
    return glue;
}

/** What is wrong with a lesson. @param {unknown} lesson @returns {Promise<string[]>} */
async function faultsOf(lesson) {
    try {
        const read = readLesson(lesson);
        checkValues(read, await glueOf(read.figure));
        return [];
    } catch (error) {
        if (error instanceof LessonError) return error.faults;
        throw error;
    }
}

/** A lesson of one step. @param {object} step @param {object} [whole] */
const of = (step, whole = {}) => ({ lesson: 1, title: 'T', figure: 'quadratic', steps: [{ text: 'Words.', ...step }], ...whole });

test('lessons of the site and of the documentation have no faults', async () => {
    for (const chapter of Object.keys(CHAPTERS)) assert.deepEqual(await faultsOf(await lessonOf(chapter)), [], chapter);
    assert.deepEqual(await faultsOf(documentedLesson()), []);
    assert.deepEqual(await faultsOf(of({})), []);
});

/** @type {[unknown, (string | RegExp)[]][]} */
const FAULTS = [
    ['text', ['the lesson is “text”, but must be an object with lesson, title, figure, language, steps']],
    [{}, ['the lesson has no lesson, which must be 1, the version of the format', 'the lesson has no title, which must be a text of 1 to 120 letters', /^the lesson has no figure/, /^the lesson has no steps/]],
    [of({}, { lesson: 2 }), ['the lesson: lesson is “2”, but must be 1, the version of the format']],
    [of({}, { colour: 'red' }), ['the lesson has “colour”, but may have only lesson, title, figure, language, steps']],
    [of({}, { figure: 'cubic' }), [`the lesson: figure is “cubic”, but must be one of ${Object.keys(CHAPTERS).join(', ')}`]],
    [of({}, { language: 'the Queen’s' }), ['the lesson: language is “the Queen’s”, but must be the tag of a language, such as “en-GB”']],
    [of({}, { steps: [] }), ['the lesson: steps is “[]”, but must be a list of 1 to 40 steps']],
    [of({}, { steps: ['one'] }), [/^step 1 is “one”, but must be an object with title, text, state, /]],
    [of({ text: ' ' }), ['step 1: text is “ ”, but must be a text of 1 to 4000 letters']],
    [of({ html: '<b>' }), [/^step 1 has “html”, but may have only title, text, /]],
    [of({ state: { rho: [1] } }), ['step 1: state is “{"rho":[1]}”, but must be an object of settings, each a text or a number']],
    [of({ state: { rho: 'many', nothing: 1 } }), ['step 1, state: there is no setting “nothing”', 'step 1, state: rho is “many”, but must be a number from 0.01 to 12']],
    [of({ panels: 'risk,maps,windows' }), ['step 1: panels has “windows”, but must be of risk, samples, spectrum, arrows, maps']],
    [of({ controls: 'knobs' }), [/^step 1: controls has “knobs”, but must be of none, /]],
    [of({ readouts: 'loud' }), ['step 1: readouts is “loud”, but must be one of table, line, none']],
    [of({ only: 'nn cnn' }), ['step 1: only has “cnn”, but must be of none, rf, rf-aligned, rf-best, nt, nn']],
    [of({ goal: 'win' }), ['step 1: goal is “win”, but must be an object']],
    [of({ goal: { text: 'Go.', of: 'nn' } }), ['step 1, goal has no test, but must have one of below, above, is']],
    [of({ goal: { text: 'Go.', of: 'nn', below: 0.5, above: 0.1 } }), ['step 1, goal has below and above, but must have one of below, above, is']],
    [of({ goal: { text: 'Go.', of: 'luck', below: 1 } }), [/^step 1, goal: of is “luck”, but must be one of rf, rf-aligned, rf-best, nt, nn, spectrum, dim, /]],
    [of({ goal: { text: 'Go.', of: 'nn', is: 0 } }), ['step 1, goal: is cannot be asked of the number “nn”: say below or above']],
    [of({ goal: { text: 'Go.', of: 'nn', below: 0.5 } }), ['step 1, goal: it is met before anything has been done']],
    [of({ goal: { text: 'Go.', of: 'spectrum', is: 'rainbow' } }), [/^step 1, goal: spectrum is “rainbow”, but must be /]],
    [of({ prediction: { text: 'Guess.', of: 'nn' } }), ['step 1, prediction has no at, which must be a list of 1 to 12 numbers, each larger than that before it']],
    [of({ prediction: { text: 'Guess.', of: 'nn', at: [1, 0.5] } }), [/^step 1, prediction: at is “\[1,0\.5\]”, but must be a list of/]],
    [of({ prediction: { text: 'Guess.', of: 'cnn', at: [1] } }), ['step 1, prediction: of has “cnn”, but must be of rf, rf-aligned, rf-best, nt, nn']],
    [of({ prediction: { text: 'Guess.', of: 'nn', at: [1] }, only: 'rf' }), ['step 1, prediction: of is “nn”, which “only” does not name']],
    [of({ prediction: { text: 'Guess.', of: 'nn', at: [1], panel: 'samples' } }), ['step 1, prediction: panel is “samples”, but must be one of risk']],
    [of({ prediction: { text: 'Guess.', of: 'nn', at: [1] }, panels: 'spectrum' }), ['step 1, prediction: the panel “risk” must be among panels']],
    [of({ prediction: { text: 'Guess.', of: 'nn', at: [1, 20] } }), ['step 1, prediction: at has 20, where the axis of the panel “risk” has no place']],
    [of({ prediction: { text: 'Guess.', of: 'nn', at: [1] }, state: { axis: 'parameters' } }), ['step 1, prediction: at has 1, where the axis of the panel “risk” has no place']],
    [of({ prediction: { text: 'Guess.', of: 'nn', at: [1] } }, { figure: 'activation' }), ['step 1, prediction: nn is not known at 1 in this state']],
];

test('each fault of a lesson is a sentence that names step, field, value and what is allowed', async () => {
    for (const [lesson, expected] of FAULTS) {
        const faults = await faultsOf(lesson);
        assert.equal(faults.length, expected.length, faults.join('\n'));
        for (const [index, wanted] of expected.entries()) {
            if (typeof wanted === 'string') assert.equal(faults[index], wanted);
            else assert.match(faults[index] ?? '', wanted);
        }
    }
});

test('another panel with the same axis can be guessed on', async () => {
    const step = { panels: 'risk,movement', prediction: { text: 'Guess.', of: 'movement', panel: 'movement', at: [0.1, 10] } };
    assert.deepEqual(await faultsOf(of(step, { figure: 'laziness' })), []);
});

test('docs/lessons.md has the fields that there are, in their order, and says which are needed', () => {
    const tables = [...documented.matchAll(/(?:^\| `.*\n)+/gm)].map(([table]) => [...table.matchAll(/^\| `([^`]+)` \| (needed)? ?\|/gm)]
        .map(([, name = '', needed]) => [name, needed !== undefined]));
    const expected = Object.values(FIELDS).map((fields) => Object.entries(fields).map(([name, field]) => [name, 'needed' in field]));
    assert.deepEqual(tables, expected);
});

test('guesses are written into an address and read from there', () => {
    const step = { text: 'T', prediction: { text: 'P', of: 'nn', at: [1, 2] } };
    const steps = [step, { text: 'T' }, step];
    for (const text of ['', '1:0.5,', '1:0.5,0.25~3:,1', '1:,!~3:1e-7,0!']) assert.equal(textOf(guessesOf(text, steps)), text);
    for (const text of ['x', '1:', '2:1', '1:1,2,3', '4:1,2', '1:a,b', '1:1,2~']) assert.throws(() => guessesOf(text, steps), /^Error: guess has “/, text);
});

/**
 * Opens a chapter whose lesson cannot be shown, and returns what it says.
 * @param {string} query
 * @param {(page: Page) => Promise<unknown>} [before]
 * @param {RegExp} [expected] What the browser complains of.
 */
async function refused(query, before = async () => {}, expected) {
    let said = '';
    const prepare = async (/** @type {Page} */ page) => void await before(page);
    await visit(browser, { address: `index.html?lesson=${query}`, context: calm, before: prepare }, async ({ page, complaints }) => {
        const trouble = page.getByRole('alert');
        await trouble.waitFor();
        said = await trouble.innerText();
        // The figure is there all the same, and keeps its state in the address.
        await ready(page);
        await page.locator('lazy-limits .main input[type=range]').press('End');
        await page.waitForFunction(() => location.hash.includes('rho=12'));
        assert.equal(await inside(page, (figure) => figure.only), '');
        if (expected) {
            assert.ok(complaints.length > 0 && complaints.every((one) => expected.test(one)), complaints.join('\n'));
            complaints.length = 0;
        }
    });
    return said;
}

test('a lesson that cannot be had or shown is said in its place, and the figure goes on without', async () => {
    const served = (/** @type {string} */ body) => async (/** @type {Page} */ page) => page.route(new URL('www/given.json', url).href, (route) =>
        route.fulfill({ contentType: 'application/json', body }));
    assert.equal(await refused('none', undefined, /404/), `The lesson “none” cannot be shown: ${url}www/lessons/none.json could not be loaded (status 404).`);
    assert.match(await refused('http://[', undefined), /^The lesson “http:\/\/\[” cannot be shown: this is no address\.$/);
    assert.match(await refused('www/given.json', served('{ "lesson": ')), /^The lesson “www\/given\.json” cannot be shown: it is not JSON: .+\.$/);
    assert.equal(await refused('mixture'), 'The lesson “mixture” cannot be shown: the lesson is about the figure “mixture”, and this one is “quadratic”.');
    const wrong = JSON.stringify(of({ state: { rho: 20 }, panels: 'windows' }));
    assert.equal((await refused('www/given.json', served(wrong))).replace(/\s*\n\s*/g, ' '),
        'The lesson “www/given.json” cannot be shown: step 1, state: rho is “20”, but must be a number from 0.01 to 12. '
        + 'step 1: panels has “windows”, but must be of risk, samples, spectrum, arrows, maps.');
});

test('a lesson of another site is fetched without anything of the reader’s', async () => {
    const elsewhere = 'https://lessons.example/one.json';
    /** @type {Record<string, string>[]} */
    const asked = [];
    const before = async (/** @type {Page} */ page) => {
        await page.context().addCookies([{ name: 'who', value: 'me', url: elsewhere, sameSite: 'None', secure: true }]);
        await page.route(elsewhere, async (route) => {
            asked.push(await route.request().allHeaders());
            await route.fulfill({ contentType: 'application/json', headers: { 'Access-Control-Allow-Origin': '*' }, body: JSON.stringify(of({})) });
        });
    };
    await visit(browser, { address: `index.html?lesson=${encodeURIComponent(elsewhere)}`, context: calm, before }, async ({ page }) => {
        await page.getByText('Words.').waitFor();
        await ready(page);
    });
    assert.deepEqual(asked.map((headers) => [headers['cookie'], headers['referer']]), [[undefined, undefined]]);
});
