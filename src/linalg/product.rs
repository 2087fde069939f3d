//! General matrix products with either factor transposed.

#[cfg(not(target_arch = "wasm32"))]
pub(super) mod native;
#[cfg(target_arch = "wasm32")]
mod wasm;

use lazy_limits_kernels::Number;
use nalgebra::{DMatrix, RealField};

/// The numbers that products are made of: `f32` and `f64`.
pub trait Element: RealField + Number {
    /// [`add_product`] of factors that fit.
    #[doc(hidden)]
    fn add_fitting(
        c: &mut DMatrix<Self>,
        beta: Self,
        alpha: Self,
        a: Factor<'_, Self>,
        b: Factor<'_, Self>,
    );
}

/// A matrix as a factor of a product, transposed or not, without copying.
#[derive(Clone, Copy, Debug)]
pub struct Factor<'a, T> {
    matrix: &'a DMatrix<T>,
    is_transposed: bool,
}

impl<T> Factor<'_, T> {
    fn shape(&self) -> (usize, usize) {
        let (rows, columns) = self.matrix.shape();
        if self.is_transposed {
            (columns, rows)
        } else {
            (rows, columns)
        }
    }

    /// Numbers from a row to the next, and from a column to the next.
    fn strides(&self) -> (usize, usize) {
        let column = self.matrix.nrows();
        if self.is_transposed {
            (column, 1)
        } else {
            (1, column)
        }
    }
}

/// `a` as it stands.
pub fn normal<T>(matrix: &DMatrix<T>) -> Factor<'_, T> {
    Factor {
        matrix,
        is_transposed: false,
    }
}

/// The transpose of `a`.
pub fn transposed<T>(matrix: &DMatrix<T>) -> Factor<'_, T> {
    Factor {
        matrix,
        is_transposed: true,
    }
}

/// `c ← beta·c + alpha·a·b`, on one thread. With `beta = 0` the old `c` is not read.
///
/// # Panics
/// If the shapes do not fit.
pub fn add_product<T: Element>(
    c: &mut DMatrix<T>,
    beta: T,
    alpha: T,
    a: Factor<'_, T>,
    b: Factor<'_, T>,
) {
    let ((rows, inner), (b_rows, columns)) = (a.shape(), b.shape());
    assert_eq!(
        c.shape(),
        (rows, columns),
        "the product is {rows}×{columns}"
    );
    assert_eq!(b_rows, inner, "the factors share their inner dimension");
    #[cfg(test)]
    count([rows, inner, columns]);
    if inner == 0 {
        // A sum of nothing, of which no kernel has a view.
        for value in c.iter_mut() {
            *value = if beta == T::zero() {
                T::zero()
            } else {
                *value * beta
            };
        }
        return;
    }
    T::add_fitting(c, beta, alpha, a, b);
}

/// `a·b`, on one thread.
///
/// # Panics
/// If the shapes do not fit.
pub fn product<T: Element>(a: Factor<'_, T>, b: Factor<'_, T>) -> DMatrix<T> {
    let mut c = DMatrix::zeros(a.shape().0, b.shape().1);
    add_product(&mut c, T::zero(), T::one(), a, b);
    c
}

#[cfg(test)]
thread_local! {
    /// Multiplications so far of all products on this thread.
    static DONE: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts those of one more product.
#[cfg(test)]
pub(super) fn count(shape: [usize; 3]) {
    DONE.set(DONE.get() + shape.into_iter().product::<usize>() as u64);
}

/// How many multiplications the products of `work` have, those on this thread.
#[cfg(test)]
pub(crate) fn multiplications(work: impl FnOnce()) -> u64 {
    let before = DONE.get();
    work();
    DONE.get() - before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transposed_factors_are_transposed_at_any_size() {
        for (m, k, n) in [
            (9, 7, 8),
            (1, 7, 8),
            (9, 1, 8),
            (9, 7, 1),
            (6, 6, 6),
            (5, 9, 9),
            (2, 3, 2),
            (4, 0, 3),
        ] {
            let a = DMatrix::from_fn(k, m, |i, j| (i * 9 + j) as f64);
            let b = DMatrix::from_fn(k, n, |i, j| (i as f64) - (j as f64));
            let mut c = DMatrix::from_element(m, n, 1.0);
            add_product(&mut c, 2.0, 0.5, transposed(&a), normal(&b));
            let expected = DMatrix::from_fn(m, n, |i, j| {
                2.0 + 0.5 * (0..k).map(|l| a[(l, i)] * b[(l, j)]).sum::<f64>()
            });
            assert_eq!(c, expected);
        }
    }
}
