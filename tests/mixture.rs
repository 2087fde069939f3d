//! Laws of mixtures of two Gaussians: order and invariances of the risks, brute force at small d,
//! Monte Carlo, and the approach of exact values to their limits.
#![cfg(not(target_arch = "wasm32"))]

use lazy_limits::activation::Activation;
use lazy_limits::linalg::{Symmetric, orthonormal_basis};
use lazy_limits::problem::{
    BestWeights, Mixture, Problem, Target, WeightCovariance, covariant_weights,
};
use lazy_limits::spectrum::{Family, FamilyName, Sampling};
use lazy_limits::stream::{Purpose, Stream};
use lazy_limits::{finite, limit};
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;

/// Rounding in sums of a few hundred terms.
const ROUNDING: f64 = 1e-10;

fn white(delta: &[f64]) -> Mixture {
    let sigma = Symmetric::diagonal(vec![1.0; delta.len()]);
    Mixture::new(&sigma, &Symmetric::diagonal(delta.iter().copied())).unwrap()
}

fn of_family(text: &str, dim: usize, sampling: Sampling) -> Mixture {
    let family = Family::parse(FamilyName::DIFFERENCES, text).unwrap();
    white(&family.eigenvalues(dim, sampling, 1))
}

/// Σ and Δ that do not commute, with `Δ̃` of the eigenvalues given.
fn tilted(contrast: &[f64], seed: u64) -> (DMatrix<f64>, DMatrix<f64>) {
    let dim = contrast.len();
    let turn = |draw| {
        let gaussian = covariant_weights(seed, draw, &Symmetric::isotropic(dim), dim);
        gaussian.qr().q()
    };
    let (v, u) = (turn(100), turn(101));
    let roots = DVector::from_fn(dim, |i, _| 0.6 + 1.4 * (i as f64 + 0.5) / dim as f64);
    let root = &u * DMatrix::from_diagonal(&roots) * u.transpose();
    let inner = &v * DMatrix::from_diagonal(&DVector::from_column_slice(contrast)) * v.transpose();
    (&root * &root, &root * inner * &root)
}

fn symmetric(matrix: &DMatrix<f64>) -> Symmetric {
    Symmetric::Full((matrix + matrix.transpose()) * 0.5)
}

fn full(sigma: &DMatrix<f64>, delta: &DMatrix<f64>) -> Mixture {
    Mixture::new(&symmetric(sigma), &symmetric(delta)).unwrap()
}

fn contrast(one_sign: bool) -> impl Strategy<Value = Vec<f64>> {
    let low = if one_sign { 0.0 } else { -0.95 };
    prop::collection::vec(low..0.95_f64, 1..14)
        .prop_filter("not zero", |values| values.iter().any(|x| x.abs() > 1e-3))
}

fn activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(Activation::ALL.to_vec())
}

fn rf_limit(problem: &Mixture, weights: &WeightCovariance, rho: f64, sigma: Activation) -> f64 {
    limit::RandomFeatures::new(problem, &weights.at(problem, rho), sigma).risk(rho)
}

/// Exact RF and NT at the first 1, 2, … neurons of a draw of isotropic weights.
fn exact(problem: &Mixture, seed: u64, widest: usize, sigma: Activation) -> [Vec<f64>; 2] {
    let w = covariant_weights(seed, 0, &problem.isotropic(), widest);
    let widths: Vec<usize> = (1..=widest).collect();
    let problem = Problem::from(problem.clone());
    let nt = finite::nt_risks(&problem, &w, &widths);
    [finite::rf_risks(&problem, w, sigma), nt]
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
        let alone = finite::mixture_tangent(&problem, &w, &[half])[0];
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
                rf[n - 1],
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
            let exact_nt = finite::nt_risks(&any, &w, &[n])[0];
            [rf, nt, bayes, exact_nt, finite::rf_risks(&any, w, sigma)[n - 1]]
        };
        let plain = risks(&DMatrix::identity(d, d), 1.0);
        let turned = risks(&turn, 3.0);
        for (index, (a, b)) in plain.into_iter().zip(turned).enumerate() {
            prop_assert!((a - b).abs() < 1e-6, "{index}: {a} {b}");
        }
    }
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
        assert!((exact[n - 1] - theorem).abs() < 5e-3, "{}", exact[n - 1]);
    }
}

/// `2Tr(S Q S R) + Tr(SQ)Tr(SR)`, the second moment of two quadratic forms, and their means.
fn moments(s: &DMatrix<f64>, q: &DMatrix<f64>, r: &DMatrix<f64>) -> (f64, f64, f64) {
    let (sq, sr) = (s * q, s * r);
    let (a, b) = (sq.trace(), sr.trace());
    (2.0 * (&sq * &sr).trace() + a * b, a, b)
}

