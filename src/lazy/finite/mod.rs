//! Exact normalised risks at finite N and d: the population minimum for weights given, without
//! samples. The fully trained network's is [`Target::network_exact`](crate::lazy::problem::Target).

mod bayes;
mod dispatch;
mod error;
mod explained;
mod laziness;
mod mixture_features;
mod mixture_tangent;
mod neural_tangent;
mod random_features;

pub use bayes::{Sampled, bayes, bayes_sampled};
pub use dispatch::{nt_mean_risk, nt_risk, nt_risks, rf_risks};
pub use error::SolveError;
pub use laziness::{LazyOptimum, LazyStart, alignment, start_variance};
pub use mixture_features::MixtureFeatures;
pub use mixture_tangent::mixture_tangent;
pub use neural_tangent::{
    neural_tangent, neural_tangent_learned_mean, neural_tangent_mean, neural_tangents,
};
pub(crate) use random_features::Kernel;
pub use random_features::QuadraticFeatures;
