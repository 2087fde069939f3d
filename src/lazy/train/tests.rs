//! Trajectories without rounding, against reference values, gradients and each other.

use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;
use serde_json::Value;

use crate::lazy::problem::{Problem, Quadratic, Target};
use crate::linalg::Symmetric;

use super::batch::Batch;
use super::model::Model;
use super::neural_network::NeuralNetwork;
use super::neural_tangent::TangentModel;
use super::positive_form::PositiveForm;
use super::published_tangent::PublishedTangent;
use super::real::Real;
use super::sgd::exact_risk;
use super::start::Draw;

fn target(eigenvalues: &[f64]) -> Problem {
    let b = Symmetric::diagonal(eigenvalues.iter().copied());
    Quadratic::new(&b).unwrap().into()
}

/// The squared norm of a quadratic target.
fn squared_norm(target: &Problem) -> f64 {
    2.0 * target.form().squared_norm()
}

pub(super) fn risk<T: Real>(model: &dyn Model<T>, target: &Problem) -> f64 {
    exact_risk(model, target)
}

pub(super) fn step<T: Real>(model: &mut dyn Model<T>, batch: &mut Batch<T>, epsilon: f64) {
    model.predict(&batch.x, &mut batch.residuals);
    batch.subtract_predictions();
    model.update(&batch.x, &batch.residuals, epsilon);
}

fn numbers(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap().iter();
    values.map(|value| value.as_f64().unwrap()).collect()
}

fn rows_as_columns(value: &Value) -> DMatrix<f64> {
    let rows: Vec<_> = value.as_array().unwrap().iter().map(numbers).collect();
    DMatrix::from_fn(rows[0].len(), rows.len(), |i, j| rows[j][i])
}

/// Three steps on given batches, in the units of the independent implementation.
#[test]
fn steps_agree_with_reference_values() {
    let reference: Value =
        serde_json::from_str(include_str!("../../../tests/reference/sgd.json")).unwrap();
    for case in reference["sgd_steps"].as_array().unwrap() {
        let eigenvalues = numbers(&case["eigenvalues"]);
        let target = target(&eigenvalues);
        let w = rows_as_columns(&case["initial_weights_rows_are_neurons"]);
        let batches = case["batches"].as_array().unwrap();
        let epsilon = case["step_size"].as_f64().unwrap();
        let size = batches[0].as_array().unwrap().len();
        let form = PositiveForm::new(&w, size);
        let nn: Box<dyn Model<f64>> = Box::new(NeuralNetwork::theorem(form, size));
        let nt: Box<dyn Model<f64>> = Box::new(TangentModel::explicit(&w, size));
        for (mut model, parameters, offset, risks) in [
            (nn, "nn_weights", "nn_offset", "nn_risk_after_each_step"),
            (
                nt,
                "nt_centred_coefficients",
                "nt_centred_offset",
                "nt_centred_risk_after_each_step",
            ),
        ] {
            for (x, expected) in batches.iter().zip(numbers(&case[risks])) {
                let mut batch = Batch::new(0, &target, size);
                batch.x = rows_as_columns(x);
                batch.apply_law();
                step(&mut *model, &mut batch, epsilon);
                let found = risk(&*model, &target) * squared_norm(&target);
                assert!((found / expected - 1.0).abs() < 1e-9, "{risks}");
            }
            let (found, found_offset) = match parameters {
                "nn_weights" => {
                    let (matrices, scalars) = model.parameters();
                    let (rows, columns) = w.transpose().shape();
                    let wt = DMatrix::from_column_slice(rows, columns, matrices[0]);
                    (wt, scalars[1])
                }
                _ => coefficients(&*model, &w),
            };
            let expected = rows_as_columns(&case[parameters]).transpose();
            assert!((found - expected).amax() < 1e-9, "{parameters}");
            let expected = case[offset].as_f64().unwrap();
            assert!((found_offset - expected).abs() < 1e-9, "{offset}");
        }
    }
}

/// `Aᵀ` and c of NT.
type Coefficients = (DMatrix<f64>, f64);

/// Those of NT at the weights w.
fn coefficients(tangent: &dyn Model<f64>, w: &DMatrix<f64>) -> Coefficients {
    let (matrices, scalars) = tangent.parameters();
    let t = DMatrix::from_column_slice(w.ncols(), w.nrows(), matrices[0]);
    let offset = scalars[0];
    (t - w.transpose() * (2.0 * offset), offset)
}

