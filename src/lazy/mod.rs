//! The first paper: what a two-layer network learns with its features frozen (RF), linearised (NT) or trained (NN).

pub mod training;

use crate::part::Part;

/// What the house knows of it.
pub const PART: Part = Part {
    name: "lazy",
    runs: &[&training::QF, &training::MG],
};
