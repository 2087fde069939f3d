//! The neural tangent regime.

use crate::problem::Quadratic;

/// Limiting NT risk for σ = x² and isotropic weights, `(1−ρ)₊²(1−τ) + (1−ρ)₊τ`
/// (Ghorbani et al. 2019, Theorem 2). Zero for `rho ≥ 1`.
pub fn neural_tangent(problem: &Quadratic, rho: f64) -> f64 {
    let free = (1.0 - rho).max(0.0);
    let tau = problem.trace_ratio();
    free * free * (1.0 - tau) + free * tau
}