/// Every kind of network that trains what its gradient is of, in double precision, with what its gradients are
/// multiplied by.
fn networks(d: usize, neurons: usize, size: usize) -> Vec<(Box<dyn Model<f64>>, Vec<f64>)> {
    let w = || Draw::new(3, 0, d, neurons).weights::<f64>(0.6);
    let a = Draw::new(3, 0, d, neurons).second_layer();
    let many = neurons as f64;
    vec![
        (
            Box::new(NeuralNetwork::theorem(PositiveForm::new(&w(), size), size)),
            // The second layer stays.
            vec![1.0, 0.0, 1.0],
        ),
        (
            Box::new(NeuralNetwork::published(
                PositiveForm::new(&w(), size),
                size,
            )),
            vec![1.0, 1.0, 1.0],
        ),
        (
            Box::new(PublishedTangent::new(&w(), a, size)),
            vec![many, many, 1.0],
        ),
    ]
}

/// All parameters, each with the index of its block.
fn flattened(model: &dyn Model<f64>) -> Vec<(usize, f64)> {
    let (matrices, scalars) = model.parameters();
    let blocks = matrices.len();
    let matrices = matrices.into_iter().enumerate();
    let scalars = scalars.into_iter().enumerate();
    matrices
        .flat_map(|(block, values)| values.iter().map(move |&value| (block, value)))
        .chain(scalars.map(|(i, value)| (blocks + i, value)))
        .collect()
}

fn nudge(model: &mut dyn Model<f64>, index: usize, by: f64) {
    let (matrices, scalars) = model.parameters_mut();
    let all = matrices.into_iter().flatten().chain(scalars);
    *all.into_iter().nth(index).unwrap() += by;
}

/// A step is the step size times the gradient of the mean square of the batch, by central
/// differences (error about 1e-9), times the factor that the protocol gives to it.
#[test]
fn steps_are_gradient_steps() {
    let target = target(&[0.9, -0.4, 0.3, 0.1]);
    for (mut model, factors) in networks(4, 3, 3) {
        check_gradient(&mut *model, &target, &factors, 3);
    }
    check_tangent_gradient(&target, 3);
}

/// That a step on batches of `size` samples of a target is that of the gradient, times the factor of
/// each block of parameters.
pub(super) fn check_gradient(
    model: &mut dyn Model<f64>,
    target: &Problem,
    factors: &[f64],
    size: usize,
) {
    let (epsilon, delta) = (1e-3, 1e-4);
    let mut batch = Batch::new(8, target, size);
    // Away from the start, where some gradients vanish.
    for t in 0..20 {
        batch.draw(t);
        step(model, &mut batch, 0.02);
    }
    let before = flattened(model);
    let mut loss = |model: &mut dyn Model<f64>| {
        model.predict(&batch.x, &mut batch.residuals);
        batch.subtract_predictions()
    };
    let gradient: Vec<f64> = (0..before.len())
        .map(|i| {
            nudge(model, i, delta);
            let up = loss(model);
            nudge(model, i, -2.0 * delta);
            let down = loss(model);
            nudge(model, i, delta);
            (up - down) / (2.0 * delta)
        })
        .collect();
    step(model, &mut batch, epsilon);
    let after = flattened(model);
    for (i, (&(block, old), &(_, new))) in before.iter().zip(&after).enumerate() {
        let expected = -factors[block] * gradient[i];
        let found = (new - old) / epsilon;
        assert!(
            (found - expected).abs() < 1e-6 * (1.0 + expected.abs()),
            "parameter {i} in block {block}: {found}, {expected}"
        );
    }
}

