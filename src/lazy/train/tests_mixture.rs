//! The networks that learn a mixture: batches, gradients, risks, lifted and explicit forms.

use nalgebra::DMatrix;
use proptest::prelude::*;

use crate::lazy::problem::{Mixture, Problem, Quadratic};
use crate::linalg::Symmetric;

use super::batch::Batch;
use super::model::Model;
use super::neural_tangent::TangentModel;
use super::positive_form::PositiveForm;
use super::real::Real;
use super::signed_network::SignedNetwork;
use super::start::Draw;
use super::tests::{check_gradient, check_risk, check_tangent_gradient, risk, step};
use super::trained_layer::TrainedLayer;

fn mixture(contrast: &[f64]) -> Problem {
    let sigma = Symmetric::diagonal(vec![1.0; contrast.len()]);
    let delta = Symmetric::diagonal(contrast.iter().copied());
    Mixture::new(&sigma, &delta).unwrap().into()
}

fn signed<T: Real>(parts: [&DMatrix<T>; 2], batch: usize) -> Box<dyn Model<T>> {
    let forms = parts.map(|w| PositiveForm::new(w, batch));
    let [plus, minus] = forms;
    Box::new(SignedNetwork::new(vec![(1.0, plus), (-1.0, minus)], batch))
}

/// Every network of a mixture, NT last, with its number of blocks of parameters.
fn networks<T: Real>(d: usize, neurons: usize, batch: usize) -> Vec<(Box<dyn Model<T>>, usize)> {
    let w = |draw| Draw::new(3, draw, d, neurons).weights::<T>(0.4);
    vec![
        (Box::new(TrainedLayer::new(&w(0), batch)), 3),
        (signed([&w(0), &w(1)], batch), 3),
        (Box::new(TangentModel::explicit(&w(0), batch)), 2),
    ]
}

#[test]
fn steps_are_gradient_steps() {
    let target = mixture(&[0.9, -0.4, 0.3, 0.1]);
    check_tangent_gradient(&target, 5);
    for (mut model, blocks) in networks(4, 3, 5).into_iter().take(2) {
        check_gradient(&mut *model, &target, &vec![1.0; blocks], 5);
    }
}

#[test]
fn exact_risk_is_the_mean_over_samples() {
    let target = mixture(&[0.9, 0.5, -0.6, 0.2, -0.1]);
    for (mut model, _) in networks(5, 4, 50_000) {
        check_risk(&mut *model, &target, 1.0);
    }
}

/// Three steps in single precision are those in double precision: rounding of 2⁻²⁴ in sums of 30
/// terms, to about 1e-6. Steps of that size do not diverge, which would enlarge it.
#[test]
fn single_precision_takes_the_same_steps() {
    let target = mixture(&[0.7, -0.5, 0.4, 0.3, -0.2, 0.1, 0.0]);
    let (d, neurons, size) = (7, 9, 30);
    let (mut singles, mut doubles) = (
        Batch::<f32>::new(2, &target, size),
        Batch::<f64>::new(2, &target, size),
    );
    let fast = networks::<f32>(d, neurons, size);
    for ((mut fast, _), (mut plain, _)) in fast.into_iter().zip(networks(d, neurons, size)) {
        for t in 0..3 {
            singles.draw(t);
            step(&mut *fast, &mut singles, 0.005);
            doubles.draw(t);
            step(&mut *plain, &mut doubles, 0.005);
            let (a, b) = (fast.predictor(), plain.predictor());
            assert!(b.form.norm() > 0.01);
            let gap = (&a.form - &b.form).amax().max((a.mean - b.mean).abs());
            assert!(gap < 2e-6 * (1.0 + b.form.norm()), "step {t}: {gap:e}");
        }
    }
}

/// The trained layer against the formulas as they stand, neuron by neuron and sample by sample.
#[test]
fn a_step_is_the_formula() {
    let target = mixture(&[0.7, -0.5, 0.4]);
    let (d, neurons, size, epsilon) = (3, 2, 4, 0.05);
    let mut model = TrainedLayer::new(&Draw::new(3, 0, d, neurons).weights::<f64>(0.6), size);
    let mut w = Draw::new(3, 0, d, neurons).weights::<f64>(0.6);
    let (mut a, mut c) = (vec![0.0; neurons], 0.0);
    let mut batch = Batch::new(5, &target, size);
    for t in 0..6 {
        batch.draw(t);
        let mut h = DMatrix::zeros(d, d);
        let mut mean = 0.0;
        for (x, y) in batch.x.column_iter().zip(&batch.y) {
            let features = |i: usize| w.column(i).dot(&x).powi(2) - w.column(i).norm_squared();
            let r = y - c - (0..neurons).map(|i| a[i] * features(i)).sum::<f64>();
            h += (x * x.transpose() - DMatrix::identity(d, d)) * (r / size as f64);
            mean += r / size as f64;
        }
        for i in 0..neurons {
            let before = w.column(i).into_owned();
            w.column_mut(i)
                .axpy(4.0 * epsilon * a[i], &(&h * &before), 1.0);
            a[i] += 2.0 * epsilon * before.dot(&(&h * &before));
        }
        c += 2.0 * epsilon * mean;
        step(&mut model, &mut batch, epsilon);
    }
    let (matrices, scalars) = model.parameters();
    let found = DMatrix::from_column_slice(neurons, d, matrices[0]);
    assert!((found - w.transpose()).amax() < 1e-14);
    assert!(
        a.iter()
            .zip(matrices[1])
            .all(|(a, b)| (a - b).abs() < 1e-14)
    );
    assert!((c - scalars[0]).abs() < 1e-14 && c.abs() > 1e-4);
}

