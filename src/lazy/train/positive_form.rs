//! `S = WWᵀ` under multiplicative steps.

use nalgebra::DMatrix;

use crate::linalg::{add_product, normal, transposed};

use super::model::{scale_columns, widened, widened_transpose};
use super::real::Real;

/// The quadratic form `q(x) = Σ_i ⟨w_i,x⟩² = ⟨xxᵀ, WWᵀ⟩` of a network whose steps multiply `W`
/// from the left, `W ← (I + hG)W` with `G = Σ_k r_k x_k x_kᵀ`.
///
/// *Lifted.* Only S is seen, and `S ← (I + hG)S(I + hG)` whatever W is: d columns with the same S
/// ([`factor`](super::start::Draw::factor)) follow the same trajectory as more of them would, at a cost without N. They, and not S
/// itself, are trained: it takes fewer products, and no rounding makes an eigenvalue of S negative,
/// which a step would then drive away exponentially.
#[derive(Clone, Debug)]
pub(super) struct PositiveForm<T: Real> {
    /// `Wᵀ`, `N×d`: a quarter faster than W, which the product would transpose.
    wt: DMatrix<T>,
    /// `WᵀX`, `N×b`.
    z: DMatrix<T>,
}

impl<T: Real> PositiveForm<T> {
    /// The form of weights `w` (`d×N`) for batches of `batch` samples.
    pub(super) fn new(w: &DMatrix<T>, batch: usize) -> Self {
        Self {
            wt: w.transpose(),
            z: DMatrix::zeros(w.ncols(), batch),
        }
    }

    /// The input dimension `d`.
    pub(super) fn dim(&self) -> usize {
        self.wt.ncols()
    }

    /// `Tr S` in the precision of training, fast enough for every step.
    pub(super) fn quick_trace(&self) -> T {
        T::dot(self.wt.as_slice(), self.wt.as_slice())
    }

    /// `Tr S = ‖W‖_F²`.
    pub(super) fn trace(&self) -> f64 {
        self.wt.iter().map(|v| v.wide() * v.wide()).sum()
    }

    /// Writes `q(x_k)` of every column of `x`.
    pub(super) fn evaluate(&mut self, x: &DMatrix<T>, q: &mut [T]) {
        let Self { wt, z } = self;
        add_product(z, T::zero(), T::one(), normal(wt), normal(x));
        for (q, z) in q.iter_mut().zip(z.as_slice().chunks_exact(wt.nrows())) {
            *q = T::dot(z, z);
        }
    }

    /// `W ← k(I + hG)W`, `G = Σ_k r_k x_k x_kᵀ`, for the batch of the last
    /// [`evaluate`](Self::evaluate).
    pub(super) fn transform(&mut self, x: &DMatrix<T>, r: &[T], h: T, k: T) {
        scale_columns(&mut self.z, r, h);
        add_product(&mut self.wt, k, k, normal(&self.z), transposed(x));
    }

    /// `S` in double precision.
    pub(super) fn matrix(&self) -> DMatrix<f64> {
        let wt = widened(&self.wt);
        let mut s = DMatrix::zeros(self.dim(), self.dim());
        add_product(&mut s, 0.0, 1.0, transposed(&wt), normal(&wt));
        s
    }

    /// `W` in double precision.
    pub(super) fn weights(&self) -> DMatrix<f64> {
        widened_transpose(&self.wt)
    }

    /// `Wᵀ`.
    pub(super) fn values(&self) -> &[T] {
        self.wt.as_slice()
    }

    /// `Wᵀ`, to be overwritten.
    pub(super) fn values_mut(&mut self) -> &mut [T] {
        self.wt.as_mut_slice()
    }
}