/// The same of NT, whose coefficients follow from what it trains: by differences of its formula in them.
pub(super) fn check_tangent_gradient(target: &Problem, size: usize) {
    let (epsilon, delta) = (1e-3, 1e-4);
    let w = Draw::new(3, 0, target.dim(), 3).weights::<f64>(0.6);
    let mut model = TangentModel::explicit(&w, size);
    let mut batch = Batch::new(8, target, size);
    for t in 0..20 {
        batch.draw(t);
        step(&mut model, &mut batch, 0.02);
    }
    let predictions = |(at, offset): &Coefficients| {
        let products = (w.tr_mul(&batch.x)).component_mul(&(at * &batch.x));
        let centred = products.row_sum().add_scalar(-w.transpose().dot(at));
        centred.map(|value| offset + 2.0 * value)
    };
    let loss = |point: &Coefficients| {
        let f = predictions(point);
        let residuals = batch.y.iter().zip(f.iter());
        residuals.map(|(y, f)| (y - f).powi(2)).sum::<f64>() / size as f64
    };
    let before = coefficients(&model, &w);
    model.predict(&batch.x, &mut batch.residuals);
    for (f, expected) in batch.residuals.iter().zip(predictions(&before).iter()) {
        assert!((f - expected).abs() < 1e-12, "{f} {expected}");
    }
    let slope = |nudge: &dyn Fn(&mut Coefficients, f64)| {
        let [up, down] = [delta, -delta].map(|by| {
            let mut point = before.clone();
            nudge(&mut point, by);
            loss(&point)
        });
        (up - down) / (2.0 * delta)
    };
    let gradient = DMatrix::from_fn(3, target.dim(), |i, j| {
        slope(&|point, by| point.0[(i, j)] += by)
    });
    let offset = slope(&|point, by| point.1 += by);
    step(&mut model, &mut batch, epsilon);
    let after = coefficients(&model, &w);
    let error = (&after.0 - &before.0) / epsilon + &gradient;
    assert!(error.amax() < 1e-6 * (1.0 + gradient.amax()), "{error}");
    let error = (after.1 - before.1) / epsilon + offset;
    assert!(error.abs() < 1e-6 * (1.0 + offset.abs()), "{error}");
}

/// The exact risk against the mean of (y − f)² over fresh samples.
#[test]
fn exact_risk_is_the_mean_over_samples() {
    let target = target(&[0.7, 0.5, -0.3, 0.2, 0.1]);
    for (mut model, _) in networks(5, 4, 50_000) {
        check_risk(&mut *model, &target, squared_norm(&target));
    }
    let w = Draw::new(3, 0, 5, 4).weights::<f64>(0.6);
    let mut tangent = TangentModel::explicit(&w, 50_000);
    check_risk(&mut tangent, &target, squared_norm(&target));
}

/// That the exact risk, times `norm`, is the mean over 50 000 samples: to five standard errors of
/// that mean, from the sample itself.
pub(super) fn check_risk(model: &mut dyn Model<f64>, target: &Problem, norm: f64) {
    let size = 50_000;
    let mut batch = Batch::new(11, target, size);
    for t in 0..3 {
        batch.draw(t);
        step(model, &mut batch, 0.02);
    }
    batch.draw(3);
    model.predict(&batch.x, &mut batch.residuals);
    let mean = batch.subtract_predictions();
    let squares = batch.residuals.iter().map(|r| r * r - mean);
    let variance = squares.map(|gap| gap * gap).sum::<f64>() / size as f64;
    let exact = risk(model, target) * norm;
    let error = (variance / size as f64).sqrt();
    assert!((mean - exact).abs() < 5.0 * error, "{mean} {exact} {error}");
}

/// Where the target is a multiple of the identity, turning weights and samples together changes
/// nothing.
#[test]
fn rotations_change_nothing() {
    let d = 6;
    let target = target(&[0.4; 6]);
    let turn = DMatrix::from_fn(d, d, |i, j| ((i * d + j) as f64).sin())
        .qr()
        .q();
    let run = |turn: &DMatrix<f64>| {
        let w = || turn * Draw::new(3, 0, d, 4).weights::<f64>(0.4);
        let a = Draw::new(3, 0, d, 4).second_layer();
        let models: [Box<dyn Model<f64>>; 3] = [
            Box::new(NeuralNetwork::theorem(PositiveForm::new(&w(), 7), 7)),
            Box::new(TangentModel::explicit(&w(), 7)),
            Box::new(PublishedTangent::new(&w(), a, 7)),
        ];
        models.map(|mut model| {
            let mut batch = Batch::new(1, &target, 7);
            for t in 0..30 {
                batch.draw(t);
                batch.x = turn * &batch.x;
                step(&mut *model, &mut batch, 0.01);
            }
            risk(&*model, &target)
        })
    };
    let (turned, plain) = (run(&turn), run(&DMatrix::identity(d, d)));
    for (a, b) in turned.into_iter().zip(plain) {
        assert!((a - b).abs() < 1e-10, "{a} {b}");
    }
}

