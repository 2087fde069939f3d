//! Networks between NN and NT: exact values against 80 digits, laws, limits, and networks that are trained.

use lazy_limits::finite::{self, LazyStart};
use lazy_limits::limit;
use lazy_limits::linalg::{Symmetric, orthonormal_basis};
use lazy_limits::problem::{Quadratic, Target, standard_weights};
use lazy_limits::spectrum::{Family, FamilyName, Sampling};
use lazy_limits::train::{Regime, Schedule, TrainSettings, Trainer};
use nalgebra::DMatrix;
use proptest::prelude::*;
use serde_json::Value;

/// Rounding in eigenvalues of a few dozen dimensions, where α is near 1.
const ROUNDING: f64 = 1e-10;

fn target(values: &[f64]) -> Quadratic {
    Quadratic::new(&Symmetric::diagonal(values.iter().copied())).unwrap()
}

/// Exponential eigenvalues, sampled by that seed.
fn exponential(dim: usize, seed: u64) -> Quadratic {
    let family = Family::new(FamilyName::Exponential);
    target(&family.eigenvalues(dim, Sampling::Sampled, seed))
}

/// Any `d×N` weights of about the lengths that NN starts with.
fn weights(dim: usize, neurons: usize, seed: u64) -> DMatrix<f64> {
    let scale = (1.0 / neurons as f64).sqrt();
    standard_weights(seed, 0, dim, neurons).map(|value| f64::from(value) * scale)
}

fn orthogonal(dim: usize, seed: u64) -> DMatrix<f64> {
    orthonormal_basis(&weights(dim, dim, seed))
}

fn numbers(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap().iter();
    values.map(|value| value.as_f64().unwrap()).collect()
}

/// What interlacing keeps within B's eigenvalues is known to `√α·2⁻⁵²` of them, which is 2·10⁻¹⁰ at 10¹². What networks move by
/// has a root in it: of an eigenvalue known to 16 digits, 8 may be left where they move by 10⁶ times their length, as α → 0.
#[test]
fn values_agree_with_eighty_digits() {
    let reference: Value =
        serde_json::from_str(include_str!("../reference/laziness.json")).unwrap();
    for case in reference["cases"].as_array().unwrap() {
        let name = &case["name"];
        let problem = target(&numbers(&case["eigenvalues"]));
        let rows = case["weights_rows_are_neurons"].as_array().unwrap();
        let rows: Vec<Vec<f64>> = rows.iter().map(numbers).collect();
        let w = DMatrix::from_fn(problem.dim(), rows.len(), |i, j| rows[j][i]);
        let nt = finite::neural_tangent(&problem, &w).unwrap();
        let start = LazyStart::new(&problem, w);
        let expected = |key: &str| case[key].as_f64().unwrap();
        assert!((nt - expected("nt")).abs() < 1e-12, "{name}");
        for at in case["values"].as_array().unwrap() {
            let expected = |key: &str| at[key].as_f64().unwrap();
            let alpha = expected("laziness");
            let found = start.optimum(alpha);
            let gaps = [
                (found.risk - expected("risk")).abs() / expected("risk").max(1e-3),
                (found.movement / expected("movement") - 1.0).abs(),
                (found.alignment - expected("alignment")).abs(),
            ];
            for (gap, allowed) in gaps.into_iter().zip([1e-9, 1e-7, 1e-9]) {
                assert!(gap < allowed, "{name}, α = {alpha}: {gaps:?}");
            }
        }
        for (alpha, limit) in [(1e-12, expected("nn")), (1e12, expected("nt"))] {
            let gap = (start.optimum(alpha).risk - limit).abs();
            // The value at 10⁻¹² itself is up to 10⁻¹¹ from the limit.
            assert!(gap < 1e-11, "{name}, α = {alpha}: {gap:e}");
        }
    }
}

