//! Random features of neurons that nearly depend on each other.

use lazy_limits::activation::Activation;
use lazy_limits::finite;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Problem, Quadratic, covariant_weights};
use nalgebra::DMatrix;
use twofloat::TwoFloat;

use crate::double::{double, explained};
use crate::{Draws, cases};

/// Gaussian neurons, each either new or an earlier one moved by 10⁰ … 10⁻¹⁷ of its length, or exactly that again.
fn neurons(draws: &mut Draws, case: u64, dim: usize) -> DMatrix<f64> {
    let count = draws.whole(2, dim * (dim + 1) / 2 + 3);
    let fresh = covariant_weights(case, 0, &Symmetric::isotropic(dim), 2 * count);
    let mut w = fresh.columns(0, count).into_owned();
    for i in 1..count {
        if draws.uniform() < 0.5 {
            let earlier = w.column(draws.whole(0, i - 1)).into_owned();
            let distance = if draws.uniform() < 0.2 {
                0.0
            } else {
                10_f64.powf(-draws.between(0.0, 17.0))
            };
            w.set_column(i, &(earlier + fresh.column(count + i) * distance));
        }
    }
    w
}

/// `Σ_k w_ik f_k w_jk` for all pairs.
fn gram(w: &DMatrix<f64>, factors: &[f64]) -> Vec<Vec<TwoFloat>> {
    let entry = |i: usize, j: usize| {
        (0..w.nrows()).fold(double(0.0), |sum, k| {
            sum + double(w[(k, i)]) * double(w[(k, j)]) * double(factors[k])
        })
    };
    (0..w.ncols())
        .map(|i| (0..w.ncols()).map(|j| entry(i, j)).collect())
        .collect()
}

/// Risks that are given are those of 32 digits to 10⁻⁶, and fall. What is refused would have been wrong, or might.
fn compare(case: u64, risks: Vec<Result<f64, finite::SolveError>>, expected: &[f64]) -> [u64; 2] {
    let (mut last, mut counts) = (1.0 + 1e-12, [0, 0]);
    for (n, (risk, &expected)) in risks.into_iter().zip(expected).enumerate() {
        match risk {
            Ok(risk) => {
                assert!(
                    (risk - expected).abs() <= 1e-6,
                    "case {case}, {}: {risk}, {expected}",
                    n + 1
                );
                assert!(risk <= last, "case {case}, {}: {risk} after {last}", n + 1);
                last = risk;
                counts[0] += 1;
            }
            Err(unknown) => {
                assert!(unknown.error() > 1e-6, "{unknown}");
                counts[1] += 1;
            }
        }
    }
    counts
}

#[test]
fn nearly_dependent_neurons() {
    let mut counts = [0, 0];
    for case in 0..cases(400) {
        let mut draws = Draws::of(case);
        let dim = draws.whole(2, 5);
        let w = neurons(&mut draws, case, dim);
        let n = w.ncols();
        let lengths = gram(&w, &vec![1.0; dim]);
        let is_mixture = case % 2 == 1;
        let values: Vec<f64> = (0..dim)
            .map(|_| draws.sign() * draws.between(0.01, 0.99))
            .collect();
        let forms = gram(&w, &values);
        let kernel = |i: usize, j: usize| {
            let plain =
                lengths[i][j] * lengths[i][j] * 2.0 + (lengths[i][i] - 1.0) * (lengths[j][j] - 1.0);
            if is_mixture {
                plain + forms[i][j] * forms[i][j] * 2.0 + forms[i][i] * forms[j][j]
            } else {
                plain
            }
        };
        let u = (0..n)
            .map(|i| (0..n).map(|j| kernel(i, j)).collect())
            .collect();
        let diagonal = Symmetric::diagonal(values.iter().copied());
        let (problem, factor, total): (Problem, f64, f64) = if is_mixture {
            let white = Symmetric::diagonal(vec![1.0; dim]);
            (Mixture::new(&white, &diagonal).unwrap().into(), -1.0, 1.0)
        } else {
            let squares: f64 = values.iter().map(|x| x * x).sum();
            (
                Quadratic::new(&diagonal).unwrap().into(),
                2.0,
                2.0 * squares,
            )
        };
        let v: Vec<TwoFloat> = (0..n).map(|i| forms[i][i] * factor).collect();
        let expected: Vec<f64> = explained(u, &v)
            .into_iter()
            .map(|sum| f64::from(double(1.0) - sum / total))
            .collect();
        let risks = finite::rf_risks(&problem, w, Activation::Quadratic);
        let [given, refused] = compare(case, risks, &expected);
        counts = [counts[0] + given, counts[1] + refused];
    }
    println!("{} answers, {} refused", counts[0], counts[1]);
    assert!(counts[0] > counts[1]);
}

/// Neurons again, reversed or, for ReLU, stretched add nothing, and that is known.
#[test]
fn neurons_again_add_nothing() {
    for case in 0..cases(50) {
        let mut draws = Draws::of(case);
        let dim = draws.whole(3, 6);
        let w = covariant_weights(case, 0, &Symmetric::isotropic(dim), 3);
        let problem: Problem = Quadratic::new(&Symmetric::diagonal((1..=dim).map(|k| k as f64)))
            .unwrap()
            .into();
        for activation in Activation::ALL {
            let factor = match activation {
                Activation::Quadratic => -1.0,
                Activation::Relu => 10_f64.powf(draws.between(-3.0, 3.0)),
                _ => 1.0,
            };
            let mut both = DMatrix::zeros(dim, 6);
            both.columns_mut(0, 3).copy_from(&w);
            both.columns_mut(3, 3).copy_from(&(&w * factor));
            let risks = finite::rf_risks(&problem, both, activation);
            let known = risks[2].unwrap();
            for risk in &risks[3..] {
                assert!(
                    (risk.unwrap() - known).abs() < 1e-9,
                    "case {case}, {activation}: {risks:?}"
                );
            }
        }
    }
}
