//! The dimension that settings come to.

use super::{ProblemName, Settings};
use crate::setting::{Scope, Weights};

impl Settings {
    /// The dimension that given matrices fix, with the key of the first.
    pub fn given_dim(&self) -> Option<(&'static str, usize)> {
        let (key, sigma) = match self.problem_name() {
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
            .unwrap_or(if self.scope.is_within(Scope::PAGES) {
                64
            } else {
                450
            })
    }

    /// Whether a matrix that was given fixes the dimension.
    pub fn has_given_dim(&self) -> bool {
        self.given_dim().is_some()
    }

    /// The dimension that was set, even where a given spectrum makes it redundant.
    pub fn explicit_dim(&self) -> Option<usize> {
        self.dim
    }

    /// Sets the dimension, or leaves it to be found. A problem cannot be made with one that contradicts a given matrix.
    pub fn set_dim(&mut self, dim: Option<usize>) {
        self.dim = dim;
    }
}
