//! The paper's set-ups, and exact values beside their limits.

use lazy_limits::activation::Activation;
use lazy_limits::linalg::{Symmetric, orthonormal_basis};
use lazy_limits::problem::{Target, WeightCovariance, covariant_weights};
use lazy_limits::spectrum::{Family, FamilyName, Sampling};
use lazy_limits::{finite, limit};
use nalgebra::DMatrix;

use super::{Mixture, exact, full, rf_limit, tilted, white};

fn of_family(text: &str, dim: usize, sampling: Sampling) -> Mixture {
    let family = Family::parse(FamilyName::DIFFERENCES, text).unwrap();
    white(&family.eigenvalues(dim, sampling, 1))
}

/// What the paper does not say: for Δ of two signs NT can be below NN, here flat with trace zero.
#[test]
fn neural_tangent_can_beat_a_network_for_two_signs() {
    let problem = of_family("two-signed", 400, Sampling::Sampled);
    assert!((problem.squared_norm() - 2.4165).abs() < 1e-3 && !problem.has_one_sign());
    for (rho, n, nt, nn) in [
        (0.25, 100, 0.654, 0.768),
        (0.5, 200, 0.525, 0.623),
        (0.75, 300, 0.469, 0.525),
    ] {
        assert!((limit::neural_tangent(&problem, rho) - nt).abs() < 5.1e-4);
        assert!((limit::network(&problem, n) - nn).abs() < 5.1e-4);
    }
    let problem = of_family("two-signed", 60, Sampling::Sampled);
    let [_, nt] = exact(&problem, 1, 30, Activation::Quadratic);
    assert!(nt[29] < problem.network_exact(30) - 0.05, "{}", nt[29]);
}

/// The paper's Δ at its size: ‖Δ‖² ≈ 2.42, NT and NN meet from ρ = 1 on, and Bayes is below.
#[test]
fn the_papers_mixture() {
    let problem = of_family("paper", 450, Sampling::Quantile);
    assert!((problem.squared_norm() - 29.0 / 12.0).abs() < 1e-3);
    let best = limit::network(&problem, 450);
    assert!((best - limit::neural_tangent(&problem, 1.0)).abs() < 1e-12);
    assert!((best - 0.4528).abs() < 1e-3, "{best}");
    let (large, exact) = (limit::bayes(&problem), finite::bayes(&problem));
    assert!((0.37..0.39).contains(&large) && (0.37..0.39).contains(&exact));
    // At d = 40 the limit of Bayes is 0.01 too high.
    let small = of_family("paper", 40, Sampling::Quantile);
    let gap = limit::bayes(&small) - finite::bayes(&small);
    assert!((gap - 0.01).abs() < 2e-3, "{gap}");
    assert!((limit::network(&small, 40) - 0.449).abs() < 5e-3);
    assert!((small.network_exact(40) - 0.467).abs() < 5e-3);
}

/// Theorem 4 and not Eq. (17), which has 1 + 2ρ for 1 + ρ: at d = 450 the exact risk decides.
#[test]
fn theorem_4_rather_than_equation_17() {
    // A draw of the paper's Δ: so many entries of 2, 1.5 and 1, over √d.
    let levels = [(2.0, 163), (1.5, 156), (1.0, 131)];
    let entries = levels.map(|(level, count)| vec![level / 450.0_f64.sqrt(); count]);
    let problem = white(&entries.concat());
    let trace = problem.eigenvalues().sum();
    for (rho, theorem, equation) in [(0.5, 0.718, 0.772), (4.0, 0.514, 0.656)] {
        let risk = rf_limit(
            &problem,
            &WeightCovariance::Isotropic,
            rho,
            Activation::Quadratic,
        );
        assert!((risk - theorem).abs() < 1e-3, "{risk}");
        let printed = 1.0 / (1.0 + rho / (1.0 + 2.0 * rho) * trace * trace / 900.0);
        assert!((printed - equation).abs() < 1e-3, "{printed}");
        let n = limit::neurons(rho, 450);
        let w = covariant_weights(1, 0, &problem.isotropic(), n);
        let exact = finite::MixtureFeatures::new(&problem, &w, Activation::Quadratic).risks();
        let exact = exact[n - 1].unwrap();
        assert!((exact - theorem).abs() < 5e-3, "{exact}");
    }
}