fn positive() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.0..3.0_f64, 2..14)
        .prop_filter("not zero", |values| values.iter().any(|&x| x > 1e-3))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    /// dR/dα = 2Σ_{i>N} λ_i⟨v_i, W₀W₀ᵀv_i⟩/‖B‖² is not negative for B ⪰ 0.
    #[test]
    fn risk_rises_with_laziness_from_nn_to_nt(
        values in positive(), neurons in 1_usize..20, seed in 0_u64..1000, log in -6.0..6.0_f64, more in 0.0..3.0_f64,
    ) {
        let problem = target(&values);
        let w = weights(problem.dim(), neurons, seed);
        let nt = finite::neural_tangent(&problem, &w).unwrap();
        let start = LazyStart::new(&problem, w);
        let [here, there] = [log, log + more].map(|log| start.optimum(10_f64.powf(log)).risk);
        let nn = problem.network_exact(neurons);
        prop_assert!(nn <= here + ROUNDING && here <= there + ROUNDING && there <= nt + ROUNDING, "{nn} {here} {there} {nt}");
    }

    /// Neither the order of coordinates, nor which neurons of the same products there are, makes a difference.
    #[test]
    fn rotations_change_nothing(
        values in prop::collection::vec(-1.0..3.0_f64, 2..12), neurons in 1_usize..16, seed in 0_u64..1000, log in -2.0..2.0_f64,
    ) {
        prop_assume!(values.iter().any(|x| x.abs() > 1e-3));
        let dim = values.len();
        let alpha = 10_f64.powf(log);
        let problem = target(&values);
        let w = weights(dim, neurons, seed);
        let found = LazyStart::new(&problem, w.clone()).optimum(alpha);
        let turned = &w * orthogonal(neurons, seed + 1);
        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        let upside_down = DMatrix::from_fn(dim, neurons, |i, j| w[(dim - 1 - i, j)]);
        for other in [
            LazyStart::new(&problem, turned).optimum(alpha),
            LazyStart::new(&target(&reversed), upside_down).optimum(alpha),
        ] {
            prop_assert!((found.risk - other.risk).abs() < ROUNDING);
            // Roots, and spans of eigenvectors whose eigenvalues may lie near each other.
            prop_assert!((found.movement - other.movement).abs() < 1e-6 * (1.0 + found.movement));
            prop_assert!((found.alignment - other.alignment).abs() < 1e-6);
        }
    }

    /// The weights are of that risk, and as far away as is said; any others of the same risk are `WR`, and not nearer.
    #[test]
    fn the_nearest_best_network_is_nearest(
        values in prop::collection::vec(-1.0..3.0_f64, 2..12), neurons in 1_usize..16, seed in 0_u64..1000, log in -2.0..2.0_f64,
    ) {
        prop_assume!(values.iter().any(|x| x.abs() > 1e-3));
        let alpha = 10_f64.powf(log);
        let problem = target(&values);
        let start = LazyStart::new(&problem, weights(problem.dim(), neurons, seed));
        let best = start.optimum(alpha);
        let (w, first) = (&best.weights, start.weights());
        let learned = (w * w.transpose() - first * first.transpose()) * alpha;
        let missing = DMatrix::from_diagonal(problem.eigenvalues()) - learned;
        let risk = missing.norm_squared() / problem.squared_norm();
        prop_assert!((risk - best.risk).abs() < 1e-8, "{risk} {}", best.risk);
        let distance = |w: &DMatrix<f64>| (w - first).norm() / first.norm();
        prop_assert!((distance(w) - best.movement).abs() < 1e-8 * (1.0 + best.movement));
        for turn in 0..5 {
            // A rotation by a small angle, and any.
            let any = orthogonal(w.ncols(), 1000 * seed + turn);
            let skew = (&any - any.transpose()) * 0.05;
            let one = DMatrix::identity(w.ncols(), w.ncols());
            let small = (&one + &skew).lu().solve(&(&one - &skew)).unwrap();
            for rotation in [any, small] {
                prop_assert!(distance(&(w * rotation)) > best.movement - 1e-8 * (1.0 + best.movement));
            }
        }
    }

    /// In the limit, too; and there is always an answer.
    #[test]
    fn the_limit_lies_between_those_of_nn_and_nt(
        values in positive(), rho in 0.02..1.5_f64, log in -12.0..12.0_f64, more in 0.0..3.0_f64,
    ) {
        let problem = target(&values);
        let lazy = limit::Laziness::new(&problem);
        let risk = |log: f64| lazy.risk(rho, 10_f64.powf(log.min(12.0)));
        let (Some(here), Some(there)) = (risk(log), risk(log + more)) else {
            return Err(TestCaseError::fail("no answer"));
        };
        let nt = limit::neural_tangent(&problem, rho);
        // That of a part of a neuron is between those of whole ones.
        let nn = limit::network(&problem, (rho * problem.dim() as f64).ceil() as usize);
        let rounding = 1e-9;
        prop_assert!(nn <= here + rounding && here <= there + rounding && there <= nt + rounding, "{nn} {here} {there} {nt}");
    }
}

