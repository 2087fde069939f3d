//! Laws that hold for every target, as properties: order and monotonicity of the risks, their
//! invariances, and the approach of exact values to their limits.

use lazy_limits::activation::Activation;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{BestWeights, Quadratic, Target, WeightCovariance, covariant_weights};
use lazy_limits::spectrum::{Family, FamilyName, Sampling};
use lazy_limits::{finite, limit};
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;

/// Rounding in sums of a few hundred terms.
const ROUNDING: f64 = 1e-10;

fn eigenvalues(positive: bool) -> impl Strategy<Value = Vec<f64>> {
    let low = if positive { 0.0 } else { -3.0 };
    prop::collection::vec(low..3.0_f64, 1..24)
        .prop_filter("not zero", |values| values.iter().any(|x| x.abs() > 1e-3))
}

fn target(values: &[f64]) -> Quadratic {
    Quadratic::new(&Symmetric::diagonal(values.iter().copied())).unwrap()
}

fn activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(Activation::ALL.to_vec())
}

fn rf(problem: &Quadratic, weights: &WeightCovariance, rho: f64, sigma: Activation) -> f64 {
    limit::RandomFeatures::new(problem, &weights.at(problem, rho), sigma).risk(rho)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn limits_lie_in_the_unit_interval_and_do_not_increase(
        values in eigenvalues(false), sigma in activation(), mix in 0.0..1.0_f64, rho in 1e-3..20.0_f64, more in 1.0..3.0_f64,
    ) {
        let problem = target(&values);
        let risks = |rho: f64| {
            let n = limit::neurons(rho, problem.dim());
            [
                rf(&problem, &WeightCovariance::Mixed(mix), rho, sigma),
                rf(&problem, &WeightCovariance::Aligned, rho, sigma),
                BestWeights::new(&problem).risk(rho),
                limit::neural_tangent(&problem, rho),
                limit::network(&problem, n),
                finite::neural_tangent_mean(&problem, n),
            ]
        };
        let (here, there) = (risks(rho), risks(rho * more));
        for (a, b) in here.into_iter().zip(there) {
            prop_assert!((0.0..=1.0 + ROUNDING).contains(&a), "{a}");
            prop_assert!(b <= a + ROUNDING, "{b} after {a}");
        }
    }

    /// The network takes the largest eigenvalues, NT any subspace: Theorem 3 against Theorem 2
    /// and against every W.
    #[test]
    fn a_trained_network_beats_neural_tangent(values in eigenvalues(true), n in 1_usize..24, seed in 0_u64..1000) {
        let problem = target(&values);
        let nn = limit::network(&problem, n);
        let w = covariant_weights(seed, 0, &Symmetric::isotropic(problem.dim()), n);
        prop_assert!(nn <= finite::neural_tangent(&problem, &w).unwrap() + ROUNDING);
        prop_assert!(nn <= finite::neural_tangent_mean(&problem, n) + ROUNDING);
        let rho = n as f64 / problem.dim() as f64;
        prop_assert!(nn <= limit::neural_tangent(&problem, rho) + ROUNDING);
    }

    /// best ≤ aligned by its definition and, for x² − 1, best ≤ isotropic; aligned ≤ isotropic
    /// holds as ρ → ∞ for every B ⪰ 0 (Cauchy–Schwarz), where aligned also becomes best.
    #[test]
    fn better_covariances_are_better(values in eigenvalues(true), rho in 1e-2..50.0_f64) {
        let problem = target(&values);
        let risk = |weights: WeightCovariance| rf(&problem, &weights, rho, Activation::Quadratic);
        let best = BestWeights::new(&problem).risk(rho);
        prop_assert!((best - risk(WeightCovariance::Best)).abs() < 1e-9);
        prop_assert!(best <= risk(WeightCovariance::Aligned) + ROUNDING);
        prop_assert!(best <= risk(WeightCovariance::Isotropic) + ROUNDING);
        let at_infinity = |weights: WeightCovariance| {
            let gamma = weights.at(&problem, 1.0);
            limit::RandomFeatures::new(&problem, &gamma, Activation::Relu).risk_at_infinity()
        };
        prop_assert!(at_infinity(WeightCovariance::Aligned) <= at_infinity(WeightCovariance::Isotropic) + ROUNDING);
        let far = 1e7;
        let gap = rf(&problem, &WeightCovariance::Aligned, far, Activation::Quadratic)
            - BestWeights::new(&problem).risk(far);
        prop_assert!(gap.abs() < 1e-4, "{gap}");
    }

    /// No other covariance beats the best one at its ρ.
    #[test]
    fn nothing_beats_the_best_covariance(
        values in eigenvalues(true), rho in 1e-2..20.0_f64, shares in prop::collection::vec(0.0..1.0_f64, 24),
    ) {
        let problem = target(&values);
        let total: f64 = shares[..values.len()].iter().sum();
        prop_assume!(total > 1e-6);
        let gamma = Symmetric::diagonal(shares[..values.len()].iter().map(|x| x / total));
        let other = rf(&problem, &WeightCovariance::Given(gamma), rho, Activation::Quadratic);
        prop_assert!(BestWeights::new(&problem).risk(rho) <= other + ROUNDING);
    }

    #[test]
    fn scale_and_order_of_eigenvalues_change_nothing(
        values in eigenvalues(false), factor in prop::sample::select(vec![-1.0, 1e-6, 3.0, 1e9]), sigma in activation(), rho in 0.02..5.0_f64,
    ) {
        let problem = target(&values);
        let changed = target(&values.iter().rev().map(|x| factor * x).collect::<Vec<_>>());
        for weights in [WeightCovariance::Isotropic, WeightCovariance::Aligned] {
            // The dominant sign turns with B, unless both sides are equally large.
            let (a, b) = (rf(&problem, &weights, rho, sigma), rf(&changed, &weights, rho, sigma));
            prop_assert!((a - b).abs() < 1e-9, "{a} {b}");
        }
        let (a, b) = (limit::neural_tangent(&problem, rho), limit::neural_tangent(&changed, rho));
        prop_assert!((a - b).abs() < 1e-12);
        if factor > 0.0 {
            let (a, b) = (limit::network(&problem, 3), limit::network(&changed, 3));
            prop_assert!((a - b).abs() < 1e-12);
        }
    }

    /// Rotating B, Γ and W together changes nothing; rotating B alone does not change RF with
    /// isotropic Γ.
    #[test]
    fn rotation_invariance(values in prop::collection::vec(-2.0..3.0_f64, 2..10), seed in 0_u64..1000, rho in 0.1..4.0_f64) {
        let dim = values.len();
        prop_assume!(values.iter().any(|x| x.abs() > 0.1));
        let rotation = covariant_weights(seed, 7, &Symmetric::isotropic(dim), dim).qr().q();
        let plain = target(&values);
        let turned_matrix = &rotation * DMatrix::from_diagonal(&DVector::from_vec(values)) * rotation.transpose();
        let symmetrised = (&turned_matrix + turned_matrix.transpose()) * 0.5;
        let turned = Quadratic::new(&Symmetric::Full(symmetrised)).unwrap();

        let gamma = Symmetric::diagonal((0..dim).map(|i| (i + 1) as f64 * 2.0 / (dim * (dim + 1)) as f64));
        let turned_gamma = turned.working_covariance(&gamma.in_basis(&rotation.transpose()));
        for sigma in [Activation::Quadratic, Activation::Relu] {
            let a = limit::RandomFeatures::new(&plain, &gamma, sigma).risk(rho);
            let b = limit::RandomFeatures::new(&turned, &turned_gamma, sigma).risk(rho);
            prop_assert!((a - b).abs() < 1e-9, "{a} {b}");
            let iso = Symmetric::isotropic(dim);
            let a = limit::RandomFeatures::new(&plain, &iso, sigma).risk(rho);
            let b = limit::RandomFeatures::new(&turned, &iso, sigma).risk(rho);
            prop_assert!((a - b).abs() < 1e-9, "{a} {b}");
        }

        let n = limit::neurons(rho, dim);
        let w = covariant_weights(seed, 0, &Symmetric::isotropic(dim), n);
        let turned_w = turned.working_weights(&rotation * &w);
        let (a, b) = (finite::neural_tangent(&plain, &w).unwrap(), finite::neural_tangent(&turned, &turned_w).unwrap());
        prop_assert!((a - b).abs() < 1e-8, "{a} {b}");
        let exact = |problem: &Quadratic, w: &DMatrix<f64>| {
            finite::QuadraticFeatures::new(w.clone(), Activation::Relu).risks(problem).last().unwrap().unwrap()
        };
        let (a, b) = (exact(&plain, &w), exact(&turned, &turned_w));
        prop_assert!((a - b).abs() < 1e-6, "{a} {b}");
    }

    /// Exact risks fall with every neuron, also where more neurons than rank make U singular,
    /// and stay in [0, 1]; NT falls likewise.
    #[test]
    fn exact_risks_fall_with_width(values in prop::collection::vec(0.0..3.0_f64, 1..6), sigma in activation(), seed in 0_u64..1000) {
        prop_assume!(values.iter().any(|&x| x > 0.1));
        let problem = target(&values);
        let w = covariant_weights(seed, 0, &Symmetric::isotropic(problem.dim()), 40);
        let risks = finite::QuadraticFeatures::new(w.clone(), sigma).risks(&problem);
        let risks: Vec<f64> = risks.into_iter().flatten().collect();
        prop_assert!(risks.iter().all(|risk| (0.0..=1.0).contains(risk)), "{risks:?}");
        prop_assert!(risks.is_sorted_by(|a, b| a >= b));
        let nt: Vec<f64> = (1..8).map(|n| finite::neural_tangent(&problem, &w.columns(0, n).into_owned()).unwrap()).collect();
        prop_assert!(nt.is_sorted_by(|a, b| *a >= b - ROUNDING), "{nt:?}");
    }
}

