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
    /** @type {const} */ (['laziness', 'www/data/laziness.json']),
    /** @type {const} */ (['laziness', 'tests/page/data/lazy.jsonl']),
    /** @type {const} */ (['quadratic', 'tests/page/data/run.json']),
    /** @type {const} */ (['quadratic', 'tests/page/data/records.jsonl']),
];

test('what the program writes is read in full', async () => {
    for (const [figure, path] of FILES) {
        const text = await file(path);
        const { found, paths, lazy, dim, note } = tried(text, figure);
        assert.ok(dim > 1 && note !== '', path);
        assert.ok(figure === 'laziness' ? lazy.length > 0 : found.length > 0 && paths.length > 0, path);
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

test('every network of a laziness is there, with the best ones and NT', async () => {
    const figure = JSON.parse(await file('www/data/laziness.json'));
    const { found, paths, lazy, note, target, width, isPaper } = tried(JSON.stringify(figure), 'laziness');
    assert.deepEqual([found, paths, width, isPaper], [[], [], undefined, false]);
    // It has no activation.
    assert.deepEqual(target, { spectrum: 'paper' });
    const trained = lazy.filter(({ exact }) => !exact);
    /** @typedef {{ neurons: number, laziness: number, risk: number, movement: number, alignment: number }} Dot */
    assert.deepEqual(trained, figure.dots.map((/** @type {Dot} */ { neurons, laziness, risk, movement, alignment }) =>
        ({ neurons, laziness, risk, movement, alignment, exact: false })));
    for (const line of figure.exact) {
        const own = lazy.filter(({ neurons, exact }) => exact && neurons === line.neurons);
        assert.deepEqual(own.map(({ laziness }) => laziness), [...line.laziness, Infinity]);
        assert.deepEqual(own.map(({ risk }) => risk), [...line.risk, line.nt]);
    }
    assert.match(note, /^200,000 steps of 100 samples\..* At ρ = .*0\.5.*: the nearest of them is shown\.$/);
});

test('records of networks of a laziness are for the figure on it, and others are not', async () => {
    const [lazy, plain] = await Promise.all([file('tests/page/data/lazy.jsonl'), file('tests/page/data/records.jsonl')]);
    const records = lazy.trim().split('\n').map((line) => JSON.parse(line));
    const read = tried(lazy, 'laziness');
    assert.deepEqual(read.lazy.map(({ neurons, laziness, risk, exact }) => [neurons, laziness, risk, exact]),
        records.map(({ neurons, settings, final }) => [neurons, settings.laziness, final, false]));
    assert.equal(read.width, 4);
    assert.match(read.note, /At ρ = 0\.5 alone\.$/);
    assert.throws(() => tried(lazy), /^Error: its networks have a laziness, which is for the figure “laziness”$/);
    assert.throws(() => tried(plain, 'laziness'), /^Error: its networks have no laziness, /);
    const diverged = JSON.stringify({ ...records[1], diverged_at: 7 });
    const stopped = JSON.stringify({ ...records[1], interrupted: true });
    const some = tried([JSON.stringify(records[0]), diverged, stopped].join('\n'), 'laziness');
    assert.equal(some.lazy.length, 1);
    assert.match(some.note, /1 run diverged\. 1 run stopped before the end left out\./);
    assert.throws(() => tried(diverged, 'laziness'), /none of its runs came to a risk/);
});

test('a torn last line does not count, a torn other one does', async () => {
    const text = await file('tests/page/data/records.jsonl');
    assert.equal(tried(`${text}{"schema":1,"risk":[`).found.length, tried(text).found.length);
    assert.throws(() => tried(`{"schema":1\n${text}`), /not JSON/);
});

/** What any member may be instead of what it is. */
const ODD = [undefined, null, true, -1, 0, 1.5, 1e300, '', 'x', [], {}, [null], [[]], { a: 1 }, [{ risk: 'x' }]];

test('whatever a member is instead, there are results or one sentence', async () => {
    for (const [figure, path] of FILES.filter(([name]) => name === 'quadratic' || name === 'laziness')) {
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
                const { found, paths, lazy, dim } = tried(JSON.stringify(document), figure);
                for (const { neurons, laziness, risk, movement, exact } of lazy) {
                    assert.ok(Number.isInteger(neurons) && laziness > 0 && Number.isFinite(risk));
                    assert.ok(exact || (Number.isFinite(laziness) && Number.isFinite(movement)));
                }
                assert.ok(Number.isInteger(dim) && found.every(({ risk, neurons }) => Number.isFinite(risk) && Number.isInteger(neurons)));
                for (const { points } of paths) assert.ok(points.length % 2 === 0);
            } catch (error) {
                assert.equal(Object.getPrototypeOf(error), Error.prototype, `${path}: ${error}`);
                assert.match(/** @type {Error} */ (error).message, /^(it|its|there|none) [^\n]{5,120}$/);
            }
        });
    }
});
