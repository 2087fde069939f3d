//! The loops themselves, to be compiled for one type and the vector units at hand. See [`Number`](crate::Number).

#![allow(clippy::inline_always)]

use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub};

/// Partial sums side by side: enough for the widest vector units, and rounding grows with a
/// sixteenth of the length only.
const LANES: usize = 16;

/// What loops need of a number.
pub(crate) trait Float:
    Copy
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + MulAssign
{
    const ZERO: Self;
    const ONE: Self;
    const TWO: Self;
}

impl Float for f32 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;
    const TWO: Self = 2.0;
}

impl Float for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;
    const TWO: Self = 2.0;
}

/// `Σ term(a_i, b_i)`, summed in a fixed order that compilers turn into vector code.
#[inline(always)]
fn sum_pairs<T: Float>(a: &[T], b: &[T], term: impl Fn(T, T) -> T) -> T {
    let mut sums = [T::ZERO; LANES];
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for i in 0..LANES {
            sums[i] += term(a[i], b[i]);
        }
    }
    for (sum, (&a, &b)) in sums.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *sum += term(a, b);
    }
    sums.into_iter().fold(T::ZERO, |total, sum| total + sum)
}

#[inline(always)]
pub(crate) fn dot<T: Float>(a: &[T], b: &[T]) -> T {
    sum_pairs(a, b, |a, b| a * b)
}

#[inline(always)]
pub(crate) fn sum<T: Float>(a: &[T]) -> T {
    sum_pairs(a, a, |a, _| a)
}

#[inline(always)]
pub(crate) fn sum_of_squares<T: Float>(w: &[T], x: &[T]) -> T {
    sum_pairs(w, x, |w, x| w * x * x)
}

#[inline(always)]
pub(crate) fn sum_of_centred_squares<T: Float>(w: &[T], x: &[T]) -> T {
    sum_pairs(w, x, |w, x| w * (x * x - T::ONE))
}

#[inline(always)]
pub(crate) fn multiply<T: Float>(a: &mut [T], b: &[T]) {
    for (a, &b) in a.iter_mut().zip(b) {
        *a *= b;
    }
}

#[inline(always)]
pub(crate) fn multiply_scaled<T: Float>(a: &mut [T], factor: T, b: &[T]) {
    for (a, &b) in a.iter_mut().zip(b) {
        *a *= factor * b;
    }
}

#[inline(always)]
pub(crate) fn add_scaled<T: Float>(a: &mut [T], factor: T, b: &[T]) {
    for (a, &b) in a.iter_mut().zip(b) {
        *a += factor * b;
    }
}

#[inline(always)]
pub(crate) fn add_scaled_squares<T: Float>(a: &mut [T], factor: T, x: &[T]) {
    for (a, &x) in a.iter_mut().zip(x) {
        *a += factor * x * x;
    }
}

#[inline(always)]
pub(crate) fn combine<T: Float>(g: &mut [T], b: &[T], a: &[T], x: &[T]) {
    for (((g, &b), &a), &x) in g.iter_mut().zip(b).zip(a).zip(x) {
        *g = a * x + b * *g;
    }
}

#[inline(always)]
pub(crate) fn weigh<T: Float>(z: &mut [T], sums: &mut [T], factor: T, a: &[T]) {
    for ((z, sum), &a) in z.iter_mut().zip(sums).zip(a) {
        let scaled = factor * *z;
        *sum += scaled * *z;
        *z = T::TWO * a * scaled;
    }
}

#[inline(always)]
pub(crate) fn rectify<T: Float>(z: &mut [T], slopes: &mut [T], centre: T) {
    for (z, slope) in z.iter_mut().zip(slopes) {
        let value = *z;
        let is_active = value > T::ZERO;
        *slope = if is_active { T::ONE } else { T::ZERO };
        *z = if is_active { value - centre } else { -centre };
    }
}

#[inline(always)]
pub(crate) fn scale_columns<T: Float>(matrix: &mut [T], factors: &[T], scale: T) {
    let rows = matrix.len() / factors.len().max(1);
    for (column, &factor) in matrix.chunks_exact_mut(rows.max(1)).zip(factors) {
        let factor = factor * scale;
        for value in column {
            *value *= factor;
        }
    }
}

#[inline(always)]
pub(crate) fn scaled_columns<T: Float>(out: &mut [T], matrix: &[T], factors: &[T], scale: T) {
    let rows = (matrix.len() / factors.len().max(1)).max(1);
    let columns = out.chunks_exact_mut(rows).zip(matrix.chunks_exact(rows));
    for ((out, column), &factor) in columns.zip(factors) {
        let factor = factor * scale;
        for (out, &value) in out.iter_mut().zip(column) {
            *out = factor * value;
        }
    }
}

#[inline(always)]
pub(crate) fn scale_rows<T: Float>(matrix: &mut [T], factors: &[T]) {
    for column in matrix.chunks_exact_mut(factors.len().max(1)) {
        multiply(column, factors);
    }
}

