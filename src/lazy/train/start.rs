//! Where the networks start: weights drawn neuron by neuron in working coordinates. Where the
//! inputs are white to begin with, isotropic weights have the same law there as anywhere.

use nalgebra::DMatrix;

use crate::lazy::problem::{Target, standard_weights};
use crate::linalg::{NestedCholesky, Symmetric, add_product, normal, transposed};
use crate::stream::{Purpose, Stream};

use super::TrainSettings;
use super::real::Real;

/// Which weights: those of `neurons` neurons in `dim` dimensions, as the seed and the number of the draw have them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draw {
    seed: u64,
    number: u64,
    dim: usize,
    neurons: usize,
}

impl Draw {
    pub(super) fn new(seed: u64, number: u64, dim: usize, neurons: usize) -> Self {
        Self {
            seed,
            number,
            dim,
            neurons,
        }
    }

    /// What the settings ask for.
    pub(super) fn of(settings: &TrainSettings, dim: usize) -> Self {
        Self::new(settings.seed, settings.draw, dim, settings.neurons)
    }

    /// The first `neurons` of them.
    pub(super) fn first(self, neurons: usize) -> Self {
        Self { neurons, ..self }
    }

    fn stream(self) -> Stream {
        Stream::new(self.seed, Purpose::Weights, self.number)
    }

    /// `d×N` weights of standard deviation `scale`.
    pub(super) fn weights<T: Real>(self, scale: f64) -> DMatrix<T> {
        let weights = standard_weights(self.seed, self.number, self.dim, self.neurons);
        weights.map(|value| T::of(f64::from(value) * scale))
    }

    /// Those columns of [`weights`](Self::weights) that are to be kept, without ever holding the others.
    fn weights_where<T: Real>(self, scale: f64, keep: impl Fn(usize) -> bool) -> DMatrix<T> {
        let mut stream = self.stream();
        let mut column = vec![T::zero(); self.dim];
        let mut kept = Vec::new();
        for neuron in 0..self.neurons {
            T::fill_normal(&mut stream, &mut column);
            if keep(neuron) {
                kept.extend(column.iter().map(|value| T::of(value.wide() * scale)));
            }
        }
        DMatrix::from_vec(self.dim, kept.len() / self.dim, kept)
    }

    /// `WWᵀ` of [`weights`](Self::weights), symmetric to the last bit, without ever holding more than d neurons.
    pub(super) fn gram<T: Real>(self, scale: f64) -> DMatrix<T> {
        self.gram_where(scale, |_| true)
    }

    /// [`gram`](Self::gram) of those neurons alone that are to be kept.
    fn gram_where<T: Real>(self, scale: f64, keep: impl Fn(usize) -> bool) -> DMatrix<T> {
        let Self { dim, neurons, .. } = self;
        let mut stream = self.stream();
        let mut s = DMatrix::zeros(dim, dim);
        let mut left = neurons;
        while left > 0 {
            let mut block = DMatrix::zeros(dim, left.min(dim));
            T::fill_normal(&mut stream, block.as_mut_slice());
            for (j, mut column) in block.column_iter_mut().enumerate() {
                if !keep(neurons - left + j) {
                    column.fill(T::zero());
                }
            }
            let square = T::of(scale * scale);
            add_product(&mut s, T::one(), square, normal(&block), transposed(&block));
            left -= block.ncols();
        }
        s.fill_upper_triangle_with_lower_triangle();
        s
    }

    /// At most d columns with the same `WWᵀ` as those neurons of [`weights`](Self::weights) that are to
    /// be kept: up to d neurons the neurons themselves, from there on a Cholesky factor, computed in
    /// double precision.
    pub(super) fn factor<T: Real>(self, scale: f64, keep: impl Fn(usize) -> bool) -> DMatrix<T> {
        if (0..self.neurons).filter(|&neuron| keep(neuron)).count() <= self.dim {
            return self.weights_where(scale, keep);
        }
        let gram = self.gram_where(scale, keep);
        NestedCholesky::new(gram).into_factor().map(T::of)
    }

    /// The second layer `a⁰ ~ N(0, 1)` of the authors' NT, from a stream of its own, so that the
    /// first layer is the same under both protocols.
    pub(super) fn second_layer<T: Real>(self) -> Vec<T> {
        let mut values = vec![T::zero(); self.neurons];
        let mut stream = Stream::new(self.seed, Purpose::Weights, SECOND_LAYERS | self.number);
        T::fill_normal(&mut stream, &mut values);
        values
    }
}

