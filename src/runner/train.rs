//! A training run that can be watched.

use std::ops::ControlFlow;
use std::time::Instant;

use super::slice;
use crate::experiment::State;

/// Advances a run to its end. `watch` hears the number of steps made several times a second;
/// when it breaks, the run stays where it is.
pub fn train(state: &mut State, mut watch: impl FnMut(u64) -> ControlFlow<()>) {
    let mut steps = 1;
    while !state.is_finished() && watch(state.step()).is_continue() {
        let started = Instant::now();
        let mut made = 0;
        while made < steps && !state.is_finished() {
            made += state.advance(steps - made);
        }
        steps = slice::next(steps, started.elapsed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Plan;

    fn state() -> State {
        let text = r#"{"schema":1,"problem":"qf","dim":6,"neurons":3,"steps":3000}"#;
        State::new(Plan::from_json(text).unwrap()).unwrap()
    }

    #[test]
    fn watching_changes_nothing() {
        let mut watched = state();
        train(&mut watched, |_| ControlFlow::Continue(()));
        let mut alone = state();
        while !alone.is_finished() {
            alone.advance(u64::MAX);
        }
        assert_eq!(watched.record(), alone.record());
        assert!(!watched.record().interrupted);
    }

    #[test]
    fn a_watcher_ends_the_run() {
        let mut state = state();
        train(&mut state, |step| {
            if step > 10 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert!(state.step() > 10 && state.step() < 3000);
        assert!(state.record().interrupted);
    }
}