#[inline(always)]
pub(crate) fn add_row_squares<T: Float>(sums: &mut [T], matrix: &[T]) {
    for column in matrix.chunks_exact(sums.len().max(1)) {
        for (sum, &value) in sums.iter_mut().zip(column) {
            *sum += value * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Number;

    fn values(count: usize, shift: f64) -> Vec<f64> {
        (0..count).map(|i| (i as f64 * 0.7 + shift).sin()).collect()
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }

    /// Whole blocks, rests and nothing.
    const LENGTHS: [usize; 6] = [0, 1, 15, 16, 33, 100];

    #[test]
    fn sums_are_those_of_their_terms() {
        for count in LENGTHS {
            let (a, b) = (values(count, 0.0), values(count, 1.0));
            let plain = |term: fn(f64, f64) -> f64| -> f64 {
                a.iter().zip(&b).map(|(&a, &b)| term(a, b)).sum()
            };
            close(f64::dot(&a, &b), plain(|a, b| a * b));
            close(f64::sum(&a), plain(|a, _| a));
            close(f64::sum_of_squares(&a, &b), plain(|a, b| a * b * b));
            let centred = f64::sum_of_centred_squares(&a, &b);
            close(centred, plain(|a, b| a * (b * b - 1.0)));
        }
    }

    /// Both types, bit for bit: single precision of integers is exact.
    #[test]
    fn updates_are_those_of_each_number() {
        for count in LENGTHS {
            let a: Vec<f32> = (0..count).map(|i| (i % 7) as f32 - 3.0).collect();
            let b: Vec<f32> = (0..count).map(|i| (i % 5) as f32 - 2.0).collect();
            let c: Vec<f32> = (0..count).map(|i| (i % 3) as f32).collect();
            let each = |update: fn(f32, f32, f32) -> f32| -> Vec<f32> {
                (0..count).map(|i| update(a[i], b[i], c[i])).collect()
            };
            let after = |change: &dyn Fn(&mut [f32])| {
                let mut a = a.clone();
                change(&mut a);
                a
            };
            assert_eq!(after(&|a| f32::multiply(a, &b)), each(|a, b, _| a * b));
            let found = after(&|a| f32::multiply_scaled(a, 3.0, &b));
            assert_eq!(found, each(|a, b, _| a * 3.0 * b));
            let found = after(&|a| f32::add_scaled(a, 3.0, &b));
            assert_eq!(found, each(|a, b, _| a + 3.0 * b));
            let found = after(&|a| f32::add_scaled_squares(a, 3.0, &b));
            assert_eq!(found, each(|a, b, _| a + 3.0 * b * b));
            let found = after(&|a| f32::combine(a, &b, &c, &c));
            assert_eq!(found, each(|a, b, c| c * c + b * a));

            let mut sums = c.clone();
            let found = after(&|a| f32::scale_rows(a, &b));
            assert_eq!(found, each(|a, b, _| a * b));
            f32::add_row_squares(&mut sums, &a);
            assert_eq!(sums, each(|a, _, c| c + a * a));

            let mut sums = c.clone();
            let mut z = a.clone();
            f32::weigh(&mut z, &mut sums, 3.0, &b);
            assert_eq!(z, each(|a, b, _| 6.0 * b * a));
            assert_eq!(sums, each(|a, _, c| c + 3.0 * a * a));

            let mut slopes = c.clone();
            let found = after(&|a| f32::scale_columns(a, &b, 2.0));
            assert_eq!(found, each(|a, b, _| a * b * 2.0));
            let found = after(&|out| f32::scaled_columns(out, &c, &b, 2.0));
            assert_eq!(found, each(|_, b, c| c * b * 2.0));
            let mut z = a.clone();
            f32::rectify(&mut z, &mut slopes, 0.5);
            assert_eq!(z, each(|a, _, _| a.max(0.0) - 0.5));
            assert_eq!(slopes, each(|a, _, _| f32::from(u8::from(a > 0.0))));
        }
    }

    #[test]
    fn matrices_are_scaled_by_rows_and_columns() {
        let (rows, columns) = (3, 4);
        let matrix = values(rows * columns, 0.0);
        let (left, right) = (values(rows, 2.0), values(columns, 3.0));
        let mut found = matrix.clone();
        f64::scale_rows(&mut found, &left);
        let mut copied = vec![0.0; rows * columns];
        f64::scaled_columns(&mut copied, &found, &right, 0.5);
        f64::scale_columns(&mut found, &right, 0.5);
        assert_eq!(copied, found);
        let mut sums = vec![0.0; rows];
        f64::add_row_squares(&mut sums, &matrix);
        for i in 0..rows {
            let row = (0..columns).map(|j| matrix[j * rows + i]);
            close(sums[i], row.map(|value| value * value).sum());
            for j in 0..columns {
                let at = j * rows + i;
                close(found[at], matrix[at] * left[i] * right[j] * 0.5);
            }
        }
    }
}
