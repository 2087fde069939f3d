//! Products of matrices in relaxed vectors of wasm.
//!
//! matrixmultiply (0.3), by which nalgebra multiplies, keeps 8×8 sums there: more vector registers than the 15 that a browser
//! has to give, so that it stores and loads some at every step. The tiles here are small enough. What they attain is in
//! docs/performance.md ("products alone").

use std::cell::RefCell;
use std::ops::Range;

use crate::lanes::{LANES, Lanes};

/// Vectors in a column of a tile.
const HEIGHT: usize = 2;

/// Rows of a tile.
const ROWS: usize = HEIGHT * LANES;

/// Columns of a tile. Its sums, a column of one factor and a row of the other stay in registers: 8 + 2 + 4.
const COLUMNS: usize = 4;

/// Largest extent of what is packed at once, along the inner dimension, the rows and the columns: a strip of each factor
/// stays in the innermost cache, and all strips of the left one in the next.
const DEPTH: usize = 512;
const MOST_ROWS: usize = 128;
const MOST_COLUMNS: usize = 512;

/// A factor, as it lies in a slice.
#[derive(Clone, Copy, Debug)]
pub struct Strided<'a> {
    /// Its numbers, at least all that the strides lead to.
    pub numbers: &'a [f32],
    /// Numbers from a row to the next.
    pub row_stride: usize,
    /// Numbers from a column to the next.
    pub column_stride: usize,
}

impl Strided<'_> {
    fn at(&self, row: usize, column: usize) -> usize {
        row * self.row_stride + column * self.column_stride
    }
}

/// The factors in the order in which tiles take them, with zeros where a tile is not full.
struct Packed {
    left: Vec<[Lanes; HEIGHT]>,
    right: Vec<[f32; COLUMNS]>,
}

thread_local! {
    // Kept, so that steps of a training allocate nothing.
    static PACKED: RefCell<Packed> = const {
        RefCell::new(Packed { left: Vec::new(), right: Vec::new() })
    };
}

/// `c ← beta·c + alpha·a·b`, where c has `rows` rows and lies column by column, and `inner` is the number of columns of `a`. With
/// `beta = 0` the old `c` is not read.
///
/// # Panics
/// If a slice is too short.
#[inline(never)]
pub fn add_product(
    c: &mut [f32],
    [rows, inner, columns]: [usize; 3],
    beta: f32,
    alpha: f32,
    a: Strided<'_>,
    b: Strided<'_>,
) {
    PACKED.with_borrow_mut(|packed| {
        // Of no inner dimension nothing is added.
        for from in (0..inner.max(1)).step_by(DEPTH) {
            let inner = from..(from + DEPTH).min(inner);
            let beta = if from == 0 { beta } else { 1.0 };
            for left in (0..columns).step_by(MOST_COLUMNS) {
                let columns = left..(left + MOST_COLUMNS).min(columns);
                packed.right.clear();
                for j in columns.clone().step_by(COLUMNS) {
                    packed.pack_right(b, inner.clone(), j..(j + COLUMNS).min(columns.end));
                }
                for top in (0..rows).step_by(MOST_ROWS) {
                    let some = top..(top + MOST_ROWS).min(rows);
                    packed.left.clear();
                    for i in some.clone().step_by(ROWS) {
                        packed.pack_left(a, i..(i + ROWS).min(some.end), inner.clone());
                    }
                    for (j, right) in columns
                        .clone()
                        .step_by(COLUMNS)
                        .zip(strips(&packed.right, inner.len()))
                    {
                        for (i, left) in some
                            .clone()
                            .step_by(ROWS)
                            .zip(strips(&packed.left, inner.len()))
                        {
                            let height = ROWS.min(some.end - i);
                            let tile = tile(left, right);
                            for (column, sums) in (j..columns.end).zip(&tile) {
                                let at = column * rows + i;
                                put(&mut c[at..at + height], beta, alpha, sums);
                            }
                        }
                    }
                }
            }
        }
    });
}

/// The strips of that length one after the other, without end if it is 0.
fn strips<T>(packed: &[T], length: usize) -> impl Iterator<Item = &[T]> {
    (0..).map(move |index| &packed[index * length..(index + 1) * length])
}