/// The largest gap over a few steps between signs that are explicit and lifted, relative to the
/// form.
fn largest_gap<T: Real>(d: usize, neurons: [usize; 2], size: usize, seed: u64) -> f64 {
    let contrast: Vec<f64> = (0..d).map(|i| (2.0 * i as f64 + 1.0).sin() * 0.5).collect();
    let target = mixture(&contrast);
    let scale = 1.0 / (d * neurons.iter().sum::<usize>()) as f64;
    let [plus, minus] = [0, 1].map(|part| {
        let w = Draw::new(seed, part, d, neurons[part as usize]).weights::<T>(scale.sqrt());
        let factor =
            Draw::new(seed, part, d, neurons[part as usize]).factor::<T>(scale.sqrt(), |_| true);
        (w, factor)
    });
    let mut explicit = signed([&plus.0, &minus.0], size);
    let mut lifted = signed([&plus.1, &minus.1], size);
    let mut batch = Batch::new(seed, &target, size);
    let mut largest = 0.0_f64;
    for t in 0..25 {
        batch.draw(t);
        for model in [&mut explicit, &mut lifted] {
            step(&mut **model, &mut batch, 0.005);
        }
        let (a, b) = (explicit.predictor(), lifted.predictor());
        let scale = 1.0 + a.form.norm();
        largest = largest.max((&a.form - &b.form).norm() / scale);
        largest = largest.max((a.mean - b.mean).abs() / scale);
    }
    assert!((risk(&*explicit, &target) - 1.0).abs() > 1e-6);
    largest
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    /// In double precision equal to rounding: 25 steps of sums over at most 30 terms; in single
    /// precision 2²⁹ times coarser.
    #[test]
    fn lifted_and_explicit_are_one_trajectory(
        d in 1_usize..9, more in 0_usize..20, fewer in 0_usize..9, size in 1_usize..13, seed in 0_u64..1000,
    ) {
        let neurons = [d + more, d + fewer];
        prop_assert!(largest_gap::<f64>(d, neurons, size, seed) < 1e-12);
        prop_assert!(largest_gap::<f32>(d, neurons, size, seed) < 1e-4);
    }
}

/// Labels are even, and inputs have the variances of their class: all to five standard errors, that
/// of a label's mean 1/√n, of a variance v of n Gaussians v√(2/n), of a covariance √(vv'/n).
#[test]
fn batches_have_the_moments_of_the_mixture() {
    let contrast = [0.9, -0.95, 0.3, 0.0];
    let (d, size, batches) = (contrast.len(), 1000, 60);
    let mut batch = Batch::<f32>::new(6, &mixture(&contrast), size);
    let mut counts = [0.0_f64; 2];
    let mut sums = [DMatrix::<f64>::zeros(d, d), DMatrix::zeros(d, d)];
    for t in 0..batches {
        batch.draw(t);
        for (x, &y) in batch.x.column_iter().zip(&batch.y) {
            let class = usize::from(y < 0.0);
            assert!((y.abs() - 1.0).abs() < f32::EPSILON);
            let x = x.map(f64::from);
            counts[class] += 1.0;
            sums[class] += &x * x.transpose();
        }
    }
    let total = size as f64 * batches as f64;
    assert!((counts[0] - counts[1]).abs() < 5.0 * total.sqrt());
    for (class, y) in [(0, 1.0), (1, -1.0)] {
        let variance = |i: usize| 1.0 - y * contrast[i];
        for i in 0..d {
            for j in 0..d {
                let (expected, error) = if i == j {
                    (variance(i), variance(i) * 2.0_f64.sqrt())
                } else {
                    (0.0, (variance(i) * variance(j)).sqrt())
                };
                let found = sums[class][(i, j)] / counts[class];
                let error = error / counts[class].sqrt();
                assert!(
                    (found - expected).abs() < 5.0 * error,
                    "{y} {i} {j}: {found}"
                );
            }
        }
    }
}

/// Batch t is that of (seed, t) alone, and its inputs are those of any problem, scaled.
#[test]
fn batches_are_shared() {
    let (seed, size) = (9, 7);
    let narrow = mixture(&[0.5, -0.5, 0.1]);
    let mut one = Batch::<f32>::new(seed, &narrow, size);
    let mut two = Batch::<f32>::new(seed, &narrow, size);
    for t in [0, 1, 2] {
        one.draw(t);
    }
    two.draw(2);
    assert_eq!((&one.x, &one.y), (&two.x, &two.y));
    let quadratic = Quadratic::new(&Symmetric::diagonal([1.0; 3])).unwrap();
    let mut plain = Batch::<f32>::new(seed, &quadratic.into(), size);
    plain.draw(2);
    for ((x, z), &y) in two.x.column_iter().zip(plain.x.column_iter()).zip(&two.y) {
        for (i, s) in [0.5, -0.5, 0.1].into_iter().enumerate() {
            assert!((x[i] - z[i] * (1.0 - y * s).sqrt()).abs() < 1e-6);
        }
    }
    let doubles = {
        let mut batch = Batch::<f64>::new(seed, &narrow, size);
        batch.draw(2);
        batch.y
    };
    assert!(
        doubles
            .iter()
            .zip(&two.y)
            .all(|(a, b)| a.total_cmp(&f64::from(*b)).is_eq())
    );
}
