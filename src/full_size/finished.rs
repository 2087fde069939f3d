//! Finished runs of a figure's plan.

use std::collections::HashMap;

use serde_json::Value;

use crate::experiment::sweep::{Job, Sweep};
use crate::runner::Results;

/// The runs of a plan that are finished, in its order, each with its record.
pub fn finished<'a>(sweep: &'a Sweep, results: &Results) -> Vec<(&'a Job, Value)> {
    let records: HashMap<&str, &str> = results
        .lines
        .iter()
        .map(|(id, line)| (id.as_str(), line.as_str()))
        .collect();
    let jobs = sweep.jobs().iter();
    jobs.filter_map(|job| Some((job, serde_json::from_str(records.get(job.id())?).ok()?)))
        .collect()
}