/// The least risk over `Σ θ_k ⟨xxᵀ,Q_k⟩ + c` (c free or `offset·Σ θ_k`) by the normal equations in the
/// original coordinates.
fn regression(classes: &[(f64, DMatrix<f64>)], forms: &[DMatrix<f64>], offset: Option<f64>) -> f64 {
    let count = forms.len() + usize::from(offset.is_none());
    let mut gram = DMatrix::<f64>::zeros(count, count);
    let mut response = DVector::<f64>::zeros(count);
    let shift = offset.unwrap_or(0.0);
    for (y, s) in classes {
        for i in 0..count {
            for j in 0..count {
                let value = match (forms.get(i), forms.get(j)) {
                    (Some(q), Some(r)) => {
                        let (both, a, b) = moments(s, q, r);
                        both + shift * (a + b) + shift * shift
                    }
                    (Some(q), None) | (None, Some(q)) => (s * q).trace(),
                    (None, None) => 1.0,
                };
                gram[(i, j)] += 0.5 * value;
            }
            let mean = forms.get(i).map_or(1.0, |q| (s * q).trace() + shift);
            response[i] += 0.5 * y * mean;
        }
    }
    let svd = gram.svd(true, true);
    let threshold = 1e-11 * svd.singular_values.max();
    1.0 - response.dot(&svd.solve(&response, threshold).unwrap())
}

/// Every regime against least squares on all its features, for Σ and Δ that do not commute.
#[test]
fn exact_risks_are_those_of_a_regression() {
    for (values, neurons) in [
        (vec![0.5, -0.3, 0.2, 0.8], 1),
        (vec![0.5, -0.3, 0.2, 0.8, -0.6], 3),
        (vec![0.9, 0.4, 0.1], 2),
        (vec![0.7, -0.7, 0.3, 0.2], 6),
    ] {
        let d = values.len();
        let (sigma, delta) = tilted(&values, 3);
        let classes = [(1.0, &sigma - &delta), (-1.0, &sigma + &delta)];
        let problem = full(&sigma, &delta);
        let w = covariant_weights(4, 0, &Symmetric::isotropic(d), neurons);
        let any = Problem::from(problem.clone());
        let working = problem.working_weights(w.clone());
        let squares: Vec<DMatrix<f64>> = w.column_iter().map(|w| w * w.transpose()).collect();

        let nt_forms: Vec<DMatrix<f64>> = (0..d * neurons)
            .map(|k| {
                let mut product = DMatrix::zeros(d, d);
                product.set_column(k % d, &w.column(k / d));
                (&product + product.transpose()) * 0.5
            })
            .collect();
        let nt = finite::nt_risk(&any, &working);
        let expected = regression(&classes, &nt_forms, None);
        assert!((nt - expected).abs() < 1e-8, "NT {nt}, {expected}");

        let rf = *finite::rf_risks(&any, working, Activation::Quadratic)
            .last()
            .unwrap();
        let expected = regression(&classes, &squares, Some(-1.0));
        assert!((rf - expected).abs() < 1e-7, "RF {rf}, {expected}");

        // The best neurons are eigenvectors of Δ̃ brought back; no others do better.
        let nn = problem.network_exact(neurons);
        let mut order: Vec<usize> = (0..d).collect();
        let s = problem.eigenvalues();
        order.sort_by(|&i, &j| s[j].abs().total_cmp(&s[i].abs()));
        let to_working = problem.working_weights(DMatrix::identity(d, d));
        let back = to_working.try_inverse().unwrap();
        let best: Vec<DMatrix<f64>> = order[..neurons.min(d)]
            .iter()
            .map(|&i| back.column(i) * back.column(i).transpose())
            .collect();
        let expected = regression(&classes, &best, None);
        assert!((nn - expected).abs() < 1e-9, "NN {nn}, {expected}");
        assert!(regression(&classes, &squares, None) >= nn - 1e-9);
    }
}

