//! NT with any activation: the linearisation in the first layer is trained, at weights W that stay.

use nalgebra::DMatrix;

use crate::activation::{Activation, SlopeProfile};
use crate::linalg::{add_product, normal, transposed};

use super::activated_network::activate;
use super::batch::mean;
use super::model::{Frozen, Layer, Model, Predictor, scaled_columns, widened, widened_transpose};
use super::real::Real;

/// `f(x) = c + Σ_i(σ'(⟨w_i,x⟩)⟨b_i,x⟩ − κ_i⟨w_i,b_i⟩)`, `κ_i = E σ''(‖w_i‖G)`: linear in b and c.
///
/// The features are centred, as those of x² are: the functions are the same, but without it the
/// offset is nearly collinear to some of them. With residuals `r_k` a step is
/// `b_i ← b_i + 2ε·mean(r(σ'(⟨w_i,x⟩)x − κ_iw_i))`, `c ← c + 2ε·mean(r)`, from b = 0, c = 0.
///
/// For an odd σ all features are odd, and the even target leaves nothing to learn.
pub(super) struct ActivatedTangent<T: Real> {
    activation: Activation,
    /// `Wᵀ`, `N×d`, fixed.
    wt: DMatrix<T>,
    /// `κ_iw_i`, `N×d`, fixed.
    centres: DMatrix<T>,
    /// `bᵀ`, `N×d`.
    bt: DMatrix<T>,
    offset: f64,
    /// `WᵀX`, then its σ, `N×b`.
    values: DMatrix<T>,
    /// `σ'(WᵀX)`, `N×b`.
    slopes: DMatrix<T>,
    /// `bᵀX`, then what each sample adds to `bᵀ`, `N×b`.
    bx: DMatrix<T>,
    /// The neurons, for the exact risk.
    profiles: Vec<SlopeProfile>,
}

impl<T: Real> ActivatedTangent<T> {
    /// At weights `w` (`d×N`), for batches of `batch` samples.
    pub(super) fn new(activation: Activation, w: &DMatrix<T>, batch: usize) -> Self {
        let (dim, neurons) = w.shape();
        let wt = w.transpose();
        let profile = |w: f64| activation.slope_profile(w.max(1e-30));
        let norms = widened(w);
        let profiles: Vec<_> = norms.column_iter().map(|w| profile(w.norm())).collect();
        let mut centres = wt.clone();
        for (mut row, profile) in centres.row_iter_mut().zip(&profiles) {
            row *= T::of(profile.curvature);
        }
        Self {
            activation,
            wt,
            centres,
            bt: DMatrix::zeros(neurons, dim),
            offset: 0.0,
            values: DMatrix::zeros(neurons, batch),
            slopes: DMatrix::zeros(neurons, batch),
            bx: DMatrix::zeros(neurons, batch),
            profiles,
        }
    }
}

impl<T: Real> ActivatedTangent<T> {
    /// The predictions, once the slopes are there.
    fn predict_rest(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        add_product(&mut self.bx, zero, one, normal(&self.bt), normal(x));
        let centre = T::dot(self.centres.as_slice(), self.bt.as_slice());
        let centre = T::of(self.offset) - centre;
        let neurons = self.wt.nrows();
        let slopes = self.slopes.as_slice().chunks_exact(neurons);
        let columns = slopes.zip(self.bx.as_slice().chunks_exact(neurons));
        for (f, (slopes, bx)) in f.iter_mut().zip(columns) {
            *f = centre + T::dot(slopes, bx);
        }
    }
}

