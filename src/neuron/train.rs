//! One neuron, trained by one-pass SGD in double precision.

use lazy_limits_kernels::Number;

use super::distance::squared_distance;
use super::exact::{UnknownRisk, target_directions};
use super::problem::SingleNeuron;
use crate::stream::{Purpose, Stream};

/// A neuron `f(x) = relu(⟨w,x⟩ + β)`.
#[derive(Clone, Debug, PartialEq)]
pub struct ReluNeuron {
    /// Its weights w.
    pub weights: Vec<f64>,
    /// Its bias β.
    pub bias: f64,
}

impl ReluNeuron {
    /// What it gets before it is rectified.
    pub fn input(&self, x: &[f64]) -> f64 {
        f64::dot(&self.weights, x) + self.bias
    }

    /// Its answer.
    pub fn answer(&self, x: &[f64]) -> f64 {
        self.input(x).max(0.0)
    }

    /// `E(f − g)²` for another neuron g on `x ~ N(0, I)`, right however close they are; see [`squared_distance`].
    ///
    /// # Panics
    /// If the dimensions differ, or g has no weights but 0.
    pub fn squared_distance(&self, other: &Self) -> f64 {
        squared_distance(&self.weights, self.bias, &other.weights, other.bias)
    }
}

/// The gradient of a batch.
#[derive(Clone, Debug)]
pub struct NeuronGradient {
    weights: Vec<f64>,
    bias: f64,
    samples: usize,
}

impl NeuronGradient {
    /// Of no sample yet, in d dimensions.
    pub fn new(dim: usize) -> Self {
        Self {
            weights: vec![0.0; dim],
            bias: 0.0,
            samples: 0,
        }
    }

    /// Adds that of `(f(x) − y)²`, at x, which is 0 where f is.
    pub fn add(&mut self, neuron: &ReluNeuron, x: &[f64], y: f64) {
        self.samples += 1;
        let input = neuron.input(x);
        if input > 0.0 {
            let slope = 2.0 * (input - y);
            f64::add_scaled(&mut self.weights, slope, x);
            self.bias += slope;
        }
    }

    /// Takes a step of `step_size` times the mean of what was added, of the bias too if it is trained, and forgets it.
    pub fn step(&mut self, neuron: &mut ReluNeuron, step_size: f64, trains_bias: bool) {
        let rate = step_size / self.samples.max(1) as f64;
        f64::add_scaled(&mut neuron.weights, -rate, &self.weights);
        if trains_bias {
            neuron.bias -= rate * self.bias;
        }
        self.weights.fill(0.0);
        (self.bias, self.samples) = (0.0, 0);
    }
}

/// SGD of one neuron on another, `relu(⟨w*,x⟩ + b/s)` of norm 1 (the single neuron is learnable: power-and-limits, §4).
///
/// A target of norm s is s times that: ReLU is homogeneous, so that this neuron times s is one for the target itself, with
/// the same normalised risk, and one step size serves every norm. Samples are fresh in every step, and both of the neuron's
/// parts step from their old values; its bias stays 0 where the target has none.
#[derive(Clone, Debug)]
pub struct NeuronTraining {
    neuron: ReluNeuron,
    target: ReluNeuron,
    /// `E y²` of the target.
    square: f64,
    gradient: NeuronGradient,
    seed: u64,
    step: u64,
}

impl NeuronTraining {
    /// At the start: `w ~ N(0, I/d)`, β = 0; the target's direction is the first of
    /// [`target_directions`].
    ///
    /// # Errors
    /// If the target is 0 to double precision, beyond a bias of −36 norms.
    pub fn new(target: &SingleNeuron, dim: usize, seed: u64) -> Result<Self, UnknownRisk> {
        let shift = target.shift();
        let unit = SingleNeuron {
            norm: 1.0,
            bias: shift,
        };
        let square = unit.second_moment();
        if !(1e-290..f64::INFINITY).contains(&square) {
            return Err(UnknownRisk::Silent { shift });
        }
        let mut singles = vec![0.0; dim];
        Stream::new(seed, Purpose::Weights, 0).fill_normal(&mut singles);
        let scale = 1.0 / (dim as f64).sqrt();
        Ok(Self {
            neuron: ReluNeuron {
                weights: singles.iter().map(|&w| scale * f64::from(w)).collect(),
                bias: 0.0,
            },
            target: ReluNeuron {
                weights: target_directions(seed, 0, dim, 1).as_slice().to_vec(),
                bias: shift,
            },
            square,
            gradient: NeuronGradient::new(dim),
            seed,
            step: 0,
        })
    }

    /// Steps made.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The neuron as it is.
    pub fn neuron(&self) -> &ReluNeuron {
        &self.neuron
    }

    /// What it is trained on.
    pub fn target(&self) -> &ReluNeuron {
        &self.target
    }

    /// Goes to a step at which the neuron was that.
    ///
    /// # Panics
    /// If it has another dimension.
    pub fn resume(&mut self, step: u64, neuron: ReluNeuron) {
        let dim = self.neuron.weights.len();
        assert_eq!(neuron.weights.len(), dim, "a neuron of d weights");
        (self.step, self.neuron) = (step, neuron);
    }

    /// A step on a fresh batch: `w ← w − η·(2/b)Σ(f−y)1(f > 0)x`, and β likewise where the target has one.
    pub fn advance(&mut self, batch: usize, step_size: f64) {
        let mut stream = Stream::new(self.seed, Purpose::Batch, self.step);
        let mut singles = vec![0.0; self.neuron.weights.len()];
        let mut x = vec![0.0; singles.len()];
        for _ in 0..batch {
            stream.fill_normal(&mut singles);
            for (x, &single) in x.iter_mut().zip(&singles) {
                *x = f64::from(single);
            }
            let y = self.target.answer(&x);
            self.gradient.add(&self.neuron, &x, y);
        }
        let trains_bias = self.target.bias != 0.0;
        self.gradient.step(&mut self.neuron, step_size, trains_bias);
        self.step += 1;
    }

    /// The risk over `E y²`, right to 10⁻¹⁰ relatively however small; not finite once the neuron is not.
    pub fn risk(&self) -> f64 {
        self.neuron.squared_distance(&self.target) / self.square
    }
}
