//! Exact least risks at features given: without samples, for all widths and many targets at once.

mod draws;
mod error;
mod features;
mod fit;
mod gram;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod plan;

pub use draws::{random_directions, target_directions};
pub use error::{FeaturesError, UnknownRisk};
pub use features::{FeatureKind, NestedFeatures};
pub use fit::{Combination, MeanAndSd, NestedFit};
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub use plan::{
    AverageOfDraws, DrawnAverages, FeaturePlan, FeaturePlanError, MAX_TANGENT_FEATURES,
};
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub(crate) use plan::{bytes, has_tangent, in_words};
