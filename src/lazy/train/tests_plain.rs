//! The fast paths against the formulas written out: neuron by neuron, sample by sample, in double precision.

use proptest::prelude::*;

use crate::lazy::problem::{Mixture, Problem, Quadratic};
use crate::linalg::Symmetric;

use super::batch::Batch;
use super::model::Model;
use super::neural_network::NeuralNetwork;
use super::neural_tangent::TangentModel;
use super::positive_form::PositiveForm;
use super::published_tangent::PublishedTangent;
use super::real::Real;
use super::signed_network::SignedNetwork;
use super::start::Draw;
use super::trained_layer::TrainedLayer;

/// Which formulas; `z_i = ⟨w_i,x⟩`.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// `f = α Σ z_i² + c`, α = 1 fixed.
    Network,
    /// The same, α trained.
    PublishedNetwork,
    /// `f = Σ 2(z_i⟨v_i,x⟩ − ⟨w_i,v_i⟩) + c`, v trained.
    Tangent,
    /// `f = (1/N) Σ (a_i z_i² + 2s_i z_i⟨v_i,x⟩) + c`, a and v trained, their gradients times N.
    PublishedTangent,
    /// `f = Σ a_i(z_i² − ‖w_i‖²) + c`, all trained.
    TrainedLayer,
    /// The same, `a_i = ±1` fixed.
    SignedNetwork,
}

#[derive(Clone)]
struct Neuron {
    w: Vec<f64>,
    v: Vec<f64>,
    a: f64,
    s: f64,
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], factor: f64, direction: &[f64]) {
    for (to, by) in to.iter_mut().zip(direction) {
        *to += factor * by;
    }
}

/// A network as its formula stands.
struct Plain {
    kind: Kind,
    neurons: Vec<Neuron>,
    alpha: f64,
    c: f64,
}

impl Plain {
    /// What each neuron adds to f.
    fn terms(&self, x: &[f64]) -> impl Iterator<Item = f64> {
        let many = self.neurons.len() as f64;
        self.neurons.iter().map(move |Neuron { w, v, a, s }| {
            let z = inner(w, x);
            match self.kind {
                Kind::Network | Kind::PublishedNetwork => self.alpha * z * z,
                Kind::Tangent => 2.0 * (z * inner(v, x) - inner(w, v)),
                Kind::PublishedTangent => (a * z * z + 2.0 * s * z * inner(v, x)) / many,
                Kind::TrainedLayer | Kind::SignedNetwork => a * (z * z - inner(w, w)),
            }
        })
    }

    fn predict(&self, x: &[f64]) -> f64 {
        self.c + self.terms(x).sum::<f64>()
    }

    /// A step on samples and their residuals, from the old values throughout.
    fn update(&mut self, samples: &[&[f64]], residuals: &[f64], epsilon: f64) {
        let rate = epsilon / residuals.len() as f64;
        let old = self.neurons.clone();
        let alpha = self.alpha;
        for (&x, r) in samples.iter().zip(residuals) {
            let h = rate * r;
            for (new, Neuron { w, a, s, .. }) in self.neurons.iter_mut().zip(&old) {
                let z = inner(w, x);
                match self.kind {
                    Kind::Network | Kind::PublishedNetwork => {
                        add(&mut new.w, 4.0 * h * alpha * z, x);
                    }
                    Kind::Tangent => {
                        add(&mut new.v, 4.0 * h * z, x);
                        add(&mut new.v, -4.0 * h, w);
                    }
                    Kind::PublishedTangent => {
                        add(&mut new.v, 2.0 * h * 2.0 * s * z, x);
                        new.a += 2.0 * h * z * z;
                    }
                    Kind::TrainedLayer | Kind::SignedNetwork => {
                        add(&mut new.w, 4.0 * h * a * z, x);
                        add(&mut new.w, -4.0 * h * a, w);
                        if self.kind == Kind::TrainedLayer {
                            new.a += 2.0 * h * (z * z - inner(w, w));
                        }
                    }
                }
                if self.kind == Kind::PublishedNetwork {
                    self.alpha += 2.0 * h * z * z;
                }
            }
            self.c += 2.0 * h;
        }
    }
}