/// Draws of second layers are counted from here; those of first layers stay below.
const SECOND_LAYERS: u64 = 1 << 63;

/// What turns standard weights into those of NT, `w_i ~ N(0, Γ)` with Γ isotropic in the original
/// coordinates and of trace 1.
#[derive(Clone, Debug)]
pub(super) enum Isotropy {
    /// Γ = I/d in working coordinates too: a factor.
    Factor(f64),
    /// `Γ^{1/2}`, where the inputs had to be whitened.
    Root(Symmetric),
}

impl Isotropy {
    pub(super) fn of(problem: &impl Target) -> Self {
        let dim = problem.dim();
        let gamma = problem.isotropic();
        if gamma == Symmetric::isotropic(dim) {
            Self::Factor(1.0 / (dim as f64).sqrt())
        } else {
            Self::Root(gamma.map_eigenvalues(|value| value.max(0.0).sqrt()))
        }
    }

    /// `d×N` weights.
    pub(super) fn weights<T: Real>(&self, draw: Draw) -> DMatrix<T> {
        match self {
            Self::Factor(scale) => draw.weights(*scale),
            Self::Root(root) => root.times(&draw.weights(1.0)).map(T::of),
        }
    }

    /// `WWᵀ` of these weights, symmetric to the last bit.
    pub(super) fn gram<T: Real>(&self, draw: Draw) -> DMatrix<T> {
        match self {
            Self::Factor(scale) => draw.gram(*scale),
            Self::Root(root) => {
                let half = root.times(&draw.gram::<f64>(1.0));
                let mut both = root.times(&half.transpose()).map(T::of);
                both.fill_upper_triangle_with_lower_triangle();
                both
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Also where isotropic weights are not so in working coordinates, and without some neurons.
    #[test]
    fn other_gram_matrices_are_those_of_their_weights() {
        let root = DMatrix::from_row_slice(3, 3, &[0.9, 0.2, 0.1, 0.2, 0.5, 0.0, 0.1, 0.0, 0.3]);
        let law = Isotropy::Root(Symmetric::Full(root));
        for neurons in [2, 7] {
            let w: DMatrix<f64> = law.weights(Draw::new(5, 2, 3, neurons));
            let s = law.gram::<f64>(Draw::new(5, 2, 3, neurons));
            assert!((&w * w.transpose() - &s).amax() < 1e-14);
            assert_eq!(s, s.transpose());
        }
        let mut w: DMatrix<f64> = Draw::new(5, 2, 3, 8).weights(0.3);
        for i in [0, 2, 4, 6] {
            w.column_mut(i).fill(0.0);
        }
        let s = Draw::new(5, 2, 3, 8).gram_where::<f64>(0.3, |i| i % 2 == 1);
        let kept = Draw::new(5, 2, 3, 8).weights_where::<f64>(0.3, |i| i % 2 == 1);
        assert_eq!(kept, w.select_columns([1, 3, 5, 7].iter()));
        assert!((&w * w.transpose() - &s).amax() < 1e-14);
        let few: DMatrix<f64> = Draw::new(5, 2, 3, 8).factor(0.3, |i| i % 2 == 1);
        assert_eq!(few.ncols(), 3);
        assert!((&few * few.transpose() - &s).amax() < 1e-14);
        let kept: DMatrix<f64> = Draw::new(5, 2, 3, 6).factor(0.3, |i| i % 2 == 1);
        assert_eq!(
            kept,
            Draw::new(5, 2, 3, 6).weights_where(0.3, |i| i % 2 == 1)
        );
    }

    #[test]
    fn the_gram_matrix_is_that_of_the_weights() {
        for (dim, neurons) in [(1, 1), (3, 7), (8, 8), (8, 25), (9, 4)] {
            let w: DMatrix<f64> = Draw::new(5, 2, dim, neurons).weights(0.3);
            let s = Draw::new(5, 2, dim, neurons).gram::<f64>(0.3);
            assert!((&w * w.transpose() - &s).amax() < 1e-14);
            assert_eq!(s, s.transpose());
        }
    }
}
