//! `S = WWᵀ` under multiplicative steps, with or without its `W`.

use nalgebra::DMatrix;

use crate::linalg::{add_product, normal, symmetrise, transposed};

use super::model::{scale_columns, scaled_columns, widened};
use super::real::Real;

/// The quadratic form `q(x) = Σ_i ⟨w_i,x⟩² = ⟨xxᵀ, WWᵀ⟩` of a network whose steps multiply `W`
/// from the left, `W ← (I + hG)W` with `G = Σ_k r_k x_k x_kᵀ`.
#[derive(Clone, Debug)]
pub(super) enum PositiveForm<T: Real> {
    /// `W` itself. Its rank cannot grow, whatever the rounding.
    Explicit {
        /// `Wᵀ`, `N×d`: a quarter faster than W, which the product would transpose.
        wt: DMatrix<T>,
        /// `WᵀX`, `N×b`.
        z: DMatrix<T>,
    },
    /// `S = WWᵀ ← (I + hG)S(I + hG)`: the same trajectory at a cost without N.
    Lifted {
        /// `d×d`, symmetric to the last bit.
        s: DMatrix<T>,
        /// `SX`, `d×b`.
        y: DMatrix<T>,
        /// `hX diag(r)`, `d×b`.
        d: DMatrix<T>,
        /// Small products: `b×b` if `b ≤ d`, otherwise two of `d×d`.
        small: [DMatrix<T>; 2],
    },
}

/// Whether a form of `neurons` neurons is kept as `S`.
///
/// Rounding must not make an eigenvalue of S negative: the step would drive it away
/// exponentially. So S is kept only where it starts well conditioned; its smallest eigenvalue is
/// about `(1 − √(d/N))²` of the mean, 3 % at N = 3d/2. Below that, W costs no more.
pub(super) fn is_lifted(dim: usize, neurons: usize) -> bool {
    2 * neurons >= 3 * dim
}

impl<T: Real> PositiveForm<T> {
    /// The form of weights `w` (`d×N`) for batches of `batch` samples.
    pub(super) fn explicit(w: &DMatrix<T>, batch: usize) -> Self {
        let z = DMatrix::zeros(w.ncols(), batch);
        Self::Explicit {
            wt: w.transpose(),
            z,
        }
    }

    /// The form `s` (`d×d`, symmetric to the last bit) for batches of `batch` samples.
    pub(super) fn lifted(s: DMatrix<T>, batch: usize) -> Self {
        let dim = s.nrows();
        let small = if batch <= dim {
            [DMatrix::zeros(batch, batch), DMatrix::zeros(0, 0)]
        } else {
            [DMatrix::zeros(dim, dim), DMatrix::zeros(dim, dim)]
        };
        Self::Lifted {
            s,
            y: DMatrix::zeros(dim, batch),
            d: DMatrix::zeros(dim, batch),
            small,
        }
    }

    /// The input dimension `d`.
    pub(super) fn dim(&self) -> usize {
        match self {
            Self::Explicit { wt, .. } => wt.ncols(),
            Self::Lifted { s, .. } => s.nrows(),
        }
    }

    /// `Tr S` in the precision of training, fast enough for every step.
    pub(super) fn quick_trace(&self) -> T {
        match self {
            Self::Explicit { wt, .. } => T::dot(wt.as_slice(), wt.as_slice()),
            Self::Lifted { s, .. } => s.trace(),
        }
    }

    /// `Tr S = ‖W‖_F²`.
    pub(super) fn trace(&self) -> f64 {
        match self {
            Self::Explicit { wt, .. } => wt.iter().map(|v| v.wide() * v.wide()).sum(),
            Self::Lifted { s, .. } => s.diagonal().iter().map(|v| v.wide()).sum(),
        }
    }

    /// Writes `q(x_k)` of every column of `x`.
    pub(super) fn evaluate(&mut self, x: &DMatrix<T>, q: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        match self {
            Self::Explicit { wt, z } => {
                add_product(z, zero, one, normal(wt), normal(x));
                for (q, z) in q.iter_mut().zip(z.as_slice().chunks_exact(wt.nrows())) {
                    *q = T::dot(z, z);
                }
            }
            Self::Lifted { s, y, .. } => {
                add_product(y, zero, one, normal(s), normal(x));
                let dim = s.nrows();
                let columns = x.as_slice().chunks_exact(dim);
                for (q, (x, y)) in q
                    .iter_mut()
                    .zip(columns.zip(y.as_slice().chunks_exact(dim)))
                {
                    *q = T::dot(x, y);
                }
            }
        }
    }

    /// `W ← k(I + hG)W`, `S ← k²(I + hG)S(I + hG)`, `G = Σ_k r_k x_k x_kᵀ`, for the batch of the last
    /// [`evaluate`](Self::evaluate).
    pub(super) fn transform(&mut self, x: &DMatrix<T>, r: &[T], h: T, k: T) {
        let (one, zero) = (T::one(), T::zero());
        match self {
            Self::Explicit { wt, z } => {
                scale_columns(z, r, h);
                add_product(wt, k, k, normal(z), transposed(x));
            }
            Self::Lifted {
                s,
                y,
                d,
                small: [first, second],
            } => {
                scaled_columns(d, x.as_slice(), r, h);
                let half = T::of(0.5);
                let square = k * k;
                let twice = square + square;
                // With D = hX diag(r) and Y = SX: hGS = DYᵀ, h²GSG = D(XᵀY)Dᵀ. The change is
                // E + Eᵀ, E = D(Y + ½D(XᵀY))ᵀ, the symmetric part of 2E.
                if r.len() <= s.nrows() {
                    add_product(first, zero, one, transposed(x), normal(y));
                    add_product(y, one, half, normal(d), normal(first));
                    add_product(s, square, twice, normal(d), transposed(y));
                } else {
                    // More samples than dimensions: cheaper by hG = DXᵀ itself,
                    // E = hGS + ½(hGS)(hG).
                    add_product(first, zero, one, normal(d), transposed(x));
                    add_product(second, zero, one, normal(first), normal(s));
                    add_product(s, square, square, normal(second), normal(first));
                    *second *= twice;
                    *s += &*second;
                }
                symmetrise(s);
            }
        }
    }

    /// `S` in double precision.
    pub(super) fn matrix(&self) -> DMatrix<f64> {
        match self {
            Self::Explicit { wt, .. } => {
                let wt = widened(wt);
                let mut s = DMatrix::zeros(wt.ncols(), wt.ncols());
                add_product(&mut s, 0.0, 1.0, transposed(&wt), normal(&wt));
                s
            }
            Self::Lifted { s, .. } => widened(s),
        }
    }

    /// `Wᵀ` or `S`.
    pub(super) fn values(&self) -> &[T] {
        match self {
            Self::Explicit { wt, .. } => wt.as_slice(),
            Self::Lifted { s, .. } => s.as_slice(),
        }
    }

    /// `Wᵀ` or `S`, to be overwritten.
    pub(super) fn values_mut(&mut self) -> &mut [T] {
        match self {
            Self::Explicit { wt, .. } => wt.as_mut_slice(),
            Self::Lifted { s, .. } => s.as_mut_slice(),
        }
    }
}
