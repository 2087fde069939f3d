// How a drag feels: at d = 450 with two workers busy, hundreds of real pointer moves. Prints numbers, and judges none.
//
//     cargo xtask serve &
//     npm ci && node tests/page/drag.bench.mjs
//
// LAZY_LIMITS_URL (http://127.0.0.1:8000/) and CHROME (/usr/bin/chromium) say where page and browser are.

import { launch, open } from './browser.mjs';
import { GOAL, total, weigh } from './weight.mjs';

const WARM_UP = 20;
const MOVES = 320;

/** Runs in the page before anything else: notes when moves are handled, frames made and painted. */
function instrument() {
    /** @typedef {{ begun: number, script: number, painted: number }} Move */
    /** @type {Move[]} */
    const moves = [];
    /** @type {number[]} */
    const frames = [];
    /** @type {Move | undefined} */
    let current;
    Object.assign(globalThis, { bench: { moves, frames } });

    addEventListener('pointermove', () => {
        current = { begun: performance.now(), script: 0, painted: 0 };
        moves.push(current);
    }, { capture: true });
    addEventListener('pointermove', () => {
        if (current) current.script += performance.now() - current.begun;
    });

    const { requestAnimationFrame } = globalThis;
    const painted = new MessageChannel();
    /** @type {Move[]} */
    const waiting = [];
    painted.port1.onmessage = () => {
        const move = waiting.shift();
        if (move) move.painted = performance.now();
    };
    globalThis.requestAnimationFrame = (callback) => requestAnimationFrame((time) => {
        const begun = performance.now();
        callback(time);
        if (!current || current.painted > 0 || waiting.includes(current)) return;
        current.script += performance.now() - begun;
        waiting.push(current);
        // Its handler comes after the frame has been painted.
        painted.port2.postMessage(null);
    });
    const tick = (/** @type {number} */ time) => {
        frames.push(time);
        requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
}

/**
 * @param {number[]} values
 * @param {number} share
 */
function quantile(values, share) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? NaN;
}

/**
 * @param {string} name
 * @param {number[]} values
 * @param {string} goal
 */
function print(name, values, goal) {
    const parts = [0.5, 0.95, 0.99].map((share) => quantile(values, share).toFixed(2).padStart(7));
    console.log(`${name.padEnd(34)}${parts.join(' ')}   ${goal}`);
}

const browser = await launch();

// First figure, cold.
{
    const { page, close } = await open(browser, { context: { reducedMotion: 'reduce' } });
    const drawn = await page.evaluate(async () => {
        await customElements.whenDefined('lazy-limits');
        const figure = /** @type {import('../../www/lazy-limits.js').LazyLimits} */ (document.querySelector('lazy-limits'));
        await figure.ready;
        return performance.now();
    });
    console.log(`first figure drawn after ${drawn.toFixed(0)} ms (goal: 1000)\n`);
    await close();
}

// Everything the first view loads, workers included.
{
    const weights = await weigh(browser, '');
    console.log('    raw    gzip  brotli  part');
    for (const { path, raw, gzip, brotli } of weights) {
        console.log(`${[raw, gzip, brotli].map((size) => String(size).padStart(7)).join(' ')}  ${path}`);
    }
    const later = weights.reduce((sum, { brotli, isLater }) => sum + (isLater ? brotli : 0), 0);
    console.log(`                ${String(total(weights)).padStart(7)}  in all, in brotli (at most ${GOAL})`);
    console.log(`                ${String(later).padStart(7)}  more of results, after the first figure\n`);
}

// The drags.
const drags = /** @type {const} */ ([
    ['ρ', 'risk', ''],
    ['a bar of the spectrum', 'spectrum', ''],
    ['ρ of the mixture', 'risk', 'mixture.html'],
    ['a bar of Δ', 'spectrum', 'mixture.html'],
]);
for (const [name, panel, chapter] of drags) {
    const { page, close } = await open(browser, {
        address: `${chapter}#v=1&dim=450`,
        context: { viewport: { width: 1280, height: 800 } },
        before: async (fresh) => { await fresh.addInitScript(instrument); },
    });
    await page.waitForFunction(() => {
        const figure = /** @type {import('../../www/lazy-limits.js').LazyLimits | null} */ (document.querySelector('lazy-limits'));
        return figure?.runs?.filter(({ status }) => status === 'running').length;
    });
    await page.waitForTimeout(3000);
    const surface = page.locator(panel === 'risk' ? '.risk canvas[role=img]' : '.widget');
    await surface.scrollIntoViewIfNeeded();
    const box = await surface.boundingBox();
    if (!box) throw new Error('there is nothing to drag');
    const place = (/** @type {number} */ step) => {
        const swing = Math.sin(step / 25);
        return panel === 'risk'
            ? /** @type {const} */ ([box.x + box.width * (0.5 + 0.4 * swing), box.y + box.height * 0.5])
            : /** @type {const} */ ([box.x + box.width * 0.1, box.y + box.height * (0.6 + 0.2 * swing)]);
    };
    await page.mouse.move(...place(0));
    await page.mouse.down();
    for (let step = 1; step <= WARM_UP; step += 1) await page.mouse.move(...place(step));
    await page.evaluate(() => {
        const { bench } = /** @type {any} */ (globalThis);
        bench.moves.length = 0;
        bench.frames.length = 0;
    });
    for (let step = 1; step <= MOVES; step += 1) await page.mouse.move(...place(WARM_UP + step));
    const { moves, frames } = /** @type {{ moves: { begun: number, script: number, painted: number }[], frames: number[] }} */ (
        await page.evaluate(() => /** @type {any} */ (globalThis).bench));
    await page.mouse.up();
    const active = await page.evaluate(() => {
        const figure = /** @type {import('../../www/lazy-limits.js').LazyLimits} */ (document.querySelector('lazy-limits'));
        return figure.runs.filter(({ status }) => status === 'running').length;
    });

    const seen = moves.filter(({ painted }) => painted > 0);
    console.log(`dragging ${name}: ${moves.length} moves, ${seen.length} painted, ${active} runs active at the end`);
    console.log(`${''.padEnd(34)} median     p95     p99`);
    print('script a move, ms', moves.map(({ script }) => script), 'goal: median 3, p95 6');
    print('move to after paint, ms', seen.map(({ begun, painted }) => painted - begun), 'goal: median 8, p95 16');
    print('frames, ms', frames.slice(1).map((time, index) => time - (frames[index] ?? time)), 'goal: p99 34');
    console.log('');
    await close();
}
await browser.close();
