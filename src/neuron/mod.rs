//! The second paper as a part: one neuron against random features (Yehudai and Shamir, "On the Power and Limitations of Random
//! Features for Understanding Neural Networks", NeurIPS 2019).

mod bessel;
pub mod bound;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod commands;
pub mod distance;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod drawn;
pub mod exact;
pub mod figure;
mod incomplete_beta;
pub mod kernel;
pub mod line;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod paper;
pub mod polynomial;
pub mod problem;
mod radius;
pub mod setting;
mod shifted;
pub mod sphere;
pub mod tangent_line;
pub mod train;
pub mod training;
pub mod warm_up;
pub mod wave;

use crate::part::Part;

/// What it brings to page and program.
pub const PART: Part = Part {
    name: "neuron",
    runs: &[
        &training::NEURON,
        &polynomial::POLYNOMIAL,
        #[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
        &drawn::RANDOM_NEURONS,
    ],
    figures: figure::FIGURES,
    #[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
    program: commands::PROGRAM,
};
