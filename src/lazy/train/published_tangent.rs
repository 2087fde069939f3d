//! NT as the authors' released program parametrises it.

use nalgebra::DMatrix;

use crate::linalg::{add_product, normal, transposed};

use super::batch::mean;
use super::model::{
    Frozen, Layer, Model, Predictor, scale_columns, scaled_columns, widened, widened_transpose,
};
use super::real::Real;

/// `f(x) = (1/N)[Σ_i ã_i⟨w_i,x⟩² + xᵀUGx] + c`, `U = 2W diag(a⁰)`.
///
/// Trained are ã (from a⁰), G (`N×d`, from 0) and c (from 0); gradients of ã and G are
/// multiplied by N: with `Ĝ = (1/b)Σ_k r_k x_k x_kᵀ`, `ã_i ← ã_i + 2ε⟨w_i,Ĝw_i⟩`,
/// `G ← G + 2εUᵀĜ`, `c ← c + 2ε·mean(r)`.
///
/// *Lifted.* Only `R = UG` is seen, and with `K = UUᵀ` its step is `R ← R + 2εKĜ`: of the three products with N neurons
/// one is left, `WᵀX`, which ã needs: a coefficient a neuron is more than any `d×d` matrix holds.
pub(super) struct PublishedTangent<T: Real> {
    /// `Wᵀ`, `N×d`. As in NN, faster than W.
    wt: DMatrix<T>,
    /// `WᵀX`, `N×b`.
    wx: DMatrix<T>,
    /// Lifted, `d×d`.
    k: Option<DMatrix<T>>,
    /// `KX`, `d×b`; of no columns if there is no K.
    kx: DMatrix<T>,
    trained: Trained<T>,
}

/// What is trained.
struct Trained<T: Real> {
    /// `ã`.
    second_layer: Vec<T>,
    tangent: Tangent<T>,
    offset: f64,
}

/// What is added in the direction of the first layer.
enum Tangent<T: Real> {
    Explicit {
        /// `2a⁰`, fixed.
        twice: Vec<T>,
        /// `N×d`.
        g: DMatrix<T>,
        /// `GX`, then what each sample adds to G, `N×b`.
        gx: DMatrix<T>,
    },
    Lifted {
        /// `d×d`.
        r: DMatrix<T>,
        /// `RX`, then what each sample adds to R, `d×b`.
        rx: DMatrix<T>,
    },
}

impl<T: Real> PublishedTangent<T> {
    /// At weights `w` (`d×N`) and second layer `start` (`N`), for batches of `batch` samples; lifted from N = d on.
    pub(super) fn new(w: &DMatrix<T>, start: Vec<T>, batch: usize) -> Self {
        let (dim, neurons) = w.shape();
        let twice: Vec<T> = start.iter().map(|&a| a + a).collect();
        let (k, tangent) = if neurons >= dim {
            let mut u = w.clone();
            scale_columns(&mut u, &twice, T::one());
            let mut k = DMatrix::zeros(dim, dim);
            add_product(&mut k, T::zero(), T::one(), normal(&u), transposed(&u));
            let tangent = Tangent::Lifted {
                r: DMatrix::zeros(dim, dim),
                rx: DMatrix::zeros(dim, batch),
            };
            (Some(k), tangent)
        } else {
            let tangent = Tangent::Explicit {
                twice,
                g: DMatrix::zeros(neurons, dim),
                gx: DMatrix::zeros(neurons, batch),
            };
            (None, tangent)
        };
        Self {
            trained: Trained {
                second_layer: start,
                tangent,
                offset: 0.0,
            },
            wx: DMatrix::zeros(neurons, batch),
            wt: w.transpose(),
            kx: DMatrix::zeros(dim, if k.is_some() { batch } else { 0 }),
            k,
        }
    }

    /// Whether the first layer's part is lifted.
    pub(super) fn is_lifted(&self) -> bool {
        self.k.is_some()
    }
}

impl<T: Real> Trained<T> {
    /// The predictions, from the frozen products.
    fn predict(&mut self, [wx, _]: Frozen<'_, T>, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        let neurons = self.second_layer.len();
        let scale = T::of(1.0 / neurons as f64);
        let offset = T::of(self.offset);
        let a = self.second_layer.as_slice();
        let wx = wx.chunks_exact(neurons);
        match &mut self.tangent {
            Tangent::Explicit { twice, g, gx } => {
                add_product(gx, zero, one, normal(g), normal(x));
                // GX is not needed by the step: its buffer takes ã_i⟨w_i,x⟩ + 2a⁰_i(Gx)_i.
                let gx = gx.as_mut_slice().chunks_exact_mut(neurons);
                for (f, (wx, gx)) in f.iter_mut().zip(wx.zip(gx)) {
                    T::combine(gx, twice, a, wx);
                    *f = scale * T::dot(wx, gx) + offset;
                }
            }
            Tangent::Lifted { r, rx } => {
                add_product(rx, zero, one, normal(r), normal(x));
                let dim = r.nrows();
                let columns = x.as_slice().chunks_exact(dim);
                let columns = columns.zip(rx.as_slice().chunks_exact(dim));
                for (f, (wx, (x, rx))) in f.iter_mut().zip(wx.zip(columns)) {
                    *f = scale * (T::sum_of_squares(a, wx) + T::dot(x, rx)) + offset;
                }
            }
        }
    }

