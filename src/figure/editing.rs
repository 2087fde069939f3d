//! Editing the spectrum: factors of quantile groups of eigenvalues.

use super::explorable::Explorable;
use crate::setting::SettingError;
use crate::spectrum::{MAX_GROUPS, group_of};

/// The quantile groups of the spectrum that can be dragged.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Groups {
    /// How many.
    pub count: usize,
    /// The factor of each.
    pub multipliers: Vec<f64>,
    /// The mean eigenvalue of each, edited.
    pub values: Vec<f64>,
}

impl Explorable {
    /// The groups that can be dragged, with the values of what is in front.
    pub fn groups(&self) -> Groups {
        let front = self.front();
        let dim = front.dim();
        let multipliers = front.multipliers();
        let count = multipliers.len();
        let mut sums = vec![(0.0, 0_u32); count];
        for (rank, &value) in front.sorted_eigenvalues().iter().enumerate() {
            let (sum, size) = &mut sums[group_of(rank, dim, count)];
            *sum += value;
            *size += 1;
        }
        Groups {
            count,
            multipliers,
            values: sums
                .iter()
                .map(|&(sum, size)| sum / f64::from(size.max(1)))
                .collect(),
        }
    }

    /// The multipliers in force, 1 where none are set.
    pub(super) fn multipliers(&self) -> Vec<f64> {
        let set = &self.settings().spectrum.multipliers;
        if set.is_empty() {
            vec![1.0; MAX_GROUPS.min(self.dim())]
        } else {
            set.clone()
        }
    }

    /// Sets the factor of one group.
    ///
    /// # Errors
    /// If the result is no target (all eigenvalues 0).
    pub fn set_multiplier(&mut self, group: usize, factor: f64) -> Result<(), SettingError> {
        let mut multipliers = self.multipliers();
        if let Some(slot) = multipliers.get_mut(group) {
            *slot = factor;
        }
        let all_one = multipliers
            .iter()
            .all(|factor| factor.total_cmp(&1.0).is_eq());
        let text: Vec<String> = multipliers.iter().map(ToString::to_string).collect();
        self.set_text(
            "multipliers",
            if all_one {
                String::new()
            } else {
                text.join(",")
            }
            .as_str(),
        )
    }

    /// Which group is drawn as focused.
    pub fn focus_group(&mut self, group: Option<usize>) {
        self.focus = group;
    }
}
