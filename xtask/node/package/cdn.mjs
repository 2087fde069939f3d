// What a page writes that loads the package from a server of others, and wants the very bytes of this version.

import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { integrity } from './modules.mjs';

/**
 * An import map with the hash of each module, and the module that is to be loaded by it.
 * @param {string} dist
 * @param {string} base Where the package lies, with a slash at its end.
 */
export async function cdn(dist, base) {
    const entries = await readdir(dist, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => path.relative(dist, path.join(parentPath, name)).replaceAll('\\', '/')).sort();
    const hashes = new Map();
    /** @type {Set<string>} */
    const asked = new Set();
    for (const file of files) {
        hashes.set(file, await integrity(path.join(dist, file)));
        if (!file.endsWith('.js')) continue;
        const text = await readFile(path.join(dist, file), 'utf8');
        for (const [, , name = ''] of text.matchAll(/new URL\((["'`])\.\/([^"'`]+)\1,\s*import\.meta\.url\)/g)) asked.add(name);
    }
    const address = (/** @type {string} */ file) => new URL(`dist/${file}`, base).href;
    // What modules ask for by its address, such as the script of a worker, is no import, and no browser compares it with anything.
    const isImported = (/** @type {string} */ file) => file.endsWith('.js') && !asked.has(file);
    const imports = { 'lazy-limits': address('lazy-limits.js'), 'lazy-limits/hash': address('hash.js') };
    const map = { imports, integrity: Object.fromEntries(files.filter(isImported).map((file) => [address(file), hashes.get(file)])) };
    const others = files.filter((file) => !isImported(file)).map((file) => `     ${file} ${hashes.get(file)}`);
    const [first, second] = [`\n${JSON.stringify(map, null, 2)}\n`, "import 'lazy-limits';"];
    const allowed = [first, second].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
    return `<!-- Browsers compare modules alone. The other files have these hashes, for those who keep a copy:
${others.join('\n')}
     Where there is a content security policy, it has to have
     script-src ${base} 'wasm-unsafe-eval' ${allowed}; connect-src ${base}; worker-src blob: -->
<script type="importmap">${first}</script>
<script type="module">${second}</script>
`;
}
