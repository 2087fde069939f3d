//! The automatic step size of a mixture; see [`step_size`](super::step_size).
//!
//! Two things differ from a quadratic target. No predictor of this kind has small residuals: the
//! noise of the labels stays, so that the step must be small against the limit if a run is to end
//! near the optimum. With T steps that fall linearly to 0 at the end of the run, the excess of a
//! model of p parameters is about `√(ε·Tr H/b)·√(p/(bT))` of the risk up to a factor of order 1:
//! the second root is 0.085 for the paper's runs (d = 450, b = 100, T = 1.4·10⁵). And inputs are
//! Gaussian in each class only, with variances up to `1 + max|s_i|`.

use crate::elementary;
use nalgebra::DVector;

use crate::lazy::problem::{Mixture, Target};
use crate::linalg::{falling, ranks};

use super::step_size::{Size, TAIL, TANGENT_TAIL, network, tangent_curvature};

/// The part of NN's step for a quadratic target that NN takes.
const NETWORK: f64 = 0.25;

/// The part of the limit that NN with both layers trained takes.
const TRAINED: f64 = 0.35;

/// The part of the limit that NT takes. Half of it would leave less noise far from N = d; near it
/// there are directions that take all of a run, and twice as much would be better still.
const TANGENT: f64 = 0.2;

/// The part that the growth of a neuron by noise may be of its growth by what there is to learn.
/// A step multiplies the weights, and the labels are noise of size 1 from the start: a step adds
/// `(4εa)²(d + 2)/b` of `‖w‖²` to it in random directions, and `8εa|s|` in a useful one.
const GROWTH: f64 = 0.4;

/// The eigenvalues of the form of the best network: `−s_i/(1 + s_i²)/(2 + q)` with
/// `q = Σ s_i²/(1 + s_i²)`, over the `neurons` largest of the |s_i|, and 0 elsewhere. (The risk of
/// `−tQ₀` is `(1 − tq)² + 2t²q`.)
pub(super) fn goal(problem: &Mixture, neurons: usize) -> DVector<f64> {
    let half_risk = 0.5 * problem.network_exact(neurons);
    let values = problem.eigenvalues();
    let sizes: Vec<f64> = values.iter().map(|s| s.abs()).collect();
    let mut goal = DVector::zeros(values.len());
    for place in ranks(&sizes).into_iter().take(neurons) {
        let s = values[place];
        goal[place] = -s / (1.0 + s * s) * half_risk;
    }
    goal
}

/// The step of [`GROWTH`] for a second layer of size `a`.
fn growth_limit(problem: &Mixture, size: Size<'_>, a: f64) -> f64 {
    GROWTH * problem.eigenvalues().amax() * size.batch() / (2.0 * a * (size.dim() + 2.0))
}

/// What the classes' unequal variances do to fourth moments, at most: 1 to 4.
fn moments(problem: &Mixture) -> f64 {
    (1.0 + problem.eigenvalues().amax()).powi(2)
}

/// NN with its second layer fixed to ±1, from weights of squared norm `trace`.
pub(super) fn fixed(problem: &Mixture, size: Size<'_>, trace: f64) -> f64 {
    let part = NETWORK * network(size, trace) / moments(problem);
    part.min(growth_limit(problem, size, 1.0))
}

/// The squared length at which a neuron of the trained network starts: that which `2a²`, kept
/// equal to it by gradient flow up to a constant, will have at the end.
pub(super) fn trained_start(size: Size<'_>) -> f64 {
    let goals = falling_goals(size);
    let mean = goals.iter().sum::<f64>() / goals.len() as f64 / share(size);
    elementary::pow(0.5 * mean, 2.0 / 3.0)
}

/// NN with both layers trained, from neurons of squared length `start` and a second layer of 0.
///
/// Gradient flow keeps `‖w_i‖² − 2a_i²`, so that a neuron that captures the eigenvalue q ends with
/// `a(start + 2a²) = q`. There `K = Σ 4a²⟨x,x'⟩⟨w,x⟩⟨w,x'⟩ + (⟨w,x⟩² − ‖w‖²)(⟨w,x'⟩² − ‖w‖²)`,
/// and 1.
pub(super) fn trained(problem: &Mixture, size: Size<'_>, start: f64) -> f64 {
    let share = share(size);
    let (mut first, mut second, mut largest) = (0.0, 0.0, 0.0_f64);
    for goal in falling_goals(size) {
        let a = coefficient(goal / share, start);
        largest = largest.max(a);
        let square = start + 2.0 * a * a;
        first += share * 4.0 * a * a * square;
        second += share * 2.0 * square * square;
    }
    let first = first * (1.0 + size.dimensions() / size.batch());
    let tail = TAIL * size.concentration() / size.batch();
    let part = TRAINED / moments(problem) / (first + second * (1.0 + tail) + 1.0);
    part.min(growth_limit(problem, size, largest))
}

/// The largest `|q_i|`, as many as there are neurons.
fn falling_goals(size: Size<'_>) -> Vec<f64> {
    let mut goals = falling(size.goal.iter().map(|value| value.abs()));
    goals.truncate(size.neurons);
    goals
}

/// Neurons that share a direction.
fn share(size: Size<'_>) -> f64 {
    (size.neurons as f64 / size.dim()).max(1.0)
}

/// The root of `a(start + 2a²) = goal`.
fn coefficient(goal: f64, start: f64) -> f64 {
    let (mut low, mut high) = (0.0, elementary::cbrt(0.5 * goal));
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
