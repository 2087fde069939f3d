//! The fully trained network.

use crate::problem::Quadratic;

/// Least risk of a network of `neurons` units, σ = x², second layer fixed to 1: a sum of the
/// eigenvalues that `neurons` directions leave over,
/// `1 − Σ_{i≤N∧d} (λ_i)₊²/‖B‖_F²` (Ghorbani et al. 2019, Theorem 3).
///
/// It holds at every finite N and d. For `B ⪰ 0` Theorem 3 says that SGD reaches it; for an
/// indefinite B it is the least risk, but nothing promises that SGD gets there.
pub fn network(problem: &Quadratic, neurons: usize) -> f64 {
    (problem.remaining_squares(neurons) / problem.squared_norm()).min(1.0)
}
