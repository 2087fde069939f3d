//! Gaussian averages of smooth functions by the trapezoidal rule, which converges
//! exponentially for functions analytic in a strip around the real line.

use super::Activation;
use crate::elementary;

/// Beyond this many standard deviations the Gaussian weight is below 1e-43.
const REACH: f64 = 14.0;

/// Nodes and weights of `E f(G)` for functions that vary on the scale `1/s`.
///
/// tanh and softplus have poles at distance `π/2` (in `sG`), which bounds the step for an
/// error of 1e-15. Steps are never below 1e-3: for `s` beyond 300, where σ(sG) is nearly a
/// step or a ramp, the error is about 1e-6.
fn nodes(s: f64) -> impl Iterator<Item = (f64, f64)> {
    let step = (0.28 / s.max(1.0)).clamp(1e-3, 0.05);
    let count = (REACH / step).ceil() as i64;
    (-count..=count).map(move |k| {
        let g = k as f64 * step;
        let density = elementary::exp(-0.5 * g * g) / (2.0 * std::f64::consts::PI).sqrt();
        (g, step * density)
    })
}

/// `E f(sG)`; to about 1e-15 for f with no pole nearer to the real line than `π/2`.
pub fn average(s: f64, f: impl Fn(f64) -> f64) -> f64 {
    nodes(s).map(|(g, weight)| weight * f(s * g)).sum()
}

/// `E σ(sG)²`.
pub(super) fn second_moment(sigma: Activation, s: f64) -> f64 {
    average(s, |x| sigma.value(x).powi(2))
}

/// `E[σ(sG)He_k(G)]/√k!` for k = 0…K−1.
pub(super) fn hermite_coefficients<const K: usize>(sigma: Activation, s: f64) -> [f64; K] {
    let mut sums = [0.0; K];
    for (g, weight) in nodes(s) {
        let value = weight * sigma.value(s * g);
        // The normalised three-term recurrence keeps high orders in range.
        let (mut before, mut he) = (0.0, 1.0);
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum += value * he;
            let next = (g * he - (k as f64).sqrt() * before) / ((k + 1) as f64).sqrt();
            (before, he) = (he, next);
        }
    }
    sums
}
