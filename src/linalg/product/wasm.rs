//! Products by nalgebra, or in relaxed vectors by a kernel of ours.

use nalgebra::{DMatrix, DMatrixView, Dyn};

use super::{Element, Factor};

#[cfg(target_feature = "relaxed-simd")]
impl Element for f32 {
    fn add_fitting(
        c: &mut DMatrix<Self>,
        beta: Self,
        alpha: Self,
        a: Factor<'_, Self>,
        b: Factor<'_, Self>,
    ) {
        use lazy_limits_kernels::product::{Multiplied, Strided};

        let ((rows, inner), columns) = (a.shape(), b.shape().1);
        let [a, b] = [a, b].map(|factor| {
            let (row_stride, column_stride) = factor.strides();
            Strided {
                numbers: factor.matrix.as_slice(),
                row_stride,
                column_stride,
            }
        });
        let shape = [rows, inner, columns];
        Self::add_product((c.as_mut_slice(), rows), shape, beta, alpha, a, b);
    }
}

#[cfg(not(target_feature = "relaxed-simd"))]
impl Element for f32 {
    fn add_fitting(
        c: &mut DMatrix<Self>,
        beta: Self,
        alpha: Self,
        a: Factor<'_, Self>,
        b: Factor<'_, Self>,
    ) {
        multiply(c, beta, alpha, a, b);
    }
}

impl Element for f64 {
    fn add_fitting(
        c: &mut DMatrix<Self>,
        beta: Self,
        alpha: Self,
        a: Factor<'_, Self>,
        b: Factor<'_, Self>,
    ) {
        multiply(c, beta, alpha, a, b);
    }
}

/// nalgebra hands products to its fast kernel only where every dimension exceeds this, and its
/// fallback (0.35) runs past the end of strided vectors: those products are done here.
const SMALL: usize = 5;

/// `c ← beta·c + alpha·a·b` of factors that fit.
fn multiply<T: Element>(c: &mut DMatrix<T>, beta: T, alpha: T, a: Factor<'_, T>, b: Factor<'_, T>) {
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
