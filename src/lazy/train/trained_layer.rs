//! NN on a mixture with both layers trained.

use nalgebra::DMatrix;

use crate::linalg::{add_product, normal, transposed};

use super::batch::mean;
use super::model::{Layer, Model, Predictor, widened, widened_transpose};
use super::real::Real;

/// `f(x) = Σ_i a_i(⟨w_i,x⟩² − ‖w_i‖²) + c`, all of it trained: a form `W diag(a) Wᵀ` of any signs.
///
/// With `H = (1/b)Σ_k r_k(x_k x_kᵀ − I)` a step is `w_i ← w_i + 4εa_iHw_i`,
/// `a_i ← a_i + 2ε⟨w_i,Hw_i⟩`, `c ← c + 2ε·mean(r)`, all from the old values.
///
/// *Centred.* The functions are those of `Σ a_i⟨w_i,x⟩² + c`, but there the trace of the form and
/// the offset are nearly collinear. For a quadratic target the start can avoid that by having the
/// right trace; what a mixture needs is mostly trace, and the start should not know its sign.
///
/// *Start.* `a = 0`, `c = 0`, Gaussian w: the network starts at 0, and the first steps give each
/// `a_i` the sign that lowers the risk. Gradient flow keeps `‖w_i‖² − 2a_i²`, so no `w_i` becomes
/// shorter than it was, and `a_i` can pass through 0 where the data want the other sign. With w
/// too long the second layer alone learns at first, with w too short the start is a long plateau:
/// `‖w_i‖²` starts where `2a_i²` is to end. Nothing promises the best signs where they matter
/// most, below N = d for a Δ̃ of both signs: a neuron that has found an eigenvector of one sign
/// stays there even if a better one of the other sign is left.
pub(super) struct TrainedLayer<T: Real> {
    /// `Wᵀ`, `N×d`: faster than W, which the product would transpose.
    wt: DMatrix<T>,
    /// `a`.
    second_layer: Vec<T>,
    offset: f64,
    /// `WᵀX`, `N×b`.
    z: DMatrix<T>,
    /// `‖w_i‖²`.
    squares: Vec<T>,
    /// `(1/b)Σ_k r_k⟨w_i,x_k⟩²`, then the factors of w.
    sums: Vec<T>,
}

impl<T: Real> TrainedLayer<T> {
    /// From first-layer weights `w` (`d×N`) and a second layer of 0.
    pub(super) fn new(w: &DMatrix<T>, batch: usize) -> Self {
        let neurons = w.ncols();
        Self {
            wt: w.transpose(),
            second_layer: vec![T::zero(); neurons],
            offset: 0.0,
            z: DMatrix::zeros(neurons, batch),
            squares: vec![T::zero(); neurons],
            sums: vec![T::zero(); neurons],
        }
    }
}

impl<T: Real> Model<T> for TrainedLayer<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        add_product(&mut self.z, zero, one, normal(&self.wt), normal(x));
        let neurons = self.second_layer.len();
        self.squares.fill(zero);
        T::add_row_squares(&mut self.squares, self.wt.as_slice());
        let centre = T::dot(&self.second_layer, &self.squares);
        let centre = T::of(self.offset) - centre;
        for (f, z) in f.iter_mut().zip(self.z.as_slice().chunks_exact(neurons)) {
            *f = centre + T::sum_of_squares(&self.second_layer, z);
        }
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let one = T::one();
        let mean = mean(residuals);
        let h = T::of(2.0 * epsilon / residuals.len() as f64);
        let two = T::of(2.0);
        let neurons = self.second_layer.len();
        self.sums.fill(T::zero());
        let columns = self.z.as_mut_slice().chunks_exact_mut(neurons);
        for (z, &r) in columns.zip(residuals) {
            T::weigh(z, &mut self.sums, h * r, &self.second_layer);
        }
        // What centring subtracts: H = G − mean(r)·I.
        let shrink = T::of(2.0 * epsilon * mean);
        let layer = self.second_layer.iter_mut();
        for ((a, sum), &square) in layer.zip(&mut self.sums).zip(&self.squares) {
            let change = *sum - shrink * square;
            *sum = one - two * shrink * *a;
            *a += change;
        }
        T::scale_rows(self.wt.as_mut_slice(), &self.sums);
        add_product(&mut self.wt, one, one, normal(&self.z), transposed(x));
        self.offset += 2.0 * epsilon * mean;
    }

    fn predictor(&self) -> Predictor {
        let wt = widened(&self.wt);
        let mut right = wt.clone();
        for (mut row, a) in right.row_iter_mut().zip(&self.second_layer) {
            row *= a.wide();
        }
        let mut form = DMatrix::zeros(wt.ncols(), wt.ncols());
        add_product(&mut form, 0.0, 1.0, transposed(&wt), normal(&right));
        form.fill_upper_triangle_with_lower_triangle();
        Predictor {
            form,
            mean: self.offset,
        }
    }

    fn layer(&self) -> Option<Layer> {
        Some(Layer::Trained(widened_transpose(&self.wt)))
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        (
            vec![self.wt.as_slice(), &self.second_layer],
            vec![self.offset],
        )
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        (
            vec![self.wt.as_mut_slice(), &mut self.second_layer],
            vec![&mut self.offset],
        )
    }
}
