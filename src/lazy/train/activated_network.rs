//! NN with any activation, all of it trained.

use lazy_limits_kernels::Number;
use nalgebra::DMatrix;

use crate::activation::Activation;
use crate::lazy::finite::Kernel;
use crate::linalg::{add_product, normal, transposed};

use super::batch::mean;
use super::model::{Layer, Model, Predictor, widened, widened_transpose};
use super::real::Real;

/// `f(x) = Σ_i a_i(σ(⟨w_i,x⟩) − λ₀) + c` with a, w and c trained.
///
/// With residuals `r_k` a step is `w_i ← w_i + 2εa_i·mean(rσ'(⟨w_i,x⟩)x)`,
/// `a_i ← a_i + 2ε·mean(r(σ(⟨w_i,x⟩) − λ₀))`, `c ← c + 2ε·mean(r)`, all from the old values.
///
/// *Start.* `a = 0`, `c = 0`, `w_i ~ N(0, I/d)`, as random features have them: the network starts at
/// exactly 0, and the first steps give each `a_i` the sign that lowers the risk. The gradient of w
/// is proportional to a, so the neurons turn as soon as they matter; a second layer of balanced
/// signs starts half of the neurons with the wrong one: at d = 64, N = 32, ReLU, |a_i| = 0.1 made no
/// difference beyond 0.005 of risk, and 0.3 ended higher on a spectrum of both signs (0.58 for 0.51)
/// and lower on one with a single large eigenvalue (0.080 for 0.091). For ReLU gradient flow keeps
/// `‖w_i‖² − a_i²`, so no neuron vanishes, and `a_i` can pass through 0.
///
/// An odd σ makes `f − c` odd whatever the weights, and a quadratic target is even: such a
/// network has nothing to learn, and stays near risk 1.
pub(super) struct ActivatedNetwork<T: Real> {
    activation: Activation,
    /// `λ₀ = E σ(G)`.
    centre: f64,
    /// `Wᵀ`, `N×d`: faster than W, which the product would transpose.
    wt: DMatrix<T>,
    /// `a`.
    second_layer: Vec<T>,
    offset: f64,
    /// `σ(WᵀX) − λ₀`, `N×b`.
    values: DMatrix<T>,
    /// `σ'(WᵀX)`, then what each sample adds to the weights, `N×b`.
    slopes: DMatrix<T>,
    /// Changes of a.
    changes: Vec<T>,
}

impl<T: Real> ActivatedNetwork<T> {
    /// From first-layer weights `w` (`d×N`) and a second layer of 0, for batches of `batch` samples.
    pub(super) fn new(activation: Activation, w: &DMatrix<T>, batch: usize) -> Self {
        let neurons = w.ncols();
        Self {
            activation,
            centre: activation.hermite().mean,
            wt: w.transpose(),
            second_layer: vec![T::zero(); neurons],
            offset: 0.0,
            values: DMatrix::zeros(neurons, batch),
            slopes: DMatrix::zeros(neurons, batch),
            changes: vec![T::zero(); neurons],
        }
    }

    fn wide_layer(&self) -> impl Iterator<Item = f64> + '_ {
        self.second_layer.iter().map(|a| a.wide())
    }

    /// `U_ij = E[(σ(⟨w_i,x⟩) − λ₀)(σ(⟨w_j,x⟩) − λ₀)]` and `E[σ(⟨w_i,x⟩) − λ₀]`.
    fn moments(&self) -> (DMatrix<f64>, Vec<f64>) {
        let wt = widened(&self.wt);
        let mut gram = DMatrix::zeros(wt.nrows(), wt.nrows());
        add_product(&mut gram, 0.0, 1.0, normal(&wt), transposed(&wt));
        let kernel = Kernel::new(gram, self.activation);
        (kernel.centred, kernel.means)
    }
}

/// Replaces the arguments in `values` by `σ − centre`, and writes σ' of them to `slopes`.
pub(super) fn activate<T: Real>(
    activation: Activation,
    centre: f64,
    values: &mut [T],
    slopes: &mut [T],
) {
    if activation == Activation::Relu {
        // Without a detour over double precision, which the compiler would not make vectors of.
        T::rectify(values, slopes, T::of(centre));
        return;
    }
    for (value, slope) in values.iter_mut().zip(slopes) {
        let (sigma, derivative) = activation.value_and_slope(value.wide());
        (*value, *slope) = (T::of(sigma - centre), T::of(derivative));
    }
}

impl<T: Real> Model<T> for ActivatedNetwork<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (values, slopes) = (&mut self.values, &mut self.slopes);
        add_product(values, T::zero(), T::one(), normal(&self.wt), normal(x));
        let both = (values.as_mut_slice(), slopes.as_mut_slice());
        activate(self.activation, self.centre, both.0, both.1);
        let neurons = self.second_layer.len();
        let columns = self.values.as_slice().chunks_exact(neurons);
        for (f, values) in f.iter_mut().zip(columns) {
            *f = T::of(self.offset) + T::dot(&self.second_layer, values);
        }
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let one = T::one();
        let h = T::of(2.0 * epsilon / residuals.len() as f64);
        let neurons = self.second_layer.len();
        self.changes.fill(T::zero());
        let values = self.values.as_slice().chunks_exact(neurons);
        let slopes = self.slopes.as_mut_slice().chunks_exact_mut(neurons);
        for ((values, slopes), &r) in values.zip(slopes).zip(residuals) {
            let factor = h * r;
            T::add_scaled(&mut self.changes, factor, values);
            T::multiply_scaled(slopes, factor, &self.second_layer);
        }
        add_product(&mut self.wt, one, one, normal(&self.slopes), transposed(x));
        for (a, &change) in self.second_layer.iter_mut().zip(&self.changes) {
            *a += change;
        }
        self.offset += 2.0 * epsilon * mean(residuals);
    }

    /// The form is `½Σ a_iE[σ''(‖w_i‖G)]w_iw_iᵀ`.
    fn predictor(&self) -> Predictor {
        let wt = widened(&self.wt);
        let mut scaled = wt.clone();
        let mut mean = self.offset;
        for (mut w, a) in scaled.row_iter_mut().zip(self.wide_layer()) {
            let norm = w.norm();
            mean += a * (self.activation.mean_at(norm) - self.centre);
            // A neuron of length 0 is a constant, whatever its curvature there.
            if norm > 0.0 {
                w *= 0.5 * a * self.activation.curvature_at(norm);
            }
        }
        let mut form = DMatrix::zeros(wt.ncols(), wt.ncols());
        add_product(&mut form, 0.0, 1.0, transposed(&wt), normal(&scaled));
        form.fill_upper_triangle_with_lower_triangle();
        Predictor { form, mean }
    }

    /// `aᵀUa + 2c⟨a,m⟩ + c²`, m the means of the centred features.
    fn second_moment(&self) -> Option<f64> {
        let (u, means) = self.moments();
        let a: Vec<f64> = self.wide_layer().collect();
        let columns = u.as_slice().chunks_exact(a.len());
        let square: f64 = columns.zip(&a).map(|(u, aj)| aj * f64::dot(u, &a)).sum();
        let mean = f64::dot(&a, &means);
        Some(square + self.offset * (2.0 * mean + self.offset))
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
