//! Products of matrices that are summed in one order, whatever the processor.
//!
//! Natively they are for whoever wants the same bits everywhere: nothing is fused, and what vector units there are changes
//! nothing but the time. In relaxed vectors of wasm they are for their speed: matrixmultiply (0.3), by which nalgebra
//! multiplies, keeps 8×8 sums there: more vector registers than the 15 that a browser has to give, so that it stores and loads
//! some at every step. The tiles here are small enough. What either attains is in docs/performance.md.

// Or nothing would be compiled for the vectors at hand.
#![allow(clippy::inline_always)]

#[cfg(not(target_arch = "wasm32"))]
mod plain;
#[cfg(any(test, all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
mod relaxed;

use std::ops::Range;

use crate::loops::Float;
use crate::number::Number;

/// Largest extent of what is packed at once, along the inner dimension, the rows and the columns: a strip of each factor
/// stays in the innermost cache, and all strips of the left one in the next.
const DEPTH: usize = 512;
const MOST_ROWS: usize = 128;
const MOST_COLUMNS: usize = 512;

/// A factor, as it lies in a slice.
#[derive(Clone, Copy, Debug)]
pub struct Strided<'a, T> {
    /// Its numbers, at least all that the strides lead to.
    pub numbers: &'a [T],
    /// Numbers from a row to the next.
    pub row_stride: usize,
    /// Numbers from a column to the next.
    pub column_stride: usize,
}

impl<T> Strided<'_, T> {
    fn at(&self, row: usize, column: usize) -> usize {
        row * self.row_stride + column * self.column_stride
    }
}

/// Numbers whose products are made here: natively both `f32` and `f64`, in relaxed vectors of wasm `f32`.
pub trait Multiplied: Number {
    /// `c ← beta·c + alpha·a·b`, where c has `rows` rows and lies in columns that are `stride` numbers apart, and `inner` is the
    /// number of columns of `a`. With `beta = 0` the old `c` is not read.
    ///
    /// # Panics
    /// If a slice is too short.
    fn add_product(
        c: (&mut [Self], usize),
        shape: [usize; 3],
        beta: Self,
        alpha: Self,
        a: Strided<'_, Self>,
        b: Strided<'_, Self>,
    );
}

/// A column of a tile of sums.
trait TileColumn: Copy {
    /// What it is made of.
    type Number: Float;
    /// What knows its vectors.
    type Units: Copy;
    /// How many there are.
    const ROWS: usize;
    /// Sums of nothing.
    fn zero(units: Self::Units) -> Self;
    /// The first numbers of a slice.
    fn load(units: Self::Units, numbers: &[Self::Number]) -> Self;
    /// `self + factor·column`.
    fn plus(self, units: Self::Units, factor: Self::Number, column: Self) -> Self;
    /// `place ← beta·place + alpha·self`, as far as `place` goes. With `beta = 0` it is not read.
    fn put(
        self,
        units: Self::Units,
        place: &mut [Self::Number],
        beta: Self::Number,
        alpha: Self::Number,
    );
}

/// The factors in the order in which tiles of so many columns take them, with zeros where a tile is not full.
struct Packed<C: TileColumn, const COLUMNS: usize> {
    units: C::Units,
    left: Vec<C>,
    right: Vec<[C::Number; COLUMNS]>,
    /// Zeros, of which a column that is not full is made.
    column: Vec<C::Number>,
}

impl<C: TileColumn, const COLUMNS: usize> Packed<C, COLUMNS> {
    /// Nothing yet.
    const fn new(units: C::Units) -> Self {
        Self {
            units,
            left: Vec::new(),
            right: Vec::new(),
            column: Vec::new(),
        }
    }

