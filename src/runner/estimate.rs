//! How long runs will take, from the first steps of some.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::sweep::SweepRunError;
use crate::experiment::State;
use crate::experiment::sweep::Job;

/// Longest time for one kind of run, and for all of them.
const EACH: Duration = Duration::from_millis(200);
const ALL: Duration = Duration::from_secs(20);

/// Seconds that each run will take on one thread of this machine: those of each kind (problem,
/// regime, width, activation) are measured on a few steps, and scaled by the work that each is.
///
/// # Errors
/// If a run cannot be made.
pub fn estimate(jobs: &[&Job]) -> Result<Vec<f64>, SweepRunError> {
    let mut speeds: HashMap<String, f64> = HashMap::new();
    let kinds: Vec<String> = jobs.iter().map(|job| kind(job)).collect();
    let mut distinct = kinds.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let patience = EACH.min(ALL / distinct.len().max(1) as u32);
    let mut seconds = Vec::with_capacity(jobs.len());
    for (job, kind) in jobs.iter().zip(kinds) {
        let speed = if let Some(&speed) = speeds.get(&kind) {
            speed
        } else {
            let speed = speed(job, patience)?;
            speeds.insert(kind, speed);
            speed
        };
        seconds.push(job.work().total() / speed);
    }
    Ok(seconds)
}

fn kind(job: &Job) -> String {
    let settings = job.plan().settings();
    format!(
        "{} {} {} {} {} {} {} {}",
        settings.problem_name().name(),
        settings.dim(),
        settings.regime,
        job.plan().neurons(),
        settings.batch,
        settings.activation,
        settings.protocol,
        settings.second_layer,
    )
}

/// Work in a second.
fn speed(job: &Job, patience: Duration) -> Result<f64, SweepRunError> {
    let mut state = State::new(job.plan().clone()).map_err(|error| SweepRunError::Run {
        id: job.id().to_owned(),
        error,
    })?;
    // What is in the cache after the first step was not before it.
    state.advance(1);
    let work = |state: &State| {
        let reports = state.risks().len() as f64;
        job.work().until(state.step() as f64, reports)
    };
    let (first, started) = (work(&state), Instant::now());
    while started.elapsed() < patience && !state.is_finished() {
        state.advance(1);
    }
    let made = work(&state) - first;
    Ok(made.max(1.0) / started.elapsed().as_secs_f64().max(1e-6))
}
