// What makes training fast in wasm: products in vectors. It stands in the files, so that no time need be measured; times are for
// `cargo xtask bench`.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

/** Instructions on vectors of four numbers, as they are written. */
const INSTRUCTIONS = {
    multiply: [0xfd, 0xe6, 0x01],
    add: [0xfd, 0xe4, 0x01],
    multiplyAndAdd: [0xfd, 0x85, 0x02],
};

/** A few may be bytes of something else: of three given ones there is one in 16 million by chance. */
const CHANCE = 3;

/** The fewest that unrolled loops of products have. */
const MANY = 30;

/** Vectors of sums in a tile of ours (`kernels/src/product.rs`). */
const TILE = 8;

/**
 * How often each instruction is in a file.
 * @param {string} form
 */
async function counts(form) {
    const file = await readFile(new URL(`../../www/pkg/lazy/lazy_limits${form}_bg.wasm`, import.meta.url));
    const count = (/** @type {number[]} */ bytes) => {
        let found = 0;
        for (let at = file.indexOf(Buffer.from(bytes)); at >= 0; at = file.indexOf(Buffer.from(bytes), at + 1)) found += 1;
        return found;
    };
    const { multiply, add, multiplyAndAdd } = INSTRUCTIONS;
    return { multiply: count(multiply), add: count(add), multiplyAndAdd: count(multiplyAndAdd) };
}

test('the usual form multiplies and adds four numbers at a time', async () => {
    const { multiply, add, multiplyAndAdd } = await counts('');
    assert.ok(multiply > MANY && add > MANY, `${multiply} products and ${add} sums of vectors`);
    assert.ok(multiplyAndAdd <= CHANCE, `${multiplyAndAdd} relaxed instructions`);
});

test('the relaxed form does both in one instruction, for each sum of a tile, and has no other products', async () => {
    const { multiplyAndAdd } = await counts('_relaxed');
    assert.ok(multiplyAndAdd >= TILE && multiplyAndAdd <= TILE + CHANCE, `${multiplyAndAdd} relaxed instructions`);
});
