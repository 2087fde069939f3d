//! What work needs of memory, in bytes. Every estimate is an upper one, good to a factor of two or so; a test runs each
//! command under all kinds of limits. What a run needs, its [outline](crate::experiment::Outline) says.

use serde_json::{Map, Value};

use crate::experiment::sweep::{Job, MOST_RUNS, cohorts};

use super::memory::{MemoryError, on_threads};

/// Runs side by side.
fn of_cohort(jobs: &[Job], cohort: &[usize]) -> f64 {
    cohort.iter().map(|&job| jobs[job].outline().bytes).sum()
}

/// What stays of runs that are finished: their records, as lines and as they are put into order.
fn of_records(jobs: &[Job], wanted: &[usize]) -> f64 {
    let reports = wanted.iter().map(|&job| {
        let each = 30.0 + 20.0 * jobs[job].plan().kind().measures.len() as f64;
        each * jobs[job].work().reports
    });
    2.5 * (1500.0 * wanted.len() as f64 + reports.sum::<f64>())
}

/// Cohorts of the runs `wanted`, and on how many of up to `threads` threads they fit. Where not all fit side by side,
/// every run is on its own.
///
/// # Errors
/// If one does not fit even alone.
pub fn share_out(
    jobs: &[Job],
    wanted: &[usize],
    threads: usize,
) -> Result<(Vec<Vec<usize>>, usize), MemoryError> {
    let records = of_records(jobs, wanted);
    let fitting = |cohorts: &[Vec<usize>]| {
        let needs = cohorts
            .iter()
            .map(|cohort| (of_cohort(jobs, cohort), cohort[0]));
        match needs.max_by(|a, b| a.0.total_cmp(&b.0)) {
            None => Ok(threads),
            Some((need, job)) => {
                let words = || jobs[job].outline().words.to_string();
                on_threads(words, need, records, threads)
            }
        }
    };
    let together = cohorts(jobs, wanted, threads);
    if fitting(&together) == Ok(threads) {
        return Ok((together, threads));
    }
    let alone = cohorts(jobs, wanted, usize::MAX);
    let fitting = fitting(&alone)?;
    Ok((alone, fitting))
}

/// A plan of many runs, of which each keeps all its settings, as it is read.
pub fn of_plan(plan: &Map<String, Value>) -> f64 {
    const JOB: f64 = 2600.0;
    let groups = plan.get("groups").and_then(Value::as_array);
    let of_group = |group: &Value| {
        let vary = group.get("vary").and_then(Value::as_object);
        let lists = vary.into_iter().flat_map(Map::values);
        let runs = lists.fold(1.0, |runs, list| {
            runs * list.as_array().map_or(1.0, |list| list.len() as f64)
        });
        // A matrix that is given stands in every run.
        let fixed = group.as_object().into_iter().flatten();
        let texts = fixed.filter_map(|(_, value)| value.as_str()).map(str::len);
        runs.min(MOST_RUNS as f64) * (JOB + 5.0 * texts.sum::<usize>() as f64)
    };
    groups.into_iter().flatten().map(of_group).sum()
}

/// A text of so many bytes as JSON: its text, and each number and name as a value.
pub fn of_json(length: u64) -> f64 {
    25.0 * length as f64
}
