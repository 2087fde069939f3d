//! ψ, the Bayes risk and the best weights.

use lazy_limits::activation::Activation;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{BestWeights, Mixture, Quadratic, WeightCovariance};
use lazy_limits::{finite, limit};
use statrs::function::gamma::ln_gamma;

use crate::double::double;
use crate::{Draws, cases};

/// Numbers over many orders of magnitude, some equal, with sum 1.
fn shares(draws: &mut Draws, dim: usize) -> Vec<f64> {
    let reach = draws.between(0.0, 14.0);
    let mut values: Vec<f64> = (0..dim)
        .map(|_| 10_f64.powf(-draws.between(0.0, reach)))
        .collect();
    for i in 1..dim {
        if draws.uniform() < 0.3 {
            values[i] = values[i - 1];
        }
    }
    let sum: f64 = values.iter().sum();
    values.into_iter().map(|value| value / sum).collect()
}

/// ψ solves its equation, evaluated in 32 digits, to 10⁻¹³ of itself: the derivative of `λ̃ψ + (1/d)Σ aψ/(1+aψ)` times ψ is
/// at least `λ̃ψ`.
#[test]
fn psi_is_the_root() {
    for case in 0..cases(3000) {
        let mut draws = Draws::of(case);
        let dim = draws.whole(1, 30);
        let gamma = shares(&mut draws, dim);
        let activation = Activation::ALL[draws.whole(0, 4)];
        let rho = 10_f64.powf(draws.between(-4.0, 6.0));
        let problem = Quadratic::new(&Symmetric::diagonal((1..=dim).map(|k| k as f64))).unwrap();
        let weights = Symmetric::diagonal(gamma.iter().copied());
        let psi = limit::RandomFeatures::new(&problem, &weights, activation).psi(rho);
        let hermite = activation.hermite();
        let mut value = double(hermite.lambda_tilde) * double(psi);
        let mut pull = value;
        for t in gamma {
            let a =
                double(hermite.lambda1) * double(hermite.lambda1) * double(dim as f64) * double(t);
            let term = a * double(psi) / (double(1.0) + a * double(psi)) / dim as f64;
            value += term;
            pull += term / (double(1.0) + a * double(psi));
        }
        let error = f64::from((value - double(rho)) / pull).abs();
        assert!(
            error <= 1e-13,
            "case {case}: ψ = {psi} at ρ = {rho} is {error:e} off"
        );
    }
}

/// The Bayes risk of m equal eigenvalues by the trapezoidal rule in the logarithm of `q = ‖x‖²`, where both densities and
/// all their derivatives vanish at the ends: `∫ 2p₊p₋/(p₊ + p₋)`.
fn bayes_of_equal(s: f64, m: usize) -> f64 {
    let half = 0.5 * m as f64;
    let log_density = |variance: f64, t: f64| {
        half * (t - (2.0 * variance).ln()) - t.exp() / (2.0 * variance) - ln_gamma(half)
    };
    let step = 2e-3;
    let (low, high) = (-90.0, 12.0);
    let count = ((high - low) / step) as usize;
    let sum: f64 = (0..=count)
        .map(|k| {
            let t = low + step * k as f64;
            let (p, q) = (log_density(1.0 - s, t), log_density(1.0 + s, t));
            // 2pq/(p + q), from logarithms.
            2.0 * (p + q - p.max(q) - (-(p - q).abs()).exp().ln_1p()).exp()
        })
        .sum();
    sum * step
}

#[test]
fn bayes_is_the_integral() {
    for case in 0..cases(60) {
        let mut draws = Draws::of(case);
        let m = draws.whole(1, 12);
        let s = match case % 3 {
            0 => 1.0 - 10_f64.powf(-draws.between(0.0, 13.0)),
            1 => draws.uniform(),
            _ => 10_f64.powf(-draws.between(0.0, 12.0)),
        } * draws.sign();
        // Zeros change nothing.
        let zeros = draws.whole(0, 3);
        let values: Vec<f64> = [vec![s; m], vec![0.0; zeros]].concat();
        let white = Symmetric::diagonal(vec![1.0; m + zeros]);
        let Ok(problem) = Mixture::new(&white, &Symmetric::diagonal(values)) else {
            continue;
        };
        let (found, expected) = (finite::bayes(&problem), bayes_of_equal(s, m));
        // 10⁵ terms of the reference, with rounding in logarithms of up to a hundred.
        assert!(
            (found - expected).abs() < 1e-11,
            "case {case}, s = {s}, m = {m}: {found}, {expected}"
        );
    }
}

/// The best weights attain the risk that is claimed for them, and no others do better: not random ones, not neighbours.
#[test]
fn no_weights_are_better_than_the_best() {
    for case in 0..cases(400) {
        let mut draws = Draws::of(case);
        let dim = draws.whole(1, 8);
        let values: Vec<f64> = shares(&mut draws, dim)
            .into_iter()
            .map(|value| value * draws.sign())
            .collect();
        let problem = Quadratic::new(&Symmetric::diagonal(values)).unwrap();
        let rho = 10_f64.powf(draws.between(-4.0, 6.0));
        let risk = |gamma: &Symmetric| {
            limit::RandomFeatures::new(&problem, gamma, Activation::Quadratic).risk(rho)
        };
        let claimed = BestWeights::new(&problem).risk(rho);
        let best = WeightCovariance::Best.at(&problem, rho);
        assert!(
            (risk(&best) - claimed).abs() < 1e-12,
            "case {case}: {} {claimed}",
            risk(&best)
        );
        for trial in 0..40 {
            let other = shares(&mut draws, dim);
            // From far away to next to it.
            let part = 10_f64.powi(-(trial % 8));
            let mixed = best
                .scaled(1.0 - part)
                .plus(&Symmetric::diagonal(other).scaled(part));
            assert!(
                risk(&mixed) >= claimed - 1e-12,
                "case {case}: {} {claimed}",
                risk(&mixed)
            );
        }
    }
}
