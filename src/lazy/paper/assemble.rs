//! A figure's data from its runs.

use super::data::{BestRun, Exact, FigureData, Grid, Repeat, Trajectory, name, subject};
use super::finished::{Done, finished, provenance};
use super::preset::Preset;
use super::preset::WidthFigure;
use super::theory;
use crate::experiment::sweep::{Sweep, best};
use crate::lazy::problem::{Problem, Target};
use crate::lazy::train::Regime;
use crate::lazy::training;
use crate::runner::Results;
use crate::setting::{Parameters, SettingError, VERSION};

/// Puts a figure together from the `results` of its plan, as many as there are, and from exact random
/// features. `command` is what asked for it.
///
/// # Errors
/// Never: presets make targets.
pub fn assemble(
    preset: &Preset,
    sweep: &Sweep,
    results: &Results,
    exact: Vec<Exact>,
    command: Vec<String>,
) -> Result<FigureData, SettingError> {
    let settings = preset.settings()?;
    let problem = settings.problem()?;
    let done = finished(sweep, results);
    let count = done.len();
    let (done, again): (Vec<_>, Vec<_>) = done
        .into_iter()
        .partition(|run| run.settings.seed == settings.seed);
    let dots = dots(&done, &problem);
    let mut notes = Vec::new();
    if count < sweep.jobs().len() {
        notes.push("not all runs are finished: what is missing is left out, and step sizes are the best of those tried so far".to_owned());
    }
    let edges = dots.iter().filter(|dot| dot.at_edge && dot.grid.len() > 1);
    let edges = edges.count();
    if edges > 0 {
        notes.push(format!(
            "best step sizes at the edge of those tried: {edges} (at_edge)"
        ));
    }
    if preset.figure == WidthFigure::Activation {
        notes.push("networks of other activations than x² have no formulas, and no lift to d×d either: NT, whose steps cost most, is left at twice the dimension, and constant steps and other seeds are left out; tanh, which learns nothing, is trained at three widths and the automatic step size only".to_owned());
    }
    Ok(FigureData {
        schema: VERSION,
        figure: preset.figure.name().into(),
        preset: preset.size.name().into(),
        complete: count == sweep.jobs().len(),
        runs: [count, sweep.jobs().len()],
        notes,
        provenance: provenance(sweep, results, settings.seed, command),
        problem: problem.name().into(),
        dim: problem.dim(),
        trace_ratio: problem.form().trace_ratio(),
        target: settings.to_json(false),
        seed: settings.seed,
        steps: preset.steps,
        batch: settings.batch,
        lines: theory::lines(preset, &problem),
        exact,
        trajectories: trajectories(preset, &done, &dots, &problem),
        repeats: again.iter().map(|run| repeat(run, &problem)).collect(),
        dots,
    })
}

fn repeat(run: &Done<'_>, problem: &Problem) -> Repeat {
    let settings = &run.settings;
    let neurons = training::neurons(&run.settings);
    Repeat {
        subject: settings.regime.into(),
        activation: settings.activation.name().into(),
        rho: neurons as f64 / problem.dim() as f64,
        neurons,
        seed: settings.seed,
        risk: run.risk(),
        optimum: run.record["optimum"].as_f64(),
        run: run.job.id().to_owned(),
    }
}

/// One dot for each network and schedule, at its best step size, and one for each fit.
fn dots(done: &[Done<'_>], problem: &Problem) -> Vec<BestRun> {
    type DotKey = (Regime, &'static str, &'static str, &'static str, usize);
    let mut groups: Vec<(DotKey, Vec<&Done<'_>>)> = Vec::new();
    for run in done {
        let settings = &run.settings;
        let key = (
            settings.regime,
            weights(run),
            settings.activation.name(),
            settings.schedule.name(),
            training::neurons(&run.settings),
        );
        match groups.iter_mut().find(|group| group.0 == key) {
            Some(group) => group.1.push(run),
            None => groups.push((key, vec![run])),
        }
    }
    let dim = problem.dim() as f64;
    let mut dots: Vec<BestRun> = groups
        .into_iter()
        .map(
            |((regime, weights, activation, schedule, neurons), mut runs)| {
                runs.sort_by(|a, b| a.scale().total_cmp(&b.scale()));
                let tried: Vec<(f64, Option<f64>)> =
                    runs.iter().map(|run| (run.scale(), run.risk())).collect();
                let choice = best(&tried);
                let chosen = choice.map(|choice| runs[choice.index]);
                let is_fit = regime == Regime::Rf;
                BestRun {
                    subject: subject(regime.into(), weights),
                    weights: is_fit.then_some(weights.into()),
                    activation: activation.into(),
                    schedule: (!is_fit).then_some(schedule.into()),
                    rho: neurons as f64 / dim,
                    neurons,
                    risk: chosen.and_then(Done::risk),
                    optimum: runs[0].record["optimum"].as_f64(),
                    step_scale: chosen.filter(|_| !is_fit).map(Done::scale),
                    step_size: chosen.and_then(|run| run.record["step_sizes"][0][1].as_f64()),
                    at_edge: !is_fit && choice.is_some_and(|choice| choice.at_edge),
                    run: chosen.map(|run| run.job.id().to_owned()),
                    grid: if is_fit {
                        Vec::new()
                    } else {
                        runs.iter().map(|run| grid(run)).collect()
                    },
                }
            },
        )
        .collect();
    dots.sort_by_cached_key(|dot| {
        (
            name(dot.subject),
            dot.weights.clone(),
            dot.activation.clone(),
            dot.schedule.clone(),
            dot.neurons,
        )
    });
    dots
}

fn grid(run: &Done<'_>) -> Grid {
    Grid {
        step_scale: run.scale(),
        risk: run.record["final"].as_f64(),
        diverged_at: run.record["diverged_at"].as_u64(),
        run: run.job.id().to_owned(),
    }
}

fn weights(run: &Done<'_>) -> &'static str {
    use crate::setting::Weights;
    match run.settings.weights {
        Weights::Aligned => "aligned",
        Weights::Best => "best",
        Weights::Isotropic | Weights::Given(_) => "isotropic",
    }
}

/// The runs behind the dots of the decaying step size at the widths that are shown.
fn trajectories(
    preset: &Preset,
    done: &[Done<'_>],
    dots: &[BestRun],
    problem: &Problem,
) -> Vec<Trajectory> {
    let shown = |dot: &&BestRun| {
        dot.schedule.as_deref() == Some("linear") && preset.shown.contains(&dot.neurons)
    };
    let wanted = dots.iter().filter(shown);
    wanted
        .filter_map(|dot| {
            let id = dot.run.as_deref()?;
            let run = done.iter().find(|run| run.job.id() == id)?;
            let reports = run.record["risk"].as_array()?;
            let (samples, risk) = reports
                .iter()
                .filter_map(|at| Some((at["samples"].as_u64()?, at["risk"].as_f64()?)))
                .unzip();
            Some(Trajectory {
                subject: dot.subject,
                activation: dot.activation.clone(),
                rho: dot.neurons as f64 / problem.dim() as f64,
                neurons: dot.neurons,
                run: id.to_owned(),
                optimum: dot.optimum,
                samples,
                risk,
            })
        })
        .collect()
}
