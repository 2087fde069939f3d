//! What a two-layer network can learn with its features frozen (RF), linearised (NT) or
//! fully trained (NN).

pub mod activation;
pub mod chart;
pub mod experiment;
pub mod figure;
pub mod finite;
pub mod limit;
pub mod linalg;
pub mod problem;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod runner;
pub mod setting;
pub mod spectrum;
pub mod stream;
pub mod train;
#[cfg(target_arch = "wasm32")]
pub mod web;
