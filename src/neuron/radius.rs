//! Averages over the length of a Gaussian vector.

use crate::elementary;

/// Nodes r and weights for `E g(‖z‖)`, `z ~ N(0, I_ν)` with ν ≥ 1 real, for a g that is smooth in ln r: the trapezoidal rule in
/// ln r, whose error falls exponentially as its step does. The step is at most what is given.
pub(super) fn radii(dim: f64, step: f64) -> Vec<(f64, f64)> {
    let step = step.min(0.12).min(0.6 / (2.0 * dim).sqrt());
    let middle = elementary::log(dim) / 2.0;
    // ln of r^ν e^{−r²/2}, over its largest value.
    let log_density = |t: f64| dim * t - dim / 2.0 * (elementary::exp(2.0 * t) - 1.0);
    let mut nodes = Vec::new();
    for (sign, first) in [(-1.0, 0), (1.0, 1)] {
        for index in first.. {
            let t = sign * f64::from(index) * step;
            let density = log_density(t);
            if density < -36.0 {
                break;
            }
            nodes.push((elementary::exp(middle + t), elementary::exp(density)));
        }
    }
    let total: f64 = nodes.iter().map(|(_, weight)| weight).sum();
    for (_, weight) in &mut nodes {
        *weight /= total;
    }
    nodes
}