#[test]
fn limits_end_at_those_of_nn_and_nt() {
    for problem in [
        exponential(40, 1),
        target(&[3.0, 2.0, 1.0, 0.0]),
        target(&[1.0; 8]),
    ] {
        let lazy = limit::Laziness::new(&problem);
        for share in [1, 2, 3] {
            let neurons = share * problem.dim() / 4;
            let rho = neurons as f64 / problem.dim() as f64;
            // Both ends are approached as √α and 1/√α at worst.
            let nn = lazy.risk(rho, 1e-12).unwrap() - limit::network(&problem, neurons);
            let nt = lazy.risk(rho, 1e12).unwrap() - limit::neural_tangent(&problem, rho);
            assert!(nn.abs() < 1e-6 && nt.abs() < 1e-6, "{nn:e} {nt:e}");
        }
    }
    let signed = target(&[2.0, 1.0, 0.5, 0.2, -0.1, -0.4, -1.0, -1.5]);
    let risk = limit::Laziness::new(&signed).risk(2.0, 1e-12).unwrap();
    assert!((risk - limit::network(&signed, 16)).abs() < 1e-6, "{risk}");
}

/// Means over starts come to the limit as 1/d: twice the dimension, half the gap, within the error of the mean.
#[test]
fn exact_means_approach_the_limit() {
    for dim in [32_usize, 64] {
        let quantile = |i: usize| -((i as f64 + 0.5) / dim as f64).ln();
        let problem = target(&(0..dim).map(quantile).collect::<Vec<_>>());
        let lazy = limit::Laziness::new(&problem);
        for (neurons, alpha) in [
            (dim / 4, 0.1),
            (dim / 4, 1.0),
            (dim / 2, 1.0),
            (dim / 2, 10.0),
        ] {
            let draws = 24_u32;
            let risks: Vec<f64> = (0..u64::from(draws))
                .map(|draw| {
                    LazyStart::drawn(&problem, neurons, 5, draw)
                        .optimum(alpha)
                        .risk
                })
                .collect();
            let (mean, sd) = moments(&risks);
            let gap = mean - lazy.risk(neurons as f64 / dim as f64, alpha).unwrap();
            let allowed = 1.0 / dim as f64 + 4.0 * sd / f64::from(draws).sqrt();
            assert!(
                gap.abs() < allowed,
                "d = {dim}, N = {neurons}, α = {alpha}: {gap}"
            );
        }
    }
}

fn moments(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0)).sqrt())
}

/// Values of another program, of one other B and W₀ each: within four standard deviations over sampled B and W₀.
#[test]
fn another_programs_values_are_among_those_drawn() {
    let drawn: Vec<(Quadratic, LazyStart)> = (0..16)
        .map(|draw| {
            let problem = exponential(60, draw);
            let start = LazyStart::drawn(&problem, 30, draw, 0);
            (problem, start)
        })
        .collect();
    for (alpha, expected) in [
        (0.01, [0.0385, 8.7, 0.999]),
        (0.1, [0.0537, 2.45, 0.938]),
        (0.3, [0.0814, 1.27, 0.826]),
        (1.0, [0.1399, 0.573, 0.697]),
        (3.0, [0.2208, 0.256, 0.599]),
        (10.0, [0.3232, 0.0715, 0.524]),
        (100.0, [0.3681, 0.0064, 0.494]),
    ] {
        let optima: Vec<_> = drawn
            .iter()
            .map(|(_, start)| start.optimum(alpha))
            .collect();
        for (index, expected) in expected.into_iter().enumerate() {
            let values: Vec<f64> = optima
                .iter()
                .map(|best| [best.risk, best.movement, best.alignment][index])
                .collect();
            let (mean, sd) = moments(&values);
            let gap = (mean - expected).abs();
            // And its last digit.
            assert!(
                gap < 4.0 * sd + 5e-4,
                "α = {alpha}, {index}: {mean} ± {sd}, not {expected}"
            );
        }
    }
    let limits: Vec<_> = (0..16)
        .map(|seed| limit::Laziness::new(&exponential(450, seed)))
        .collect();
    for (rho, alpha, expected) in [
        (0.2, 0.1, 0.298),
        (0.2, 1.0, 0.610),
        (0.5, 0.1, 0.0565),
        (0.5, 1.0, 0.158),
        (0.5, 10.0, 0.336),
    ] {
        let risks: Vec<f64> = limits
            .iter()
            .map(|lazy| lazy.risk(rho, alpha).unwrap())
            .collect();
        let (mean, sd) = moments(&risks);
        assert!(
            (mean - expected).abs() < 4.0 * sd + 5e-4,
            "{rho}, {alpha}: {mean} ± {sd}, not {expected}"
        );
    }
}

