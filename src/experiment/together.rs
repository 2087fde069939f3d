//! Runs that see the same samples, side by side.

use super::TrainingRun;
use crate::train;

/// Makes up to `steps` steps of each run, and records their risks; each goes on as if it were alone, bit for bit, but what
/// they have in common is computed once (see [`train::advance_together`]).
pub fn advance_together(states: &mut [&mut TrainingRun], steps: u64) {
    let mut left = steps;
    while left > 0 {
        let until = |state: &&mut TrainingRun| state.until_report();
        let Some(next) = states.iter().map(until).filter(|&steps| steps > 0).min() else {
            return;
        };
        let some = next.min(left);
        let mut trainers: Vec<_> = states.iter_mut().map(|state| state.trainer_mut()).collect();
        train::advance_together(&mut trainers, some);
        for state in states.iter_mut() {
            state.report_if_due();
        }
        left -= some;
    }
}
