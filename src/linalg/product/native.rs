//! Products by the fastest kernel of the processor, or by one that is the same on all.

use gemm::{Parallelism, gemm};
use lazy_limits_kernels::product::{Multiplied, Strided};
use nalgebra::{DMatrix, RealField};

use super::{Element, Factor};
use crate::linalg::ProductKernel;

impl<T: RealField + Multiplied> Element for T {
    fn add_fitting(
        c: &mut DMatrix<Self>,
        beta: Self,
        alpha: Self,
        a: Factor<'_, Self>,
        b: Factor<'_, Self>,
    ) {
        let shape = [a.shape().0, a.shape().1, b.shape().1];
        let strides = [(1, c.nrows()), a.strides(), b.strides()];
        let (a, b) = (a.matrix.as_slice(), b.matrix.as_slice());
        add_strided(c.as_mut_slice(), a, b, shape, strides, (beta, alpha));
    }
}

/// `c ← beta·c + alpha·a·b` of numbers that lie anyhow: `shape` has the rows of c, the inner dimension and the columns of c,
/// `strides` the numbers from a row to the next and from a column to the next of c, a and b.
///
/// By the kernel that is [chosen](ProductKernel::chosen). The fastest is twice as fast as nalgebra's own product at the shapes of a training step
/// (`benches/step.rs`): it has code for the widest vector units, chosen when the program runs.
///
/// # Panics
/// If there are not so many numbers, or those of c overlap.
#[allow(unsafe_code)]
pub(in crate::linalg) fn add_strided<T: RealField + Multiplied>(
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
    if ProductKernel::chosen() == ProductKernel::Portable {
        let strided = |numbers, (row_stride, column_stride)| Strided {
            numbers,
            row_stride,
            column_stride,
        };
        let (a, b) = (strided(a, strides[1]), strided(b, strides[2]));
        let shape = [rows, inner, columns];
        T::add_product((c, strides[0].1), shape, beta, alpha, a, b);
        return;
    }
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
