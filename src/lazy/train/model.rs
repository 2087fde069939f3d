//! What SGD needs to know of a network.

use nalgebra::DMatrix;

use super::real::Real;

/// A network as a predictor: `f(x) = ⟨xxᵀ, Q⟩ − Tr Q + mean`, and for activations other than x²
/// more, orthogonal to all quadratic functions under `x ~ N(0, I)`.
#[derive(Clone, Debug)]
pub(super) struct Predictor {
    /// `Q = ½E[f(x)(xxᵀ − I)]`, symmetric, `d×d`, in the eigenbasis of B.
    pub(super) form: DMatrix<f64>,
    /// `E f`.
    pub(super) mean: f64,
}

/// The first layer of a network, `d×N` in double precision; lifted, `d×d` with the same products: what maps it to the
/// weights has orthonormal rows, so that norms, distances and spans are those of the weights.
#[derive(Clone, Debug)]
pub(super) enum Layer {
    /// Weights that are trained.
    Trained(DMatrix<f64>),
    /// Weights that stay, and what a linearisation there adds to them.
    Tangent {
        fixed: DMatrix<f64>,
        added: DMatrix<f64>,
    },
}

/// Up to two matrices, column by column.
pub(super) type Frozen<'a, T> = [&'a [T]; 2];

/// A network under one-pass SGD on the squared loss.
///
/// [`predict`](Model::predict) keeps the products of weights and samples, and
/// [`update`](Model::update) uses them again: it belongs to the same batch. Neither allocates.
pub(super) trait Model<T: Real>: Send + Sync {
    /// Writes `f(x_k)` of every column of `x` (`d×b`).
    fn predict(&mut self, x: &DMatrix<T>, f: &mut [T]);

    /// The products of weights that stay and the samples, as the last [`predict`](Model::predict) found
    /// them, whatever step was made since: other runs at the same weights need not compute them. Empty where no weights
    /// stay.
    fn frozen(&self) -> Frozen<'_, T> {
        [&[], &[]]
    }

    /// [`predict`](Model::predict), given what [`frozen`](Model::frozen) is for these samples.
    fn predict_from(&mut self, _frozen: Frozen<'_, T>, x: &DMatrix<T>, f: &mut [T]) {
        self.predict(x, f);
    }

    /// One step of size `epsilon`, given the residuals `y_k − f(x_k)` of that batch.
    fn update(&mut self, x: &DMatrix<T>, residuals: &[T], epsilon: f64);

    /// [`update`](Model::update), given what [`predict_from`](Model::predict_from) was given.
    fn update_from(
        &mut self,
        _frozen: Frozen<'_, T>,
        x: &DMatrix<T>,
        residuals: &[T],
        epsilon: f64,
    ) {
        self.update(x, residuals, epsilon);
    }

    /// The network in double precision, for its exact risk.
    fn predictor(&self) -> Predictor;

    /// The first layer where it stands. None where it cannot be told from what is trained.
    fn layer(&self) -> Option<Layer>;

    /// `E f(x)²` under `x ~ N(0, I)`; none where it follows from the predictor, which is all of f.
    fn second_moment(&self) -> Option<f64> {
        None
    }

    /// Everything that training changes, in a fixed order: matrices as slices, then scalars in
    /// double precision (their increments fall below the last digit of `f32`).
    fn parameters(&self) -> (Vec<&[T]>, Vec<f64>);

    /// The same, to be overwritten.
    fn parameters_mut(&mut self) -> (Vec<&mut [T]>, Vec<&mut f64>);
}

/// The matrix in double precision, in which exact risks are formed.
pub(super) fn widened<T: Real>(matrix: &DMatrix<T>) -> DMatrix<f64> {
    matrix.map(Real::wide)
}

/// The transpose, as which weights are kept, in double precision.
pub(super) fn widened_transpose<T: Real>(matrix: &DMatrix<T>) -> DMatrix<f64> {
    widened(matrix).transpose()
}

/// Gives `out` the columns of `matrix`, column `k` multiplied by `factors[k]·scale`.
pub(super) fn scaled_columns<T: Real>(out: &mut DMatrix<T>, matrix: &[T], factors: &[T], scale: T) {
    T::scaled_columns(out.as_mut_slice(), matrix, factors, scale);
}

/// Multiplies column `k` of `matrix` by `factors[k]·scale`.
pub(super) fn scale_columns<T: Real>(matrix: &mut DMatrix<T>, factors: &[T], scale: T) {
    T::scale_columns(matrix.as_mut_slice(), factors, scale);
}
