//! The problems of the part, and the places of its parameters.

use super::Settings;
use crate::setting::{Parameters, Scope};

/// Which problem is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemName {
    /// `qf`: the quadratic target.
    Quadratic,
    /// `mg`: the mixture of two Gaussians.
    Mixture,
}

impl ProblemName {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Quadratic, Self::Mixture];

    /// The name used everywhere: command line, page, files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quadratic => "qf",
            Self::Mixture => "mg",
        }
    }

    /// The problem of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.name() == name)
    }

    const fn flag(self) -> u8 {
        match self {
            Self::Quadratic => 1,
            Self::Mixture => 2,
        }
    }
}

impl Settings {
    /// Which problem they are about.
    pub fn problem_name(&self) -> ProblemName {
        self.scope().problem()
    }
}

/// The places of this part.
impl Scope {
    /// The figure on activations; it has the parameters of the others.
    pub const ACTIVATION_PAGE: Self = Self::place(16);
    /// The figure on laziness, at one width a time.
    pub const LAZINESS_PAGE: Self = Self::place(32);
    /// The figures against width.
    pub(super) const WIDTH_PAGES: Self = Self::PAGE.and(Self::ACTIVATION_PAGE);
    pub(super) const PAGES: Self = Self::WIDTH_PAGES.and(Self::LAZINESS_PAGE);
    pub(super) const ALL: Self = Self::COMMANDS.and(Self::PAGES);

    /// The same place for another problem of this part.
    #[must_use]
    pub const fn of(self, problem: ProblemName) -> Self {
        self.with_problems(problem.flag())
    }

    /// The problem of a scope of this part that has one.
    pub fn problem(self) -> ProblemName {
        if self.problems() == ProblemName::Mixture.flag() {
            ProblemName::Mixture
        } else {
            ProblemName::Quadratic
        }
    }

    /// Whether it is that of a command that draws a curve.
    pub(super) const fn has_curve(self) -> bool {
        self.is_within(Self::RISK) || self.is_within(Self::EXACT)
    }
}
