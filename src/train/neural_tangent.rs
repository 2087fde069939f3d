//! NT: the linearisation in the first layer is trained, at weights W that stay.

use nalgebra::DMatrix;

use crate::linalg::{add_product, add_with_transpose, normal, transposed};

use super::batch::mean;
use super::model::{Model, Predictor, scale_columns, widened};
use super::real::{Real, dot};

/// `f(x) = c + 2Σ_i(⟨w_i,x⟩⟨a_i,x⟩ − ⟨w_i,a_i⟩) = c + ⟨xxᵀ − I, Q⟩`, `Q = WAᵀ + AWᵀ`.
///
/// The features are centred: the functions are the same as those of `2⟨w_i,x⟩⟨a_i,x⟩`, but there
/// the trace of Q and the offset are nearly collinear, and SGD is slower by orders of magnitude.
/// With `H = (1/b)Σ_k r_k(x_k x_kᵀ − I)` a step is `A ← A + 4εHW`, `c ← c + 2ε·mean(r)`
/// (Ghorbani et al. 2019, §2.3), from `A = 0`, `c = 0`.
pub(super) struct NeuralTangent<T: Real> {
    form: TangentForm<T>,
    offset: f64,
}

enum TangentForm<T: Real> {
    /// `A` itself.
    Explicit {
        /// `d×N`, fixed.
        w: DMatrix<T>,
        /// `d×N`.
        a: DMatrix<T>,
        /// `WᵀX`, `N×b`.
        wx: DMatrix<T>,
        /// `AᵀX`, `N×b`.
        ax: DMatrix<T>,
    },
    /// `Q ← Q + 4ε(HP + PH)` with `P = WWᵀ` fixed: the same trajectory at a cost without N.
    Lifted {
        /// `d×d`, fixed, symmetric to the last bit.
        p: DMatrix<T>,
        /// `d×d`, symmetric to the last bit.
        q: DMatrix<T>,
        /// `PX`, `d×b`.
        px: DMatrix<T>,
        /// `QX`, then `X diag(r)`, `d×b`.
        qx: DMatrix<T>,
        /// `d×d`.
        change: DMatrix<T>,
    },
}

impl<T: Real> NeuralTangent<T> {
    /// At weights `w` (`d×N`), for batches of `batch` samples.
    pub(super) fn explicit(w: DMatrix<T>, batch: usize) -> Self {
        let (dim, neurons) = w.shape();
        Self {
            form: TangentForm::Explicit {
                a: DMatrix::zeros(dim, neurons),
                wx: DMatrix::zeros(neurons, batch),
                ax: DMatrix::zeros(neurons, batch),
                w,
            },
            offset: 0.0,
        }
    }

    /// At weights with `WWᵀ = p` (`d×d`), for batches of `batch` samples.
    pub(super) fn lifted(p: DMatrix<T>, batch: usize) -> Self {
        let dim = p.nrows();
        Self {
            form: TangentForm::Lifted {
                q: DMatrix::zeros(dim, dim),
                px: DMatrix::zeros(dim, batch),
                qx: DMatrix::zeros(dim, batch),
                change: DMatrix::zeros(dim, dim),
                p,
            },
            offset: 0.0,
        }
    }
}

impl<T: Real> Model<T> for NeuralTangent<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        let offset = T::of(self.offset);
        match &mut self.form {
            TangentForm::Explicit { w, a, wx, ax } => {
                add_product(wx, zero, one, transposed(w), normal(x));
                add_product(ax, zero, one, transposed(a), normal(x));
                let two = T::of(2.0);
                let centre = offset - two * dot(w.as_slice(), a.as_slice());
                let columns = wx.as_slice().chunks_exact(w.ncols());
                let columns = columns.zip(ax.as_slice().chunks_exact(w.ncols()));
                for (f, (wx, ax)) in f.iter_mut().zip(columns) {
                    *f = centre + two * dot(wx, ax);
                }
            }
            TangentForm::Lifted { q, qx, .. } => {
                add_product(qx, zero, one, normal(q), normal(x));
                let centre = offset - q.trace();
                let dim = q.nrows();
                let columns = x.as_slice().chunks_exact(dim);
                for (f, (x, qx)) in f
                    .iter_mut()
                    .zip(columns.zip(qx.as_slice().chunks_exact(dim)))
                {
                    *f = centre + dot(x, qx);
                }
            }
        }
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let (one, zero) = (T::one(), T::zero());
        let mean = mean(residuals);
        let h = T::of(4.0 * epsilon / residuals.len() as f64);
        let shrink = T::of(-4.0 * epsilon * mean);
        match &mut self.form {
            TangentForm::Explicit { w, a, wx, .. } => {
                scale_columns(wx, residuals, h);
                add_product(a, one, one, normal(x), transposed(wx));
                add_scaled(a, shrink, w);
            }
            TangentForm::Lifted {
                p,
                q,
                px,
                qx,
                change,
            } => {
                add_product(px, zero, one, normal(p), normal(x));
                qx.copy_from(x);
                scale_columns(qx, residuals, h);
                add_product(change, zero, one, normal(qx), transposed(px));
                add_scaled(change, shrink, p);
                add_with_transpose(q, change);
            }
        }
        self.offset += 2.0 * epsilon * mean;
    }

    fn predictor(&self) -> Predictor {
        let form = match &self.form {
            TangentForm::Explicit { w, a, .. } => {
                let (w, a) = (widened(w), widened(a));
                let mut half = DMatrix::zeros(w.nrows(), w.nrows());
                add_product(&mut half, 0.0, 1.0, normal(&w), transposed(&a));
                &half + half.transpose()
            }
            TangentForm::Lifted { q, .. } => widened(q),
        };
        Predictor {
            form,
            mean: self.offset,
        }
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        let values = match &self.form {
            TangentForm::Explicit { a, .. } => a.as_slice(),
            TangentForm::Lifted { q, .. } => q.as_slice(),
        };
        (vec![values], vec![self.offset])
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        let values = match &mut self.form {
            TangentForm::Explicit { a, .. } => a.as_mut_slice(),
            TangentForm::Lifted { q, .. } => q.as_mut_slice(),
        };
        (vec![values], vec![&mut self.offset])
    }
}

/// `a ← a + factor·b`.
fn add_scaled<T: Real>(a: &mut DMatrix<T>, factor: T, b: &DMatrix<T>) {
    for (a, &b) in a.as_mut_slice().iter_mut().zip(b.as_slice()) {
        *a += factor * b;
    }
}
