//! NT: the linearisation in the first layer is trained, at weights W that stay.

use nalgebra::DMatrix;

use crate::linalg::{add_product, normal, transposed};

use super::batch::mean;
use super::model::{Frozen, Model, Predictor, scale_columns, widened};
use super::real::Real;

/// `f(x) = c + 2Σ_i(⟨w_i,x⟩⟨a_i,x⟩ − ⟨w_i,a_i⟩) = c + ⟨xxᵀ − I, Q⟩`, `Q = WAᵀ + AWᵀ`.
///
/// The features are centred: the functions are the same as those of `2⟨w_i,x⟩⟨a_i,x⟩`, but there
/// the trace of Q and the offset are nearly collinear, and SGD is slower by orders of magnitude.
/// With `H = (1/b)Σ_k r_k(x_k x_kᵀ − I)` a step is `A ← A + 4εHW`, `c ← c + 2ε·mean(r)`
/// (Ghorbani et al. 2019, §2.3), from `A = 0`, `c = 0`.
///
/// *Lifted.* With `P = WWᵀ` the same trajectory is `Q ← Q + 4ε(HP + PH)`, at a cost without N. Forms know only the
/// symmetric part of a matrix, so half of it is enough: `Q = M + Mᵀ`, `M ← M + 4εPH`, which is the step of `Aᵀ` with P
/// in the place of `Wᵀ`.
pub(super) struct NeuralTangent<T: Real> {
    is_lifted: bool,
    /// `Wᵀ`, `N×d` (a quarter faster than W, which the product would transpose), or P, `d×d`.
    fixed: DMatrix<T>,
    /// `Aᵀ`, `N×d`, or M, `d×d`.
    trained: DMatrix<T>,
    /// `WᵀX`, `N×b`, or PX, `d×b`.
    fixed_x: DMatrix<T>,
    /// `AᵀX`, `N×b`, or MX, `d×b`.
    trained_x: DMatrix<T>,
    offset: f64,
}

impl<T: Real> NeuralTangent<T> {
    /// At weights `w` (`d×N`), for batches of `batch` samples.
    pub(super) fn explicit(w: &DMatrix<T>, batch: usize) -> Self {
        Self::new(false, w.transpose(), batch)
    }

    /// At weights with `WWᵀ = p` (`d×d`), for batches of `batch` samples.
    pub(super) fn lifted(p: DMatrix<T>, batch: usize) -> Self {
        Self::new(true, p, batch)
    }

    fn new(is_lifted: bool, fixed: DMatrix<T>, batch: usize) -> Self {
        let (rows, dim) = fixed.shape();
        Self {
            is_lifted,
            trained: DMatrix::zeros(rows, dim),
            fixed_x: DMatrix::zeros(rows, batch),
            trained_x: DMatrix::zeros(rows, batch),
            fixed,
            offset: 0.0,
        }
    }

    /// The predictions, once the frozen product is there.
    fn predict_rest(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero, two) = (T::one(), T::zero(), T::of(2.0));
        let (trained, trained_x) = (&self.trained, &mut self.trained_x);
        add_product(trained_x, zero, one, normal(trained), normal(x));
        let (left, trace) = if self.is_lifted {
            (x, trained.trace())
        } else {
            let trace = T::dot(self.fixed.as_slice(), trained.as_slice());
            (&self.fixed_x, trace)
        };
        let centre = T::of(self.offset) - two * trace;
        let rows = left.nrows();
        let left = left.as_slice().chunks_exact(rows);
        let columns = left.zip(self.trained_x.as_slice().chunks_exact(rows));
        for (f, (left, right)) in f.iter_mut().zip(columns) {
            *f = centre + two * T::dot(left, right);
        }
    }
}

impl<T: Real> Model<T> for NeuralTangent<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        add_product(&mut self.fixed_x, zero, one, normal(&self.fixed), normal(x));
        self.predict_rest(x, f);
    }

    fn frozen(&self) -> Frozen<'_, T> {
        [self.fixed_x.as_slice(), &[]]
    }

    fn predict_from(&mut self, [frozen, _]: Frozen<'_, T>, x: &DMatrix<T>, f: &mut [T]) {
        self.fixed_x.as_mut_slice().copy_from_slice(frozen);
        self.predict_rest(x, f);
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let (one, mean) = (T::one(), mean(residuals));
        let h = T::of(4.0 * epsilon / residuals.len() as f64);
        scale_columns(&mut self.fixed_x, residuals, h);
        let (trained, fixed_x) = (&mut self.trained, &self.fixed_x);
        add_product(trained, one, one, normal(fixed_x), transposed(x));
        let shrink = T::of(-4.0 * epsilon * mean);
        T::add_scaled(trained.as_mut_slice(), shrink, self.fixed.as_slice());
        self.offset += 2.0 * epsilon * mean;
    }

    fn predictor(&self) -> Predictor {
        let trained = widened(&self.trained);
        let half = if self.is_lifted {
            trained
        } else {
            let wt = widened(&self.fixed);
            let mut half = DMatrix::zeros(wt.ncols(), wt.ncols());
            add_product(&mut half, 0.0, 1.0, transposed(&wt), normal(&trained));
            half
        };
        Predictor {
            form: &half + half.transpose(),
            mean: self.offset,
        }
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        (vec![self.trained.as_slice()], vec![self.offset])
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        (vec![self.trained.as_mut_slice()], vec![&mut self.offset])
    }
}
