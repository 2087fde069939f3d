//! General matrix products with either factor transposed.

use nalgebra::{ClosedAddAssign, ClosedMulAssign, DMatrix, DMatrixView, Dyn, Scalar};
use num_traits::{One, Zero};

/// A matrix as a factor of a product, transposed or not, without copying.
pub type Factor<'a, T> = DMatrixView<'a, T, Dyn, Dyn>;

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

/// `c ← beta·c + alpha·a·b`. With `beta = 0` the old `c` is not read.
///
/// # Panics
/// If the shapes do not fit.
#[allow(clippy::needless_pass_by_value)] // factors are views, as cheap as references
pub fn add_product<T>(c: &mut DMatrix<T>, beta: T, alpha: T, a: Factor<'_, T>, b: Factor<'_, T>)
where
    T: Scalar + Zero + One + ClosedAddAssign + ClosedMulAssign,
{
    c.gemm(alpha, &a, &b, beta);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transposed_factors_are_transposed() {
        let a = DMatrix::from_fn(7, 9, |i, j| (i * 9 + j) as f64);
        let b = DMatrix::from_fn(7, 8, |i, j| (i as f64) - (j as f64));
        let mut c = DMatrix::from_element(9, 8, 1.0);
        add_product(&mut c, 2.0, 0.5, transposed(&a), normal(&b));
        assert_eq!(
            c,
            DMatrix::from_element(9, 8, 2.0) + a.transpose() * b * 0.5
        );
    }
}
