//! NT: the linearisation in the first layer is trained, at weights W that stay.

use nalgebra::DMatrix;

use crate::linalg::{NestedCholesky, add_product, normal, transposed};

use super::batch::mean;
use super::model::{Frozen, Layer, Model, Predictor, scaled_columns, widened};
use super::real::Real;

/// `f(x) = c + 2Σ_i(⟨w_i,x⟩⟨a_i,x⟩ − ⟨w_i,a_i⟩) = c + ⟨xxᵀ − I, Q⟩`, `Q = WAᵀ + AWᵀ`.
///
/// The features are centred: the functions are the same as those of `2⟨w_i,x⟩⟨a_i,x⟩`, but there
/// the trace of Q and the offset are nearly collinear, and SGD is slower by orders of magnitude.
/// With `H = (1/b)Σ_k r_k(x_k x_kᵀ − I)` a step is `A ← A + 4εHW`, `c ← c + 2ε·mean(r)`
/// (Ghorbani et al. 2019, §2.3), from `A = 0`, `c = 0`.
///
/// The part of `−I` follows from c, so that no step has to go over A for it: `A = T − 2cW`,
/// `T ← T + (4ε/b)Σ_k r_k x_k x_kᵀW`, and `τ = ⟨W, T⟩` grows by `4ε·mean(r_k q_k)`, `q_k = ‖Wᵀx_k‖²`. Then
/// `f(x_k) = c − 2τ + 2⟨Wᵀx_k, Tᵀx_k⟩ − 4c(q_k − ‖W‖²)`.
///
/// *Lifted.* With `P = WWᵀ` the same trajectory is `Q ← Q + 4ε(HP + PH)`, at a cost without N. Forms know only the
/// symmetric part of a matrix, so half of it is enough: `Q = M + Mᵀ`, `M ← M + 4εPH`, which is the step of `Aᵀ` with P
/// in the place of `Wᵀ`, and `x_k` in the place of one `Wᵀx_k`.
pub(super) struct TangentModel<T: Real> {
    is_lifted: bool,
    /// `Wᵀ`, `N×d` (a quarter faster than W, which the product would transpose), or P, `d×d`.
    fixed: DMatrix<T>,
    /// `‖W‖²`.
    fixed_norm: f64,
    /// `Tᵀ`, `N×d`, or its like of M, `d×d`.
    trained: DMatrix<T>,
    /// τ.
    overlap: f64,
    offset: f64,
    /// `WᵀX`, `N×b`, or PX, `d×b`.
    fixed_x: DMatrix<T>,
    /// `q_k`, `b` of them.
    squares: Vec<T>,
    /// `TᵀX`, `N×b`, or its like, `d×b`; then what each sample adds to the trained.
    trained_x: DMatrix<T>,
}

impl<T: Real> TangentModel<T> {
    /// At weights `w` (`d×N`), for batches of `batch` samples.
    pub(super) fn explicit(w: &DMatrix<T>, batch: usize) -> Self {
        let norm = w.iter().map(|w| w.wide() * w.wide()).sum();
        Self::new(false, w.transpose(), norm, batch)
    }

    /// At weights with `WWᵀ = p` (`d×d`), for batches of `batch` samples.
    pub(super) fn lifted(p: DMatrix<T>, batch: usize) -> Self {
        let norm = p.diagonal().iter().map(|p| p.wide()).sum();
        Self::new(true, p, norm, batch)
    }

    fn new(is_lifted: bool, fixed: DMatrix<T>, fixed_norm: f64, batch: usize) -> Self {
        let (rows, dim) = fixed.shape();
        Self {
            is_lifted,
            trained: DMatrix::zeros(rows, dim),
            fixed_x: DMatrix::zeros(rows, batch),
            squares: vec![T::zero(); batch],
            trained_x: DMatrix::zeros(rows, batch),
            fixed,
            fixed_norm,
            overlap: 0.0,
            offset: 0.0,
        }
    }

