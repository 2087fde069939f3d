//! The least risk of all predictors of a mixture.

use crate::elementary;
use std::f64::consts::PI;

use crate::lazy::problem::Mixture;
use crate::stream::{Purpose, Stream};

/// Step of the trapezoidal rule; its error is below `4e^{−π/STEP}`, see [`bayes`].
const STEP: f64 = 0.08;

/// Beyond this, `sech(πt)` is below 1e-17.
const REACH: f64 = 12.7;

/// The Bayes risk at finite d, `E[1 − tanh²(L/2)]` with L the log-likelihood ratio of the classes.
/// Exact to about 1e-15, without sampling; costs 160·d.
///
/// Under the density proportional to `√(p₊p₋)`, whose mass is `Z = Π(1 − s_i²)^{1/4}`, the risk is
/// `Z·E₀ sech(L/2)` with `L = Σ(artanh s_i − s_i g_i²)`, g standard normal and `s_i` the eigenvalues of
/// `Δ̃`. Parseval's identity makes this the integral of `sech(πt)` times the characteristic function
/// `Π e^{it·artanh s_i}(1 + 2its_i)^{−1/2}`, and by Poisson's summation the trapezoidal rule of step h
/// errs by at most the mean of `sech` a distance `2π/h` away: `4e^{−π/h}`, whatever the `s_i`.
pub fn bayes(problem: &Mixture) -> f64 {
    let values = problem.eigenvalues();
    // 1 − s² and artanh s by the complements: near ±1 the square alone would have lost the digits.
    let (mut log_mass, mut shift) = (0.0, 0.0);
    for (s, complement) in values.iter().zip(problem.complements()) {
        let (more, less) = (elementary::log1p(s.abs()), elementary::log(*complement));
        log_mass += 0.25 * (more + less);
        shift += 0.5 * (more - less).copysign(*s);
    }
    let term = |t: f64| {
        let (mut log_size, mut angle) = (log_mass, t * shift);
        for s in values {
            let tilt = 2.0 * t * s;
            log_size -= 0.25 * elementary::log1p(tilt * tilt);
            angle -= 0.5 * elementary::atan(tilt);
        }
        elementary::exp(log_size) * elementary::cos(angle) / elementary::cosh(PI * t)
    };
    let count = (REACH / STEP) as u32;
    // Even in t.
    let sum: f64 = (1..=count).map(|k| term(f64::from(k) * STEP)).sum();
    (STEP * (term(0.0) + 2.0 * sum)).clamp(0.0, 1.0)
}

/// An average over samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampled {
    /// The average.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// [`bayes`] by Monte Carlo, from `samples` samples of both classes together: an evidence for the exact
/// value that owes nothing to its derivation. Zero error for fewer than two samples.
pub fn bayes_sampled(problem: &Mixture, samples: usize, seed: u64) -> Sampled {
    let values = problem.eigenvalues();
    let shift: f64 = values.iter().map(|s| s.atanh()).sum();
    // s·x²/(1 − s²) for x² = (1 − ys)g².
    let tilts = [1.0, -1.0].map(|y| values.map(|s| (s / (1.0 + y * s)) as f32));
    // A draw that no run's batch gets to.
    let mut stream = Stream::new(seed, Purpose::Batch, u64::MAX);
    let mut g = vec![0.0_f32; values.len()];
    let (mut mean, mut squares) = (0.0, 0.0);
    for index in 0..samples {
        stream.fill_normal(&mut g);
        let tilt = tilts[index % 2].as_slice();
        let form: f32 = g.iter().zip(tilt).map(|(g, t)| t * g * g).sum();
        let value = elementary::cosh(0.5 * (shift - f64::from(form))).powi(-2);
        let step = value - mean;
        mean += step / (index + 1) as f64;
        squares += step * (value - mean);
    }
    let count = samples.max(2) as f64;
    Sampled {
        mean,
        standard_error: (squares / (count - 1.0) / count).sqrt(),
    }
}
