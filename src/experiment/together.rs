//! Several runs, one step after the other.

use super::State;

/// Makes `steps` steps of every run that has as many left; fewer of one that ends before. Each
/// comes to what it would have come to alone, bit for bit.
///
/// The runs need have nothing in common; those of one target, seed and batch see the same samples
/// at the same step, so whoever has several keeps them at the same step.
pub fn advance_together(states: &mut [&mut State], steps: u64) {
    for state in states {
        let mut left = steps;
        while left > 0 && !state.is_finished() {
            left -= state.advance(left).min(left);
        }
    }
}
