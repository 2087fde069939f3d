//! How long runs will take, from the first steps of some.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use super::sweep::SweepRunError;
use crate::experiment::sweep::{Job, Work, cohorts};
use crate::experiment::{State, advance_together};

/// Longest time for one kind of cohort, and for all of them.
const EACH: Duration = Duration::from_millis(200);
const ALL: Duration = Duration::from_secs(20);

/// Seconds of computing that each of the runs `wanted` will take on this machine, in cohorts as on
/// so many threads: those of each kind of cohort (problem, regimes, widths, activations) are
/// measured on a few steps and reports, and scaled by the work that each run is.
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
    let mut paces: HashMap<String, Pace> = HashMap::new();
    let mut seconds = HashMap::new();
    for (cohort, kind) in cohorts.iter().zip(kinds) {
        let pace = match paces.entry(kind) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(open) => *open.insert(Pace::measure(jobs, cohort, patience)?),
        };
        seconds.extend(cohort.iter().map(|&job| (job, pace.of(jobs[job].work()))));
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

/// Seconds that a cohort takes for a unit of work.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// In steps, and in what comes after them.
    step: f64,
    /// In reports.
    report: f64,
}

impl Pace {
    fn measure(jobs: &[Job], cohort: &[usize], patience: Duration) -> Result<Self, SweepRunError> {
        let mut states = Vec::with_capacity(cohort.len());
        for &job in cohort {
            let state = State::new(jobs[job].plan().clone());
            states.push(state.map_err(|error| SweepRunError::Run {
                id: jobs[job].id().to_owned(),
                error,
            })?);
        }
        let sum =
            |of: fn(&Work) -> f64| -> f64 { cohort.iter().map(|&job| of(&jobs[job].work())).sum() };
        let (step, report) = (sum(|work| work.step), sum(|work| work.report));
        // Reports may cost more than all steps and are dense at first, so they are timed apart, and
        // measuring goes on until there was a step without one.
        let (mut plain, mut reporting) = (Mean::default(), Mean::default());
        let started = Instant::now();
        let goes_on = |plain: &Mean| {
            let most = if plain.value().is_none() { 25 } else { 1 };
            started.elapsed() < most * patience
        };
        while goes_on(&plain) && !states.iter().all(State::is_finished) {
            let reports = |states: &[State]| -> usize {
                states.iter().map(|state| state.risks().len()).sum()
            };
            let (before, from) = (reports(&states), Instant::now());
            advance_together(&mut states.iter_mut().collect::<Vec<_>>(), 1);
            let seconds = from.elapsed().as_secs_f64();
            let kind = if reports(&states) == before {
                &mut plain
            } else {
                &mut reporting
            };
            kind.add(seconds);
        }
        let of_step = plain.value().map(|seconds| seconds / step);
        let of_both = reporting.value().map(|seconds| seconds / (step + report));
        let of_step = of_step.or(of_both).unwrap_or_default();
        let of_report = reporting
            .value()
            .map(|seconds| (seconds / report - of_step * step / report).max(0.0));
        Ok(Self {
            step: of_step,
            report: of_report.unwrap_or(of_step),
        })
    }

    fn of(self, work: Work) -> f64 {
        self.step * (work.steps * work.step + work.end) + self.report * work.reports * work.report
    }
}

/// A mean of values as they come, but for the first: what is in the cache after it was not before.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    first: Option<f64>,
    sum: f64,
    count: f64,
}

impl Mean {
    fn add(&mut self, value: f64) {
        if self.first.is_none() {
            self.first = Some(value);
        } else {
            self.sum += value;
            self.count += 1.0;
        }
    }

    fn value(self) -> Option<f64> {
        if self.count > 0.0 {
            Some(self.sum / self.count)
        } else {
            self.first
        }
    }
}
