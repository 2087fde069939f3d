//! The automatic step size of a mixture; see [`step_size`](super::step_size).
//!
//! Two things differ from a quadratic target. No predictor of this kind has small residuals: the
//! noise of the labels stays, so that the step must be small against the limit if a run is to end
//! near the optimum. With T steps that fall linearly to 0 at the end of the run, the excess of a
//! model of p parameters is about `√(ε·Tr H/b)·√(p/(bT))` of the risk up to a factor of order 1:
//! the second root is 0.085 for the paper's runs (d = 450, b = 100, T = 1.4·10⁵). And inputs are
//! Gaussian in each class only, with variances up to `1 + max|s_i|`.

use nalgebra::DVector;

use crate::problem::{Mixture, Target};

use super::step_size::{Size, TAIL, TANGENT_TAIL, network, tangent_curvature};

/// The part of NN's step for a quadratic target that NN takes.
const NETWORK: f64 = 0.25;

/// The part of the limit that NN with both layers trained takes.
const TRAINED: f64 = 0.35;

/// The part of the limit that NT takes.
const TANGENT: f64 = 0.125;

/// The eigenvalues of the form of the best wide network, `−s_i/(1 + s_i²)/(2 + q)` with
/// `q = Σ s_i²/(1 + s_i²)`: the risk of −tQ₀ is `(1 − tq)² + 2t²q`.
pub(super) fn goal(problem: &Mixture) -> DVector<f64> {
    let half_risk = 0.5 * problem.network_exact(problem.dim());
    problem
        .eigenvalues()
        .map(|s| -s / (1.0 + s * s) * half_risk)
}

/// What the classes' unequal variances do to fourth moments, at most: 1 to 4.
fn moments(problem: &Mixture) -> f64 {
    (1.0 + problem.eigenvalues().amax()).powi(2)
}

/// NN with its second layer fixed to ±1, from weights of squared norm `trace`.
pub(super) fn fixed(problem: &Mixture, size: Size<'_>, trace: f64) -> f64 {
    NETWORK * network(size, trace) / moments(problem)
}

/// The squared length at which a neuron of the trained network starts: that which `2a²`, kept
/// equal to it by gradient flow up to a constant, will have at the end.
pub(super) fn trained_start(size: Size<'_>) -> f64 {
    let goals = falling_goals(size);
    let mean = goals.iter().sum::<f64>() / goals.len() as f64 / share(size);
    (0.5 * mean).powf(2.0 / 3.0)
}

/// NN with both layers trained, from neurons of squared length `start` and a second layer of 0.
///
/// Gradient flow keeps `‖w_i‖² − 2a_i²`, so that a neuron that captures the eigenvalue q ends with
/// `a(start + 2a²) = q`. There `K = Σ 4a²⟨x,x'⟩⟨w,x⟩⟨w,x'⟩ + (⟨w,x⟩² − ‖w‖²)(⟨w,x'⟩² − ‖w‖²)`,
/// and 1.
pub(super) fn trained(problem: &Mixture, size: Size<'_>, start: f64) -> f64 {
    let share = share(size);
    let (mut first, mut second) = (0.0, 0.0);
    for goal in falling_goals(size) {
        let a = coefficient(goal / share, start);
        let square = start + 2.0 * a * a;
        first += share * 4.0 * a * a * square;
        second += share * 2.0 * square * square;
    }
    let first = first * (1.0 + size.dimensions() / size.batch());
    let tail = TAIL * size.concentration() / size.batch();
    TRAINED / moments(problem) / (first + second * (1.0 + tail) + 1.0)
}

/// The largest `|q_i|`, as many as there are neurons.
fn falling_goals(size: Size<'_>) -> Vec<f64> {
    let mut goals = crate::linalg::falling(size.goal.iter().map(|value| value.abs()));
    goals.truncate(size.neurons);
    goals
}

/// Neurons that share a direction.
fn share(size: Size<'_>) -> f64 {
    (size.neurons as f64 / size.dim()).max(1.0)
}

/// The root of `a(start + 2a²) = goal`.
fn coefficient(goal: f64, start: f64) -> f64 {
    let (mut low, mut high) = (0.0, (0.5 * goal).cbrt());
    for _ in 0..60 {
        let a = 0.5 * (low + high);
        if a * (start + 2.0 * a * a) < goal {
            low = a;
        } else {
            high = a;
        }
    }
    high
}

/// NT at weights of squared norm `trace` whose `WWᵀ` has the largest eigenvalue `edge` or a
/// smaller one.
pub(super) fn tangent(problem: &Mixture, size: Size<'_>, trace: f64, edge: f64) -> f64 {
    let tail = 1.0 + TANGENT_TAIL * edge / trace;
    TANGENT / moments(problem) / tangent_curvature(size, trace, edge, tail)
}
