//! Finished runs of a figure's plan, and where they were made.

use serde_json::Value;

use super::data::Seconds;
use crate::experiment::sweep::{Job, Sweep};
use crate::full_size::{self, Provenance, seconds_of_runs};
use crate::lazy::setting::Settings;
use crate::lazy::train::{Regime, Schedule};
use crate::lazy::training;
use crate::runner::Results;

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
    let runs = full_size::finished(sweep, results).into_iter();
    let done = runs.filter_map(|(job, record)| {
        Some(Done {
            job,
            settings: training::settings(job.plan()).ok()?,
            record,
        })
    });
    done.collect()
}

/// Where a figure is from. `seed` is that of the runs which are no repeats.
pub(super) fn provenance(
    sweep: &Sweep,
    results: &Results,
    seed: u64,
    command: Vec<String>,
) -> Provenance<Seconds> {
    Provenance::new(results, seconds(sweep, results, seed), command)
}

fn seconds(sweep: &Sweep, results: &Results, first_seed: u64) -> Seconds {
    let all = seconds_of_runs(results);
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