impl Packed {
    fn pack_left(&mut self, a: Strided<'_>, rows: Range<usize>, inner: Range<usize>) {
        let is_dense = rows.len() == ROWS && a.row_stride == 1;
        self.left.extend(inner.map(|k| {
            let mut column = [0.0; ROWS];
            if is_dense {
                column.copy_from_slice(&a.numbers[a.at(rows.start, k)..][..ROWS]);
            } else {
                for (place, row) in column.iter_mut().zip(rows.clone()) {
                    *place = a.numbers[a.at(row, k)];
                }
            }
            std::array::from_fn(|part| Lanes::load(&column[part * LANES..]))
        }));
    }

    fn pack_right(&mut self, b: Strided<'_>, inner: Range<usize>, columns: Range<usize>) {
        let is_full = columns.len() == COLUMNS;
        self.right.extend(inner.map(|k| {
            if is_full {
                return std::array::from_fn(|j| b.numbers[b.at(k, columns.start + j)]);
            }
            let mut row = [0.0; COLUMNS];
            for (place, column) in row.iter_mut().zip(columns.clone()) {
                *place = b.numbers[b.at(k, column)];
            }
            row
        }));
    }
}

/// The sums of a tile. In this order, and one step at a time, the compiler keeps all of them in registers.
#[inline(always)]
#[allow(clippy::inline_always)]
fn tile(left: &[[Lanes; HEIGHT]], right: &[[f32; COLUMNS]]) -> [[Lanes; HEIGHT]; COLUMNS] {
    let mut sums = [[Lanes::splat(0.0); HEIGHT]; COLUMNS];
    for (column, row) in left.iter().zip(right) {
        for (sums, &factor) in sums.iter_mut().zip(row) {
            let factor = Lanes::splat(factor);
            for (sum, &part) in sums.iter_mut().zip(column) {
                *sum = part.multiply_add(factor, *sum);
            }
        }
    }
    sums
}

// Four times in every tile otherwise, which the page would have to load.
#[inline(never)]
fn put(column: &mut [f32], beta: f32, alpha: f32, sums: &[Lanes; HEIGHT]) {
    let sums = sums.map(Lanes::numbers);
    let sums = sums.as_flattened().iter();
    if beta == 0.0 {
        for (place, sum) in column.iter_mut().zip(sums) {
            *place = alpha * sum;
        }
    } else {
        for (place, sum) in column.iter_mut().zip(sums) {
            *place = beta * *place + alpha * sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small whole numbers, of which sums are exact in whatever order.
    fn numbers(length: usize, seed: usize) -> Vec<f32> {
        (0..length)
            .map(|i| ((i * 37 + seed * 11) % 13) as f32 - 6.0)
            .collect()
    }

    #[test]
    fn products_of_any_shape_and_stride_are_sums() {
        let extents = [0, 1, 3, 4, 5, 8, 9, 17, 130];
        for (at, rows) in extents.into_iter().enumerate() {
            for columns in extents {
                for inner in [0, 1, 7, 513] {
                    for transposed in [[false, false], [true, false], [false, true], [true, true]] {
                        check(
                            [rows, inner, columns],
                            transposed,
                            if at % 2 == 0 { 0.0 } else { 2.0 },
                        );
                    }
                }
            }
        }
    }

    fn check([rows, inner, columns]: [usize; 3], transposed: [bool; 2], beta: f32) {
        let (left, right) = (numbers(rows * inner, 1), numbers(inner * columns, 2));
        let strided = |numbers, height, width, is_transposed| {
            let (row_stride, column_stride) = if is_transposed {
                (width, 1)
            } else {
                (1, height)
            };
            Strided {
                numbers,
                row_stride,
                column_stride,
            }
        };
        let a = strided(left.as_slice(), rows, inner, transposed[0]);
        let b = strided(right.as_slice(), inner, columns, transposed[1]);
        let old = numbers(rows * columns, 3);
        let mut c = if beta == 0.0 {
            vec![f32::NAN; old.len()]
        } else {
            old.clone()
        };
        add_product(&mut c, [rows, inner, columns], beta, 0.5, a, b);
        for j in 0..columns {
            for i in 0..rows {
                let terms = (0..inner).map(|k| left[a.at(i, k)] * right[b.at(k, j)]);
                let kept = if beta == 0.0 {
                    0.0
                } else {
                    beta * old[j * rows + i]
                };
                assert_eq!(c[j * rows + i], kept + 0.5 * terms.sum::<f32>());
            }
        }
    }
}
