//! What the first 1, 2, … features explain, and how sure that is.

use crate::elementary;
use nalgebra::{DMatrix, DVector};

use crate::linalg::NestedCholesky;

use super::SolveError;

/// What a risk that is given may be wrong by: 10⁻⁶, as quadratures and a solve stand between.
const TOLERANCE: f64 = 1e-6;

/// Neurons that differ by less than this times d, relatively, are one.
const EQUAL: f64 = 16.0 * f64::EPSILON;

/// How exactly the normal equations `Ua = V` of nested features are known.
#[derive(Clone, Debug)]
pub(super) struct Accuracy {
    /// The mean square of each feature before its centre is taken off: entry ij of U is rounded as `√(m_i m_j)`.
    pub(super) sizes: Vec<f64>,
    /// The Frobenius norm of what is missing of the leading n×n block of U, for n = 1, 2, …
    pub(super) missing: Vec<f64>,
    /// Terms in the inner products of weights.
    pub(super) dim: usize,
    /// The rank that U has at most for the activation, if it has one.
    pub(super) most: usize,
    /// Whether a neuron is one of the earlier ones again, so that its feature certainly adds nothing.
    pub(super) is_copy: Vec<bool>,
}

impl Accuracy {
    /// Which columns of `w` are earlier ones again, or the reverse of one for an even activation.
    pub(super) fn copies(w: &DMatrix<f64>, is_even: bool) -> Vec<bool> {
        let tolerance = EQUAL * w.nrows() as f64;
        // Only neurons of equal length can be equal: they are compared with those of neighbouring keys.
        let key = |norm: f64| (elementary::log(norm) / 1e-6).floor() as i64;
        // A list is looked through in no time, beside all that comes after it.
        let mut seen: Vec<(i64, usize)> = Vec::new();
        let mut is_zero_seen = false;
        let mut copies = Vec::with_capacity(w.ncols());
        for (index, column) in w.column_iter().enumerate() {
            let norm = column.norm();
            if norm == 0.0 {
                copies.push(is_zero_seen);
                is_zero_seen = true;
                continue;
            }
            let key = key(norm);
            let mut near = seen.iter().filter(|(other, _)| other.abs_diff(key) <= 1);
            let is_copy = near.any(|&(_, earlier)| {
                let other = w.column(earlier);
                (column - other).norm() <= tolerance * norm
                    || (is_even && (column + other).norm() <= tolerance * norm)
            });
            copies.push(is_copy);
            if !is_copy {
                seen.push((key, index));
            }
        }
        copies
    }

    /// The risks `1 − VᵀU⁻¹V/total` of the first 1, 2, … features, with `factor` of U, none below `floor` of that many
    /// neurons; they do not increase.
    ///
    /// A change of U by δU and of V by δV changes `VᵀU⁻¹V` by `2aᵀδV − aᵀδUa`, with the best coefficients a: this bounds
    /// what rounding does. A feature that depends on earlier ones to rounding is left out, which can only make the risk
    /// too large, by all that is left of it: that is what it is then not known by, unless the feature is known to depend.
    ///
    /// # Errors
    /// For each number of features, if its risk is not known to 10⁻⁶.
    pub(super) fn risks(
        &self,
        factor: &NestedCholesky,
        v: &DVector<f64>,
        total: f64,
        floor: impl Fn(usize) -> f64,
    ) -> Vec<Result<f64, SolveError>> {
        if v.iter().all(|&response| response == 0.0) {
            // Nothing of the target is seen, whatever the features are to each other: an odd activation.
            return vec![Ok(1.0); v.len()];
        }
        let y = factor.solve_lower(v);
        let count = y.len();
        let mut coefficients = vec![0.0; count];
        let mut risks = Vec::with_capacity(count);
        let (mut explained, mut rank) = (0.0, 0);
        let mut is_lost = false;
        factor.inverse_rows(&mut |i, row| {
            let neurons = i + 1;
            // Sums of so many terms err by the root of their number.
            let unit = f64::EPSILON * 8.0 * ((neurons + self.dim) as f64).sqrt();
            let weighted =
                |row: &[f64]| -> f64 { row.iter().zip(&self.sizes).map(|(x, m)| m * x * x).sum() };
            match row {
                Some(row) => {
                    rank += 1;
                    explained += y[i] * y[i];
                    for (a, x) in coefficients.iter_mut().zip(row) {
                        *a += y[i] * x;
                    }
                    // The pivot is not known to be one if U's rounding makes it up.
                    is_lost |= unit * weighted(row) > 0.1;
                }
                None => is_lost |= !self.is_copy[i],
            }
            // What spans all that features can be leaves nothing to be lost.
            is_lost &= rank < self.most;
            let risk = 1.0 - explained / total;
            let known = &coefficients[..neurons];
            let (square, plain) = (weighted(known), known.iter().map(|a| a * a).sum::<f64>());
            let response = f64::EPSILON * 16.0 * (self.dim as f64).sqrt();
            let mut error = unit * square / total
                + response * (square / total).sqrt()
                + self.missing[i] * plain / total
                + unit;
            if is_lost {
                error = error.max(risk - floor(neurons));
            }
            risks.push(if error <= TOLERANCE {
                // Both are known to within the error; in truth the one is not below the other.
                Ok(risk.max(floor(neurons)))
            } else {
                Err(SolveError::Features { neurons, error })
            });
        });
        risks
    }
}