fn trained(problem: &Quadratic, neurons: usize, alpha: Option<f64>, steps: u64) -> Trainer {
    let settings = TrainSettings {
        laziness: alpha,
        steps,
        schedule: Schedule::Linear,
        seed: 3,
        ..TrainSettings::new(Regime::Nn, neurons)
    };
    let mut trainer = Trainer::new(&problem.clone().into(), settings).unwrap();
    trainer.advance(u64::MAX);
    trainer
}

/// A run ends near the least risk, never below it, and has moved at least as far as the nearest network of that risk.
#[test]
fn runs_reach_their_optimum_and_move_no_less_than_they_must() {
    let problem = exponential(12, 2);
    for alpha in [0.1, 1.0, 10.0] {
        let run = trained(&problem, 6, Some(alpha), 6000);
        let best = LazyStart::drawn(&problem, 6, 3, 0).optimum(alpha);
        let risk = run.risk().unwrap();
        // Single precision, and 2 % for a run of that length.
        assert!(
            risk > best.risk - 1e-6,
            "α = {alpha}: {risk}, {}",
            best.risk
        );
        assert!(
            risk < 1.02 * best.risk + 1e-3,
            "α = {alpha}: {risk}, {}",
            best.risk
        );
        let moved = run.geometry().unwrap().movement;
        // What is not learnt yet has not moved yet.
        assert!(
            moved > 0.98 * best.movement,
            "α = {alpha}: {moved}, {}",
            best.movement
        );
    }
}

/// What neurons are is what the network has learnt, explicit or lifted, of NN as of lazy networks.
#[test]
fn neurons_make_up_what_is_learnt() {
    let problem = exponential(7, 4);
    for neurons in [1, 4, 7, 12] {
        for alpha in [None, Some(0.3), Some(4.0)] {
            let run = trained(&problem, neurons, alpha, 200);
            let all = run.neurons(usize::MAX).unwrap();
            assert_eq!(all.now.ncols(), neurons);
            let now = &all.now * all.now.transpose();
            let learned = match alpha {
                None => now,
                Some(alpha) => (now - &all.start * all.start.transpose()) * alpha,
            };
            let gap = (learned - run.learned()).norm() / problem.squared_norm().sqrt();
            // Single precision of W, 10⁻⁷ of it, twice.
            assert!(gap < 1e-4, "N = {neurons}, α = {alpha:?}: {gap:e}");
            let movement = (&all.now - &all.start).norm() / all.start.norm();
            let geometry = run.geometry().unwrap();
            assert!((movement - geometry.movement).abs() < 1e-4 * (1.0 + movement));
            if neurons < 7 {
                let alignment = finite::alignment(problem.eigenvalues(), &all.now).unwrap();
                assert!((alignment - geometry.alignment).abs() < 1e-6);
            }
            let some = run.neurons(2).unwrap();
            assert!((some.now - all.now.columns(0, neurons.min(2))).amax() < 1e-6);
        }
    }
}

/// Nothing has moved at the start; all directions are there from N = d on; NN turns to the leading ones, NT, whose weights stay,
/// hardly moves where it starts as NN does but large.
#[test]
fn layers_move_from_where_they_start() {
    let problem = exponential(8, 5);
    for regime in [Regime::Nn, Regime::Nt] {
        for neurons in [3, 8, 20] {
            let settings = TrainSettings {
                steps: 3000,
                seed: 3,
                ..TrainSettings::new(regime, neurons)
            };
            let mut run = Trainer::new(&problem.clone().into(), settings).unwrap();
            let start = run.geometry().unwrap();
            assert_eq!(Some(start.movement), Some(0.0), "{regime}, N = {neurons}");
            run.advance(u64::MAX);
            let end = run.geometry().unwrap();
            assert!(end.movement > 0.05, "{regime}, N = {neurons}: {end:?}");
            if neurons >= 8 {
                assert_eq!((start.alignment, end.alignment), (1.0, 1.0), "{regime}");
            } else if regime == Regime::Nn {
                assert!(
                    end.alignment > 0.99 && end.alignment > start.alignment,
                    "{end:?}"
                );
            }
        }
    }
    let settings = TrainSettings {
        steps: 300,
        ..TrainSettings::new(Regime::Rf, 5)
    };
    let features = Trainer::new(&problem.into(), settings).unwrap();
    assert_eq!(features.geometry(), None);
}
