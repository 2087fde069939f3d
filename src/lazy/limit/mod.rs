//! Risks in the limit N, d → ∞ with N/d → ρ, in closed form.
//!
//! All of them describe the target by its eigenvalues at the given `d`, as the papers' figures
//! do: the spectrum at hand stands for its limiting distribution.

mod bayes;
mod laziness;
mod network;
mod neural_tangent;
mod random_features;

pub use bayes::bayes;
pub use laziness::Laziness;
pub use network::network;
pub use neural_tangent::{NeuralTangent, neural_tangent};
pub use random_features::RandomFeatures;

/// The number of neurons at `rho = N/d`, where a width is needed: `max(1, round(ρd))`.
pub fn neurons(rho: f64, dim: usize) -> usize {
    ((rho * dim as f64).round() as usize).max(1)
}
