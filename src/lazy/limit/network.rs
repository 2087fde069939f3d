//! The fully trained network.

use crate::lazy::problem::Target;

/// Limiting risk of a network of `neurons` units, σ = x².
///
/// For a quadratic target, second layer fixed to 1, a sum of the eigenvalues that `neurons`
/// directions leave over, `1 − Σ_{i≤N∧d} (λ_i)₊²/‖B‖_F²` (Ghorbani et al. 2019, Theorem 3). It holds
/// at every finite N and d. For `B ⪰ 0` Theorem 3 says that SGD reaches it; for an indefinite B it
/// is the least risk, but nothing promises that SGD gets there.
///
/// For a mixture, second layer trained, `2/(2 + Σ_{i≤N∧d} s_i(Δ̃)²)`, singular values largest
/// first (Theorem 6).
pub fn network(problem: &(impl Target + ?Sized), neurons: usize) -> f64 {
    problem.risk_scale().risk(problem.network_left(neurons))
}
