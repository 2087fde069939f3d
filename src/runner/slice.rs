//! Slices of a run, between which somebody can be heard.

use std::time::Duration;

/// How long a slice is to take: what Ctrl-C waits for.
pub(super) const SLICE: Duration = Duration::from_millis(50);

/// The number of steps after one of `steps` that took `elapsed`. Slices find their size: steps differ by a factor of 10⁶
/// between runs.
pub(super) fn next(steps: u64, elapsed: Duration) -> u64 {
    if elapsed < SLICE / 2 {
        steps.saturating_mul(2)
    } else if elapsed > SLICE {
        (steps / 2).max(1)
    } else {
        steps
    }
}
