// Of the forms of the wasm file, a browser gets the fastest that it runs, and only that one.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { SMALL, calm, finished, inside } from './figure.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Where some vectors are missing: what is refused of what the page asks about, and which file it is to load. */
const FORMS = [
    { name: 'all vectors', refused: 'none', file: 'lazy_limits_relaxed_bg.wasm' },
    { name: 'no relaxed vectors', refused: 'relaxed', file: 'lazy_limits_bg.wasm' },
];

/** Runs in the page before anything else. @param {string} refused */
function refuse(refused) {
    const original = WebAssembly.validate;
    WebAssembly.validate = (bytes) => {
        // The second byte of an instruction's number beyond 127: relaxed instructions have such numbers.
        const isRelaxed = /** @type {Uint8Array} */ (bytes).includes(128);
        return refused !== 'all' && !(refused === 'relaxed' && isRelaxed) && original(bytes);
    };
}

/** Final risks of the same runs, by form. @type {(number | null)[][]} */
const risks = [];

for (const { name, refused, file } of FORMS) {
    test(`${name}: ${file}`, async () => {
        /** @type {string[]} */
        const loaded = [];
        await visit(browser, {
            address: `#${SMALL}`,
            before: async (page) => {
                page.on('request', (request) => {
                    if (/\/lazy_limits\w*\.wasm$/.test(request.url())) loaded.push(new URL(request.url()).pathname);
                });
                await page.addInitScript(refuse, refused);
            },
        }, async ({ page }) => {
            await finished(page);
            risks.push(await inside(page, (figure) => figure.runs.map(({ risk }) => risk)));
        });
        assert.deepEqual(loaded, [`/www/pkg/lazy/${file}`]);
    });
}

test('without any vectors, a sentence says why there is no figure', async () => {
    await visit(browser, {
        context: calm,
        before: async (page) => { await page.addInitScript(refuse, 'all'); },
    }, async ({ page }) => {
        const sentence = await inside(page, (figure) => figure.ready.then(() => '', ({ message }) => message));
        assert.equal(sentence, 'this browser’s WebAssembly has no vectors; that of every browser since 2023 has');
    });
});

test('all forms come to the same risks', () => {
    const [first, ...others] = risks;
    assert.ok(first && first.length > 0 && others.length === FORMS.length - 1);
    for (const other of others) {
        assert.equal(other.length, first.length);
        other.forEach((risk, index) => {
            const expected = first[index];
            assert.ok(risk && expected, 'every run has a risk');
            // 300 steps of rounding to single precision.
            assert.ok(Math.abs(risk / expected - 1) < 1e-4, `${risk} ${expected}`);
        });
    }
});
