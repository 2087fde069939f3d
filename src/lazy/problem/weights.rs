//! First-layer weights, drawn neuron by neuron.

use nalgebra::DMatrix;

use crate::linalg::Symmetric;
use crate::stream::{Purpose, Stream};

/// A `d×N` matrix of independent N(0, 1) entries, neuron by neuron: the first columns of a wide
/// draw are the narrow draw of the same `seed` and `draw`.
pub fn standard_weights(seed: u64, draw: u64, dim: usize, neurons: usize) -> DMatrix<f32> {
    let mut w = DMatrix::zeros(dim, neurons);
    Stream::new(seed, Purpose::Weights, draw).fill_normal(w.as_mut_slice());
    w
}

/// A `d×N` matrix whose columns are independent N(0, Γ): `Γ^{1/2}` times [`standard_weights`].
/// Negative eigenvalues of Γ (rounding) count as 0.
pub fn covariant_weights(seed: u64, draw: u64, gamma: &Symmetric, neurons: usize) -> DMatrix<f64> {
    let standard = standard_weights(seed, draw, gamma.dim(), neurons).cast::<f64>();
    gamma
        .map_eigenvalues(|value| value.max(0.0).sqrt())
        .times(&standard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_network_is_a_prefix_of_a_wide_one() {
        let narrow = standard_weights(3, 1, 5, 4);
        let wide = standard_weights(3, 1, 5, 9);
        assert_eq!(narrow, wide.columns(0, 4));
    }

    /// The sample covariance of `n` columns has standard error √((Γ_ij² + Γ_iiΓ_jj)/n) at most
    /// √(2/n)·max Γ; five of them are allowed.
    #[test]
    fn columns_have_the_covariance_asked_for() {
        let gamma = Symmetric::Full(DMatrix::from_row_slice(2, 2, &[0.7, 0.3, 0.3, 0.3]));
        let n = 100_000;
        let w = covariant_weights(1, 0, &gamma, n);
        let sample = &w * w.transpose() / n as f64;
        let error = (2.0 / n as f64).sqrt() * 0.7;
        assert!((sample - gamma.to_matrix()).amax() < 5.0 * error);
    }
}
