//! Products of parts of matrices, as factorisations take them.

use nalgebra::DMatrix;

/// A part of a matrix: columns of numbers, from the first number on, that lie `stride` apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct MatrixPart<'a> {
    numbers: &'a [f64],
    rows: usize,
    columns: usize,
    stride: usize,
}

impl<'a> MatrixPart<'a> {
    pub(super) fn new(numbers: &'a [f64], (rows, columns): (usize, usize), stride: usize) -> Self {
        Self {
            numbers,
            rows,
            columns,
            stride,
        }
    }

    /// A matrix of its own.
    pub(super) fn copied(self) -> DMatrix<f64> {
        let mut copy = Vec::with_capacity(self.rows * self.columns);
        for column in 0..self.columns {
            copy.extend_from_slice(&self.numbers[column * self.stride..][..self.rows]);
        }
        DMatrix::from_vec(self.rows, self.columns, copy)
    }
}

/// `c ← c − ab`, or `c − abᵀ` where b is transposed; c are columns of the numbers `c.0`, from the first on, that lie `c.1` apart.
/// On one thread, and natively without copying anything.
///
/// # Panics
/// If the shapes do not fit, or there are not so many numbers.
pub(super) fn subtract_product(
    c: (&mut [f64], usize),
    a: MatrixPart<'_>,
    b: MatrixPart<'_>,
    is_transposed: bool,
) {
    let (inner, columns) = if is_transposed {
        (b.columns, b.rows)
    } else {
        (b.rows, b.columns)
    };
    assert_eq!(a.columns, inner, "the factors share their inner dimension");
    if a.rows == 0 || inner == 0 || columns == 0 {
        return;
    }
    subtract(c, a, b, is_transposed, columns);
}

#[cfg(not(target_arch = "wasm32"))]
fn subtract(
    (c, stride): (&mut [f64], usize),
    a: MatrixPart<'_>,
    b: MatrixPart<'_>,
    is_transposed: bool,
    columns: usize,
) {
    let of_b = if is_transposed {
        (b.stride, 1)
    } else {
        (1, b.stride)
    };
    let shape = [a.rows, a.columns, columns];
    #[cfg(test)]
    super::product::count(shape);
    let strides = [(1, stride), (1, a.stride), of_b];
    super::product::native::add_strided(c, a.numbers, b.numbers, shape, strides, (1.0, -1.0));
}

/// Copies, as a second kind of product would be more for a browser to load.
#[cfg(target_arch = "wasm32")]
fn subtract(
    (c, stride): (&mut [f64], usize),
    a: MatrixPart<'_>,
    b: MatrixPart<'_>,
    is_transposed: bool,
    columns: usize,
) {
    use super::{add_product, normal, transposed};

    let mut left = MatrixPart::new(c, (a.rows, columns), stride).copied();
    let (a, b) = (a.copied(), b.copied());
    let b = if is_transposed {
        transposed(&b)
    } else {
        normal(&b)
    };
    add_product(&mut left, 1.0, -1.0, normal(&a), b);
    for (column, made) in left.as_slice().chunks(a.nrows()).enumerate() {
        c[column * stride..][..a.nrows()].copy_from_slice(made);
    }
}