    fn update(&mut self, [wx, kx]: Frozen<'_, T>, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let one = T::one();
        let h = T::of(2.0 * epsilon / residuals.len() as f64);
        let a = &mut self.second_layer;
        for (wx, &r) in wx.chunks_exact(a.len()).zip(residuals) {
            T::add_scaled_squares(a, h * r, wx);
        }
        let (trained, added) = match &mut self.tangent {
            Tangent::Explicit { twice, g, gx } => {
                scaled_columns(gx, wx, residuals, h);
                T::scale_rows(gx.as_mut_slice(), twice);
                (g, &*gx)
            }
            Tangent::Lifted { r, rx } => {
                scaled_columns(rx, kx, residuals, h);
                (r, &*rx)
            }
        };
        add_product(trained, one, one, normal(added), transposed(x));
        self.offset += 2.0 * epsilon * mean(residuals);
    }
}

impl<T: Real> Model<T> for PublishedTangent<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        add_product(&mut self.wx, zero, one, normal(&self.wt), normal(x));
        if let Some(k) = &self.k {
            add_product(&mut self.kx, zero, one, normal(k), normal(x));
        }
        let frozen = [self.wx.as_slice(), self.kx.as_slice()];
        self.trained.predict(frozen, x, f);
    }

    fn frozen(&self) -> Frozen<'_, T> {
        [self.wx.as_slice(), self.kx.as_slice()]
    }

    fn predict_from(&mut self, frozen: Frozen<'_, T>, x: &DMatrix<T>, f: &mut [T]) {
        self.trained.predict(frozen, x, f);
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let frozen = [self.wx.as_slice(), self.kx.as_slice()];
        self.trained.update(frozen, x, residuals, epsilon);
    }

    // A copy of WᵀX would not stay in the cache if there are many neurons.
    fn update_from(
        &mut self,
        frozen: Frozen<'_, T>,
        x: &DMatrix<T>,
        residuals: &[T],
        epsilon: f64,
    ) {
        self.trained.update(frozen, x, residuals, epsilon);
    }

    fn predictor(&self) -> Predictor {
        // Q = (1/N)[W diag(ã)Wᵀ + ½(R + Rᵀ)] with R = UG, as half of it and its transpose.
        let wt = widened(&self.wt);
        let dim = wt.ncols();
        let mut right = wt.clone();
        let Trained {
            second_layer,
            tangent,
            offset,
        } = &self.trained;
        let mut half = match tangent {
            Tangent::Explicit { twice, g, .. } => {
                for (i, mut row) in right.row_iter_mut().enumerate() {
                    row *= 0.5 * second_layer[i].wide();
                    row += g.row(i).map(Real::wide) * (0.5 * twice[i].wide());
                }
                DMatrix::zeros(dim, dim)
            }
            Tangent::Lifted { r, .. } => {
                for (mut row, a) in right.row_iter_mut().zip(second_layer) {
                    row *= 0.5 * a.wide();
                }
                widened(r) * 0.5
            }
        };
        add_product(&mut half, 1.0, 1.0, transposed(&wt), normal(&right));
        half /= second_layer.len() as f64;
        let form = &half + half.transpose();
        Predictor {
            mean: form.trace() + offset,
            form,
        }
    }

    /// Lifted, R does not tell what each neuron adds to it.
    fn layer(&self) -> Option<Layer> {
        match &self.trained.tangent {
            Tangent::Explicit { g, .. } => Some(Layer::Tangent {
                fixed: widened_transpose(&self.wt),
                added: widened_transpose(g),
            }),
            Tangent::Lifted { .. } => None,
        }
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        let own = &self.trained;
        let (Tangent::Explicit { g: matrix, .. } | Tangent::Lifted { r: matrix, .. }) =
            &own.tangent;
        (vec![&own.second_layer, matrix.as_slice()], vec![own.offset])
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        let own = &mut self.trained;
        let (Tangent::Explicit { g: matrix, .. } | Tangent::Lifted { r: matrix, .. }) =
            &mut own.tangent;
        (
            vec![&mut own.second_layer, matrix.as_mut_slice()],
            vec![&mut own.offset],
        )
    }
}
