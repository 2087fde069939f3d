//! The neural tangent regime, σ = x².

use nalgebra::{DMatrix, DVector};

use crate::linalg::orthonormal_basis;
use crate::problem::Quadratic;

/// Exact NT risk for weights `w` (`d×N` in the eigenbasis of B): `‖P⊥BP⊥‖_F²/‖B‖_F²`, `P⊥` the
/// projection off the span of the neurons. Zero where they span the whole space.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn neural_tangent(problem: &Quadratic, w: &DMatrix<f64>) -> f64 {
    let d = problem.dim();
    assert_eq!(w.nrows(), d, "weights have d rows");
    let basis = orthonormal_basis(w);
    if basis.ncols() == d {
        return 0.0;
    }
    // P⊥ = I − QQᵀ on both sides of the diagonal B, one side after the other.
    let mut left = DMatrix::from_diagonal(problem.eigenvalues());
    left -= &basis * (basis.transpose() * &left);
    let both = &left - (&left * &basis) * basis.transpose();
    both.norm_squared() / problem.squared_norm()
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
