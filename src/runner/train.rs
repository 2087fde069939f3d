//! A run that can be watched, and saved as it goes.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::checkpoint::{Checkpoint, Saving};
use super::slice;
use super::store_error::StoreError;
use super::timed::timed;
use crate::experiment::Run;

/// A run, and the seconds of computing that it took so far.
pub struct Training {
    /// The run.
    pub state: Box<dyn Run>,
    /// The processor's time, over all sessions.
    pub seconds: f64,
}

impl Training {
    /// Advances the run to its end. `watch` hears the number of steps made several times a second; when it breaks, the
    /// run stays where it is. With `saving` it is saved at once, now and then, and where it ends or stays; `note` hears
    /// of a checkpoint on the way that could not be written.
    ///
    /// # Errors
    /// If the first or the last checkpoint cannot be written. Without the first one no step is made.
    pub fn run(
        &mut self,
        saving: Option<&Saving>,
        mut watch: impl FnMut(u64) -> ControlFlow<()>,
        mut note: impl FnMut(&StoreError),
    ) -> Result<(), StoreError> {
        let Self { state, seconds } = self;
        let save = |state: &dyn Run, seconds: f64| match saving {
            Some(saving) => Checkpoint::save(&saving.path, state, seconds),
            None => Ok(()),
        };
        let started = Instant::now();
        save(&**state, *seconds)?;
        // Better than to find out at the end of a long run.
        let (mut saved, mut took) = (Instant::now(), started.elapsed());
        let mut steps = 1;
        while !state.is_finished() && watch(state.step()).is_continue() {
            let started = Instant::now();
            let ((), computed) = timed(|| {
                let mut made = 0;
                while made < steps && !state.is_finished() {
                    made += state.advance(steps - made);
                }
            });
            *seconds += computed;
            steps = slice::next(steps, started.elapsed());
            let every = saving.map_or(Duration::MAX, |saving| saving.every.max(10 * took));
            if saved.elapsed() >= every {
                let started = Instant::now();
                // The run goes on: at the next try there may be room.
                if let Err(error) = save(&**state, *seconds) {
                    note(&error);
                }
                (saved, took) = (Instant::now(), started.elapsed());
            }
        }
        save(&**state, *seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Plan;

    fn training() -> Training {
        let text = r#"{"schema":1,"problem":"qf","dim":6,"neurons":3,"steps":3000}"#;
        let state = Plan::from_json(text).unwrap().begin().unwrap();
        Training {
            state,
            seconds: 0.0,
        }
    }

    fn saved_at(name: &str) -> Saving {
        let name = format!("lazy-limits-{name}-{}", std::process::id());
        Saving {
            path: std::env::temp_dir().join(name),
            every: Duration::ZERO,
        }
    }

    #[test]
    fn watching_and_saving_change_nothing() {
        let saving = saved_at("watched");
        let mut watched = training();
        let watch = |_| ControlFlow::Continue(());
        watched
            .run(Some(&saving), watch, |error| panic!("{error}"))
            .unwrap();
        let mut alone = training().state;
        while !alone.is_finished() {
            alone.advance(u64::MAX);
        }
        assert_eq!(watched.state.record(true), alone.record(true));
        assert!(watched.state.is_finished());
        // What is finished is saved too.
        let (state, seconds) = Checkpoint::read(&saving.path).unwrap().restore().unwrap();
        std::fs::remove_file(&saving.path).unwrap();
        assert_eq!(state.record(true), alone.record(true));
        assert_eq!(seconds.to_bits(), watched.seconds.to_bits());
    }

    #[test]
    fn a_watcher_ends_the_run() {
        let saving = saved_at("ended");
        let mut training = training();
        let watch = |step| {
            if step > 10 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        training
            .run(Some(&saving), watch, |error| panic!("{error}"))
            .unwrap();
        let state = training.state;
        assert!(state.step() > 10 && state.step() < 3000);
        assert!(!state.is_finished());
        let saved = Checkpoint::read(&saving.path).unwrap();
        std::fs::remove_file(&saving.path).unwrap();
        assert_eq!(saved.plan().unwrap(), *state.plan());
        assert_eq!(saved.restore().unwrap().0.record(true), state.record(true));
    }

    #[test]
    fn where_nothing_can_be_saved_nothing_is_run() {
        let mut training = training();
        let mut saving = saved_at("nowhere");
        saving.path.push("run");
        let watch = |_| panic!("it runs");
        let error = training.run(Some(&saving), watch, |_| ()).unwrap_err();
        assert!(error.to_string().contains("cannot be written"), "{error}");
        assert_eq!(training.state.step(), 0);
    }
}
