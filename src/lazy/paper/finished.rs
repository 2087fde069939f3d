//! Finished runs of a figure's plan, and where they were made.

use std::collections::HashMap;

use serde_json::Value;

use super::data::{Provenance, Seconds, Share};
use crate::experiment::sweep::{Job, Sweep};
use crate::lazy::setting::Settings;
use crate::lazy::train::{Regime, Schedule};
use crate::lazy::training;
use crate::runner::{Effort, Results};
use crate::stream;

/// A finished run.
pub(super) struct Done<'a> {
    pub(super) job: &'a Job,
    pub(super) settings: Settings,
    pub(super) record: Value,
}

impl Done<'_> {
    pub(super) fn scale(&self) -> f64 {
        self.settings.step_scale
    }

    /// The final risk, none if it diverged.
    pub(super) fn risk(&self) -> Option<f64> {
        let diverged = self.record["diverged_at"].is_u64();
        self.record["final"].as_f64().filter(|_| !diverged)
    }
}

/// The runs of a plan that are finished, in its order.
pub(super) fn finished<'a>(sweep: &'a Sweep, results: &Results) -> Vec<Done<'a>> {
    let records: HashMap<&str, &str> = results
        .lines
        .iter()
        .map(|(id, line)| (id.as_str(), line.as_str()))
        .collect();
    sweep
        .jobs()
        .iter()
        .filter_map(|job| {
            Some(Done {
                job,
                settings: training::settings(job.plan()).ok()?,
                record: serde_json::from_str(records.get(job.id())?).ok()?,
            })
        })
        .collect()
}

/// Where a figure is from. `seed` is that of the runs which are no repeats.
pub(super) fn provenance(
    sweep: &Sweep,
    results: &Results,
    seed: u64,
    command: Vec<String>,
) -> Provenance {
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        streams: stream::VERSION,
        command,
        machines: machines(&results.efforts),
        seconds: seconds(sweep, &results.efforts, seed),
    }
}

fn machines(efforts: &[Effort]) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for Effort {
        machine, seconds, ..
    } in efforts
    {
        match shares.iter_mut().find(|share| share.machine == *machine) {
            Some(share) => share.seconds += seconds,
            None => shares.push(Share {
                machine: machine.clone(),
                seconds: *seconds,
            }),
        }
    }
    shares.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    shares
}

fn seconds(sweep: &Sweep, efforts: &[Effort], first_seed: u64) -> Seconds {
    let mut all: HashMap<&str, f64> = HashMap::new();
    for Effort { run, seconds, .. } in efforts {
        *all.entry(run).or_default() += seconds;
    }
    let mut sums = Seconds::default();
    for job in sweep.jobs() {
        let Ok(settings) = training::settings(job.plan()) else {
            continue;
        };
        let sum = match (settings.regime, settings.schedule) {
            (Regime::Rf, _) => &mut sums.fits,
            (_, Schedule::Constant) => &mut sums.constant,
            _ if settings.seed != first_seed => &mut sums.repeats,
            _ if settings.step_scale.total_cmp(&1.0).is_eq() => &mut sums.decaying,
            _ => &mut sums.other_sizes,
        };
        *sum += all.get(job.id()).copied().unwrap_or_default();
    }
    sums
}
