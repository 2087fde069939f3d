//! What is to be learnt: the target, its moments, and the exact risk of a given predictor.

mod covariance;
mod mixture;
mod quadratic;
mod rounding;
mod settings;
mod target;
mod weights;

pub use covariance::{BestWeights, WeightCovariance};
pub use mixture::{Mixture, MixtureError};
pub(crate) use quadratic::remaining_sums;
pub use quadratic::{ProblemError, Quadratic};
pub use rounding::Rounding;
pub use target::{Problem, RiskScale, Target};
pub use weights::{covariant_weights, standard_weights};
