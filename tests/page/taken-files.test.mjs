// A figure taken away as files, and on paper.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, url, visit } from './browser.mjs';
import { CHAPTERS, SMALL, calm, drawn, finished, inside, ready, stateOf, until } from './figure.mjs';
import { VERSION, file, held, openDialog, pixels, scanned } from './taken.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/**
 * Sizes of the panels of the figure in CSS pixels, by title, in reading order.
 * @param {Page} page
 */
async function sizes(page) {
    return inside(page, (figure) => {
        /** @type {import('../../www/session.js').Shown} */
        const { explorable, canvases } = Reflect.get(figure, Symbol.for('lazy-limits shown'));
        return explorable.panels().map(({ key, title }) => {
            const { width = 0, height = 0 } = canvases.get(key)?.canvas.getBoundingClientRect() ?? {};
            return { title, width: Math.round(width), height: Math.round(height) };
        });
    });
}

/**
 * What is said of an SVG, once it has been read as XML.
 * @param {Page} page
 * @param {string} text
 */
function parsed(page, text) {
    return page.evaluate((text) => {
        const document = new DOMParser().parseFromString(text, 'image/svg+xml');
        const all = (/** @type {string} */ selector) => [...document.querySelectorAll(selector)];
        return {
            errors: all('parsererror').length,
            root: document.documentElement.localName,
            size: ['width', 'height'].map((name) => Number(document.documentElement.getAttribute(name))),
            strokes: all('path').map((path) => ({ colour: path.getAttribute('stroke'), length: path.getAttribute('d')?.length ?? 0 })),
            texts: all('text').map(({ textContent }) => textContent ?? ''),
            description: all('desc')[0]?.textContent ?? '',
        };
    }, text);
}

/**
 * The colour in the corner of each panel on the page.
 * @param {import('./figure.mjs').LazyLimits} figure
 */