    /// The predictions, once the frozen products are there.
    fn predict_rest(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero, two) = (T::one(), T::zero(), T::of(2.0));
        let (trained, trained_x) = (&self.trained, &mut self.trained_x);
        add_product(trained_x, zero, one, normal(trained), normal(x));
        let four_offset = 4.0 * self.offset;
        let centre = T::of(self.offset - 2.0 * self.overlap + four_offset * self.fixed_norm);
        let slope = T::of(-four_offset);
        let left = if self.is_lifted { x } else { &self.fixed_x };
        let columns = columns(left).zip(columns(&self.trained_x));
        for (f, (&square, (left, right))) in f.iter_mut().zip(self.squares.iter().zip(columns)) {
            *f = centre + slope * square + two * T::dot(left, right);
        }
    }
}

fn columns<T: Real>(matrix: &DMatrix<T>) -> impl Iterator<Item = &[T]> {
    matrix.as_slice().chunks_exact(matrix.nrows())
}

impl<T: Real> Model<T> for TangentModel<T> {
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]) {
        let (one, zero) = (T::one(), T::zero());
        add_product(&mut self.fixed_x, zero, one, normal(&self.fixed), normal(x));
        let left = if self.is_lifted { x } else { &self.fixed_x };
        let products = columns(left).zip(columns(&self.fixed_x));
        for (square, (left, right)) in self.squares.iter_mut().zip(products) {
            *square = T::dot(left, right);
        }
        self.predict_rest(x, f);
    }

    fn frozen(&self) -> Frozen<'_, T> {
        [self.fixed_x.as_slice(), &self.squares]
    }

    fn predict_from(&mut self, [fixed_x, squares]: Frozen<'_, T>, x: &DMatrix<T>, f: &mut [T]) {
        self.fixed_x.as_mut_slice().copy_from_slice(fixed_x);
        self.squares.copy_from_slice(squares);
        self.predict_rest(x, f);
    }

    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64) {
        let one = T::one();
        let h = 4.0 * epsilon / residuals.len() as f64;
        self.overlap += h * T::dot(&self.squares, residuals).wide();
        let (trained, added) = (&mut self.trained, &mut self.trained_x);
        scaled_columns(added, self.fixed_x.as_slice(), residuals, T::of(h));
        add_product(trained, one, one, normal(added), transposed(x));
        self.offset += 2.0 * epsilon * mean(residuals);
    }

    fn predictor(&self) -> Predictor {
        let fixed = widened(&self.fixed);
        let trained = widened(&self.trained) - &fixed * (2.0 * self.offset);
        let half = if self.is_lifted {
            trained
        } else {
            let mut half = DMatrix::zeros(fixed.ncols(), fixed.ncols());
            add_product(&mut half, 0.0, 1.0, transposed(&fixed), normal(&trained));
            half
        };
        // τ is added up by itself, and rounds by itself: what it lacks of ⟨W, T⟩ is part of the mean.
        let overlap = half.trace() + 2.0 * self.offset * self.fixed_norm;
        Predictor {
            form: &half + half.transpose(),
            mean: self.offset + 2.0 * (overlap - self.overlap),
        }
    }

    /// Lifted, `P = FFᵀ` and `M = PN` with a symmetric N, which is what moves the weights: F moves by `NF = (F⁻¹M)ᵀ`.
    fn layer(&self) -> Option<Layer> {
        let fixed = widened(&self.fixed);
        let trained = widened(&self.trained) - &fixed * (2.0 * self.offset);
        if !self.is_lifted {
            return Some(Layer::Tangent {
                fixed: fixed.transpose(),
                added: trained.transpose(),
            });
        }
        let factor = NestedCholesky::new(fixed);
        let mut moved = trained;
        for mut column in moved.column_iter_mut() {
            let solved = factor.solve_lower(&column.clone_owned());
            column.copy_from(&solved);
        }
        Some(Layer::Tangent {
            added: moved.transpose(),
            fixed: factor.into_factor(),
        })
    }

    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>) {
        (
            vec![self.trained.as_slice()],
            vec![self.offset, self.overlap],
        )
    }

    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>) {
        (
            vec![self.trained.as_mut_slice()],
            vec![&mut self.offset, &mut self.overlap],
        )
    }
}
