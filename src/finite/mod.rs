//! Exact normalised risks at finite N and d: the population minimum for weights given, without
//! samples. The fully trained network's is [`crate::limit::network`], which is exact already.

mod dispatch;
mod neural_tangent;
mod random_features;

pub use dispatch::{nt_mean_risk, nt_risk, rf_risks};
pub use neural_tangent::{neural_tangent, neural_tangent_learned_mean, neural_tangent_mean};
pub use random_features::RandomFeatures;
