//! NN: the first layer itself is trained.

use nalgebra::DMatrix;

use super::batch::mean;
use super::model::{Layer, Model, Predictor};
use super::positive_form::PositiveForm;
use super::real::Real;

/// `f(x) = a·q(x) + c`, `q(x) = ⟨xxᵀ, WWᵀ⟩`.
///
/// With `G = (1/b)Σ_k r_k x_k x_kᵀ` a step is `W ← W + 4εaGW`, `c ← c + 2ε·mean(r)`, and where
/// the second layer is trained `a ← a + 2ε⟨G, WWᵀ⟩`, all from the old values
/// (Ghorbani et al. 2019, §2.3).
pub(super) struct NeuralNetwork<T: Real> {
    form: PositiveForm<T>,
    second_layer: f64,
    trains_second_layer: bool,
    /// What the step size of the first layer is multiplied by: 1, or 1/α of a lazy network.
    first_layer_speed: f64,
    offset_speed: f64,
    offset: f64,
    q: Vec<T>,
}

impl<T: Real> NeuralNetwork<T> {
    /// The protocol of the theory: `a = 1` is fixed, and `c = −‖W‖_F²`, so that the network
    /// starts centred.
    pub(super) fn theorem(form: PositiveForm<T>, batch: usize) -> Self {
        Self {
            offset: -form.trace(),
            form,
            second_layer: 1.0,
            trains_second_layer: false,
            first_layer_speed: 1.0,
            offset_speed: 1.0,
            q: vec![T::zero(); batch],
        }
    }

    /// That of a laziness, in its own frame: see [`LazyFrame`](super::lazy_network::LazyFrame).
    ///
    /// The offset keeps up with the first layer of a rich network: of speeds 1, 1/α and the larger of both, the last
    /// one ends nearest to the least risk at every α from 0.01 to 100 (d = 64, N = 32, 4000 steps of 100).
    pub(super) fn lazy(form: PositiveForm<T>, batch: usize, alpha: f64) -> Self {
        Self {
            offset_speed: f64::max(1.0, 1.0 / alpha),
            first_layer_speed: 1.0 / alpha,
            ..Self::theorem(form, batch)
        }
    }

    /// The authors' protocol: `f = (a/N)Σ⟨w_i,x⟩² + c`, `a` and `c` trained from 0, gradients
    /// of `w` multiplied by N. `form` is that of `W/√N`.
    pub(super) fn published(form: PositiveForm<T>, batch: usize) -> Self {
        Self {
            form,
            second_layer: 0.0,
            trains_second_layer: true,
            first_layer_speed: 1.0,
            offset_speed: 1.0,
            offset: 0.0,
            q: vec![T::zero(); batch],
        }
    }
}

impl<T: Real> Model<T> for NeuralNetwork<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        self.form.evaluate(x, &mut self.q);
        let (a, c) = (T::of(self.second_layer), T::of(self.offset));
        for (f, &q) in f.iter_mut().zip(&self.q) {
            *f = a * q + c;
        }
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let samples = residuals.len() as f64;
        let h = 4.0 * epsilon * self.first_layer_speed * self.second_layer / samples;
        self.form.transform(x, residuals, T::of(h), T::one());
        self.offset += 2.0 * epsilon * self.offset_speed * mean(residuals);
        if self.trains_second_layer {
            self.second_layer += 2.0 * epsilon * T::dot(residuals, &self.q).wide() / samples;
        }
    }

    fn predictor(&self) -> Predictor {
        let form = self.form.matrix() * self.second_layer;
        Predictor {
            mean: form.trace() + self.offset,
            form,
        }
    }

    fn layer(&self) -> Option<Layer> {
        Some(Layer::Trained(self.form.weights()))
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        (
            vec![self.form.values()],
            vec![self.second_layer, self.offset],
        )
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        (
            vec![self.form.values_mut()],
            vec![&mut self.second_layer, &mut self.offset],
        )
    }
}
