//! How the step size changes over a run, by name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How the step size changes over a run.
///
/// With a constant step the noise of the samples keeps the risk above its minimum wherever the
/// target cannot be represented (N < d), by an amount that shrinks with the step; a decaying
/// step removes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Schedule {
    /// Constant for the first half of the run, then linearly to 0.
    #[default]
    Linear,
    /// Constant.
    Constant,
    /// The authors': NN divided by 10 after 85 % of the run and by 15 after 92.5 %, NT after
    /// 80 % and 90 %.
    Published,
}

impl Schedule {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Linear, Self::Constant, Self::Published];

    /// The name used everywhere: command line, page, files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Constant => "constant",
            Self::Published => "published",
        }
    }

    /// The schedule of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|schedule| schedule.name() == name)
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
