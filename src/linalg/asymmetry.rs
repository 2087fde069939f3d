//! How far a matrix is from symmetric.

use nalgebra::DMatrix;

/// The entry of a square matrix that differs most from its mirror image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asymmetry {
    /// Its row, from 0.
    pub row: usize,
    /// Its column, from 0.
    pub column: usize,
    /// By how much they differ; 0 in a symmetric matrix.
    pub difference: f64,
    /// The largest entry of the matrix in size.
    pub largest: f64,
}

impl Asymmetry {
    /// That of a square matrix of finite numbers.
    pub fn of(matrix: &DMatrix<f64>) -> Self {
        let mut worst = Self {
            row: 0,
            column: 0,
            difference: 0.0,
            largest: matrix.iter().fold(0.0, |max, x| x.abs().max(max)),
        };
        for column in 0..matrix.ncols() {
            for row in column + 1..matrix.nrows() {
                let difference = (matrix[(row, column)] - matrix[(column, row)]).abs();
                if difference > worst.difference {
                    worst = Self {
                        row,
                        column,
                        difference,
                        ..worst
                    };
                }
            }
        }
        worst
    }

    /// Whether it is at most `tolerance` of the largest entry.
    pub fn is_within(self, tolerance: f64) -> bool {
        self.difference <= tolerance * self.largest
    }
}
