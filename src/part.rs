//! The parts of the house: a paper each. This is the only place that names them all.

use crate::figure::{Figure, OpenSheet};
use crate::lazy;

/// A paper: what it brings to page and program.
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// Its figures.
    pub figures: &'static [&'static dyn OpenSheet],
}

/// All of them.
pub static PARTS: &[Part] = &[lazy::PART];

/// All figures, in the order of the parts.
pub fn figures() -> impl Iterator<Item = &'static dyn OpenSheet> {
    PARTS.iter().flat_map(|part| part.figures).copied()
}

/// The figure of that name.
pub fn figure(name: &str) -> Option<&'static dyn OpenSheet> {
    figures().find(|figure| figure.name() == name)
}

/// The figure of that name, in its default state.
pub fn open(name: &str) -> Option<Box<dyn Figure>> {
    figure(name).map(OpenSheet::open)
}
