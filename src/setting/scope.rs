//! Where a parameter is used: by which commands, for which problems.

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

/// Where a parameter is used: sets of commands and of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    places: u8,
    problems: u8,
}

impl Scope {
    /// `lazy-limits risk qf`; for the other problem [`of`](Self::of) it, here and below.
    pub const RISK: Self = Self::place(1);
    /// `lazy-limits exact qf`.
    pub const EXACT: Self = Self::place(2);
    /// `lazy-limits train qf`, and plans of runs.
    pub const TRAIN: Self = Self::place(4);
    /// A figure of the page: attributes, URL keys, state.
    pub const PAGE: Self = Self::place(8);
    /// The figure on activations; it has the parameters of the others.
    pub const ACTIVATION_PAGE: Self = Self::place(16);
    pub(super) const PAGES: Self = Self::place(24);
    pub(super) const ALL: Self = Self::place(31);
    pub(super) const COMMANDS: Self = Self::place(7);

    const fn place(places: u8) -> Self {
        Self {
            places,
            problems: ProblemName::Quadratic.flag(),
        }
    }

    /// The same place for another problem.
    #[must_use]
    pub const fn of(self, problem: ProblemName) -> Self {
        Self {
            problems: problem.flag(),
            ..self
        }
    }

    /// The same place for all problems.
    pub(super) const fn of_all(self) -> Self {
        Self {
            problems: u8::MAX,
            ..self
        }
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            places: self.places | other.places,
            problems: self.problems | other.problems,
        }
    }

    /// Whether the two have a place in common, for a problem in common.
    pub const fn contains(self, other: Self) -> bool {
        self.places & other.places != 0 && self.problems & other.problems != 0
    }

    /// The problem of a scope that has one.
    pub fn problem(self) -> ProblemName {
        if self.problems == ProblemName::Mixture.flag() {
            ProblemName::Mixture
        } else {
            ProblemName::Quadratic
        }
    }

    /// Whether it is the page's.
    pub(super) const fn is_page(self) -> bool {
        self.places & Self::PAGES.places == self.places
    }

    /// Whether it is about activations, so that another than the plainest is the default.
    pub(super) const fn is_about_activations(self) -> bool {
        self.places == Self::ACTIVATION_PAGE.places
    }

    /// Whether it is that of a command that draws a curve.
    pub(super) const fn has_curve(self) -> bool {
        self.places == Self::RISK.places || self.places == Self::EXACT.places
    }
}
