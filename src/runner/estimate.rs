//! How long runs will take, from the first steps of some.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use super::sweep::SweepRunError;
use crate::experiment::sweep::{Job, Work};
use crate::experiment::{Run, advance_together};

/// Longest time for one kind of cohort.
const EACH: Duration = Duration::from_millis(200);

/// Shortest and longest time for all of them, in between a five-hundredth of what the runs will take.
const ALL: [f64; 2] = [0.3, 20.0];
const SHARE: f64 = 0.002;

/// Seconds of computing that each run of these cohorts will take on this machine: those of each kind of
/// cohort (see [`Outline::pace`](crate::experiment::Outline::pace)) are measured on a few steps and reports, and scaled by the work that
/// each run is. Kinds with the most work come first; where there are more than can be measured in a time that is worth
/// it, the others are taken to be as fast as the one of their family whose steps are most alike.
///
/// # Errors
/// If a run cannot be made.
pub fn estimate(
    jobs: &[Job],
    cohorts: Vec<Vec<usize>>,
) -> Result<HashMap<usize, f64>, SweepRunError> {
    let mut kinds: HashMap<String, CostKey> = HashMap::new();
    for cohort in cohorts {
        let total: f64 = cohort.iter().map(|&job| jobs[job].work().total()).sum();
        let kind = kinds.entry(kind(jobs, &cohort)).or_default();
        kind.work += total;
        kind.cohorts.push(cohort);
    }
    let mut kinds: Vec<(String, CostKey)> = kinds.into_iter().collect();
    kinds.sort_by(|a, b| b.1.work.total_cmp(&a.1.work).then_with(|| a.0.cmp(&b.0)));
    let started = Instant::now();
    let all: f64 = kinds.iter().map(|(_, kind)| kind.work).sum();
    let (mut known, mut work) = (0.0, 0.0);
    // Paces by family and work of a step; that is positive, so its bits are in its order.
    let mut paces: HashMap<(&str, &str), BTreeMap<u64, Speed>> = HashMap::new();
    let mut seconds = HashMap::new();
    for (index, (_, kind)) in kinds.iter().enumerate() {
        let first = &jobs[kind.cohorts[0][0]];
        let family = (first.plan().kind().name, first.outline().family);
        let alike = paces.entry(family).or_default();
        let step = first.work().step.to_bits();
        let budget = if index == 0 {
            ALL[1]
        } else {
            (SHARE * known * all / work).clamp(ALL[0], ALL[1])
        };
        let left = budget - started.elapsed().as_secs_f64();
        let known_pace = nearest(alike, step).filter(|_| left <= 0.0);
        let pace = if let Some(pace) = known_pace {
            pace
        } else {
            let each = left.max(0.0) / (kinds.len() - index) as f64;
            let patience = EACH.min(Duration::from_secs_f64(each));
            let pace = Speed::measure(jobs, &kind.cohorts[0], patience)?;
            alike.insert(step, pace);
            pace
        };
        for &job in kind.cohorts.iter().flatten() {
            let of_job = pace.of(jobs[job].work());
            known += of_job;
            seconds.insert(job, of_job);
        }
        work += kind.work;
    }
    Ok(seconds)
}

/// Cohorts whose steps take as long.
#[derive(Default)]
struct CostKey {
    cohorts: Vec<Vec<usize>>,
    /// Of all of them.
    work: f64,
}

/// The pace of those steps that are most alike.
fn nearest(paces: &BTreeMap<u64, Speed>, step: u64) -> Option<Speed> {
    let below = paces.range(..=step).next_back();
    let above = paces.range(step..).next();
    let nearest = below.into_iter().chain(above);
    let pace = nearest.min_by_key(|(other, _)| other.abs_diff(step));
    pace.map(|(_, pace)| *pace)
}

/// What runs of a cohort share with those of another whose steps take as long.
fn kind(jobs: &[Job], cohort: &[usize]) -> String {
    let of = |&job: &usize| {
        let (plan, outline) = (jobs[job].plan(), jobs[job].outline());
        format!("{} {}", plan.kind().name, outline.pace)
    };
    cohort.iter().map(of).collect::<Vec<_>>().join(", ")
}

/// Seconds that a cohort takes for a unit of work.
#[derive(Clone, Copy, Debug)]
struct Speed {
    /// In steps, and in what comes after them.
    step: f64,
    /// In reports.
    report: f64,
}

impl Speed {
    fn measure(jobs: &[Job], cohort: &[usize], patience: Duration) -> Result<Self, SweepRunError> {
        let mut states = Vec::with_capacity(cohort.len());
        for &job in cohort {
            let state = jobs[job].plan().begin();
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
        while goes_on(&plain) && !states.iter().all(|state| state.is_finished()) {
            let reports = |states: &[Box<dyn Run>]| -> usize {
                states.iter().map(|state| state.reports().len()).sum()
            };
            let (before, from) = (reports(&states), Instant::now());
            let mut runs: Vec<&mut dyn Run> = states.iter_mut().map(|state| &mut **state).collect();
            advance_together(&mut runs, 1);
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
