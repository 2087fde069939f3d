//! Where a parameter is used: by which commands and figures, for which problems.

/// Where a parameter is used: sets of places and of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    places: u8,
    problems: u8,
}

impl Scope {
    /// `lazy-limits risk …` for the first problem of a part; [`with_problems`](Self::with_problems) for others, here and below.
    pub const RISK: Self = Self::place(1);
    /// `lazy-limits exact …`.
    pub const EXACT: Self = Self::place(2);
    /// `lazy-limits train …`, and plans of runs.
    pub const TRAIN: Self = Self::place(4);
    /// A figure of the page: attributes, URL keys, state.
    pub const PAGE: Self = Self::place(8);
    /// All commands.
    pub const COMMANDS: Self = Self::place(7);

    /// A place of a part's own, a power of two from 16 on, or several of them.
    pub const fn place(places: u8) -> Self {
        Self {
            places,
            problems: 1,
        }
    }

    /// The same places for other problems: bits, of which the part knows the meaning.
    #[must_use]
    pub const fn with_problems(self, problems: u8) -> Self {
        Self { problems, ..self }
    }

    /// The same places for all problems.
    #[must_use]
    pub const fn of_all(self) -> Self {
        self.with_problems(u8::MAX)
    }

    /// The places of both, for the problems of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            places: self.places | other.places,
            problems: self.problems | other.problems,
        }
    }

    /// Whether the two have a place in common, for a problem in common.
    pub const fn contains(self, other: Self) -> bool {
        self.places & other.places != 0 && self.problems & other.problems != 0
    }

    /// Whether it has no other places than these, whatever the problems.
    pub const fn is_within(self, places: Self) -> bool {
        self.places & places.places == self.places
    }

    /// Its problems.
    pub const fn problems(self) -> u8 {
        self.problems
    }
}
