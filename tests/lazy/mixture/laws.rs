//! Order and invariances of the risks, as properties.

use lazy_limits::activation::Activation;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{BestWeights, Problem, Target, WeightCovariance, covariant_weights};
use lazy_limits::{finite, limit};
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;

use super::{Mixture, exact, full, rf_limit, symmetric, tilted, white};

/// Rounding in sums of a few hundred terms.
const ROUNDING: f64 = 1e-10;

fn contrast(one_sign: bool) -> impl Strategy<Value = Vec<f64>> {
    let low = if one_sign { 0.0 } else { -0.95 };
    prop::collection::vec(low..0.95_f64, 1..14)
        .prop_filter("not zero", |values| values.iter().any(|x| x.abs() > 1e-3))
}

fn activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(Activation::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn limits_are_ordered_and_do_not_increase(
        values in contrast(false), sigma in activation(), mix in 0.0..1.0_f64, rho in 1e-3..20.0_f64, more in 1.0..3.0_f64,
    ) {
        let problem = white(&values);
        let risks = |rho: f64| {
            let n = limit::neurons(rho, problem.dim());
            [
                rf_limit(&problem, &WeightCovariance::Mixed(mix), rho, sigma),
                rf_limit(&problem, &WeightCovariance::Aligned, rho, sigma),
                BestWeights::new(&problem).risk(rho),
                limit::neural_tangent(&problem, rho),
                limit::network(&problem, n),
                problem.network_exact(n),
            ]
        };
        let (here, there) = (risks(rho), risks(rho * more));
        let bayes = limit::bayes(&problem);
        prop_assert!(bayes > 0.0);
        for (index, (a, b)) in here.into_iter().zip(there).enumerate() {
            prop_assert!(0.0 < a && a <= 1.0 + ROUNDING, "{index}: {a}");
            prop_assert!(b <= a + ROUNDING, "{index}: {b} after {a}");
            // The last is no limit: gains s²/(1+s²) are smaller.
            prop_assert!(bayes <= a + ROUNDING, "{index}: Bayes {bayes}, {a}");
        }
    }

    /// Exact risks fall with every neuron, end with the best quadratic function, and never reach
    /// Bayes; whatever Σ and Δ.
    #[test]
    fn exact_risks_are_ordered_and_fall(values in contrast(false), sigma in activation(), seed in 0_u64..1000, is_tilted: bool) {
        let problem = if is_tilted {
            let (sigma, delta) = tilted(&values, seed);
            full(&sigma, &delta)
        } else {
            white(&values)
        };
        let d = values.len();
        let [rf, nt] = exact(&problem, seed, d + 2, sigma);
        let bayes = finite::bayes(&problem);
        prop_assert!(bayes > 0.0);
        for risks in [&rf, &nt] {
            prop_assert!(risks.iter().all(|&risk| bayes <= risk + 1e-9 && risk <= 1.0), "{risks:?}, Bayes {bayes}");
            prop_assert!(risks.is_sorted_by(|a, b| *a >= b - 1e-9), "{risks:?}");
        }
        prop_assert!((nt[d - 1] - problem.network_exact(d)).abs() < 1e-12);
        // The conjugate gradients meet the closed form where one neuron is missing at most.
        if d > 1 {
            prop_assert!(nt[d - 2] >= problem.network_exact(d) - ROUNDING);
        }
        // One width asked for alone starts from nothing, and is the same.
        let w = covariant_weights(seed, 0, &problem.isotropic(), d);
        let half = d.div_ceil(2);
        let alone = finite::mixture_tangent(&problem, &w, &[half])[0].unwrap();
        prop_assert!((alone - nt[half - 1]).abs() < 1e-9, "{alone} {}", nt[half - 1]);
    }

    /// For Δ of one sign a trained network beats every linearised one, by interlacing.
    #[test]
    fn a_trained_network_beats_neural_tangent_for_one_sign(values in contrast(true), seed in 0_u64..1000, is_negative: bool) {
        let sign = if is_negative { -1.0 } else { 1.0 };
        let problem = white(&values.iter().map(|x| sign * x).collect::<Vec<_>>());
        prop_assert!(problem.has_one_sign());
        let d = problem.dim();
        let [_, nt] = exact(&problem, seed, d, Activation::Quadratic);
        for n in 1..=d {
            prop_assert!(problem.network_exact(n) <= nt[n - 1] + ROUNDING);
            let rho = n as f64 / d as f64;
            prop_assert!(limit::network(&problem, n) <= limit::neural_tangent(&problem, rho) + ROUNDING);
        }
    }

    /// The classes may change their names.
    #[test]
    fn the_sign_of_delta_changes_nothing(values in contrast(false), sigma in activation(), seed in 0_u64..1000, rho in 0.02..5.0_f64) {
        let problem = white(&values);
        let flipped = white(&values.iter().map(|x| -x).collect::<Vec<_>>());
        let n = limit::neurons(rho, problem.dim()).min(12);
        let risks = |problem: &Mixture| {
            let [rf, nt] = exact(problem, seed, n, sigma);
            [
                rf_limit(problem, &WeightCovariance::Isotropic, rho, sigma),
                BestWeights::new(problem).risk(rho),
                limit::neural_tangent(problem, rho),
                limit::network(problem, n),
                problem.network_exact(n),
                limit::bayes(problem),
                finite::bayes(problem),
                rf.get(n - 1).copied().unwrap_or(1.0),
                nt[n - 1],
            ]
        };
        for (index, (a, b)) in risks(&problem).into_iter().zip(risks(&flipped)).enumerate() {
            prop_assert!((a - b).abs() < 1e-9, "{index}: {a} {b}");
        }
    }

    /// Σ, Δ, Γ and W turned together change nothing, nor does a common factor of Σ and Δ.
    #[test]
    fn coordinates_change_nothing(values in contrast(false), sigma in activation(), seed in 0_u64..1000, rho in 0.1..3.0_f64) {
        let d = values.len();
        let (mean, delta) = tilted(&values, seed);
        let turn = covariant_weights(seed, 7, &Symmetric::isotropic(d), d).qr().q();
        let gamma = DMatrix::from_diagonal(&DVector::from_fn(d, |i, _| 1.0 + i as f64));
        let w = covariant_weights(seed, 0, &Symmetric::isotropic(d), d + 1);
        let n = limit::neurons(rho, d).min(d + 1);
        let risks = |turn: &DMatrix<f64>, factor: f64| {
            let turned = |matrix: &DMatrix<f64>| turn * matrix * turn.transpose();
            let problem = full(&(turned(&mean) * factor), &(turned(&delta) * factor));
            let gamma = problem.working_covariance(&symmetric(&turned(&gamma)));
            let gamma = gamma.scaled(1.0 / gamma.trace());
            let w = problem.working_weights(turn * &w / factor.sqrt());
            let rf = limit::RandomFeatures::new(&problem, &gamma, sigma).risk(rho);
            let (nt, bayes) = (limit::neural_tangent(&problem, rho), finite::bayes(&problem));
            let any = Problem::from(problem);
            let exact_nt = finite::nt_risks(&any, &w, &[n])[0].unwrap();
            [rf, nt, bayes, exact_nt, finite::rf_risks(&any, w, sigma)[n - 1].unwrap_or(1.0)]
        };
        let plain = risks(&DMatrix::identity(d, d), 1.0);
        let turned = risks(&turn, 3.0);
        for (index, (a, b)) in plain.into_iter().zip(turned).enumerate() {
            prop_assert!((a - b).abs() < 1e-6, "{index}: {a} {b}");
        }
    }
}
