//! Networks of other activations than x²: gradients, exact moments, precision.

use nalgebra::DMatrix;

use crate::activation::Activation;
use crate::lazy::problem::{Problem, Quadratic, Target};
use crate::linalg::Symmetric;

use super::activated_network::ActivatedNetwork;
use super::activated_tangent::ActivatedTangent;
use super::batch::Batch;
use super::model::Model;
use super::real::Real;
use super::sgd::exact_risk;
use super::start::Draw;
use super::tests::{check_gradient, step};

const OTHERS: [Activation; 4] = [
    Activation::Relu,
    Activation::Tanh,
    Activation::Erf,
    Activation::Softplus,
];

fn target(eigenvalues: &[f64]) -> Problem {
    let b = Symmetric::diagonal(eigenvalues.iter().copied());
    Quadratic::new(&b).unwrap().into()
}

/// NN and NT at weights of standard deviation 0.6.
fn networks<T: Real>(
    activation: Activation,
    d: usize,
    neurons: usize,
    size: usize,
) -> [Box<dyn Model<T>>; 2] {
    let w = Draw::new(3, 0, d, neurons).weights::<T>(0.6);
    [
        Box::new(ActivatedNetwork::new(activation, &w, size)),
        Box::new(ActivatedTangent::new(activation, &w, size)),
    ]
}

/// With the batch of three samples that this is about, no argument of ReLU is within the
/// difference of its kink.
#[test]
fn steps_are_gradient_steps() {
    let target = target(&[0.9, -0.4, 0.3, 0.1]);
    for activation in OTHERS {
        let [mut nn, mut nt] = networks(activation, 4, 3, 3);
        check_gradient(&mut *nn, &target, &[1.0; 3], 3);
        check_gradient(&mut *nt, &target, &[1.0; 2], 3);
    }
}

/// The exact risk is the mean of (y − f)² over fresh samples, to five standard errors of that mean,
/// and `½E[f(xxᵀ − I)]` likewise; in two dimensions neurons are nearly parallel.
#[test]
fn exact_moments_are_those_of_samples() {
    let size = 30_000;
    for (eigenvalues, neurons) in [(vec![0.7, 0.5, -0.3, 0.2], 5), (vec![0.8, 0.1], 6)] {
        let target = target(&eigenvalues);
        let norm = 2.0 * target.form().squared_norm();
        for activation in OTHERS {
            for mut model in networks::<f64>(activation, eigenvalues.len(), neurons, size) {
                let mut batch = Batch::new(11, &target, size);
                // Away from the target, so that odd activations and the offset have their part.
                for t in 0..10 {
                    batch.draw(t);
                    batch.y.iter_mut().zip(&batch.x.row(0)).for_each(|(y, x)| {
                        *y += x + 2.0;
                    });
                    step(&mut *model, &mut batch, 0.2);
                }
                batch.draw(10);
                model.predict(&batch.x, &mut batch.residuals);
                let f = batch.residuals.clone();
                batch.subtract_predictions();
                let name = format!("{activation}, {neurons} neurons");
                let squares: Vec<f64> = batch.residuals.iter().map(|r| r * r).collect();
                check_mean(&squares, exact_risk(&*model, &target) * norm, &name);
                let predictor = model.predictor();
                check_mean(&f, predictor.mean, &name);
                let pairs = f.iter().zip(batch.x.column_iter());
                let moments: Vec<f64> = pairs.map(|(f, x)| 0.5 * f * x[0] * x[1]).collect();
                check_mean(&moments, predictor.form[(0, 1)], &name);
                let squares: Vec<f64> = f.iter().map(|f| f * f).collect();
                let exact = model.second_moment().unwrap();
                assert!(exact > 0.1, "{name}: {exact} is too little to see an error");
                check_mean(&squares, exact, &name);
            }
        }
    }
}

fn check_mean(sample: &[f64], exact: f64, name: &str) {
    let size = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / size;
    let variance = sample.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / size;
    let error = (variance / size).sqrt();
    assert!(
        (mean - exact).abs() < 5.0 * error + 1e-12,
        "{name}: {mean} {exact} {error}"
    );
}

/// NT is the derivative of NN along b: so is its form, by central differences of 1e-4 (error about
/// 1e-8).
#[test]
fn the_form_of_the_tangent_is_the_derivative_of_the_network() {
    let (d, neurons, delta) = (4, 3, 1e-4);
    for activation in [Activation::Relu, Activation::Softplus] {
        let w = Draw::new(3, 0, d, neurons).weights::<f64>(0.6);
        let b = Draw::new(4, 0, d, neurons).weights::<f64>(1.0);
        let form = |w: &DMatrix<f64>| {
            let mut network = ActivatedNetwork::new(activation, w, 1);
            network.parameters_mut().0[1].fill(1.0);
            network.predictor().form
        };
        let derivative = (form(&(&w + &b * delta)) - form(&(&w - &b * delta))) / (2.0 * delta);
        let mut tangent = ActivatedTangent::new(activation, &w, 1);
        tangent.parameters_mut().0[0].copy_from_slice(b.transpose().as_slice());
        let found = tangent.predictor().form;
        assert!((found - derivative).amax() < 1e-6, "{activation}");
    }
}

/// Three steps in both precisions: the parameters are of order 1, and rounding is 6e-8 of each of
/// about a hundred terms.
#[test]
fn single_precision_follows_double() {
    let target = target(&[0.5, 0.4, 0.3, -0.2, 0.1, 0.1, 0.05, 0.01]);
    for activation in OTHERS {
        let singles = networks::<f32>(activation, 8, 20, 30);
        let doubles = networks::<f64>(activation, 8, 20, 30);
        for (mut single, mut double) in singles.into_iter().zip(doubles) {
            let mut narrow = Batch::<f32>::new(5, &target, 30);
            let mut wide = Batch::<f64>::new(5, &target, 30);
            for t in 0..3 {
                narrow.draw(t);
                wide.draw(t);
                step(&mut *single, &mut narrow, 0.02);
                step(&mut *double, &mut wide, 0.02);
            }
            let (a, b) = (
                single.parameters().0.concat(),
                double.parameters().0.concat(),
            );
            for (a, b) in a.into_iter().zip(b) {
                assert!((a.wide() - b).abs() < 1e-5, "{activation}: {a} {b}");
            }
            let risks = [exact_risk(&*single, &target), exact_risk(&*double, &target)];
            assert!(
                (risks[0] - risks[1]).abs() < 1e-5,
                "{activation}: {risks:?}"
            );
        }
    }
}
