//! What values are about, so that nobody lists parameters: what is compared, copied and forgotten follows from the table.

use serde::Serialize;

/// What a value is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// What is to be learnt, before its eigenvalues are edited.
    Target,
    /// Edits of its eigenvalues.
    Edits,
    /// Features that are not trained: their weights and activation.
    Features,
    /// What is trained, from where and on what.
    Training,
    /// How long, and in what steps.
    Pace,
    /// The step size, with another of which runs under way can go on.
    Step,
    /// Where one looks: at which width.
    Place,
    /// Where one looks along another axis than that of the width.
    Dial,
    /// How it is drawn, and whose runs.
    View,
}

impl About {
    /// All that decides what is to be learnt.
    pub const PROBLEM: &[Self] = &[Self::Target, Self::Edits];
    /// All that a run may depend on.
    pub const RUNS: &[Self] = &[
        Self::Target,
        Self::Edits,
        Self::Features,
        Self::Training,
        Self::Pace,
        Self::Step,
    ];
    /// All that decides only where one looks, and how that is drawn.
    pub const LOOKING: &[Self] = &[Self::Place, Self::Dial, Self::View];
}