/// Theorem 5 for weights given, averaged over isotropic ones, tends to its isotropic form, and for
/// other Σ to what the deterministic equivalents say: at d = 200 within 2/d.
#[test]
fn what_given_weights_leave_averages_to_the_limit() {
    let d = 200;
    let values: Vec<f64> = (0..d).map(|i| 0.9 * (i as f64 / d as f64) - 0.25).collect();
    let diagonal = Symmetric::diagonal((0..d).map(|i| if i % 3 == 0 { 3.0 } else { 0.5 }));
    let aligned =
        Symmetric::diagonal((0..d).map(|i| values[i] * if i % 3 == 0 { 3.0 } else { 0.5 }));
    let (sigma, delta) = tilted(&values, 2);
    for (name, problem) in [
        ("white", white(&values)),
        ("diagonal", Mixture::new(&diagonal, &aligned).unwrap()),
        ("tilted", full(&sigma, &delta)),
    ] {
        let form = DMatrix::from_diagonal(problem.eigenvalues());
        let theory = limit::NeuralTangent::new(&problem);
        for n in [30, 100, 170] {
            let draws = 8;
            let mean = (0..draws)
                .map(|draw| {
                    let w = covariant_weights(1, draw, &problem.isotropic(), n);
                    let basis = orthonormal_basis(&w);
                    let off = DMatrix::identity(d, d) - &basis * basis.transpose();
                    (&off * &form * &off).norm_squared() / problem.squared_norm()
                })
                .sum::<f64>()
                / draws as f64;
            let left = theory.left(n as f64 / d as f64);
            assert!((mean - left).abs() < 0.01, "{name}, N = {n}: {mean} {left}");
        }
        assert!(theory.left(1.0).abs() < 1e-12);
    }
}

/// Exact values approach their limits as d grows: bias and fluctuation are O(1/√d) at most.
#[test]
fn exact_values_approach_their_limits() {
    for rho in [0.3, 0.7, 1.0] {
        for dim in [30_usize, 120] {
            let problem = of_family("paper", dim, Sampling::Quantile);
            let n = limit::neurons(rho, dim);
            let [rf, nt] = exact(&problem, 5, n, Activation::Relu);
            let limit_rf = rf_limit(
                &problem,
                &WeightCovariance::Isotropic,
                rho,
                Activation::Relu,
            );
            let gaps = [
                rf[n - 1] - limit_rf,
                nt[n - 1] - limit::neural_tangent(&problem, rho),
                problem.network_exact(n) - limit::network(&problem, n),
                finite::bayes(&problem) - limit::bayes(&problem),
            ];
            let bounds = [
                0.6 / (dim as f64).sqrt(),
                1.5 / dim as f64,
                1.5 / dim as f64,
                1.0 / dim as f64,
            ];
            for (index, (gap, bound)) in gaps.into_iter().zip(bounds).enumerate() {
                assert!(gap.abs() < bound, "ρ = {rho}, d = {dim}, {index}: {gap}");
            }
        }
    }
}

/// Classes that are nearly singular, far outside the theory: every answer is a risk.
#[test]
fn nearly_singular_classes_are_answered() {
    let near = 1.0 - 1e-8;
    for values in [
        vec![near, -near, near, -near, 0.5, -0.5],
        vec![near; 6],
        vec![1e-140, -1e-140, 0.0, 1e-141],
    ] {
        let problem = white(&values);
        let d = values.len();
        for sigma in Activation::ALL {
            let [rf, nt] = exact(&problem, 2, d, sigma);
            assert!(
                rf.iter().chain(&nt).all(|risk| (0.0..=1.0).contains(risk)),
                "{rf:?} {nt:?}"
            );
        }
        let best = problem.network_exact(d);
        let [_, nt] = exact(&problem, 2, d, Activation::Quadratic);
        let ordered = nt.is_sorted_by(|a, b| *a >= b - 1e-9);
        assert!(ordered && nt[d - 1] >= best - 1e-9, "{nt:?}, {best}");
        for bayes in [finite::bayes(&problem), limit::bayes(&problem)] {
            assert!((0.0..=1.0).contains(&bayes), "{bayes}");
        }
    }
}
