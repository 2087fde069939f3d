// What is read of files, without a browser: anything at all is results or one sentence.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { read } from '../../www/lazy/reader.js';

/** @param {string} path From the top of the repository. */
const file = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const KNOWN = ['quadratic', 'relu', 'tanh', 'erf', 'softplus'];

/** @param {string} text @param {string} [figure] @param {string} [now] */
const tried = (text, figure = 'quadratic', now = 'quadratic') => read(text, figure, { now, known: KNOWN });

const FILES = [
    /** @type {const} */ (['quadratic', 'www/data/quadratic.json']),
    /** @type {const} */ (['mixture', 'www/data/mixture.json']),
    /** @type {const} */ (['activation', 'www/data/activation.json']),
    /** @type {const} */ (['quadratic', 'tests/page/data/run.json']),
    /** @type {const} */ (['quadratic', 'tests/page/data/records.jsonl']),
];

test('what the program writes is read in full', async () => {
    for (const [figure, path] of FILES) {
        const text = await file(path);
        const { found, paths, dim, note } = tried(text, figure);
        assert.ok(found.length > 0 && paths.length > 0 && dim > 1 && note !== '', path);
        for (const { risk, neurons } of found) assert.ok(Number.isFinite(risk) && neurons > 0, path);
        for (const { points } of paths) assert.ok(points.every(Number.isFinite), path);
    }
});

test('every dot of a figure is there, with its regime and weights', async () => {
    const figure = JSON.parse(await file('www/data/quadratic.json'));
    const { found } = tried(JSON.stringify(figure));
    const trained = found.filter(({ sd }) => sd === undefined);
    assert.deepEqual(trained.map(({ neurons, risk }) => [neurons, risk]),
        figure.dots.map((/** @type {{ neurons: number, risk: number }} */ { neurons, risk }) => [neurons, risk]));
    assert.deepEqual([...new Set(found.map(({ regime }) => regime))].sort(), ['nn', 'nt', 'rf', 'rf-aligned', 'rf-best']);
});

test('a torn last line does not count, a torn other one does', async () => {
    const text = await file('tests/page/data/records.jsonl');
    assert.equal(tried(`${text}{"schema":1,"risk":[`).found.length, tried(text).found.length);
    assert.throws(() => tried(`{"schema":1\n${text}`), /not JSON/);
});

/** What any member may be instead of what it is. */
const ODD = [undefined, null, true, -1, 0, 1.5, 1e300, '', 'x', [], {}, [null], [[]], { a: 1 }, [{ risk: 'x' }]];

test('whatever a member is instead, there are results or one sentence', async () => {
    for (const [figure, path] of FILES.filter(([name]) => name === 'quadratic')) {
        const [line = ''] = path.endsWith('l') ? (await file(path)).split('\n') : [await file(path)];
        const document = JSON.parse(line);
        /** @param {any} value @param {number} depth @param {() => void} check */
        const mutate = (value, depth, check) => {
            for (const key of Object.keys(value).slice(0, 30)) {
                const kept = value[key];
                for (const odd of ODD) {
                    value[key] = odd;
                    check();
                }
                value[key] = kept;
                if (typeof kept === 'object' && kept !== null && depth < 2 && !(depth === 1 && Number(key) > 1)) mutate(kept, depth + 1, check);
            }
        };
        mutate(document, 0, () => {
            try {
                const { found, paths, dim } = tried(JSON.stringify(document), figure);
                assert.ok(Number.isInteger(dim) && found.every(({ risk, neurons }) => Number.isFinite(risk) && Number.isInteger(neurons)));
                for (const { points } of paths) assert.ok(points.length % 2 === 0);
            } catch (error) {
                assert.equal(Object.getPrototypeOf(error), Error.prototype, `${path}: ${error}`);
                assert.match(/** @type {Error} */ (error).message, /^(it|its|there|none) [^\n]{5,120}$/);
            }
        });
    }
});
