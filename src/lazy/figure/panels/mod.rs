//! What is drawn apart: a file a panel.

pub(super) mod activation;
pub(super) mod arrows;
pub(super) mod classes;
pub(super) mod gain;
pub(super) mod laziness;
pub(super) mod risk;
pub(super) mod samples;
pub(super) mod spectrum;
