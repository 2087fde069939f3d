// Addresses as QR codes.

import init, { modules } from '../pkg/qr/qr.js';
import { qrCore } from '../place.js';
import { create } from './svg.js';

/** Modules that stay light around a code: without them it is not found. */
const QUIET = 4;

/** @type {Promise<unknown> | undefined} */
let started;

/** Loads what makes the codes; once. */
export function startQr() {
    started ??= init({ module_or_path: qrCore() }).catch((error) => {
        // The next who asks may have more luck.
        started = undefined;
        throw error;
    });
    return started;
}

/**
 * A text as a code, dark on light whatever is around; undefined if no code can hold it. To be called once `startQr` is done.
 * @param {string} text
 * @param {string} label What the picture is, in words.
 */
export function drawQr(text, label) {
    const dark = modules(text);
    if (!dark) return undefined;
    const size = Math.sqrt(dark.length);
    const width = size + 2 * QUIET;
    let path = '';
    for (let at = 0; at < dark.length; at += 1) {
        if (dark[at]) path += `M${at % size + QUIET} ${Math.floor(at / size) + QUIET}h1v1h-1z`;
    }
    return create('svg', { class: 'qr', viewBox: `0 0 ${width} ${width}`, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' },
        create('rect', { width, height: width, fill: '#fff' }),
        create('path', { d: path, fill: '#000' }));
}
