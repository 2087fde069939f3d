//! General matrix products with either factor transposed.

use lazy_limits_kernels::Number;
use nalgebra::{DMatrix, DMatrixView, Dyn, RealField, Scalar};

/// A matrix as a factor of a product, transposed or not, without copying.
pub type Factor<'a, T> = DMatrixView<'a, T, Dyn, Dyn>;

/// The numbers that products are made of: `f32` and `f64`.
pub trait Element: RealField + Number {}

impl Element for f32 {}
impl Element for f64 {}

/// `a` as it stands.
pub fn normal<T: Scalar>(a: &DMatrix<T>) -> Factor<'_, T> {
    let (rows, columns) = a.shape();
    Factor::from_slice_with_strides(a.as_slice(), rows, columns, 1, rows.max(1))
}

/// The transpose of `a`.
pub fn transposed<T: Scalar>(a: &DMatrix<T>) -> Factor<'_, T> {
    let (rows, columns) = a.shape();
    Factor::from_slice_with_strides(a.as_slice(), columns, rows, rows.max(1), 1)
}

/// `c ← beta·c + alpha·a·b`, on one thread. With `beta = 0` the old `c` is not read.
///
/// # Panics
/// If the shapes do not fit.
#[allow(clippy::needless_pass_by_value)] // factors are views, as cheap as references
pub fn add_product<T: Element>(
    c: &mut DMatrix<T>,
    beta: T,
    alpha: T,
    a: Factor<'_, T>,
    b: Factor<'_, T>,
) {
    let (rows, inner, columns) = (a.nrows(), a.ncols(), b.ncols());
    assert_eq!(
        c.shape(),
        (rows, columns),
        "the product is {rows}×{columns}"
    );
    assert_eq!(b.nrows(), inner, "the factors share their inner dimension");
    kernel::add_product(c, beta, alpha, a, b);
}

#[cfg(not(target_arch = "wasm32"))]
mod kernel {
    use gemm::{Parallelism, gemm};
    use nalgebra::DMatrix;

    use super::{Element, Factor};

    /// Twice as fast as nalgebra's own product at the shapes of a training step (`benches/step.rs`): it has kernels for
    /// the widest vector units, chosen when the program runs.
    #[allow(unsafe_code, clippy::needless_pass_by_value)]
    pub(super) fn add_product<T: Element>(
        c: &mut DMatrix<T>,
        beta: T,
        alpha: T,
        a: Factor<'_, T>,
        b: Factor<'_, T>,
    ) {
        let (rows, inner, columns) = (a.nrows(), a.ncols(), b.ncols());
        let (a_rows, a_columns) = a.strides();
        let (b_rows, b_columns) = b.strides();
        let is_read = !beta.is_zero();
        // SAFETY: a, b and c hold initialised numbers at every index of their shapes with these strides, by nalgebra's
        // invariant for matrices and views; the caller has checked that c is rows×columns, a rows×inner and b
        // inner×columns. c is borrowed mutably, so it overlaps neither factor. T is f32 or f64, which the kernels are
        // made for: the trait `Number` is sealed.
        unsafe {
            gemm(
                rows,
                columns,
                inner,
                c.as_mut_ptr(),
                rows as isize,
                1,
                is_read,
                a.as_ptr(),
                a_columns as isize,
                a_rows as isize,
                b.as_ptr(),
                b_columns as isize,
                b_rows as isize,
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
    use nalgebra::DMatrix;

    use super::{Element, Factor};

    /// nalgebra hands products to its fast kernel only where every dimension exceeds this, and its
    /// fallback (0.35) runs past the end of strided vectors: those products are done here.
    const SMALL: usize = 5;

    #[allow(clippy::needless_pass_by_value)]
    pub(super) fn add_product<T: Element>(
        c: &mut DMatrix<T>,
        beta: T,
        alpha: T,
        a: Factor<'_, T>,
        b: Factor<'_, T>,
    ) {
        let (rows, inner, columns) = (a.nrows(), a.ncols(), b.ncols());
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
