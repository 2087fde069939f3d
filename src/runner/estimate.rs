//! How long runs will take, from the first steps of some.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use super::sweep::SweepRunError;
use crate::experiment::sweep::{Job, cohorts};
use crate::experiment::{State, advance_together};

/// Longest time for one kind of cohort, and for all of them.
const EACH: Duration = Duration::from_millis(200);
const ALL: Duration = Duration::from_secs(20);

/// Seconds of computing that each of the runs `wanted` will take on this machine, in cohorts as on
/// so many threads: those of each kind of cohort (problem, regimes, widths, activations) are
/// measured on a few steps, and scaled by the work that each run is.
///
/// # Errors
/// If a run cannot be made.
pub fn estimate(
    jobs: &[Job],
    wanted: &[usize],
    threads: usize,
) -> Result<HashMap<usize, f64>, SweepRunError> {
    let cohorts = cohorts(jobs, wanted, threads);
    let kinds: Vec<String> = cohorts.iter().map(|cohort| kind(jobs, cohort)).collect();
    let distinct = kinds.iter().collect::<HashSet<_>>().len();
    let patience = EACH.min(ALL / distinct.max(1) as u32);
    let mut speeds: HashMap<String, f64> = HashMap::new();
    let mut seconds = HashMap::new();
    for (cohort, kind) in cohorts.iter().zip(kinds) {
        let speed = match speeds.entry(kind) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(open) => *open.insert(speed(jobs, cohort, patience)?),
        };
        seconds.extend(
            cohort
                .iter()
                .map(|&job| (job, jobs[job].work().total() / speed)),
        );
    }
    Ok(seconds)
}

/// What runs of a cohort share with those of another whose steps take as long.
fn kind(jobs: &[Job], cohort: &[usize]) -> String {
    let of = |&job: &usize| {
        let plan = jobs[job].plan();
        let settings = plan.settings();
        format!(
            "{} {} {} {} {} {} {} {}",
            settings.problem_name().name(),
            settings.dim(),
            settings.regime,
            plan.neurons(),
            settings.batch,
            settings.activation,
            settings.protocol,
            settings.second_layer,
        )
    };
    cohort.iter().map(of).collect::<Vec<_>>().join(", ")
}

/// Work of a cohort in a second.
fn speed(jobs: &[Job], cohort: &[usize], patience: Duration) -> Result<f64, SweepRunError> {
    let mut states = Vec::with_capacity(cohort.len());
    for &job in cohort {
        let state = State::new(jobs[job].plan().clone());
        states.push(state.map_err(|error| SweepRunError::Run {
            id: jobs[job].id().to_owned(),
            error,
        })?);
    }
    let advance = |states: &mut [State]| {
        advance_together(&mut states.iter_mut().collect::<Vec<_>>(), 1);
    };
    let work = |states: &[State]| -> f64 {
        let each = cohort.iter().zip(states).map(|(&job, state)| {
            let reports = state.risks().len() as f64;
            jobs[job].work().until(state.step() as f64, reports)
        });
        each.sum()
    };
    // What is in the cache after the first step was not before it.
    advance(&mut states);
    let (first, started) = (work(&states), Instant::now());
    while started.elapsed() < patience && !states.iter().all(State::is_finished) {
        advance(&mut states);
    }
    let made = work(&states) - first;
    Ok(made.max(1.0) / started.elapsed().as_secs_f64().max(1e-6))
}
