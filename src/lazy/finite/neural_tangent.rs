//! The neural tangent regime, σ = x².

use nalgebra::{DMatrix, DVector};

use crate::lazy::problem::Quadratic;
use crate::linalg::NestedBasis;

use super::SolveError;

/// What a risk that is given may be wrong by, of a quadratic target as of a mixture.
pub(super) const TOLERANCE: f64 = 1e-9;

/// Exact NT risk for weights `w` (`d×N` in the eigenbasis of B): `‖P⊥BP⊥‖_F²/‖B‖_F²`, `P⊥` the
/// projection off the span of the neurons. Zero where they span the whole space.
///
/// # Errors
/// If neurons depend on each other so nearly that rounding decides more than 10⁻⁹ of it.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn neural_tangent(problem: &Quadratic, w: &DMatrix<f64>) -> Result<f64, SolveError> {
    neural_tangents(problem, w, &[w.ncols()])[0]
}

/// [`neural_tangent`] of the first `widths` neurons of `w`; widths beyond N count as N.
///
/// # Errors
/// For each width, as there.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn neural_tangents(
    problem: &Quadratic,
    w: &DMatrix<f64>,
    widths: &[usize],
) -> Vec<Result<f64, SolveError>> {
    let d = problem.dim();
    assert_eq!(w.nrows(), d, "weights have d rows");
    let widest = widths.iter().copied().max().unwrap_or(0).min(w.ncols());
    let nested = NestedBasis::of_space(&w.columns(0, widest).into_owned());
    let risk = |&width: &usize| {
        let neurons = width.min(widest);
        let rank = nested.rank(neurons);
        if rank == d {
            return Ok(0.0);
        }
        // P⊥BP⊥ in a basis of what the neurons do not span.
        let off = nested.vectors().columns(rank, d - rank);
        let mut weighted = off.into_owned();
        for mut vector in weighted.column_iter_mut() {
            vector.component_mul_assign(problem.eigenvalues());
        }
        let risk = (off.transpose() * weighted).norm_squared() / problem.squared_norm();
        // Turning the span by an angle turns that much of B, whose norm is 1 here, into it or out of it on both sides.
        let error = 4.0 * nested.doubt(neurons) * risk.sqrt();
        if error <= TOLERANCE {
            Ok(risk)
        } else {
            Err(SolveError::Span { neurons, error })
        }
    };
    widths.iter().map(risk).collect()
}

/// The mean of [`neural_tangent`] over isotropic weights of `neurons` units: with `k = d − N`,
/// `k(kd+d−2)/(d(d−1)(d+2)) + τk(d−k)/((d−1)(d+2))`. Zero for `neurons ≥ d`.
///
/// It is the second moment of a random projection (the Haar average of `‖PBP‖_F²`); as d → ∞ it
/// tends to Theorem 2 of Ghorbani et al. 2019.
pub fn neural_tangent_mean(problem: &Quadratic, neurons: usize) -> f64 {
    let d = problem.dim() as f64;
    let k = d - neurons.min(problem.dim()) as f64;
    if k == 0.0 {
        return 0.0;
    }
    let tau = problem.trace_ratio();
    let scale = k / ((d - 1.0) * (d + 2.0));
    // d = 1 leaves no k > 0 but that of no neurons at all, where everything remains.
    if scale.is_finite() {
        scale * ((k * d + d - 2.0) / d + tau * (d - k))
    } else {
        1.0
    }
}

/// The mean over isotropic weights of the diagonal that NT learns, `diag(B − P⊥BP⊥)` in the
/// eigenbasis of B: a share of each eigenvalue and a share of the trace.
///
/// `E[PBP] = (x + y)B + y Tr(B) I` for a uniformly random projection P of rank k, with x and y
/// fixed by `Tr P = k` and `P² = P`.
pub fn neural_tangent_learned_mean(problem: &Quadratic, neurons: usize) -> DVector<f64> {
    let d = problem.dim() as f64;
    let k = d - neurons.min(problem.dim()) as f64;
    if k == 0.0 {
        return problem.eigenvalues().clone();
    }
    // k ≥ 1 with at least one neuron means d ≥ 2.
    let x = k * (k * (d + 1.0) - 2.0) / (d * (d + 2.0) * (d - 1.0));
    let y = (k / d - x) / (d + 1.0);
    problem
        .eigenvalues()
        .map(|value| value - (x + y) * value - y * problem.trace())
}
