//! NT as the authors' released program parametrises it.

use nalgebra::DMatrix;

use crate::linalg::{add_product, normal, transposed};

use super::batch::mean;
use super::model::{Model, Predictor, scale_columns, widened};
use super::real::{Real, sum_pairs};

/// `f(x) = (1/N)[Σ_i ã_i⟨w_i,x⟩² + xᵀUGx] + c`, `U = 2W diag(a⁰)`.
///
/// Trained are ã (from a⁰), G (`N×d`, from 0) and c (from 0); gradients of ã and G are
/// multiplied by N: with `Ĝ = (1/b)Σ_k r_k x_k x_kᵀ`, `ã_i ← ã_i + 2ε⟨w_i,Ĝw_i⟩`,
/// `G ← G + 2εUᵀĜ`, `c ← c + 2ε·mean(r)`.
pub(super) struct PublishedTangent<T: Real> {
    /// `d×N`, fixed.
    w: DMatrix<T>,
    /// `a⁰`, fixed.
    start: Vec<T>,
    /// `ã`.
    second_layer: Vec<T>,
    /// `Gᵀ`, `d×N`.
    g: DMatrix<T>,
    offset: f64,
    /// `WᵀX`, `N×b`.
    wx: DMatrix<T>,
    /// `GX`, `N×b`.
    gx: DMatrix<T>,
}

impl<T: Real> PublishedTangent<T> {
    /// At weights `w` (`d×N`) and second layer `start` (`N`), for batches of `batch` samples.
    pub(super) fn new(w: DMatrix<T>, start: Vec<T>, batch: usize) -> Self {
        let (dim, neurons) = w.shape();
        Self {
            second_layer: start.clone(),
            start,
            g: DMatrix::zeros(dim, neurons),
            offset: 0.0,
            wx: DMatrix::zeros(neurons, batch),
            gx: DMatrix::zeros(neurons, batch),
            w,
        }
    }
}

impl<T: Real> Model<T> for PublishedTangent<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        add_product(&mut self.wx, zero, one, transposed(&self.w), normal(x));
        add_product(&mut self.gx, zero, one, transposed(&self.g), normal(x));
        let neurons = self.start.len();
        let scale = T::of(1.0 / neurons as f64);
        let (two, offset) = (T::of(2.0), T::of(self.offset));
        let wx = self.wx.as_slice().chunks_exact(neurons);
        // GX is not needed by the step: its buffer takes ã_i⟨w_i,x⟩ + 2a⁰_i(Gx)_i.
        let gx = self.gx.as_mut_slice().chunks_exact_mut(neurons);
        for (f, (wx, gx)) in f.iter_mut().zip(wx.zip(gx)) {
            for i in 0..neurons {
                gx[i] = self.second_layer[i] * wx[i] + two * self.start[i] * gx[i];
            }
            *f = scale * sum_pairs(wx, gx, |z, u| z * u) + offset;
        }
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let h = T::of(2.0 * epsilon / residuals.len() as f64);
        let neurons = self.start.len();
        for (wx, &r) in self.wx.as_slice().chunks_exact(neurons).zip(residuals) {
            let factor = h * r;
            for (a, &z) in self.second_layer.iter_mut().zip(wx) {
                *a += factor * z * z;
            }
        }
        scale_columns(&mut self.wx, residuals, h);
        let two = T::of(2.0);
        for wx in self.wx.as_mut_slice().chunks_exact_mut(neurons) {
            for (z, &a) in wx.iter_mut().zip(&self.start) {
                *z *= two * a;
            }
        }
        let one = T::one();
        add_product(&mut self.g, one, one, normal(x), transposed(&self.wx));
        self.offset += 2.0 * epsilon * mean(residuals);
    }

    fn predictor(&self) -> Predictor {
        // Q = (1/N)[W diag(ã)Wᵀ + W diag(a⁰)G + Gᵀdiag(a⁰)Wᵀ], as half of it and its transpose.
        let w = widened(&self.w);
        let mut right = widened(&self.g);
        for (i, mut column) in right.column_iter_mut().enumerate() {
            column *= self.start[i].wide();
            column.axpy(0.5 * self.second_layer[i].wide(), &w.column(i), 1.0);
        }
        let mut half = DMatrix::zeros(w.nrows(), w.nrows());
        let scale = 1.0 / self.start.len() as f64;
        add_product(&mut half, 0.0, scale, normal(&w), transposed(&right));
        let form = &half + half.transpose();
        Predictor {
            mean: form.trace() + self.offset,
            form,
        }
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        (
            vec![&self.second_layer, self.g.as_slice()],
            vec![self.offset],
        )
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        (
            vec![&mut self.second_layer, self.g.as_mut_slice()],
            vec![&mut self.offset],
        )
    }
}
