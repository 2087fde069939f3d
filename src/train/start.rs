//! Where the networks start: weights drawn neuron by neuron, in the eigenbasis of B, where
//! isotropic weights have the same law as in any other.

use nalgebra::DMatrix;

use crate::linalg::{add_product, normal, transposed};
use crate::problem::standard_weights;
use crate::stream::{Purpose, Stream};

use super::real::Real;

/// `d×N` weights of standard deviation `scale`.
pub(super) fn weights<T: Real>(
    seed: u64,
    draw: u64,
    dim: usize,
    neurons: usize,
    scale: f64,
) -> DMatrix<T> {
    standard_weights(seed, draw, dim, neurons).map(|value| T::of(f64::from(value) * scale))
}

/// `WWᵀ` of [`weights`], symmetric to the last bit, without ever holding more than d neurons.
pub(super) fn gram<T: Real>(
    seed: u64,
    draw: u64,
    dim: usize,
    neurons: usize,
    scale: f64,
) -> DMatrix<T> {
    let mut stream = Stream::new(seed, Purpose::Weights, draw);
    let mut s = DMatrix::zeros(dim, dim);
    let mut left = neurons;
    while left > 0 {
        let mut block = DMatrix::zeros(dim, left.min(dim));
        T::fill_normal(&mut stream, block.as_mut_slice());
        let square = T::of(scale * scale);
        add_product(&mut s, T::one(), square, normal(&block), transposed(&block));
        left -= block.ncols();
    }
    s.fill_upper_triangle_with_lower_triangle();
    s
}

/// The second layer `a⁰ ~ N(0, 1)` of the authors' NT, from a stream of its own, so that the
/// first layer is the same under both protocols.
pub(super) fn second_layer<T: Real>(seed: u64, draw: u64, neurons: usize) -> Vec<T> {
    let mut values = vec![T::zero(); neurons];
    let mut stream = Stream::new(seed, Purpose::Weights, SECOND_LAYERS | draw);
    T::fill_normal(&mut stream, &mut values);
    values
}

/// Draws of second layers are counted from here; those of first layers stay below.
const SECOND_LAYERS: u64 = 1 << 63;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gram_matrix_is_that_of_the_weights() {
        for (dim, neurons) in [(1, 1), (3, 7), (8, 8), (8, 25), (9, 4)] {
            let w: DMatrix<f64> = weights(5, 2, dim, neurons, 0.3);
            let s = gram::<f64>(5, 2, dim, neurons, 0.3);
            assert!((&w * w.transpose() - &s).amax() < 1e-14);
            assert_eq!(s, s.transpose());
        }
    }
}
