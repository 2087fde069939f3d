//! What work needs of memory, in bytes. Every estimate is an upper one, good to a factor of two or so; a test runs each
//! command under all kinds of limits.

use serde_json::{Map, Value};

use crate::experiment::Plan;
use crate::experiment::sweep::{Job, MOST_RUNS, cohorts};
use crate::linalg::Symmetric;
use crate::setting::{ProblemName, Settings, Weights};
use crate::spectrum::Source;
use crate::train::Regime;

use super::memory::{MemoryError, on_threads, require};

/// A real number.
const REAL: f64 = 8.0;

/// A target, its limits, and the covariance of weights: nothing to speak of where all is diagonal, and some matrices
/// for eigenvalue problems and changes of basis where it is not.
pub fn of_target(settings: &Settings) -> f64 {
    let d = settings.dim() as f64;
    let form = is_full(&settings.spectrum.source);
    let target: f64 = match settings.problem_name() {
        ProblemName::Quadratic if form => 7.0,
        ProblemName::Mixture if form || is_full(&settings.sigma) => 14.0,
        // A family is turned, or as good as not.
        ProblemName::Mixture if settings.is_rotated => 14.0,
        _ => 0.0,
    };
    let weights = match &settings.weights {
        Weights::Given(Symmetric::Full(_)) => 7.0,
        _ => 0.0,
    };
    REAL * ((target + weights) * d * d + 50.0 * d)
}

fn is_full(source: &Source) -> bool {
    matches!(source, Source::Given(Symmetric::Full(_)))
}

/// Exact risks of one draw of so many neurons: U, L and its inverse (N² each), the weights in three forms, and the d×d matrices of
/// NT. A mixture has a kernel for each class, and its NT is solved by iterations.
pub(super) fn of_draw(is_mixture: bool, dim: usize, neurons: usize) -> f64 {
    let (d, n) = (dim as f64, neurons as f64);
    let (kernels, squares) = if is_mixture { (4.6, 13.0) } else { (3.5, 5.0) };
    REAL * (kernels * n * n + 3.0 * n * d + squares * d * d)
}

/// A run with its target and its optimum; only the target if it is larger than any run may be, which is said once that is made.
pub fn of_run(plan: &Plan) -> f64 {
    let Ok(training) = plan.bytes() else {
        return of_target(plan.settings());
    };
    let settings = plan.settings();
    let is_mixture = settings.problem_name() == ProblemName::Mixture;
    let dim = settings.dim();
    let neurons = plan.neurons();
    let optimum = match settings.regime {
        Regime::Rf => of_draw(is_mixture, 0, neurons),
        Regime::Nt => of_draw(is_mixture, dim, 0) + REAL * 3.0 * (dim * neurons.min(dim)) as f64,
        Regime::Nn => 0.0,
    };
    // Its numbers are put together and then written; the optimum comes later.
    let checkpoint = 0.7 * training;
    of_target(settings) + training + f64::max(optimum, checkpoint)
}

/// Runs side by side.
fn of_cohort(jobs: &[Job], cohort: &[usize]) -> f64 {
    cohort.iter().map(|&job| of_run(jobs[job].plan())).sum()
}

/// What stays of runs that are finished: their records, as lines and as they are put into order.
fn of_records(jobs: &[Job], wanted: &[usize]) -> f64 {
    let reports = wanted.iter().map(|&job| jobs[job].work().reports);
    2.5 * (1500.0 * wanted.len() as f64 + 50.0 * reports.sum::<f64>())
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
            Some((need, job)) => on_threads(|| in_words(jobs[job].plan()), need, records, threads),
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

/// Refuses a run that does not fit.
///
/// # Errors
/// If it does not.
pub fn fits(plan: &Plan) -> Result<(), MemoryError> {
    require(|| in_words(plan), of_run(plan))
}

/// Refuses a target that does not fit.
///
/// # Errors
/// If it does not.
pub fn target_fits(settings: &Settings) -> Result<(), MemoryError> {
    let what = || format!("a target in {} dimensions needs", settings.dim());
    require(what, of_target(settings))
}

/// A run in a sentence.
fn in_words(plan: &Plan) -> String {
    let settings = plan.settings();
    format!(
        "a run of {} with {} neurons in {} dimensions, batch {}, needs",
        settings.regime,
        plan.neurons(),
        settings.dim(),
        settings.batch
    )
}
