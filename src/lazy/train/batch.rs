//! Fresh samples of whichever problem, in its working coordinates.

use nalgebra::DMatrix;

use crate::lazy::problem::{Problem, Target};
use crate::stream::{Purpose, Stream};

use super::real::Real;

/// A batch of `b` samples with what the target and the network make of them. Batch `t` of a seed
/// is the same for every run.
///
/// In working coordinates the inputs are standard normal for a quadratic target, and for a
/// mixture `N(0, I − yD)` given the label (Ghorbani et al. 2019, §3).
#[derive(Clone, Debug)]
pub(super) struct Batch<T: Real> {
    seed: u64,
    law: Law<T>,
    /// The samples, `d×b`, one a column.
    pub(super) x: DMatrix<T>,
    /// `y_k`.
    pub(super) y: Vec<T>,
    /// First `f(x_k)`, then `r_k = y_k − f(x_k)`.
    pub(super) residuals: Vec<T>,
}

/// How normal variates become samples.
#[derive(Clone, Debug, PartialEq)]
enum Law<T: Real> {
    /// They are the inputs, and `y = Σ λ_i (x_i² − 1)`.
    Quadratic { eigenvalues: Vec<T> },
    /// Standard deviations `√(1 ∓ s_i)` of the inputs with label ±1.
    Mixture { plus: Vec<T>, minus: Vec<T> },
}

impl<T: Real> Law<T> {
    fn new(problem: &Problem) -> Self {
        let values = problem.form().eigenvalues().iter();
        match problem {
            Problem::Quadratic(_) => Self::Quadratic {
                eigenvalues: values.map(|&b| T::of(b)).collect(),
            },
            Problem::Mixture(_) => Self::Mixture {
                plus: values.clone().map(|s| T::of((1.0 - s).sqrt())).collect(),
                minus: values.map(|s| T::of((1.0 + s).sqrt())).collect(),
            },
        }
    }
}

impl<T: Real> Batch<T> {
    pub(super) fn new(seed: u64, problem: &Problem, size: usize) -> Self {
        Self {
            seed,
            law: Law::new(problem),
            x: DMatrix::zeros(problem.dim(), size),
            y: vec![T::zero(); size],
            residuals: vec![T::zero(); size],
        }
    }

    /// Draws batch `step`: `d·b` normals for the inputs, sample by sample, whatever the problem;
    /// then, for a mixture, `b` more, whose signs are the labels.
    pub(super) fn draw(&mut self, step: u64) {
        let mut stream = Stream::new(self.seed, Purpose::Batch, step);
        T::fill_normal(&mut stream, self.x.as_mut_slice());
        if matches!(self.law, Law::Mixture { .. }) {
            T::fill_normal(&mut stream, &mut self.y);
            for y in &mut self.y {
                *y = if *y < T::zero() { -T::one() } else { T::one() };
            }
        }
        self.apply_law();
    }

    /// Computes `y` of a quadratic target from `x`; gives the `x` of a mixture, standard normal
    /// so far, the covariance of their labels `y`.
    pub(super) fn apply_law(&mut self) {
        let dim = self.x.nrows();
        match &self.law {
            Law::Quadratic { eigenvalues } => {
                let samples = self.x.as_slice().chunks_exact(dim);
                for (y, x) in self.y.iter_mut().zip(samples) {
                    // Centred term by term: the trace is far larger than the sum.
                    *y = T::sum_of_centred_squares(eigenvalues, x);
                }
            }
            Law::Mixture { plus, minus } => {
                let samples = self.x.as_mut_slice().chunks_exact_mut(dim);
                for (x, &y) in samples.zip(&self.y) {
                    let deviations = if y > T::zero() { plus } else { minus };
                    T::multiply(x, deviations);
                }
            }
        }
    }

    /// Whether its batches are the same.
    pub(super) fn is_drawn_as(&self, other: &Self) -> bool {
        self.seed == other.seed && self.x.shape() == other.x.shape() && self.law == other.law
    }

    /// Turns the predictions in `residuals` into residuals; returns their mean square.
    #[cfg(test)]
    pub(super) fn subtract_predictions(&mut self) -> f64 {
        subtract_from(&self.y, &mut self.residuals)
    }
}

/// Turns predictions of `y` into residuals; returns their mean square.
pub(super) fn subtract_from<T: Real>(y: &[T], predictions: &mut [T]) -> f64 {
    for (r, &y) in predictions.iter_mut().zip(y) {
        *r = y - *r;
    }
    T::dot(predictions, predictions).wide() / predictions.len() as f64
}

/// The mean of `values`.
pub(super) fn mean<T: Real>(values: &[T]) -> f64 {
    T::sum(values).wide() / values.len() as f64
}
