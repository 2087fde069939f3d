//! The one list that names the parts of the house: a part is a paper, with all that is its own.

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
use crate::cli::PartProgram;
use crate::experiment::RunKind;
use crate::figure::{Figure, OpenSheet};
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
use crate::setting::Row;

/// A paper, as the layers know it: they ask for what it brings by name, and know nothing else of it.
pub struct Part {
    /// Its folder in `src`.
    pub name: &'static str,
    /// What it can run.
    pub runs: &'static [&'static RunKind],
    /// Its figures.
    pub figures: &'static [&'static dyn OpenSheet],
    /// What it brings to the command line.
    #[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
    pub program: PartProgram,
}

/// All of them.
pub static PARTS: &[Part] = &[
    #[cfg(feature = "lazy")]
    crate::lazy::PART,
    #[cfg(feature = "neuron")]
    crate::neuron::PART,
    #[cfg(feature = "toy")]
    crate::toy::PART,
];

/// All that can be run, in the order of the parts.
pub fn run_kinds() -> impl Iterator<Item = &'static RunKind> {
    PARTS.iter().flat_map(|part| part.runs).copied()
}

/// What is run under that name, in plans and commands.
pub fn run_kind(name: &str) -> Option<&'static RunKind> {
    run_kinds().find(|kind| kind.name == name)
}

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

/// All parameters, in the order of the parts; two parts may have the same key.
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    PARTS.iter().flat_map(|part| (part.program.rows)())
}
