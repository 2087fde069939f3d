//! RF: the second layer by least squares on samples, as the paper fitted it.

use nalgebra::{DMatrix, DVector};

use crate::activation::Activation;
use crate::lazy::finite::{MixtureFeatures, QuadraticFeatures};
use crate::lazy::problem::{Problem, Quadratic};
use crate::linalg::{NestedCholesky, add_product, normal, transposed};

use super::batch::Batch;

/// Random features `f(x) = Σ_i a_i(σ(⟨w_i,x⟩) − λ₀)` without offset, with the `a` of least
/// `Σ_k(y_k − f(x_k))²` over the samples so far (Ghorbani et al. 2019, §4: 5·10⁵ of them).
///
/// The normal equations are summed batch by batch. Where they are singular (fewer samples than
/// neurons; σ = x² − 1 and more than `d(d+1)/2 + 1` neurons) the neurons that add nothing to
/// earlier ones get coefficient 0: an interpolating fit, with the large risk that those have
/// near as many samples as neurons.
pub(super) struct LeastSquares {
    activation: Activation,
    centre: f64,
    w: DMatrix<f64>,
    population: Population,
    batch: Batch<f64>,
    /// `σ(WᵀX) − λ₀`, `N×b`.
    features: DMatrix<f64>,
    /// `Σ φφᵀ`, `N×N`.
    gram: DMatrix<f64>,
    /// `Σ φy`, `N`.
    moments: DMatrix<f64>,
}

/// The exact moments of the features.
#[allow(clippy::large_enum_variant)] // there is one a run
enum Population {
    Quadratic(QuadraticFeatures, Quadratic),
    Mixture(MixtureFeatures),
}

impl LeastSquares {
    /// For weights `w` (`d×N`) and a target of norm 1.
    pub(super) fn new(
        target: Problem,
        w: DMatrix<f64>,
        activation: Activation,
        seed: u64,
        batch: usize,
    ) -> Self {
        let neurons = w.ncols();
        Self {
            batch: Batch::new(seed, &target, batch),
            centre: activation.hermite().mean,
            population: match target {
                Problem::Quadratic(target) => {
                    Population::Quadratic(QuadraticFeatures::new(w.clone(), activation), target)
                }
                Problem::Mixture(target) => {
                    Population::Mixture(MixtureFeatures::new(&target, &w, activation))
                }
            },
            features: DMatrix::zeros(neurons, batch),
            gram: DMatrix::zeros(neurons, neurons),
            moments: DMatrix::zeros(neurons, 1),
            activation,
            w,
        }
    }

    /// The weights.
    pub(super) fn weights(&self) -> &DMatrix<f64> {
        &self.w
    }

    /// Adds batch `step` to the sums, or its first `count` samples.
    pub(super) fn step(&mut self, step: u64, count: Option<usize>) {
        self.batch.draw(step);
        let features = &mut self.features;
        let x = normal(&self.batch.x);
        add_product(features, 0.0, 1.0, transposed(&self.w), x);
        for value in features.iter_mut() {
            *value = self.activation.value(*value) - self.centre;
        }
        let all = features.ncols();
        let count = count.unwrap_or(all);
        // Samples that do not count add exactly nothing.
        features.columns_mut(count, all - count).fill(0.0);
        let (left, right) = (normal(features), transposed(features));
        add_product(&mut self.gram, 1.0, 1.0, left, right);
        for (column, &y) in self.features.column_iter().zip(&self.batch.y).take(count) {
            self.moments.column_mut(0).axpy(y, &column, 1.0);
        }
    }

    /// The coefficients of the samples so far; 0 without any.
    pub(super) fn coefficients(&self) -> DVector<f64> {
        NestedCholesky::new(self.gram.clone()).solve(&self.moments.column(0).into_owned())
    }

    /// The normalised population risk of these coefficients, exactly.
    pub(super) fn risk(&self, coefficients: &DVector<f64>) -> f64 {
        match &self.population {
            Population::Quadratic(features, target) => features.risk_of(target, coefficients),
            Population::Mixture(features) => features.risk_of(coefficients),
        }
    }

    /// The quadratic part of f under `x ~ N(0, I)`, the input or a mixture's mean of classes:
    /// `½E[f(x)(xxᵀ − I)] = ½Σ a_i E[σ''(‖w_i‖G)] w_iw_iᵀ`, which for σ = x² − 1 is all of it.
    pub(super) fn form(&self, coefficients: &DVector<f64>) -> DMatrix<f64> {
        let mut scaled = self.w.clone();
        for (mut w, a) in scaled.column_iter_mut().zip(coefficients) {
            let norm = w.norm();
            // A neuron of length 0 is a constant, whatever its curvature there.
            if norm > 0.0 {
                w *= 0.5 * a * self.activation.curvature_at(norm);
            }
        }
        let mut form = DMatrix::zeros(self.w.nrows(), self.w.nrows());
        add_product(&mut form, 0.0, 1.0, normal(&scaled), transposed(&self.w));
        form.fill_upper_triangle_with_lower_triangle();
        form
    }

    /// The sums: lower triangle of `Σ φφᵀ` column by column, then `Σ φy`.
    pub(super) fn sums(&self) -> Vec<f64> {
        let neurons = self.w.ncols();
        let mut sums = Vec::with_capacity(self.sums_len());
        for (j, column) in self.gram.column_iter().enumerate() {
            sums.extend(column.rows(j, neurons - j).iter());
        }
        sums.extend(self.moments.iter());
        sums
    }

    /// The length of [`sums`](Self::sums).
    pub(super) fn sums_len(&self) -> usize {
        let neurons = self.w.ncols();
        neurons * (neurons + 1) / 2 + neurons
    }

    /// Puts back what [`sums`](Self::sums) gave.
    pub(super) fn set_sums(&mut self, sums: &[f64]) {
        let neurons = self.w.ncols();
        let mut rest = sums;
        for j in 0..neurons {
            let (head, tail) = rest.split_at(neurons - j);
            self.gram
                .view_mut((j, j), (neurons - j, 1))
                .copy_from_slice(head);
            rest = tail;
        }
        self.gram.fill_upper_triangle_with_lower_triangle();
        self.moments.copy_from_slice(rest);
    }
}