/// RF with any activation against quadrature over a plane. ReLU's kink costs the grid 1e-4.
#[test]
fn random_features_are_those_of_quadrature() {
    let (sigma, delta) = tilted(&[0.6, -0.35], 5);
    let problem = full(&sigma, &delta);
    let w = DMatrix::from_column_slice(2, 3, &[0.6, 0.3, -0.5, 0.8, 0.2, -0.7]);
    let any = Problem::from(problem.clone());
    for activation in Activation::ALL {
        let centre = activation.hermite().mean;
        let mut gram = DMatrix::<f64>::zeros(3, 3);
        let mut response = DVector::<f64>::zeros(3);
        for (y, s) in [(1.0, &sigma - &delta), (-1.0, &sigma + &delta)] {
            let root = s.cholesky().unwrap().l();
            let step = 0.05;
            for a in -170..=170 {
                for b in -170..=170 {
                    let g = DVector::from_vec(vec![f64::from(a) * step, f64::from(b) * step]);
                    let weight = (-0.5 * g.norm_squared()).exp() * step * step
                        / (2.0 * std::f64::consts::PI);
                    let inner = w.transpose() * (&root * g);
                    let features = inner.map(|x| activation.value(x) - centre);
                    gram += (&features * features.transpose()) * (0.5 * weight);
                    response += &features * (0.5 * weight * y);
                }
            }
        }
        let working = problem.working_weights(w.clone());
        let features = finite::MixtureFeatures::new(&problem, &working, activation);
        let solution = gram.lu().solve(&response).unwrap();
        let expected = 1.0 - response.dot(&solution);
        let tolerance = if activation == Activation::Relu {
            1e-3
        } else {
            1e-8
        };
        let risk = finite::rf_risks(&any, working, activation)[2];
        assert!(
            (risk - expected).abs() < tolerance,
            "{activation}: {risk} {expected}"
        );
        assert!(
            (features.risk_of(&solution) - expected).abs() < tolerance,
            "{activation}"
        );
        let other = &solution * 0.5;
        // Half way to the minimum leaves a quarter of what it explains.
        let half = 1.0 - 0.75 * (1.0 - expected);
        assert!(
            (features.risk_of(&other) - half).abs() < tolerance,
            "{activation}"
        );
    }
}

/// Samples of a class in the original coordinates, one a column.
fn samples(class: &DMatrix<f64>, draw: u64, count: usize) -> DMatrix<f64> {
    let root = class.clone().cholesky().unwrap().l();
    let mut x = DMatrix::<f32>::zeros(class.nrows(), count);
    Stream::new(11, Purpose::Batch, draw).fill_normal(x.as_mut_slice());
    root * x.cast::<f64>()
}

fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
    (mean, (variance / n).sqrt())
}

/// The risk of a predictor given, and Bayes, against samples: five standard errors.
#[test]
fn risks_are_those_of_samples() {
    let values = [0.7, -0.5, 0.3, 0.2, -0.1];
    let (sigma, delta) = tilted(&values, 9);
    let problem = full(&sigma, &delta);
    let count = 200_000;
    let to_working = problem.working_weights(DMatrix::identity(5, 5));
    // ⟨w,x⟩ = ⟨w̃,x̃⟩ for w̃ = Tw, so x̃ = T⁻ᵀx.
    let inputs = to_working.try_inverse().unwrap().transpose();
    let q = DMatrix::from_fn(5, 5, |i, j| {
        0.1 * ((i + j) as f64).sin() - 0.05 * f64::from(u8::from(i == j))
    });
    let offset = 0.2;
    let (mut errors, mut unsure) = (Vec::new(), Vec::new());
    for (draw, (y, class)) in [(1.0, &sigma - &delta), (-1.0, &sigma + &delta)]
        .iter()
        .enumerate()
    {
        let x = samples(class, draw as u64, count);
        let working = &inputs * &x;
        let precisions = [&sigma - &delta, &sigma + &delta].map(|s| s.try_inverse().unwrap());
        let log_ratio = 0.5 * (precisions[0].determinant() / precisions[1].determinant()).ln();
        for k in 0..count {
            let z = working.column(k);
            let f = z.dot(&(&q * z)) - q.trace() + offset;
            errors.push((y - f).powi(2));
            let x = x.column(k);
            let form = |p: &DMatrix<f64>| x.dot(&(p * x));
            let l = log_ratio - 0.5 * (form(&precisions[0]) - form(&precisions[1]));
            unsure.push(1.0 - (0.5 * l).tanh().powi(2));
        }
    }
    let (mean, error) = mean_and_error(&errors);
    let risk = problem.risk(&q, offset);
    assert!(
        (mean - risk).abs() < 5.0 * error,
        "{mean} ± {error}, {risk}"
    );
    let (mean, error) = mean_and_error(&unsure);
    let bayes = finite::bayes(&problem);
    assert!(
        (mean - bayes).abs() < 5.0 * error,
        "{mean} ± {error}, {bayes}"
    );
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
