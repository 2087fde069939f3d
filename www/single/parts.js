// The parts as a single file has them: the same rows, but what they load lies in the document, as nothing can be fetched where a
// page is opened as a file. Stands for `../parts.js` in the script of such a page.

import { PARTS as SERVED } from '../parts.js';
import { decodeBytes } from './format.js';
import { read } from './inlined.js';

export { partOf } from '../parts.js';

/** @typedef {import('../parts.js').Part} Part */

/** @type {Record<string, Part>} */
export const PARTS = Object.fromEntries(Object.entries(SERVED).map(([name, part]) => [name, inlined(name, part)]));

/**
 * @param {string} name
 * @param {Part} part
 * @returns {Part}
 */
function inlined(name, part) {
    const bytes = () => decodeBytes(read('core', name));
    /** @type {string | undefined} */
    let address;
    // One for all workers, for as long as the page lives.
    const script = () => new URL(address ??= URL.createObjectURL(new Blob([read('worker', name)], { type: 'text/javascript' })));
    return {
        ...part,
        wasm: { relaxed: bytes, vectors: bytes },
        script,
        // A classic one: browsers start no module from a page that is a file.
        work: () => new Worker(script()),
    };
}
