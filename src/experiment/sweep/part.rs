//! A plan in several parts, for several machines.

use std::fmt;
use std::str::FromStr;

use super::{Job, SweepError};

/// Most parts.
const MOST: usize = 10_000;

/// One of several parts of a plan, written `3/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanPart {
    index: usize,
    count: usize,
}

impl PlanPart {
    /// The whole plan.
    pub const WHOLE: Self = Self { index: 1, count: 1 };

    /// Part `index` of `count`, both from 1; none if there are not so many, or more than ten thousand.
    pub fn new(index: usize, count: usize) -> Option<Self> {
        let is_part = (1..=MOST).contains(&count) && (1..=count).contains(&index);
        is_part.then_some(Self { index, count })
    }

    /// How many parts there are.
    pub fn count(self) -> usize {
        self.count
    }

    /// Which of `jobs` are of this part, in the plan's order: of all runs, the most work first,
    /// every count-th, there and back, so that each part has about as much to do as any other. Of
    /// runs of equal work the first in the plan is first, so it is the same everywhere.
    pub fn of(self, jobs: &[Job]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..jobs.len()).collect();
        order.sort_by(|&a, &b| jobs[b].work().total().total_cmp(&jobs[a].work().total()));
        let mut chosen: Vec<usize> = order
            .into_iter()
            .enumerate()
            .filter(|(place, _)| {
                let (round, seat) = (place / self.count, place % self.count);
                let seat = if round % 2 == 0 {
                    seat
                } else {
                    self.count - 1 - seat
                };
                seat == self.index - 1
            })
            .map(|(_, job)| job)
            .collect();
        chosen.sort_unstable();
        chosen
    }
}

impl FromStr for PlanPart {
    type Err = SweepError;

    fn from_str(text: &str) -> Result<Self, SweepError> {
        let refused = || SweepError::Part(text.chars().take(40).collect());
        let (index, count) = text.split_once('/').ok_or_else(refused)?;
        let number = |text: &str| text.parse::<usize>().map_err(|_| refused());
        Self::new(number(index)?, number(count)?).ok_or_else(refused)
    }
}

impl fmt::Display for PlanPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}
