//! The quadratic target of model `qf`.

use nalgebra::{DMatrix, DVector};

use crate::linalg::{Symmetric, falling};

/// Why a matrix is no target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemError {
    /// `d = 0`.
    #[error("B has no entries; at least one is needed")]
    Empty,
    /// The target is constant: its normalised risk has no meaning.
    #[error("B is zero (or its norm is below 10⁻¹⁴⁵); at least one eigenvalue must differ from 0")]
    Zero,
    /// A NaN or an infinity, or entries so large that `‖B‖_F²` is infinite.
    #[error("B has an entry that is not finite, or a norm beyond 10¹⁵⁰; all must be finite")]
    NotFinite,
    /// `B ≠ Bᵀ`.
    #[error("B is not symmetric: entries ({row}, {column}) and ({column}, {row}) differ")]
    NotSymmetric {
        /// Row of the first offending entry, from 1.
        row: usize,
        /// Column of that entry, from 1.
        column: usize,
    },
}

/// `f*(x) = ⟨x, Bx⟩ − Tr B` on `x ~ N(0, I_d)`, so that `E f* = 0` and `‖f*‖² = 2‖B‖_F²`
/// (Ghorbani et al. 2019, §2, Eq. (8)).
///
/// The law of `x` is rotation invariant, so everything happens in the eigenbasis of `B`, where
/// the target is `Σ λ_i (x_i² − 1)`. Weights given in the original coordinates are brought there
/// by [`Quadratic::in_eigenbasis`]. Risks are normalised by `2‖B‖_F²`: the zero predictor has
/// risk 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Quadratic {
    eigenvalues: DVector<f64>,
    basis: Option<DMatrix<f64>>,
    trace: f64,
    squared_norm: f64,
    /// What is left of `‖B‖_F²` without the n largest eigenvalues, for n = 0…d.
    remaining_squares: Vec<f64>,
}

impl Quadratic {
    /// The target of a symmetric `B`. A full matrix is diagonalised once, here.
    ///
    /// # Errors
    /// If `B` is empty, zero, not finite or not symmetric (to `1e-9` of its largest entry).
    pub fn new(b: &Symmetric) -> Result<Self, ProblemError> {
        match b {
            Symmetric::Diagonal(values) => Self::from_eigen(values.clone(), None),
            Symmetric::Full(matrix) => {
                check_symmetric(matrix)?;
                let eigen = matrix.clone().symmetric_eigen();
                Self::from_eigen(eigen.eigenvalues, Some(eigen.eigenvectors))
            }
        }
    }

    fn from_eigen(
        eigenvalues: DVector<f64>,
        basis: Option<DMatrix<f64>>,
    ) -> Result<Self, ProblemError> {
        if eigenvalues.is_empty() {
            return Err(ProblemError::Empty);
        }
        let squared_norm = eigenvalues.norm_squared();
        if eigenvalues.iter().any(|value| !value.is_finite()) || squared_norm > 1e300 {
            return Err(ProblemError::NotFinite);
        }
        // Below this the squares lose their digits, or vanish altogether.
        if squared_norm < 1e-290 {
            return Err(ProblemError::Zero);
        }
        Ok(Self {
            trace: eigenvalues.sum(),
            squared_norm,
            remaining_squares: remaining_squares(&eigenvalues),
            eigenvalues,
            basis,
        })
    }

    /// The input dimension `d`.
    pub fn dim(&self) -> usize {
        self.eigenvalues.len()
    }

    /// The eigenvalues of `B`, in the order of the coordinates in which everything happens.
    pub fn eigenvalues(&self) -> &DVector<f64> {
        &self.eigenvalues
    }

    /// `Tr B`.
    pub fn trace(&self) -> f64 {
        self.trace
    }

    /// `‖B‖_F²`, half the squared norm of the target.
    pub fn squared_norm(&self) -> f64 {
        self.squared_norm
    }

    /// `τ = Tr(B)² / (d‖B‖_F²)`, in [0, 1]: 1 for a multiple of the identity, 0 for trace zero.
    pub fn trace_ratio(&self) -> f64 {
        (self.trace * self.trace / (self.dim() as f64 * self.squared_norm)).min(1.0)
    }

    /// Whether `B ⪰ 0`, the assumption of Theorem 3.
    pub fn is_positive(&self) -> bool {
        self.eigenvalues.iter().all(|&value| value >= 0.0)
    }

    /// `‖B‖_F² − Σ_{i≤n} (λ_i)₊²`: the sum of squares of all eigenvalues but the `n` largest
    /// positive ones. Exactly 0 where `n` covers a positive semidefinite B.
    pub fn remaining_squares(&self, n: usize) -> f64 {
        self.remaining_squares[n.min(self.dim())]
    }

    /// Weights `W` (`d×N`, columns are neurons) in the eigenbasis of `B`.
    ///
    /// # Panics
    /// If `W` has not `d` rows.
    pub fn in_eigenbasis(&self, w: DMatrix<f64>) -> DMatrix<f64> {
        assert_eq!(w.nrows(), self.dim(), "weights have d rows");
        match &self.basis {
            None => w,
            Some(basis) => basis.transpose() * w,
        }
    }

    /// A covariance of weights in the eigenbasis of `B`.
    ///
    /// # Panics
    /// If its dimension is not `d`.
    pub fn covariance_in_eigenbasis(&self, gamma: &Symmetric) -> Symmetric {
        assert_eq!(gamma.dim(), self.dim(), "a covariance of weights is d×d");
        match &self.basis {
            None => gamma.clone(),
            Some(basis) => gamma.in_basis(basis),
        }
    }

    /// The normalised risk of `f(x) = ⟨xxᵀ, Q⟩ + c`, where `Q` is given in the eigenbasis and
    /// `mean = E f = Tr Q + c`: `(2‖B − Q‖_F² + mean²) / (2‖B‖_F²)`. Infinite or NaN only if
    /// `Q` or `mean` is.
    ///
    /// # Panics
    /// If `Q` is not `d×d`.
    pub fn risk(&self, q: &DMatrix<f64>, mean: f64) -> f64 {
        assert_eq!(q.shape(), (self.dim(), self.dim()), "Q is d×d");
        let off_target: f64 = q
            .column_iter()
            .enumerate()
            .map(|(j, column)| {
                let gap = column[j] - self.eigenvalues[j];
                column.norm_squared() - column[j] * column[j] + gap * gap
            })
            .sum();
        (2.0 * off_target + mean * mean) / (2.0 * self.squared_norm)
    }
}

/// Summed from the smallest up, so that small remainders keep their digits.
fn remaining_squares(eigenvalues: &DVector<f64>) -> Vec<f64> {
    let negative = eigenvalues.iter().map(|value| value.min(0.0));
    let mut sum = negative.map(|value| value * value).sum();
    let mut out = vec![sum];
    let rising = falling(eigenvalues.iter().map(|value| value.max(0.0)));
    for value in rising.into_iter().rev() {
        sum += value * value;
        out.push(sum);
    }
    out.reverse();
    out
}

fn check_symmetric(matrix: &DMatrix<f64>) -> Result<(), ProblemError> {
    if matrix.iter().any(|value| !value.is_finite()) {
        return Err(ProblemError::NotFinite);
    }
    let tolerance = 1e-9 * matrix.amax();
    for column in 0..matrix.ncols() {
        for row in column + 1..matrix.nrows() {
            if (matrix[(row, column)] - matrix[(column, row)]).abs() > tolerance {
                return Err(ProblemError::NotSymmetric {
                    row: row + 1,
                    column: column + 1,
                });
            }
        }
    }
    Ok(())
}