/// Shape of a case.
#[derive(Clone, Copy, Debug)]
struct Shape {
    d: usize,
    neurons: usize,
    batch: usize,
    seed: u64,
}

/// Both problems at a dimension, with what the networks that learn them are.
fn problems(d: usize) -> [(Problem, &'static [Kind]); 2] {
    let values = |i: usize| 0.8 / (1.0 + i as f64) * if i % 3 == 1 { -1.0 } else { 1.0 };
    let form = Symmetric::diagonal((0..d).map(values));
    let white = Symmetric::diagonal(vec![1.0; d]);
    [
        (
            Quadratic::new(&form).unwrap().into(),
            &[
                Kind::Network,
                Kind::PublishedNetwork,
                Kind::Tangent,
                Kind::PublishedTangent,
            ],
        ),
        (
            Mixture::new(&white, &form).unwrap().into(),
            &[Kind::TrainedLayer, Kind::SignedNetwork, Kind::Tangent],
        ),
    ]
}

/// The fast networks of a kind, explicit and where there is one lifted, and the plain one with the same start.
fn networks<T: Real>(kind: Kind, shape: Shape) -> (Vec<Box<dyn Model<T>>>, Plain) {
    let Shape {
        d,
        neurons,
        batch,
        seed,
    } = shape;
    let scale = 0.5 / ((d * neurons) as f64).sqrt();
    let w = |draw| Draw::new(seed, draw, d, neurons).weights::<T>(scale);
    let factor = |draw| Draw::new(seed, draw, d, neurons).factor::<T>(scale, |_| true);
    let explicit = |draw| PositiveForm::new(&w(draw), batch);
    let lifted = |draw| PositiveForm::new(&factor(draw), batch);
    let signed = |plus, minus| SignedNetwork::new(vec![(1.0, plus), (-1.0, minus)], batch);
    let second_layer = Draw::new(seed, 0, d, neurons).second_layer::<T>();

    let mut fast: Vec<Box<dyn Model<T>>> = vec![match kind {
        Kind::Network => Box::new(NeuralNetwork::theorem(explicit(0), batch)),
        Kind::PublishedNetwork => Box::new(NeuralNetwork::published(explicit(0), batch)),
        Kind::Tangent => Box::new(TangentModel::explicit(&w(0), batch)),
        // It lifts itself from N = d on.
        Kind::PublishedTangent => {
            Box::new(PublishedTangent::new(&w(0), second_layer.clone(), batch))
        }
        Kind::TrainedLayer => Box::new(TrainedLayer::new(&w(0), batch)),
        Kind::SignedNetwork => Box::new(signed(explicit(0), explicit(1))),
    }];
    if neurons >= d {
        match kind {
            Kind::Network => fast.push(Box::new(NeuralNetwork::theorem(lifted(0), batch))),
            Kind::PublishedNetwork => {
                fast.push(Box::new(NeuralNetwork::published(lifted(0), batch)));
            }
            Kind::Tangent => fast.push(Box::new(TangentModel::lifted(
                Draw::new(seed, 0, d, neurons).gram(scale),
                batch,
            ))),
            Kind::SignedNetwork => fast.push(Box::new(signed(lifted(0), lifted(1)))),
            Kind::PublishedTangent | Kind::TrainedLayer => {}
        }
    }

    let neuron = |w: &[T], a: f64, s: T| Neuron {
        w: w.iter().map(|value| value.wide()).collect(),
        v: vec![0.0; d],
        a,
        s: s.wide(),
    };
    let layer = |draw, sign| {
        let weights = w(draw);
        let columns = weights.as_slice().chunks_exact(d).zip(&second_layer);
        columns
            .map(|(w, &s)| {
                let a = match kind {
                    Kind::PublishedTangent => s.wide(),
                    Kind::SignedNetwork => sign,
                    _ => 0.0,
                };
                neuron(w, a, s)
            })
            .collect::<Vec<_>>()
    };
    let mut all = layer(0, 1.0);
    if kind == Kind::SignedNetwork {
        all.extend(layer(1, -1.0));
    }
    let trace: f64 = all.iter().map(|neuron| inner(&neuron.w, &neuron.w)).sum();
    let plain = Plain {
        kind,
        alpha: if kind == Kind::Network { 1.0 } else { 0.0 },
        c: if kind == Kind::Network { -trace } else { 0.0 },
        neurons: all,
    };
    (fast, plain)
}

const STEPS: u64 = 20;

/// The largest gap between predictions of the batches of 20 steps, relative to the largest sum of magnitudes that had to be summed
/// for one so far.
fn largest_gap<T: Real>(shape: Shape) -> f64 {
    // A single sample of a single input may be five standard deviations away, and steps must still contract.
    let epsilon = 0.03 / shape.d as f64 / 5.0;
    let mut largest = 0.0_f64;
    for (problem, kinds) in problems(shape.d) {
        for &kind in kinds {
            let count = networks::<T>(kind, shape).0.len();
            for index in 0..count {
                let (mut fast, mut plain) = networks::<T>(kind, shape);
                let model = &mut *fast[index];
                let mut batch = Batch::<T>::new(shape.seed, &problem, shape.batch);
                let mut scale = 1.0_f64;
                for t in 0..STEPS {
                    batch.draw(t);
                    let x: Vec<f64> = batch.x.iter().map(|value| value.wide()).collect();
                    let samples: Vec<&[f64]> = x.chunks_exact(shape.d).collect();
                    let found: Vec<f64> = samples.iter().map(|x| plain.predict(x)).collect();
                    for x in &samples {
                        let sum: f64 = plain.terms(x).map(f64::abs).sum();
                        scale = scale.max(sum + plain.c.abs());
                    }
                    let residuals: Vec<f64> = batch
                        .y
                        .iter()
                        .zip(&found)
                        .map(|(y, f)| y.wide() - f)
                        .collect();
                    plain.update(&samples, &residuals, epsilon);

                    model.predict(&batch.x, &mut batch.residuals);
                    for (fast, plain) in batch.residuals.iter().zip(&found) {
                        let gap = (fast.wide() - plain).abs() / scale;
                        assert!(gap.is_finite(), "{kind:?} {shape:?}");
                        largest = largest.max(gap);
                    }
                    batch.subtract_predictions();
                    model.update(&batch.x, &batch.residuals, epsilon);
                }
            }
        }
    }
    largest
}

/// Every step rounds a few sums of at most `d`, `N` or `b` terms, each by at most as many units in the last place of the sum of
/// their magnitudes, and steps that contract do not enlarge what earlier ones left: 8 such sums a step.
fn tolerance(shape: Shape, unit: f64) -> f64 {
    let longest = shape.d.max(shape.neurons).max(shape.batch) + 8;
    8.0 * STEPS as f64 * longest as f64 * unit
}

fn check(shape: Shape) {
    for (gap, unit) in [
        (largest_gap::<f64>(shape), f64::EPSILON / 2.0),
        (largest_gap::<f32>(shape), f64::from(f32::EPSILON) / 2.0),
    ] {
        let allowed = tolerance(shape, unit);
        assert!(gap < allowed, "{shape:?}: {gap:e}, allowed {allowed:e}");
    }
}

#[test]
fn extreme_shapes_take_the_steps_of_the_formulas() {
    for (d, neurons, batch) in [
        (1, 1, 1),
        (1, 5, 3),
        (9, 1, 4),
        (8, 8, 8),
        (7, 7, 20),
        (4, 30, 5),
        (33, 17, 2),
        (12, 40, 50),
        (40, 60, 17),
    ] {
        for seed in 0..3 {
            check(Shape {
                d,
                neurons,
                batch,
                seed,
            });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_shape_takes_the_steps_of_the_formulas(
        d in 1_usize..24, neurons in 1_usize..48, batch in 1_usize..40, seed in 0_u64..1000,
    ) {
        check(Shape { d, neurons, batch, seed });
    }
}