impl<T: Real> Model<T> for ActivatedTangent<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        add_product(&mut self.values, zero, one, normal(&self.wt), normal(x));
        let (values, slopes) = (&mut self.values, &mut self.slopes);
        let both = (values.as_mut_slice(), slopes.as_mut_slice());
        activate(self.activation, 0.0, both.0, both.1);
        self.predict_rest(x, f);
    }

    fn frozen(&self) -> Frozen<'_, T> {
        [self.slopes.as_slice(), &[]]
    }

    fn predict_from(&mut self, [frozen, _]: Frozen<'_, T>, x: &DMatrix<T>, f: &mut [T]) {
        self.slopes.as_mut_slice().copy_from_slice(frozen);
        self.predict_rest(x, f);
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let one = T::one();
        let mean = mean(residuals);
        let h = T::of(2.0 * epsilon / residuals.len() as f64);
        scaled_columns(&mut self.bx, self.slopes.as_slice(), residuals, h);
        add_product(&mut self.bt, one, one, normal(&self.bx), transposed(x));
        let shrink = T::of(2.0 * epsilon * mean);
        let centres = self.centres.as_slice();
        T::add_scaled(self.bt.as_mut_slice(), -shrink, centres);
        self.offset += 2.0 * epsilon * mean;
    }

    /// The form is that of a network, `½Σ E[σ''(‖w_i‖G)]w_iw_iᵀ`, in its derivative along b:
    /// `½Σ(κ_i(b_iw_iᵀ + w_ib_iᵀ) + E[σ⁗(‖w_i‖G)]⟨w_i,b_i⟩w_iw_iᵀ)`.
    fn predictor(&self) -> Predictor {
        let (wt, mut half) = (widened(&self.wt), widened(&self.bt));
        for (i, profile) in self.profiles.iter().enumerate() {
            let w = wt.row(i);
            let along = half.row(i).dot(&w);
            half.row_mut(i).scale_mut(0.5 * profile.curvature);
            let mut row = half.row_mut(i);
            row += w * (0.25 * profile.bend * along);
        }
        let dim = wt.ncols();
        let mut form = DMatrix::zeros(dim, dim);
        add_product(&mut form, 0.0, 1.0, transposed(&wt), normal(&half));
        Predictor {
            form: &form + form.transpose(),
            mean: self.offset,
        }
    }

    /// `E f₀² − (E f₀)² + c²` for `f₀ = Σσ'(⟨w_i,x⟩)⟨b_i,x⟩`. Costs `2N²d`.
    fn second_moment(&self) -> Option<f64> {
        let (wt, bt) = (widened(&self.wt), widened(&self.bt));
        let neurons = wt.nrows();
        let product = |left: &DMatrix<f64>, right: &DMatrix<f64>| {
            let mut product = DMatrix::zeros(neurons, neurons);
            add_product(&mut product, 0.0, 1.0, normal(left), transposed(right));
            product
        };
        // ww_ij = ⟨w_i,w_j⟩, bw_ij = ⟨b_i,w_j⟩, bb_ij = ⟨b_i,b_j⟩.
        let (ww, bw, bb) = (product(&wt, &wt), product(&bt, &wt), product(&bt, &bt));
        let (mut square, mut mean) = (0.0, 0.0);
        for (j, own) in self.profiles.iter().enumerate() {
            let along = bw[(j, j)];
            mean += own.curvature * along;
            let along = along * along / ww[(j, j)].max(f64::MIN_POSITIVE);
            square += own.square * (bb[(j, j)] - along) + own.square_along * along;
            for (i, other) in self.profiles.iter().enumerate().skip(j + 1) {
                let kernel = self.activation.slope_kernel(other, own, ww[(i, j)]);
                let (ii, ij, ji, jj) = (bw[(i, i)], bw[(i, j)], bw[(j, i)], bw[(j, j)]);
                square += 2.0
                    * (kernel.slopes * bb[(i, j)]
                        + kernel.curvatures * (ii * jj + ij * ji)
                        + kernel.bend_v * ii * ji
                        + kernel.bend_w * ij * jj);
            }
        }
        Some(square - mean * mean + self.offset * self.offset)
    }

    fn layer(&self) -> Option<Layer> {
        Some(Layer::Tangent {
            fixed: widened_transpose(&self.wt),
            added: widened_transpose(&self.bt),
        })
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        (vec![self.bt.as_slice()], vec![self.offset])
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        (vec![self.bt.as_mut_slice()], vec![&mut self.offset])
    }
}
