//! Exact risks against regression, quadrature and samples.

use lazy_limits::activation::Activation;
use lazy_limits::finite;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Problem, Target, covariant_weights};
use lazy_limits::stream::{Purpose, Stream};
use nalgebra::{DMatrix, DVector};

use super::{full, tilted};

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
        let nt = finite::nt_risk(&any, &working).unwrap();
        let expected = regression(&classes, &nt_forms, None);
        assert!((nt - expected).abs() < 1e-8, "NT {nt}, {expected}");

        let rf = finite::rf_risks(&any, working, Activation::Quadratic)
            .last()
            .unwrap()
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
        let risk = finite::rf_risks(&any, working, activation)[2].unwrap();
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