function corners(figure) {
    /** @type {import('../../www/session.js').Shown} */
    const { canvases } = Reflect.get(figure, Symbol.for('lazy-limits shown'));
    return [...canvases.values()].map(({ canvas }) => {
        // Browsers warn of canvases that are read again and again.
        const context = /** @type {CanvasRenderingContext2D} */ (Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d'));
        context.drawImage(canvas, 0, 0);
        return [...context.getImageData(0, 0, 1, 1).data];
    });
}

/** Mean difference of two pictures' colours, from 0 to 255. @param {Uint8ClampedArray} one @param {Uint8ClampedArray} other */
function difference(one, other) {
    assert.equal(one.length, other.length);
    return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

for (const [chapter, address] of Object.entries(CHAPTERS)) {
    test(`every panel of ${chapter} is one and the same picture as SVG and as PNG, twice as large`, async () => {
        await visit(browser, { context: { ...calm, colorScheme: 'dark' }, address: `${address}#${stateOf(chapter, `${SMALL}&features=64`)}` }, async ({ page }) => {
            await ready(page);
            // Texts that come a moment later make room for themselves.
            await until(page, (figure) => Reflect.get(figure, Symbol.for('lazy-limits shown')).explorable.readings().lines
                .some((/** @type {import('../../www/pkg/lazy/lazy_limits.js').Reading} */ { exact }) => /\d/.test(exact)));
            await drawn(page);
            const panels = await sizes(page);
            const before = await inside(page, corners);
            const dialog = await openDialog(page);
            await dialog.getByLabel('With a caption below pictures').uncheck();
            for (const { title, width, height } of panels) {
                const png = await file(page, dialog.getByRole('button', { name: `${title} as PNG`, exact: true }));
                const svg = await file(page, dialog.getByRole('button', { name: `${title} as SVG`, exact: true }));
                const picture = await pixels(page, png.content, 'image/png');
                assert.deepEqual([picture.width, picture.height], [2 * width, 2 * height], title);
                assert.deepEqual([...picture.data.subarray(0, 4)], [255, 255, 255, 255], title);
                const { errors, size } = await parsed(page, svg.text);
                assert.deepEqual([errors, size], [0, [width, height]]);
                const large = svg.text.replace(` width="${width}" height="${height}"`, ` width="${2 * width}" height="${2 * height}"`);
                const { data } = await pixels(page, Buffer.from(large), 'image/svg+xml');
                const off = difference(picture.data, data);
                assert.ok(off < 1.5, `${title} differs by ${off}`);
            }
            // On the page it is drawn as before.
            await inside(page, (figure) => { figure.state = { dim: 10 }; });
            await drawn(page);
            assert.deepEqual(await inside(page, corners), before, 'corners on the page');
            assert.ok(before.every(([red = 255]) => red < 60), `not dark: ${before}`);
        });
    });
}

test('an SVG has the curves as lines, and text as text', async () => {
    await visit(browser, { context: calm, address: `#${SMALL}&rho=0.3` }, async ({ page }) => {
        await ready(page);
        const dialog = await openDialog(page);
        const { text, name } = await file(page, dialog.getByRole('button', { name: 'Risk against ρ as SVG' }));
        assert.equal(name, 'lazy-limits-quadratic-risk.svg');
        const { root, strokes, texts, description } = await parsed(page, text);
        assert.equal(root, 'svg');
        // Of random features, the neural tangent and networks.
        for (const colour of ['rgb(213,94,0)', 'rgb(0,114,178)', 'rgb(0,158,115)']) {
            assert.ok(strokes.some((stroke) => stroke.colour === colour && stroke.length > 100), `no curve in ${colour}`);
        }
        for (const label of ['RF best', 'NT', 'NN', 'normalised risk', '0.05']) assert.ok(texts.includes(label), label);
        assert.match(description, /At ρ = 0.3 the limits are/);
    });
});

test('a caption says the settings, the risks at the handle, the version and the address', async () => {
    await visit(browser, { context: calm, address: `mixture.html#${SMALL}&rho=0.3&delta=two-signed` }, async ({ page }) => {
        await ready(page);
        const [panel] = await sizes(page);
        const dialog = await openDialog(page);
        const caption = await held(dialog, 'Caption');
        const { limit } = /** @type {{ limit: { nn: number } }} */ (await inside(page, (figure) => figure.risks));
        assert.ok(caption.startsWith('Mixtures of Gaussians. '), caption);
        assert.match(caption, /Dimension d: 12; .*ρ = N\/d: 0\.3/);
        assert.ok(caption.includes(`NN ${limit.nn.toFixed(4)} (limit)`), caption);
        assert.ok(caption.endsWith(`Lazy Limits ${VERSION}, ${await held(dialog, 'Link')}`), caption);
        const { text } = await file(page, dialog.getByRole('button', { name: `${panel?.title} as SVG` }));
        const { texts, size } = await parsed(page, text);
        const whole = texts.join('').replaceAll(' ', '');
        assert.ok(whole.includes(`LazyLimits${VERSION},${await held(dialog, 'Link')}`), whole);
        assert.equal(size[0], panel?.width);
        assert.ok((size[1] ?? 0) > (panel?.height ?? 0) + 40);
    });
});

test('CSV and JSON have the numbers of the figure', async () => {
    await visit(browser, { address: `#${SMALL}&rho=0.5` }, async ({ page }) => {
        await finished(page);
        const dialog = await openDialog(page);
        const [risks, state] = await inside(page, (figure) => [figure.risks, figure.state]);
        const { text: json, name } = await file(page, dialog.getByRole('button', { name: 'Risk against ρ as JSON' }));
        assert.equal(name, 'lazy-limits-quadratic-risk.json');
        const told = JSON.parse(json);
        assert.deepEqual([told.risks, told.state], [risks, state]);
        assert.deepEqual([told.schema, told.program, told.version, told.figure, told.panel], [1, 'lazy-limits', VERSION, 'quadratic', 'risk']);
        assert.equal(told.address, await held(dialog, 'Link'));
        const row = told.rows.find((/** @type {number[]} */ [rho]) => rho === 0.5);
        const limit = /** @type {Record<string, number>} */ (risks?.['limit']);
        const exact = (/** @type {string} */ column) => row[told.columns.indexOf(column)];
        assert.equal(exact('RF isotropic'), Number(limit['rf']?.toFixed(4)));
        assert.equal(exact('NT'), Number(limit['nt']?.toFixed(4)));
        assert.equal(exact('NN'), Number(limit['nn']?.toFixed(4)));

        const { text: csv } = await file(page, dialog.getByRole('button', { name: 'Risk against ρ as CSV' }));
        const [columns, ...rows] = csv.trimEnd().split('\r\n').map((line) => line.split(','));
        assert.deepEqual(columns, told.columns);
        const values = rows.map((cells) => cells.map((cell) => cell === '' ? null : Number(cell)));
        assert.deepEqual(values, told.rows);

        const { text: samples } = await file(page, dialog.getByRole('button', { name: 'Risk against samples as JSON' }));
        const last = JSON.parse(samples).rows.at(-1);
        assert.ok(last.some((/** @type {unknown} */ value) => typeof value === 'number'), 'no dots of live runs');
    });
});

test('a figure is printed as pictures, with where it is from', async () => {
    await visit(browser, { context: { ...calm, colorScheme: 'dark' }, address: `#${SMALL}&rho=0.3` }, async ({ page, screenshot }) => {
        await ready(page);
        await page.emulateMedia({ media: 'print' });
        const root = page.locator('lazy-limits');
        await root.locator('.address').waitFor();
        const [pictures, hidden, panels] = await inside(page, (figure) => {
            /** @type {import('../../www/session.js').Shown} */
            const { explorable } = Reflect.get(figure, Symbol.for('lazy-limits shown'));
            const all = (/** @type {string} */ selector) => [...figure.shadowRoot?.querySelectorAll(selector) ?? []];
            return [
                all('svg.printed').map((picture) => picture.querySelector('title')?.textContent),
                all('.plot > canvas').every((canvas) => getComputedStyle(canvas).visibility === 'hidden'),
                explorable.panels().map(({ title }) => title),
            ];
        });
        assert.deepEqual(pictures, panels);
        assert.equal(hidden, true);
        const [ground] = await root.locator('svg.printed rect').evaluateAll((all) => all.map((rect) => rect.getAttribute('fill')));
        assert.equal(ground, 'rgb(255,255,255)');
        const address = `${url}#${await inside(page, ({ hash }) => hash)}`;
        const words = await root.locator('.address p').textContent();
        assert.ok(words?.endsWith(`Lazy Limits ${VERSION}, ${address}`), words ?? '');
        await screenshot('taken-print');
        await root.locator('.address .qr').scrollIntoViewIfNeeded();
        assert.equal(await scanned(page, root.locator('.address .qr')), address);

        await page.emulateMedia({ media: 'screen' });
        await root.locator('.address').waitFor({ state: 'detached' });
        assert.equal(await root.locator('.printed').count(), 0);
        // What is printed is the figure as it is then, and only while it is printed.
        await inside(page, (figure) => { figure.state = { rho: 0.7 }; });
        const laid = await inside(page, ({ shadowRoot }) => {
            dispatchEvent(new Event('beforeprint'));
            const text = shadowRoot?.querySelector('.address')?.textContent;
            dispatchEvent(new Event('afterprint'));
            return [text, shadowRoot?.querySelectorAll('.printed, .address').length];
        });
        assert.match(String(laid[0]), /ρ = N\/d: 0\.7/);
        assert.equal(laid[1], 0);
    });
});
