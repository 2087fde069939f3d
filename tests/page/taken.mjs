// The dialog in which a figure is shared and saved, for tests.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import jsqr from 'jsqr';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/** How the program is cited. */
export const citation = await readFile(new URL('../../CITATION.cff', import.meta.url), 'utf8');

/** Its version, of which the release makes one in all places. */
export const VERSION = /^version: (.*)$/m.exec(citation)?.[1] ?? assert.fail('CITATION.cff has no version');

/**
 * Opens the dialog.
 * @param {Page} page
 */
export async function openDialog(page) {
    await page.getByRole('button', { name: 'Share or save…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share or save' });
    await dialog.waitFor();
    return dialog;
}

/**
 * What a field of the dialog holds.
 * @param {Locator} dialog
 * @param {string} name
 */
export function held(dialog, name) {
    return dialog.getByLabel(name, { exact: true }).inputValue();
}

/**
 * A file that a button of the dialog gives.
 * @param {Page} page
 * @param {Locator} button
 */
export async function file(page, button) {
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const content = await readFile(await download.path());
    return { name: download.suggestedFilename(), content, text: content.toString('utf8') };
}

/**
 * The pixels of an image, decoded by the browser.
 * @param {Page} page
 * @param {Buffer} content
 * @param {string} type
 * @returns {Promise<{ width: number, height: number, data: Uint8ClampedArray<ArrayBuffer> }>} Red, green, blue and opacity in turn.
 */
export async function pixels(page, content, type) {
    const { width, height, data } = await page.evaluate(async ([base64, type]) => {
        const image = new Image();
        image.src = `data:${type};base64,${base64}`;
        await image.decode();
        const { naturalWidth: width, naturalHeight: height } = image;
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        let text = '';
        for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
        return { width, height, data: btoa(text) };
    }, [content.toString('base64'), type]);
    return { width, height, data: Uint8ClampedArray.from(Buffer.from(data, 'base64')) };
}

/**
 * What a camera reads from an element.
 * @param {Page} page
 * @param {Locator} element
 */
export async function scanned(page, element) {
    const { width, height, data } = await pixels(page, await element.screenshot(), 'image/png');
    const code = jsqr(data, width, height);
    assert.ok(code, 'there is no code to be read');
    return code.data;
}
