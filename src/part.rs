//! The one list that names the parts of the house: a part is a paper, with all that is its own.

use crate::experiment::RunKind;
use crate::lazy;

/// A paper, as the layers know it: they ask for what it brings by name, and know nothing else of it.
#[derive(Debug)]
pub struct Part {
    /// Its folder in `src`.
    pub name: &'static str,
    /// What it can run.
    pub runs: &'static [&'static RunKind],
}

/// All of them.
pub static PARTS: &[Part] = &[lazy::PART];

/// All that can be run, in the order of the parts.
pub fn run_kinds() -> impl Iterator<Item = &'static RunKind> {
    PARTS.iter().flat_map(|part| part.runs).copied()
}

/// What is run under that name, in plans and commands.
pub fn run_kind(name: &str) -> Option<&'static RunKind> {
    run_kinds().find(|kind| kind.name == name)
}