    /// What [`Multiplied::add_product`] does.
    #[inline(always)]
    fn add_product(
        &mut self,
        (c, stride): (&mut [C::Number], usize),
        [rows, inner, columns]: [usize; 3],
        beta: C::Number,
        alpha: C::Number,
        a: Strided<'_, C::Number>,
        b: Strided<'_, C::Number>,
    ) {
        // Of no inner dimension nothing is added.
        for from in (0..inner.max(1)).step_by(DEPTH) {
            let inner = from..(from + DEPTH).min(inner);
            let beta = if from == 0 { beta } else { C::Number::ONE };
            for left in (0..columns).step_by(MOST_COLUMNS) {
                let columns = left..(left + MOST_COLUMNS).min(columns);
                self.right.clear();
                for j in columns.clone().step_by(COLUMNS) {
                    self.pack_right(b, inner.clone(), j..(j + COLUMNS).min(columns.end));
                }
                for top in (0..rows).step_by(MOST_ROWS) {
                    let some = top..(top + MOST_ROWS).min(rows);
                    self.left.clear();
                    for i in some.clone().step_by(C::ROWS) {
                        self.pack_left(a, i..(i + C::ROWS).min(some.end), inner.clone());
                    }
                    let rights = strips(&self.right, inner.len());
                    for (j, right) in columns.clone().step_by(COLUMNS).zip(rights) {
                        let lefts = strips(&self.left, inner.len());
                        for (i, left) in some.clone().step_by(C::ROWS).zip(lefts) {
                            let height = C::ROWS.min(some.end - i);
                            let tile = tile(self.units, left, right);
                            for (column, sums) in (j..columns.end).zip(tile) {
                                let at = column * stride + i;
                                sums.put(self.units, &mut c[at..at + height], beta, alpha);
                            }
                        }
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn pack_left(&mut self, a: Strided<'_, C::Number>, rows: Range<usize>, inner: Range<usize>) {
        let is_dense = rows.len() == C::ROWS && a.row_stride == 1;
        let (units, column) = (self.units, &mut self.column);
        column.clear();
        column.resize(C::ROWS, C::Number::ZERO);
        self.left.extend(inner.map(|k| {
            if is_dense {
                return C::load(units, &a.numbers[a.at(rows.start, k)..]);
            }
            for (place, row) in column.iter_mut().zip(rows.clone()) {
                *place = a.numbers[a.at(row, k)];
            }
            C::load(units, column)
        }));
    }

    #[inline(always)]
    fn pack_right(
        &mut self,
        b: Strided<'_, C::Number>,
        inner: Range<usize>,
        columns: Range<usize>,
    ) {
        let is_full = columns.len() == COLUMNS;
        self.right.extend(inner.map(|k| {
            if is_full {
                return std::array::from_fn(|j| b.numbers[b.at(k, columns.start + j)]);
            }
            let mut row = [C::Number::ZERO; COLUMNS];
            for (place, column) in row.iter_mut().zip(columns.clone()) {
                *place = b.numbers[b.at(k, column)];
            }
            row
        }));
    }
}

/// The strips of that length one after the other, without end if it is 0.
#[inline(always)]
fn strips<T>(packed: &[T], length: usize) -> impl Iterator<Item = &[T]> {
    (0..).map(move |index| &packed[index * length..(index + 1) * length])
}

/// The sums of a tile. In this order, and one step at a time, the compiler keeps all of them in registers.
#[inline(always)]
fn tile<C: TileColumn, const COLUMNS: usize>(
    units: C::Units,
    left: &[C],
    right: &[[C::Number; COLUMNS]],
) -> [C; COLUMNS] {
    let mut sums = [C::zero(units); COLUMNS];
    for (&column, row) in left.iter().zip(right) {
        for (sum, &factor) in sums.iter_mut().zip(row) {
            *sum = sum.plus(units, factor, column);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    type Product<T> = fn((&mut [T], usize), [usize; 3], T, T, Strided<'_, T>, Strided<'_, T>);

    /// What is in the matrices of a test, by place and matrix.
    type Content<T> = fn(usize, usize) -> T;

    #[test]
    fn products_of_any_shape_and_stride_are_sums() {
        /// Small whole numbers, of which sums are exact in whatever order.
        fn whole<T: From<f32>>(i: usize, seed: usize) -> T {
            T::from(((i * 37 + seed * 11) % 13) as f32 - 6.0)
        }
        every(relaxed::add_product, whole);
        #[cfg(not(target_arch = "wasm32"))]
        {
            every(<f32 as Multiplied>::add_product, whole);
            every(<f64 as Multiplied>::add_product, whole);
        }
    }

    /// The order in which [`check`] sums, and every operation rounded: so they are the same bits wherever they are made.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn plain_products_are_the_same_bits_everywhere() {
        /// Numbers of which every sum is rounded.
        fn rounded<T: From<f32>>(i: usize, seed: usize) -> T {
            T::from(((i * 7919 + seed * 104_729) % 10_007) as f32 / 3.0 - 1000.0)
        }
        every(<f32 as Multiplied>::add_product, rounded);
        every(<f64 as Multiplied>::add_product, rounded);
    }

    fn every<T: Float + From<f32> + std::fmt::Debug>(product: Product<T>, content: Content<T>) {
        let extents = [0, 1, 3, 4, 5, 8, 9, 17, 130];
        for (at, rows) in extents.into_iter().enumerate() {
            for columns in extents {
                for inner in [0, 1, 7, 513] {
                    for transposed in [[false, false], [true, false], [false, true], [true, true]] {
                        let beta = T::from(if at % 2 == 0 { 0.0 } else { 2.0 });
                        check(
                            product,
                            content,
                            [rows, inner, columns],
                            transposed,
                            at % 3,
                            beta,
                        );
                    }
                }
            }
        }
    }

    /// Compares with sums of products one after the other, a block of the inner dimension at a time. Columns of c are `gap`
    /// numbers longer than they need be.
    fn check<T: Float + From<f32> + std::fmt::Debug>(
        product: Product<T>,
        content: Content<T>,
        [rows, inner, columns]: [usize; 3],
        transposed: [bool; 2],
        gap: usize,
        beta: T,
    ) {
        let numbers =
            |length: usize, seed| -> Vec<T> { (0..length).map(|i| content(i, seed)).collect() };
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
        let half = T::from(0.5);
        let stride = rows + gap;
        let old = numbers(stride * columns, 3);
        let mut c = old.clone();
        if beta == T::ZERO {
            for column in c.chunks_mut(stride.max(1)) {
                column[..rows].fill(T::from(f32::NAN));
            }
        }
        product((&mut c, stride), [rows, inner, columns], beta, half, a, b);
        for j in 0..columns {
            for i in 0..stride {
                let mut expected = old[j * stride + i];
                if i < rows {
                    for from in (0..inner.max(1)).step_by(DEPTH) {
                        let terms = from..(from + DEPTH).min(inner);
                        let sum = terms
                            .fold(T::ZERO, |sum, k| sum + left[a.at(i, k)] * right[b.at(k, j)]);
                        expected = match from {
                            0 if beta == T::ZERO => half * sum,
                            0 => beta * expected + half * sum,
                            _ => T::ONE * expected + half * sum,
                        };
                    }
                }
                assert_eq!(c[j * stride + i], expected);
            }
        }
    }
}
