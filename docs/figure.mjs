// Writes the picture of the README: the page as it stands once all its runs have ended.
//
//     cargo xtask serve & node docs/figure.mjs docs/figure.png

import { chromium } from 'playwright-core';

const executablePath = process.env.CHROME ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1200, height: 1250 } });
await page.goto(process.env.LAZY_LIMITS_URL ?? 'http://127.0.0.1:8000/');
await page.waitForFunction(
    () => {
        const runs = document.querySelector('lazy-limits')?.runs ?? [];
        return runs.length > 0 && runs.every(({ status }) => status === 'finished' || status === 'diverged');
    },
    undefined,
    { timeout: 600_000 },
);
// What ended last is drawn a moment later.
await page.waitForTimeout(2000);
await page.screenshot({ path: process.argv[2] ?? 'docs/figure.png' });
await browser.close();
