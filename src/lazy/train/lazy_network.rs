//! NN of a laziness α: a plain NN in other coordinates (ours).

use nalgebra::{DMatrix, DVector};

use crate::lazy::finite::start_variance;
use crate::lazy::problem::Quadratic;
use crate::linalg::{Symmetric, add_product, normal, product, transposed};

use super::TrainSettings;
use super::neural_network::NeuralNetwork;
use super::positive_form::PositiveForm;
use super::start::Draw;
use super::step_size::{self, Size};

/// `f(x) = α(Σ⟨w_i,x⟩² − Σ⟨w_i⁰,x⟩²) + c`, from W₀ as NN starts and c = 0, with the gradient of W divided by α²:
/// `W ← W + (4ε/α)GW`, `c ← c + 2ε·mean(r)`, G as in NN.
///
/// With `W̃ = √α·W` it is NN on the target `T = B + αW₀W₀ᵀ` from `√αW₀` with the step ε/α and `−‖W̃₀‖²` for its offset.
/// T is diagonal in a basis of its own, in which NN's network runs as it is, as fast as any; inputs have the same law in
/// every basis. What B misses is what T misses: risks stay those of B.
pub(super) struct LazyFrame {
    alpha: f64,
    /// The eigenvectors of T, as columns in the eigenbasis of B.
    basis: DMatrix<f64>,
    /// The eigenvalues of B.
    goal: DVector<f64>,
    /// The eigenvalues of T.
    values: DVector<f64>,
}

impl LazyFrame {
    /// The frame of the target B, as scaled for training, and the network at its start, with its automatic step size.
    pub(super) fn new(
        target: &Quadratic,
        settings: &TrainSettings,
        alpha: f64,
    ) -> (Self, NeuralNetwork<f32>, f64) {
        let dim = target.dim();
        let scale = (alpha * start_variance(target, settings.neurons)).sqrt();
        let start: DMatrix<f64> = Draw::of(settings, dim).factor(scale, |_| true);
        let mut form = DMatrix::from_diagonal(target.eigenvalues());
        add_product(&mut form, 1.0, 1.0, normal(&start), transposed(&start));
        form.fill_upper_triangle_with_lower_triangle();
        let eigen = form.symmetric_eigen();
        let frame = Self {
            alpha,
            basis: eigen.eigenvectors,
            goal: target.eigenvalues().clone(),
            values: eigen.eigenvalues,
        };
        let turned = product(transposed(&frame.basis), normal(&start));
        let form = PositiveForm::new(&turned.map(|value| value as f32), settings.batch);
        let step = step_size::network(Size::of(&frame.values, settings), form.trace());
        let network = NeuralNetwork::lazy(form, settings.batch, alpha);
        (frame, network, step * alpha)
    }

    /// The target T.
    pub(super) fn target(&self) -> Symmetric {
        Symmetric::Diagonal(self.values.clone())
    }

    /// What the network has learnt of B, given what it has of T in this frame.
    pub(super) fn learned(&self, form: &DMatrix<f64>) -> DMatrix<f64> {
        let missing = DMatrix::from_diagonal(&self.values) - form;
        let half = product(normal(&self.basis), normal(&missing));
        DMatrix::from_diagonal(&self.goal) - product(normal(&half), transposed(&self.basis))
    }

    /// The weights W, given `W̃` in this frame.
    pub(super) fn weights(&self, w: &DMatrix<f64>) -> DMatrix<f64> {
        product(normal(&self.basis), normal(w)) / self.alpha.sqrt()
    }
}
