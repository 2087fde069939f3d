//! The dimension that settings come to, and what they have in common with others.

use std::hash::{Hash, Hasher};

use super::{ProblemName, Settings, Weights};
use crate::spectrum::Spectrum;

impl Settings {
    /// Which problem they are about.
    pub fn problem_name(&self) -> ProblemName {
        self.problem
    }

    /// The dimension that given matrices fix, with the key of the first.
    pub fn given_dim(&self) -> Option<(&'static str, usize)> {
        let (key, sigma) = match self.problem {
            ProblemName::Quadratic => ("spectrum", None),
            ProblemName::Mixture => ("delta", self.sigma.fixed_dim()),
        };
        let form = self.spectrum.fixed_dim().map(|dim| (key, dim));
        form.or(sigma.map(|dim| ("sigma", dim)))
    }

    /// The dimension: that of a given matrix, else the one set, else that of given weights, else
    /// the default.
    pub fn dim(&self) -> usize {
        let of_weights = match &self.weights {
            Weights::Given(gamma) => Some(gamma.dim()),
            _ => None,
        };
        self.given_dim()
            .map(|(_, dim)| dim)
            .or(self.dim)
            .or(of_weights)
            .unwrap_or(self.default_dim)
    }

    /// Whether a matrix that was given fixes the dimension.
    pub fn has_given_dim(&self) -> bool {
        self.given_dim().is_some()
    }

    /// Whether the two ask for the same problem, but for its edited eigenvalues.
    pub fn has_same_plain_problem(&self, other: &Self) -> bool {
        let (one, two) = (&self.spectrum, &other.spectrum);
        self.problem == other.problem
            && one.source == two.source
            && one.sampling == two.sampling
            && one.seed == two.seed
            && self.sigma == other.sigma
            && self.is_rotated == other.is_rotated
            && self.dim == other.dim
    }

    /// Whether the two ask for the same problem.
    pub fn has_same_problem(&self, other: &Self) -> bool {
        self.has_same_plain_problem(other)
            && self.spectrum.multipliers == other.spectrum.multipliers
    }

    /// The same for all settings that [ask for the same problem](Self::has_same_problem).
    pub(crate) fn hash_problem(&self, hasher: &mut impl Hasher) {
        (self.problem.name(), self.dim, self.is_rotated).hash(hasher);
        let Spectrum {
            source,
            sampling,
            seed,
            multipliers,
        } = &self.spectrum;
        // Reals have no hash of their own, and matrices are rare in plans.
        format!(
            "{source:?} {sampling:?} {seed} {multipliers:?} {:?}",
            self.sigma
        )
        .hash(hasher);
    }

    /// The dimension that was set, even where a given spectrum makes it redundant.
    pub fn explicit_dim(&self) -> Option<usize> {
        self.dim
    }

    /// Takes over the dimension as it is set in `other`, be it automatic.
    pub(crate) fn copy_dim(&mut self, other: &Self) {
        self.dim = other.dim;
    }

    /// Takes over where one looks, and how it is shown.
    pub(crate) fn copy_view(&mut self, other: &Self) {
        self.rho.clone_from(&other.rho);
        self.axis = other.axis;
        self.log_scale = other.log_scale;
    }

    /// Sets the dimension. A problem cannot be made with one that contradicts a given matrix.
    pub fn set_dim(&mut self, dim: usize) {
        self.dim = Some(dim);
    }
}
