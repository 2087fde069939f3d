// No page of the site as it is shipped makes a reader wait for more than it may. What each file weighed when it was last looked
// at is kept, so that a page that has become too heavy says of what; renewed by
//
//     UPDATE_WEIGHTS=1 cargo xtask test page --only weight

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, siteUrl } from './browser.mjs';
import { CHAPTERS } from './figure.mjs';
import { GOAL, total, weigh } from './weight.mjs';

const KEPT = new URL('data/weights.json', import.meta.url);

/** @type {import('playwright-core').Browser} */
let browser;
/** Bytes in brotli by path. @type {Record<string, number>} */
let kept = {};
/** @type {Record<string, number>} */
const found = {};
before(async () => {
    browser = await launch();
    kept = JSON.parse(await readFile(KEPT, 'utf8'));
});
after(async () => {
    await browser.close();
    if (!process.env['UPDATE_WEIGHTS']) return;
    const sorted = Object.entries(found).sort(([one], [other]) => one.localeCompare(other));
    await writeFile(KEPT, `${JSON.stringify(Object.fromEntries(sorted), null, 4)}\n`);
});

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`the first view of ${chapter} is at most ${GOAL} bytes`, async () => {
        const weights = (await weigh(browser, new URL(address, siteUrl).href)).filter(({ isLater }) => !isLater);
        /** @type {Record<string, number>} */
        const sums = {};
        // Several files that the bundler has made may be of one name.
        for (const { path, brotli } of weights) sums[path] = (sums[path] ?? 0) + brotli;
        Object.assign(found, sums);
        assert.ok(weights.some(({ path }) => path.endsWith('.wasm')) && weights.some(({ path }) => path.endsWith('/worker.js')));
        const grown = Object.entries(sums).map(([path, brotli]) => ({ path, brotli, by: brotli - (kept[path] ?? 0) }));
        const lines = grown.filter(({ by }) => by !== 0).sort((one, other) => other.by - one.by).map(({ path, brotli, by }) =>
            `${path}: ${brotli}, ${path in kept ? `${by > 0 ? '+' : ''}${by}` : 'new'}`);
        const sum = total(weights);
        assert.ok(sum <= GOAL, `${sum} bytes in brotli, ${sum - GOAL} too many. Changed since it was last looked at:\n${lines.join('\n')}`);
    });
}
