//! Why an exact risk is not given.

/// Weights that make no features, or no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FeaturesError {
    /// A neuron of length 0 is 0 everywhere.
    #[error("neuron {neuron} is 0, but weights must have a direction")]
    Zero {
        /// Its place, from 1.
        neuron: usize,
    },
    /// A weight is no number.
    #[error("neuron {neuron} has a weight that is not finite, but weights must be numbers")]
    NotFinite {
        /// Its place, from 1.
        neuron: usize,
    },
}

/// An exact risk that is not known: a solver that cannot vouch for its answer says so instead of giving it.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownRisk {
    /// Features that are nearly dependent.
    #[error(
        "the exact risk of {neurons} neurons is not known: some features nearly depend on others, and rounding decides it by up to {error:.0e}"
    )]
    Rounding {
        /// The width.
        neurons: usize,
        /// What the risk may be wrong by.
        error: f64,
    },
    /// A target that is 0 but with a probability that is no number in double precision.
    #[error(
        "the exact risk is not known: at a bias of {shift:.4} times its norm the target is 0 to double precision"
    )]
    Silent {
        /// Bias over norm.
        shift: f64,
    },
}
