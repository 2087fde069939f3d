//! The neural tangent regime.

use crate::problem::Target;

/// Limiting NT risk for σ = x² and isotropic weights. Of a quadratic target it leaves
/// `(1−ρ)₊²(1−τ) + (1−ρ)₊τ` (Ghorbani et al. 2019, Theorem 2), zero for `rho ≥ 1`; of a mixture it
/// captures the rest of `‖Δ̃‖_F²`, which Theorem 5 calls κ and states for Σ = I.
pub fn neural_tangent(problem: &(impl Target + ?Sized), rho: f64) -> f64 {
    let free = (1.0 - rho).max(0.0);
    let tau = problem.form().trace_ratio();
    let left = free * free * (1.0 - tau) + free * tau;
    problem.risk_scale().risk(left)
}
