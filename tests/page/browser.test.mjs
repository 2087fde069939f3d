// That the tests' own helper notices what it is there to notice.

import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { PATIENCE, launch, open, visit } from './browser.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
    browser = await launch();
});
after(() => browser.close());

/** @type {Record<string, { work: () => void, complaint: RegExp }>} */
const mishaps = {
    'an error on the console': { work: () => console.error('an error'), complaint: /console error: an error/ },
    'a warning on the console': { work: () => console.warn('a warning'), complaint: /console warning: a warning/ },
    'an uncaught exception': {
        work: () => {
            setTimeout(() => {
                throw new Error('uncaught');
            });
        },
        complaint: /uncaught: Error: uncaught/,
    },
    'a missing file': {
        work: () => {
            fetch('www/missing.js');
        },
        complaint: /status 404: .*missing\.js/,
    },
    'an error in a worker': {
        work: () => {
            new Worker(URL.createObjectURL(new Blob(['console.error("from a worker")'])));
        },
        complaint: /console error: from a worker/,
    },
};

for (const [name, { work, complaint }] of Object.entries(mishaps)) {
    test(`${name} is noticed`, async () => {
        const { page, complaints, close } = await open(browser);
        await page.evaluate(work);
        const deadline = Date.now() + PATIENCE;
        while (!complaints.some((text) => complaint.test(text)) && Date.now() < deadline) {
            await page.waitForTimeout(20);
        }
        assert.match(complaints.join('\n'), complaint);
        await assert.rejects(close, /the page complained/);
    });
}

test('a picture is kept', async () => {
    await visit(browser, {}, async ({ screenshot }) => {
        assert.ok((await stat(await screenshot('helper'))).size > 0);
    });
});
