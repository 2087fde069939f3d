//! The first paper as a part: random features, the neural tangent and trained networks on quadratic targets and mixtures
//! (Ghorbani, Mei, Misiakiewicz and Montanari, "Limitations of Lazy Training of Two-layers Neural Networks", NeurIPS 2019).

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod commands;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod exact;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod exact_laziness;
pub mod figure;
pub mod finite;
pub mod limit;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub mod paper;
pub mod problem;
pub mod setting;
pub mod train;
pub mod training;
#[cfg(target_arch = "wasm32")]
pub mod web;

use crate::part::Part;

/// What it brings to page and program.
pub const PART: Part = Part {
    name: "lazy",
    runs: &[&training::QF, &training::MG],
    figures: figure::FIGURES,
    #[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
    program: commands::PROGRAM,
};
