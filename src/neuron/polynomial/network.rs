//! The network and its steps.

use super::settings::{Layers, PolynomialSettings};
use crate::elementary;
use crate::stream::{Purpose, Stream};

/// Input dimension.
pub(super) const DIM: usize = 5;

/// Numbers of a neuron besides that of the output layer: its weights and its bias.
const HIDDEN: usize = DIM + 1;

/// Fresh samples by which a network is judged, the same at any time: the standard error of an error ε is √(ε(1 − ε))/100.
const JUDGES: usize = 10_000;

/// The draw of these; batches are counted from 0.
const JUDGES_DRAW: u64 = u64::MAX;

/// Beyond this, of a state that sums of products must not carry beyond all numbers, training has come to nothing.
const MOST: f64 = 1e100;

/// How wrong a network is on samples that no training sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// The share of labels with the wrong sign; an output of 0 has none.
    pub error: f64,
    /// The mean of the hinge loss, `max(0, 1 − yN(x))`; 1 at the start.
    pub hinge: f64,
}

/// `N(x) = r^{−1/2} Σ_i u_i softplus(⟨w_i,x⟩ + b_i)` on `x ~ N(0, I_5)`, which is trained by SGD of step 1 on the hinge loss of
/// labels `y = sign P(x)`.
///
/// It starts at `u = 0` from `w_i ~ N(0, I/5)` and `b_i ~ N(0, 1/4)`. The step is constant for half the run, then falls linearly to
/// 0, and each sample is used once. Weights of a narrow network are the first of a wide one.
#[derive(Clone, Debug)]
pub struct SoftplusNetwork {
    settings: PolynomialSettings,
    step: u64,
    /// For each neuron its weights and its bias, then all of the output layer.
    numbers: Vec<f64>,
}

impl SoftplusNetwork {
    /// The network at its start.
    pub fn new(settings: PolynomialSettings) -> Self {
        let r = settings.features;
        let mut drawn = vec![0.0; r * HIDDEN];
        Stream::new(settings.seed, Purpose::Weights, 0).fill_normal(&mut drawn);
        let scaled = drawn.chunks_exact(HIDDEN).flat_map(|neuron| {
            let weights = neuron[..DIM].iter();
            let weights = weights.map(|&w| f64::from(w) / (DIM as f64).sqrt());
            weights.chain([f64::from(neuron[DIM]) / 2.0])
        });
        let mut numbers: Vec<f64> = scaled.collect();
        numbers.resize(r * (HIDDEN + 1), 0.0);
        Self {
            settings,
            step: 0,
            numbers,
        }
    }

    /// As it was given.
    pub fn settings(&self) -> &PolynomialSettings {
        &self.settings
    }

    /// Steps made.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Its state: weights and bias neuron by neuron, r×6 numbers, then the r numbers of the output layer.
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// Whether it has diverged: a number of its state is none, or so large that outputs would soon be none.
    pub fn has_diverged(&self) -> bool {
        !self.numbers.iter().all(|number| number.abs() <= MOST)
    }

    /// Sets the state to one that [`numbers`](Self::numbers) had after so many steps. Whether it was one of as many neurons and of
    /// no more steps than the run has: if not, nothing changes.
    #[must_use]
    pub fn load(&mut self, step: u64, numbers: Vec<f64>) -> bool {
        let fits = numbers.len() == self.numbers.len() && step <= self.settings.steps;
        if fits {
            (self.step, self.numbers) = (step, numbers);
        }
        fits
    }

    /// Makes a step; beyond the last one nothing changes.
    pub fn advance(&mut self) {
        let PolynomialSettings {
            steps, batch, seed, ..
        } = self.settings;
        if self.step >= steps {
            return;
        }
        let done = self.step as f64 / steps as f64;
        let size = (2.0 * (1.0 - done)).min(1.0);
        let mut inputs = vec![0.0; batch * DIM];
        Stream::new(seed, Purpose::Batch, self.step).fill_normal(&mut inputs);
        let mut change = vec![0.0; self.numbers.len()];
        let mut neurons = SoftplusNeurons::new(self.settings.features);
        for x in inputs.chunks_exact(DIM) {
            let label = self.settings.polynomial.label(x);
            if label * neurons.see(&self.numbers, x) < 1.0 {
                neurons.add(label, self.settings.layers, &self.numbers, &mut change);
            }
        }
        let size = size / (batch as f64 * (self.settings.features as f64).sqrt());
        for (number, change) in self.numbers.iter_mut().zip(change) {
            *number += size * change;
        }
        self.step += 1;
    }

    /// How wrong it is now, on 10 000 samples of the same seed that no step uses.
    pub fn judge(&self) -> Judgement {
        let mut inputs = vec![0.0; JUDGES * DIM];
        Stream::new(self.settings.seed, Purpose::Batch, JUDGES_DRAW).fill_normal(&mut inputs);
        let mut neurons = SoftplusNeurons::new(self.settings.features);
        let (mut wrong, mut hinge) = (0.0, 0.0);
        for x in inputs.chunks_exact(DIM) {
            let margin = self.settings.polynomial.label(x) * neurons.see(&self.numbers, x);
            if margin <= 0.0 {
                wrong += 1.0;
            }
            hinge += (1.0 - margin).max(0.0);
        }
        let samples = JUDGES as f64;
        Judgement {
            error: wrong / samples,
            hinge: hinge / samples,
        }
    }
}

/// The neurons at one input.
struct SoftplusNeurons {
    input: [f64; DIM],
    values: Vec<f64>,
    slopes: Vec<f64>,
}

impl SoftplusNeurons {
    fn new(features: usize) -> Self {
        Self {
            input: [0.0; DIM],
            values: vec![0.0; features],
            slopes: vec![0.0; features],
        }
    }

    /// Takes an input, and returns the output of the network.
    fn see(&mut self, numbers: &[f64], x: &[f32]) -> f64 {
        for (to, &from) in self.input.iter_mut().zip(x) {
            *to = f64::from(from);
        }
        let r = self.values.len();
        let (hidden, output) = numbers.split_at(r * HIDDEN);
        let mut sum = 0.0;
        for (i, neuron) in hidden.chunks_exact(HIDDEN).enumerate() {
            let mut z = neuron[DIM];
            for (w, x) in neuron.iter().zip(&self.input) {
                z += w * x;
            }
            // Softplus and its slope from one exponential that never overflows.
            let small = elementary::exp(-z.abs());
            self.values[i] = z.max(0.0) + elementary::log1p(small);
            self.slopes[i] = if z >= 0.0 { 1.0 } else { small } / (1.0 + small);
            sum += output[i] * self.values[i];
        }
        sum / (r as f64).sqrt()
    }

    /// Adds what raises the output at that input, times √r and times the label.
    fn add(&self, label: f64, layers: Layers, numbers: &[f64], change: &mut [f64]) {
        let r = self.values.len();
        let (hidden, output) = change.split_at_mut(r * HIDDEN);
        for (change, value) in output.iter_mut().zip(&self.values) {
            *change += label * value;
        }
        if layers == Layers::Output {
            return;
        }
        for (i, change) in hidden.chunks_exact_mut(HIDDEN).enumerate() {
            let slope = label * numbers[r * HIDDEN + i] * self.slopes[i];
            for (change, x) in change.iter_mut().zip(&self.input) {
                *change += slope * x;
            }
            change[DIM] += slope;
        }
    }
}
