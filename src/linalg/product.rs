//! General matrix products with either factor transposed.

use lazy_limits_kernels::Number;
use nalgebra::{DMatrix, RealField};

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
    ) {
        kernel::add_product(c, beta, alpha, a, b);
    }
}

impl Element for f32 {
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    fn add_fitting(
        c: &mut DMatrix<Self>,
        beta: Self,
        alpha: Self,
        a: Factor<'_, Self>,
        b: Factor<'_, Self>,
    ) {
        use lazy_limits_kernels::product;

        let ((rows, inner), columns) = (a.shape(), b.shape().1);
        let [a, b] = [a, b].map(|factor| {
            let (row_stride, column_stride) = factor.strides();
            product::Strided {
                numbers: factor.matrix.as_slice(),
                row_stride,
                column_stride,
            }
        });
        let shape = [rows, inner, columns];
        product::add_product(c.as_mut_slice(), shape, beta, alpha, a, b);
    }
}

impl Element for f64 {}

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

#[cfg(not(target_arch = "wasm32"))]
pub(super) mod kernel {
    use gemm::{Parallelism, gemm};
    use nalgebra::DMatrix;

    use super::{Element, Factor};

    pub(super) fn add_product<T: Element>(
        c: &mut DMatrix<T>,
        beta: T,
        alpha: T,
        a: Factor<'_, T>,
        b: Factor<'_, T>,
    ) {
        let shape = [a.shape().0, a.shape().1, b.shape().1];
        let of = |factor: Factor<'_, T>| factor.strides();
        let (of_a, of_b) = (of(a), of(b));
        let strides = [(1, c.nrows()), of_a, of_b];
        let (a, b) = (a.matrix.as_slice(), b.matrix.as_slice());
        add_strided(c.as_mut_slice(), a, b, shape, strides, (beta, alpha));
    }

    /// `c ← beta·c + alpha·a·b` of numbers that lie anyhow: `shape` has the rows of c, the inner dimension and the columns of c,
    /// `strides` the numbers from a row to the next and from a column to the next of c, a and b.
    ///
    /// Twice as fast as nalgebra's own product at the shapes of a training step (`benches/step.rs`): it has kernels for
    /// the widest vector units, chosen when the program runs.
    ///
    /// # Panics
    /// If there are not so many numbers, or those of c overlap.
    #[allow(unsafe_code)]
    pub(in crate::linalg) fn add_strided<T: Element>(
        c: &mut [T],
        a: &[T],
        b: &[T],
        [rows, inner, columns]: [usize; 3],
        strides: [(usize, usize); 3],
        (beta, alpha): (T, T),
    ) {
        let shapes = [(rows, columns), (rows, inner), (inner, columns)];
        let lengths = [c.len(), a.len(), b.len()];
        for ((shape, stride), length) in shapes.into_iter().zip(strides).zip(lengths) {
            let last = |count: usize, stride: usize| count.saturating_sub(1) * stride;
            let end = last(shape.0, stride.0) + last(shape.1, stride.1);
            assert!(
                shape.0 == 0 || shape.1 == 0 || end < length,
                "not so many numbers"
            );
        }
        assert!(
            strides[0].0 == 1 && rows <= strides[0].1.max(1),
            "columns of c do not overlap"
        );
        let [of_c, of_a, of_b] = strides.map(|(row, column)| (row as isize, column as isize));
        let is_read = !beta.is_zero();
        // SAFETY: a, b and c hold initialised numbers at every index of their shapes with these strides, as has been asserted.
        // c is borrowed mutably, so it overlaps neither factor, and its own columns do not overlap. T is f32 or f64, which the
        // kernels are made for: the trait `Number` is sealed.
        unsafe {
            gemm(
                rows,
                columns,
                inner,
                c.as_mut_ptr(),
                of_c.1,
                of_c.0,
                is_read,
                a.as_ptr(),
                of_a.1,
                of_a.0,
                b.as_ptr(),
                of_b.1,
                of_b.0,
                beta,
                alpha,
                false,
                false,
                false,
                Parallelism::None,
            );
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod kernel {
    use nalgebra::{DMatrix, DMatrixView, Dyn};

    use super::{Element, Factor};

    /// nalgebra hands products to its fast kernel only where every dimension exceeds this, and its
    /// fallback (0.35) runs past the end of strided vectors: those products are done here.
    const SMALL: usize = 5;

    pub(super) fn add_product<T: Element>(
        c: &mut DMatrix<T>,
        beta: T,
        alpha: T,
        a: Factor<'_, T>,
        b: Factor<'_, T>,
    ) {
        let ((rows, inner), columns) = (a.shape(), b.shape().1);
        let (a, b) = (view(&a), view(&b));
        if rows.min(inner).min(columns) > SMALL {
            c.gemm(alpha, &a, &b, beta);
            return;
        }
        for j in 0..columns {
            for i in 0..rows {
                let mut sum = T::zero();
                for k in 0..inner {
                    sum += a[(i, k)] * b[(k, j)];
                }
                let old = if beta.is_zero() {
                    T::zero()
                } else {
                    beta * c[(i, j)]
                };
                c[(i, j)] = old + alpha * sum;
            }
        }
    }

    fn view<'a, T: Element>(factor: &Factor<'a, T>) -> DMatrixView<'a, T, Dyn, Dyn> {
        let ((rows, columns), (row, column)) = (factor.shape(), factor.strides());
        // nalgebra wants no stride of 0.
        let (row, column) = (row.max(1), column.max(1));
        DMatrixView::from_slice_with_strides(factor.matrix.as_slice(), rows, columns, row, column)
    }
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