/// With at least rank many quadratic features everything is learnt: the rank of U is
/// d(d+1)/2 at most (+1 for the constant, which a centred target does not need).
#[test]
fn enough_quadratic_features_learn_everything() {
    let problem = target(&[2.0, 1.0, 0.5, 0.1]);
    let w = covariant_weights(3, 0, &Symmetric::isotropic(4), 30);
    let risks = finite::QuadraticFeatures::new(w, Activation::Quadratic).risks(&problem);
    let risks: Vec<f64> = risks.into_iter().map(Result::unwrap).collect();
    assert!(
        risks[9] > 1e-6 && risks[11] < 1e-9 && risks[29] < 1e-9,
        "{risks:?}"
    );
}

/// The mean of NT over `n` draws of W is its formula, within five standard errors estimated from
/// the same draws.
#[test]
fn the_mean_of_nt_over_weights_is_its_formula() {
    for (values, neurons) in [
        (vec![3.0, 2.0, 1.0, 0.5, 0.2], 2),
        (vec![1.0, -1.0, 0.5, 0.0], 1),
        ((0..20).map(|i| f64::from(i) / 7.0).collect(), 13),
    ] {
        let problem = target(&values);
        let n = 4000;
        let risks: Vec<f64> = (0..n)
            .map(|draw| {
                let iso = Symmetric::isotropic(problem.dim());
                finite::neural_tangent(&problem, &covariant_weights(1, draw, &iso, neurons))
                    .unwrap()
            })
            .collect();
        let mean = risks.iter().sum::<f64>() / n as f64;
        let variance = risks.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n as f64;
        let formula = finite::neural_tangent_mean(&problem, neurons);
        assert!(
            (mean - formula).abs() < 5.0 * (variance / n as f64).sqrt(),
            "{mean} {formula}"
        );
    }
}

