// Anything at all is done with a figure's core: any value of any setting, allowed or not, any grip, any address it had before.

import { withChance } from './chance.mjs';

/** @typedef {import('../../www/pkg/lazy/lazy_limits.js').Parameter} Parameter */

/**
 * Does so in a page of the site's.
 * @param {object} how
 * @param {string} how.figure
 * @param {number} how.count How many events.
 * @param {number} how.looks After each so many, all is read and drawn that a page would show.
 * @param {number} how.seed The same events in every browser.
 * @param {(seed: number) => import('./chance.mjs').Chance} chance
 * @returns {Promise<{ taken: number, refused: number, faults: string[] }>} How many of the events were, and the first things that
 *     must not be.
 */
async function anything({ figure, count, looks, seed }, chance) {
    const loader = '/www/parts.js';
    const { PARTS, partOf } = /** @type {typeof import('../../www/parts.js')} */ (await import(loader));
    const part = /** @type {import('../../www/parts.js').Part} */ (PARTS[partOf(figure)]);
    const glue = await part.glue();
    await glue.default({ module_or_path: part.wasm.vectors() });

    const { random, below, one } = chance(seed);
    const between = (/** @type {number} */ min, /** @type {number} */ max) => {
        const share = one([0, 1, random(), random(), random()]);
        return min > 0 && max / min > 20 ? min * (max / min) ** share : min + (max - min) * share;
    };
    const row = (/** @type {number} */ min) =>
        Array.from({ length: 1 + below(6) }, () => String(between(min, 3))).join(one([',', ' ', ';']));

    const JUNK = ['', ' ', 'NaN', '-0', '1e999', '-1e-320', '∞', '0x10', '1,5', 'null', '%', 'auto', '1 2 3', '1 2\n3 4', ',', '💥',
        '__proto__', '9007199254740993'];
    /** Small most of the time: not what is large is in question, but what comes together. */
    const SIZES = ['dim', 'neurons'];
    const value = (/** @type {Parameter} */ { key, kind, min = 0, max = 10, choices, families }) => {
        if (random() < 0.05) return one(JUNK);
        if (kind.endsWith('-or-auto') && random() < 0.3) return 'auto';
        if (kind === 'choice') return one(choices).name;
        if (kind === 'reals') return row(0);
        if (kind === 'ranks') return `${Math.round(between(min, max))},${Math.round(between(min, max))}`;
        if (kind === 'weights' || kind === 'spectrum' && random() < 0.3) return row(-3);
        if (kind === 'spectrum') {
            const { name, parameter } = one(families);
            return parameter && random() < 0.5 ? `${name}:${between(parameter.min, parameter.max)}` : name;
        }
        const drawn = between(min, SIZES.includes(key) && random() < 0.99 ? Math.min(max, 24) : max);
        return String(kind.startsWith('integer') ? Math.round(drawn) : drawn);
    };

    const explorable = new glue.Explorable(figure);
    explorable.setTheme('light', 'sans-serif');
    /** @type {Parameter[]} */
    const table = glue.parameters(figure);
    const panels = explorable.panels();
    const canvas = document.createElement('canvas');
    const hashes = Array.from({ length: 50 }, () => '');

    /** Each chooses what it does, says it in words, and returns how: what that returns is a refusal. @type {(() => [string, () => any])[]} */
    const acts = [
        () => {
            const parameter = one(table);
            const text = value(parameter);
            return [`set ${parameter.key} to “${text}”`, () => explorable.set(parameter.key, text)];
        },
        () => {
            const some = Array.from({ length: 1 + below(4) }, () => one(table));
            const values = Object.fromEntries(some.map((parameter) => [parameter.key, value(parameter)]));
            return [`assign ${JSON.stringify(values)}`, () => explorable.assign(values)[0]];
        },
        () => {
            const hash = one(hashes);
            return [`go to “${hash}”`, () => explorable.setHash(hash)[0]];
        },
        () => {
            const { key } = one(panels);
            const grips = explorable.grips(key);
            if (grips.length === 0 || random() < 0.05) return [`release ${key}`, () => void explorable.release(key)];
            const { name, min, max } = one(grips);
            const to = random() < 0.05 ? one([NaN, Infinity, -1, 1e300]) : between(min, max);
            return [`turn ${name} to ${to}`, () => void explorable.turn(key, name, to)];
        },
        () => {
            const { key } = one(panels);
            const [x, y] = [random() * 1000 - 100, random() * 500 - 50];
            const name = explorable.gripAt(key, 800, 400, x, y, 40);
            return [`drag ${name} to ${x}, ${y}`, () => void (name && explorable.drag(key, name, 800, 400, x, y))];
        },
    ];

    let [taken, refused] = [0, 0];
    /** @type {string[]} */
    const faults = [];
    let doing = '';
    const fault = (/** @type {string} */ what) => {
        if (faults.length < 5) faults.push(`${what}, after “${doing}”, at #${explorable.hash()}`);
    };
    const look = () => {
        explorable.plans();
        JSON.stringify(explorable.risks(), (key, risk) => {
            if (typeof risk === 'number' && !Number.isFinite(risk)) fault(`of the risks, ${key} is ${risk}`);
            return risk;
        });
        /** @type {unknown[]} */
        const texts = [explorable.readings(), explorable.automatic()];
        for (const { key } of panels) {
            texts.push(explorable.describe(key), explorable.note(key), explorable.table(key), explorable.grips(key));
            explorable.draw(key, canvas, 400, 300, 1);
        }
        // JSON has no such numbers, and makes nothing of them.
        const said = JSON.stringify(texts, (_, told) => typeof told === 'number' ? String(told) : told);
        const wrong = /.{0,60}(NaN|Infinity|undefined).{0,20}/.exec(said);
        if (wrong) fault(`a text says “${wrong[0]}”`);
        const hash = explorable.hash();
        const again = new glue.Explorable(figure);
        const lost = again.setHash(hash);
        if (lost.length > 0 || again.hash() !== hash) fault(`its address is that of #${again.hash()}`);
        again.free();
        hashes[below(hashes.length)] = hash;
    };

    let before = explorable.hash();
    for (let event = 0; event < count; event += 1) {
        const [words, act] = one([acts[0], ...acts])();
        doing = words;
        /** @type {unknown} */
        let refusal;
        try {
            refusal = act();
        } catch (error) {
            refusal = error;
            if (explorable.hash() !== before) fault('what was refused has changed something');
        }
        if (refusal === undefined) taken += 1;
        else refused += 1;
        before = explorable.hash();
        // Any other error is the core's own, and its message no sentence for a reader.
        const isSentence = refusal === undefined || refusal instanceof Error && !(refusal instanceof WebAssembly.RuntimeError)
            && refusal.message.length > 10 && !refusal.message.includes('\n');
        if (!isSentence) fault(`it is refused by ${refusal}`);
        try {
            if (event % looks === 0) look();
        } catch (error) {
            throw new Error(`after “${doing}”, at #${explorable.hash()}: ${error instanceof Error ? error.stack : error}`);
        }
    }
    explorable.free();
    return { taken, refused, faults };
}

/** The same, to be sent to a page. */
export const rattle = withChance(anything);