/// The networks that have a lifted form, explicit and lifted.
fn pairs<T: Real>(d: usize, neurons: usize, size: usize, seed: u64) -> Vec<[Box<dyn Model<T>>; 2]> {
    let scale = 1.0 / ((d * neurons) as f64).sqrt();
    let w = || Draw::new(seed, 0, d, neurons).weights::<T>(scale);
    let factor = || Draw::new(seed, 0, d, neurons).factor::<T>(scale, |_| true);
    let explicit = || PositiveForm::new(&w(), size);
    let lifted = || PositiveForm::new(&factor(), size);
    vec![
        [
            Box::new(NeuralNetwork::theorem(explicit(), size)),
            Box::new(NeuralNetwork::theorem(lifted(), size)),
        ],
        [
            Box::new(NeuralNetwork::published(explicit(), size)),
            Box::new(NeuralNetwork::published(lifted(), size)),
        ],
        [
            Box::new(TangentModel::explicit(&w(), size)),
            Box::new(TangentModel::lifted(
                Draw::new(seed, 0, d, neurons).gram(scale),
                size,
            )),
        ],
    ]
}

/// The largest gap between explicit and lifted over a few steps, relative to the form.
fn largest_gap<T: Real>(d: usize, neurons: usize, size: usize, seed: u64) -> f64 {
    let eigenvalues: Vec<f64> = (0..d).map(|i| 0.5 / (i + 1) as f64).collect();
    let target = target(&eigenvalues);
    let mut largest = 0.0_f64;
    for [mut explicit, mut lifted] in pairs::<T>(d, neurons, size, seed) {
        let mut batch = Batch::new(seed, &target, size);
        for t in 0..25 {
            batch.draw(t);
            for model in [&mut explicit, &mut lifted] {
                // Small enough for single samples in one dimension.
                step(&mut **model, &mut batch, 0.005);
            }
            let (a, b) = (explicit.predictor(), lifted.predictor());
            let scale = 1.0 + a.form.norm();
            largest = largest.max((&a.form - &b.form).norm() / scale);
            largest = largest.max((a.mean - b.mean).abs() / scale);
        }
    }
    largest
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// In double precision equal to rounding: 25 steps of sums over at most 30 terms.
    #[test]
    fn lifted_and_explicit_are_one_trajectory(
        d in 1_usize..9, more in 0_usize..20, size in 1_usize..13, seed in 0_u64..1000,
    ) {
        prop_assert!(largest_gap::<f64>(d, d + more, size, seed) < 1e-12);
    }

    /// In single precision likewise, 2²⁹ times coarser.
    #[test]
    fn lifted_and_explicit_agree_in_single_precision(
        d in 1_usize..30, more in 0_usize..20, size in 1_usize..40, seed in 0_u64..1000,
    ) {
        prop_assert!(largest_gap::<f32>(d, d + more, size, seed) < 1e-4);
    }
}

/// After a whole run of noisy steps S is symmetric to the last bit and positive to rounding: its smallest
/// eigenvalue is above −d·2⁻²⁴ of its largest.
#[test]
fn lifted_form_stays_positive() {
    let check = |d: usize, size: usize, steps: u64| {
        let eigenvalues: Vec<f64> = (0..d).map(|i| 0.3 / (i * i + 1) as f64).collect();
        let target = target(&eigenvalues);
        let w = Draw::new(4, 0, d, 3 * d / 2).factor::<f32>(0.1, |_| true);
        let mut model = NeuralNetwork::theorem(PositiveForm::new(&w, size), size);
        let mut batch = Batch::<f32>::new(4, &target, size);
        for t in 0..steps {
            batch.draw(t);
            step(&mut model, &mut batch, 0.005);
        }
        let form = model.predictor().form;
        assert_eq!(form, form.transpose());
        let eigenvalues: DVector<f64> = form.symmetric_eigenvalues();
        let bound = d as f64 * f64::from(f32::EPSILON) / 2.0;
        assert!(eigenvalues.min() > -bound * eigenvalues.max());
        assert!(risk(&model, &target) < 0.01);
    };
    check(20, 5, 5_000);
    check(20, 50, 5_000);
    // As many as the paper's runs have.
    check(8, 4, 200_000);
    check(8, 12, 200_000);
}
