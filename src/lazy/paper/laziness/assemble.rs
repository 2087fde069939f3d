//! The figure's data from its runs.

use super::data::{ExactLine, LazinessData, LazyDot};
use super::exact::limit_lines;
use super::preset::LazinessPreset;
use crate::experiment::sweep::Sweep;
use crate::lazy::paper::finished::{Done, finished, provenance};
use crate::lazy::problem::{Problem, Target};
use crate::lazy::training;
use crate::runner::Results;
use crate::setting::{Parameters, SettingError, VERSION};

/// Puts the figure together from the `results` of its plan, as many as there are, and from exact lines. `command` is what
/// asked for it.
///
/// # Errors
/// Never: presets make targets.
pub fn assemble(
    preset: &LazinessPreset,
    sweep: &Sweep,
    results: &Results,
    exact: Vec<ExactLine>,
    command: Vec<String>,
) -> Result<LazinessData, SettingError> {
    let settings = preset.settings()?;
    let problem = settings.problem()?;
    let done = finished(sweep, results);
    let runs = [done.len(), sweep.jobs().len()];
    let mut notes = Vec::new();
    if runs[0] < runs[1] {
        notes.push("not all runs are finished: what is missing is left out".to_owned());
    }
    let mut dots: Vec<LazyDot> = done.iter().map(|run| dot(run, &problem, &exact)).collect();
    dots.sort_by(|a, b| {
        let laziness = a.laziness.total_cmp(&b.laziness);
        a.neurons.cmp(&b.neurons).then(laziness)
    });
    Ok(LazinessData {
        schema: VERSION,
        figure: LazinessPreset::NAME.into(),
        preset: preset.size.name().into(),
        complete: runs[0] == runs[1],
        runs,
        notes,
        provenance: provenance(sweep, results, settings.seed, command),
        problem: problem.name().into(),
        dim: problem.dim(),
        trace_ratio: problem.form().trace_ratio(),
        target: settings.to_json(false),
        seed: settings.seed,
        steps: preset.steps,
        batch: settings.batch,
        lines: limit_lines(preset, &problem),
        exact,
        dots,
    })
}

fn dot(run: &Done<'_>, problem: &Problem, exact: &[ExactLine]) -> LazyDot {
    let neurons = training::neurons(&run.settings);
    let laziness = run.settings.laziness.first().copied().unwrap_or_default();
    let risk = run.risk();
    let last = run.record["risk"].as_array().and_then(|risks| risks.last());
    let at_end = |member: &str| {
        last.and_then(|at| at[member].as_f64())
            .filter(|_| risk.is_some())
    };
    let mut lines = exact.iter();
    let best = lines.find(|line| line.neurons == neurons);
    let best = best.and_then(|line| line.at(laziness));
    LazyDot {
        neurons,
        rho: neurons as f64 / problem.dim() as f64,
        laziness,
        risk,
        movement: at_end("movement"),
        alignment: at_end("alignment"),
        optimum: run.record["optimum"].as_f64(),
        least_movement: best.map(|[_, movement, _]| movement),
        best_alignment: best.map(|[_, _, alignment]| alignment),
        step_size: run.record["step_sizes"][0][1].as_f64(),
        diverged_at: run.record["diverged_at"].as_u64(),
        run: run.job.id().to_owned(),
    }
}
