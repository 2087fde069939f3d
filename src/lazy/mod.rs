//! The first paper as a part: random features, the neural tangent and trained networks on quadratic targets and mixtures
//! (Ghorbani, Mei, Misiakiewicz and Montanari, "Limitations of Lazy Training of Two-layers Neural Networks", NeurIPS 2019).

pub mod figure;
pub mod setting;
pub mod training;
#[cfg(target_arch = "wasm32")]
pub mod web;

use crate::part::Part;

/// What it brings to page and program.
pub const PART: Part = Part {
    name: "lazy",
    runs: &[&training::QF, &training::MG],
    figures: figure::FIGURES,
};
