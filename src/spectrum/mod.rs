//! Spectra: the eigenvalues of B by family, sampled or by quantile, given, and edited by multipliers of
//! quantile groups.

mod family;

use nalgebra::{DMatrix, DVector};

use crate::linalg::{Symmetric, orthonormal_basis, ranks};
use crate::stream::{Purpose, Stream};

pub use family::{Family, FamilyName, Sampling};

/// Most quantile groups that an edit can have.
pub const MAX_GROUPS: usize = 24;

/// Where a spectrum comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A family, at any dimension.
    Family(Family),
    /// Numbers or a matrix, which fix the dimension.
    Given(Symmetric),
}

/// A spectrum that can be resolved at a dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// The family, or the numbers.
    pub source: Source,
    /// How a family that is a distribution becomes `d` numbers.
    pub sampling: Sampling,
    /// The seed of sampled families, apart from the runs' seed: a new run never changes the
    /// target.
    pub seed: u64,
    /// Factors of equally large groups of eigenvalues, the largest eigenvalues first; at most
    /// [`MAX_GROUPS`]. None means no change. They mean the same at any dimension.
    pub multipliers: Vec<f64>,
}

impl Spectrum {
    /// The dimension that the source fixes, if it does.
    pub fn fixed_dim(&self) -> Option<usize> {
        self.source.fixed_dim()
    }

    /// The matrix at dimension `dim` (for a given source, its own), before any edit: multipliers act
    /// on the eigenvalues of what is learnt, see [`edited`].
    pub fn at(&self, dim: usize) -> Symmetric {
        self.source.at(dim, self.sampling, self.seed)
    }
}

impl Source {
    /// The dimension that it fixes, if it does.
    pub fn fixed_dim(&self) -> Option<usize> {
        match self {
            Self::Family(_) => None,
            Self::Given(matrix) => Some(matrix.dim()),
        }
    }

    /// The matrix at dimension `dim`, or the given one. `seed` matters for sampled families only.
    pub fn at(&self, dim: usize, sampling: Sampling, seed: u64) -> Symmetric {
        match self {
            Self::Family(family) => Symmetric::diagonal(family.eigenvalues(dim, sampling, seed)),
            Self::Given(matrix) => matrix.clone(),
        }
    }
}

/// `values` with each of the equally large groups, the largest values first, multiplied by its
/// factor.
pub fn edited(values: &DVector<f64>, multipliers: &[f64]) -> DVector<f64> {
    let mut out = values.clone();
    if multipliers.is_empty() {
        return out;
    }
    for (rank, index) in ranks(values.as_slice()).into_iter().enumerate() {
        out[index] *= multipliers[group_of(rank, values.len(), multipliers.len())];
    }
    out
}

/// A `d×d` rotation from the spectrum seed: an orthonormal basis of as many random directions, apart
/// from the numbers of sampled eigenvalues.
pub fn random_rotation(seed: u64, dim: usize) -> DMatrix<f64> {
    let mut directions = DMatrix::<f32>::zeros(dim, dim);
    Stream::new(seed, Purpose::Spectrum, 1).fill_normal(directions.as_mut_slice());
    let basis = orthonormal_basis(&directions.cast());
    // Square matrices of normal numbers are singular with probability 0.
    debug_assert_eq!(basis.ncols(), dim);
    basis
}

/// The quantile group of the eigenvalue of that rank (0 is the largest) among `dim`.
pub fn group_of(rank: usize, dim: usize, groups: usize) -> usize {
    rank * groups / dim
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multipliers_act_on_ranks_whatever_the_order() {
        let values = DVector::from_vec(vec![1.0, 4.0, 3.0, 2.0]);
        let expected = DVector::from_vec(vec![1.0, 40.0, 30.0, 2.0]);
        assert_eq!(edited(&values, &[10.0, 1.0]), expected);
        assert_eq!(edited(&values, &[]), values);
    }
}
