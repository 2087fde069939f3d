//! Fresh samples of the quadratic target.

use nalgebra::DMatrix;

use crate::problem::Quadratic;
use crate::stream::{Purpose, Stream};

use super::real::{Real, dot, sum_pairs};

/// A batch of `b` samples `x_k ~ N(0, I_d)` with what the target and the network make of them.
/// Batch `t` of a seed is the same for every run.
#[derive(Clone, Debug)]
pub(super) struct Batch<T: Real> {
    seed: u64,
    eigenvalues: Vec<T>,
    /// The samples, `d×b`, one a column.
    pub(super) x: DMatrix<T>,
    /// `y_k = f*(x_k)`.
    pub(super) y: Vec<T>,
    /// First `f(x_k)`, then `r_k = y_k − f(x_k)`.
    pub(super) residuals: Vec<T>,
}

impl<T: Real> Batch<T> {
    pub(super) fn new(seed: u64, target: &Quadratic, size: usize) -> Self {
        Self {
            seed,
            eigenvalues: target.eigenvalues().iter().map(|&b| T::of(b)).collect(),
            x: DMatrix::zeros(target.dim(), size),
            y: vec![T::zero(); size],
            residuals: vec![T::zero(); size],
        }
    }

    /// Draws batch `step` and its target values `Σ λ_i (x_i² − 1)`.
    pub(super) fn draw(&mut self, step: u64) {
        let mut stream = Stream::new(self.seed, Purpose::Batch, step);
        T::fill_normal(&mut stream, self.x.as_mut_slice());
        let samples = self.x.as_slice().chunks_exact(self.eigenvalues.len());
        for (y, x) in self.y.iter_mut().zip(samples) {
            // Centred term by term: the trace is far larger than the sum.
            *y = sum_pairs(x, &self.eigenvalues, |x, b| b * (x * x - T::one()));
        }
    }

    /// Turns the predictions in `residuals` into residuals; returns their mean square.
    pub(super) fn subtract_predictions(&mut self) -> f64 {
        for (r, &y) in self.residuals.iter_mut().zip(&self.y) {
            *r = y - *r;
        }
        dot(&self.residuals, &self.residuals).wide() / self.residuals.len() as f64
    }
}

/// The mean of `values`.
pub(super) fn mean<T: Real>(values: &[T]) -> f64 {
    sum_pairs(values, values, |value, _| value).wide() / values.len() as f64
}
