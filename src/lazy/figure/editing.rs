//! Editing the spectrum: factors of quantile groups of eigenvalues.

use super::Explorable;
use crate::spectrum::{MAX_GROUPS, group_of};

impl Explorable {
    /// The mean eigenvalue of each group that can be dragged, edited.
    pub(super) fn group_means(&self) -> Vec<f64> {
        let (dim, count) = (self.dim(), self.multipliers().len());
        let mut sums = vec![(0.0, 0_u32); count];
        for (rank, &value) in self.sorted_eigenvalues().iter().enumerate() {
            let (sum, size) = &mut sums[group_of(rank, dim, count)];
            *sum += value;
            *size += 1;
        }
        sums.iter()
            .map(|&(sum, size)| sum / f64::from(size.max(1)))
            .collect()
    }

    /// The factors of the groups in force, 1 where none are set.
    pub(super) fn multipliers(&self) -> Vec<f64> {
        let set = &self.settings().spectrum.multipliers;
        if set.is_empty() {
            vec![1.0; MAX_GROUPS.min(self.dim())]
        } else {
            set.clone()
        }
    }
}
