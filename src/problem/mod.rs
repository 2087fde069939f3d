//! What is to be learnt: the target, its moments, and the exact risk of a given predictor.

mod covariance;
mod quadratic;
mod weights;

pub use covariance::{BestWeights, WeightCovariance};
pub use quadratic::{ProblemError, Quadratic};
pub use weights::{covariant_weights, standard_weights};