/// Exact values approach their limits as d grows: NT's bias is O(1/d), so d times the gap stays
/// bounded; RF's fluctuation and bias over draws are O(1/√d) at most, so √d times it does.
#[test]
fn exact_values_approach_their_limits() {
    let exponential = Family::parse(FamilyName::TARGETS, "exponential").unwrap();
    for rho in [0.3, 0.7, 2.0] {
        let gaps: Vec<(f64, f64)> = [20_usize, 80, 320]
            .into_iter()
            .map(|dim| {
                let problem = target(&exponential.eigenvalues(dim, Sampling::Quantile, 0));
                let n = limit::neurons(rho, dim);
                let nt =
                    finite::neural_tangent_mean(&problem, n) - limit::neural_tangent(&problem, rho);
                let iso = Symmetric::isotropic(dim);
                let w = covariant_weights(5, 0, &iso, n);
                let exact =
                    finite::QuadraticFeatures::new(w, Activation::Quadratic).risks(&problem);
                let rf = exact[n - 1].unwrap()
                    - rf(
                        &problem,
                        &WeightCovariance::Isotropic,
                        rho,
                        Activation::Quadratic,
                    );
                (nt.abs() * dim as f64, rf.abs() * (dim as f64).sqrt())
            })
            .collect();
        for (nt, rf) in gaps {
            assert!(nt < 1.0 && rf < 1.0, "ρ = {rho}: {nt} {rf}");
        }
    }
}

/// The mean diagonal that NT learns, over draws, is its formula (five standard errors).
#[test]
fn the_mean_of_what_nt_learns_is_its_formula() {
    let problem = target(&[3.0, 1.0, 0.5, -1.0, 0.2, 0.1]);
    let (n, neurons) = (4000_u64, 2);
    let b = DMatrix::from_diagonal(problem.eigenvalues());
    let draws: Vec<DVector<f64>> = (0..n)
        .map(|draw| {
            let w = covariant_weights(2, draw, &Symmetric::isotropic(6), neurons);
            let basis = lazy_limits::linalg::orthonormal_basis(&w);
            let off = DMatrix::identity(6, 6) - &basis * basis.transpose();
            (&b - &off * &b * &off).diagonal()
        })
        .collect();
    let formula = finite::neural_tangent_learned_mean(&problem, neurons);
    for i in 0..6 {
        let mean = draws.iter().map(|d| d[i]).sum::<f64>() / n as f64;
        let variance = draws.iter().map(|d| (d[i] - mean).powi(2)).sum::<f64>() / n as f64;
        assert!(
            (mean - formula[i]).abs() < 5.0 * (variance / n as f64).sqrt(),
            "{i}: {mean} {}",
            formula[i]
        );
    }
}
