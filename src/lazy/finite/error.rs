//! Why an exact risk is not given.

/// A solver that cannot vouch for its answer says so instead of giving it.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SolveError {
    /// NT's solver of a mixture did not come near enough.
    #[error(
        "the exact NT risk of {neurons} neurons is not known: its solver vouches for ±{error:.0e} only, as Σ^-½ΔΣ^-½ has eigenvalues near both -1 and 1 or neurons nearly depend on each other"
    )]
    Tangent {
        /// The width.
        neurons: usize,
        /// What the risk may be wrong by.
        error: f64,
    },
    /// It depends on digits that the weights do not have which space neurons span.
    #[error(
        "the exact NT risk of {neurons} neurons is not known: some neurons nearly depend on others, and rounding decides it by ±{error:.0e}"
    )]
    Span {
        /// The width.
        neurons: usize,
        /// What the risk may be wrong by.
        error: f64,
    },
    /// The kernel matrix of random features is singular to rounding, but not known to be so.
    #[error(
        "the exact RF risk of {neurons} neurons is not known: some features depend on others to rounding, and what they add (at most {error:.0e}) is lost in it"
    )]
    Features {
        /// The width.
        neurons: usize,
        /// What the risk may be wrong by.
        error: f64,
    },
}

impl SolveError {
    /// The number of neurons.
    pub const fn neurons(&self) -> usize {
        match *self {
            Self::Tangent { neurons, .. }
            | Self::Span { neurons, .. }
            | Self::Features { neurons, .. } => neurons,
        }
    }

    /// What the risk may be wrong by.
    pub const fn error(&self) -> f64 {
        match *self {
            Self::Tangent { error, .. }
            | Self::Span { error, .. }
            | Self::Features { error, .. } => error,
        }
    }
}
