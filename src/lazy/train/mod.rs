//! Networks trained on samples: one-pass SGD for NT and NN, least squares for RF.
//!
//! [`Trainer`] drives them all. Training is in single precision; risks are exact, for the
//! population, in double precision. Batches come from [`crate::stream`] by seed and step alone.
//!
//! NT and NN have σ = x²; for a quadratic target they can have any other activation too, for which
//! nothing but training tells how low the risk can be.

mod activated_network;
mod activated_tangent;
mod batch;
mod geometry;
mod lazy_network;
mod least_squares;
mod model;
mod networks;
mod neural_network;
mod neural_tangent;
mod positive_form;
mod published_tangent;
mod real;
mod schedule;
mod settings;
mod sgd;
mod signed_network;
mod start;
mod step_size;
mod step_size_activated;
mod step_size_mixture;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_activated;
#[cfg(test)]
mod tests_lazy;
#[cfg(test)]
mod tests_mixture;
#[cfg(test)]
mod tests_plain;
#[cfg(test)]
mod tests_work;
mod together;
mod trained_layer;
mod trainer;

pub use crate::lazy::setting::{Protocol, Regime, Schedule, SecondLayer};
pub use geometry::{Geometry, Neurons};
pub use schedule::report_steps;
pub use settings::{TrainError, TrainSettings};
pub use together::advance_together;
pub use trainer::{TrainState, Trainer};
