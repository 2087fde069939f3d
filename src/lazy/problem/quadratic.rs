//! The quadratic target of model `qf`.

use nalgebra::{DMatrix, DVector};

use crate::linalg::{Asymmetry, Symmetric, falling};
use crate::numbers::digits;

use super::{RiskScale, Rounding, Target};

/// Why a matrix is no target.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
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
    #[error(
        "B is not symmetric: entries ({row}, {column}) and ({column}, {row}) differ by {}, with a largest entry of {}",
        digits(*difference), digits(*largest)
    )]
    NotSymmetric {
        /// Row of the entry that differs most from its mirror image, from 1.
        row: usize,
        /// Column of that entry, from 1.
        column: usize,
        /// By how much.
        difference: f64,
        /// The largest entry in size.
        largest: f64,
    },
}

/// `f*(x) = ⟨x, Bx⟩ − Tr B` on `x ~ N(0, I_d)`, so that `E f* = 0` and `‖f*‖² = 2‖B‖_F²`
/// (Ghorbani et al. 2019, §2, Eq. (8)).
///
/// The law of `x` is rotation invariant, so everything happens in the eigenbasis of `B`, where
/// the target is `Σ λ_i (x_i² − 1)`. Weights given in the original coordinates are brought there
/// by [`Target::working_weights`]. Risks are normalised by `2‖B‖_F²`: the zero predictor has
/// risk 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Quadratic {
    eigenvalues: DVector<f64>,
    basis: Option<DMatrix<f64>>,
    rounding: Option<Rounding>,
    trace: f64,
    squared_norm: f64,
    /// What is left of `‖B‖_F²` without the n largest eigenvalues, for n = 0…d.
    remaining_squares: Vec<f64>,
}

impl Quadratic {
    /// The target of a symmetric `B`. A full matrix is diagonalised once, here, and eigenvalues within
    /// rounding of 0 are 0: see [`Quadratic::rounding`].
    ///
    /// # Errors
    /// If `B` is empty, zero, not finite or not symmetric (to `1e-9` of its largest entry).
    pub fn new(b: &Symmetric) -> Result<Self, ProblemError> {
        match b {
            Symmetric::Diagonal(values) => Self::from_eigen(values.clone(), None, None),
            Symmetric::Full(matrix) => {
                check_symmetric(matrix)?;
                let mut eigen = matrix.clone().symmetric_eigen();
                let rounding = Rounding::remove(&mut eigen.eigenvalues);
                Self::from_eigen(eigen.eigenvalues, Some(eigen.eigenvectors), rounding)
            }
        }
    }

    pub(super) fn from_eigen(
        eigenvalues: DVector<f64>,
        basis: Option<DMatrix<f64>>,
        rounding: Option<Rounding>,
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
        let negative = eigenvalues.iter().map(|value| value.min(0.0).powi(2)).sum();
        let positive = eigenvalues.iter().map(|value| value.max(0.0).powi(2));
        Ok(Self {
            trace: eigenvalues.sum(),
            squared_norm,
            remaining_squares: remaining_sums(negative, falling(positive)),
            eigenvalues,
            basis,
            rounding,
        })
    }

    /// The target with other eigenvalues in the same eigenbasis.
    ///
    /// # Errors
    /// If they are no target.
    ///
    /// # Panics
    /// If they are not `d`.
    pub fn with_eigenvalues(&self, eigenvalues: DVector<f64>) -> Result<Self, ProblemError> {
        assert_eq!(eigenvalues.len(), self.dim(), "there are d eigenvalues");
        Self::from_eigen(eigenvalues, self.basis.clone(), self.rounding)
    }

    /// Which eigenvalues of a full matrix were within rounding of 0, and are 0 here.
    pub fn rounding(&self) -> Option<Rounding> {
        self.rounding
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
}

/// Working coordinates are the eigenbasis of B.
impl Target for Quadratic {
    fn form(&self) -> &Quadratic {
        self
    }

    fn risk_scale(&self) -> RiskScale {
        RiskScale::Quadratic
    }

    fn network_left(&self, neurons: usize) -> f64 {
        self.remaining_squares(neurons) / self.squared_norm
    }

    /// The limit is exact at every N and d.
    fn network_exact(&self, neurons: usize) -> f64 {
        self.risk_scale().risk(self.network_left(neurons))
    }

    fn isotropic(&self) -> Symmetric {
        Symmetric::isotropic(self.dim())
    }

    fn working_weights(&self, w: DMatrix<f64>) -> DMatrix<f64> {
        assert_eq!(w.nrows(), self.dim(), "weights have d rows");
        match &self.basis {
            None => w,
            Some(basis) => basis.transpose() * w,
        }
    }

    fn working_covariance(&self, gamma: &Symmetric) -> Symmetric {
        assert_eq!(gamma.dim(), self.dim(), "a covariance of weights is d×d");
        match &self.basis {
            None => gamma.clone(),
            Some(basis) => gamma.in_basis(basis),
        }
    }

    /// `(2‖B − Q‖_F² + mean²) / (2‖B‖_F²)`.
    fn risk(&self, q: &DMatrix<f64>, mean: f64) -> f64 {
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

/// `rest` and the sum of what comes after the first n of falling values, for each n; summed from
/// the smallest up, so that small remainders keep their digits.
pub(crate) fn remaining_sums(rest: f64, falling: Vec<f64>) -> Vec<f64> {
    let mut sum = rest;
    let mut out = vec![sum];
    for value in falling.into_iter().rev() {
        sum += value;
        out.push(sum);
    }
    out.reverse();
    out
}

fn check_symmetric(matrix: &DMatrix<f64>) -> Result<(), ProblemError> {
    if matrix.iter().any(|value| !value.is_finite()) {
        return Err(ProblemError::NotFinite);
    }
    let asymmetry = Asymmetry::of(matrix);
    if asymmetry.is_within(1e-9) {
        return Ok(());
    }
    Err(ProblemError::NotSymmetric {
        row: asymmetry.row + 1,
        column: asymmetry.column + 1,
        difference: asymmetry.difference,
        largest: asymmetry.largest,
    })
}
