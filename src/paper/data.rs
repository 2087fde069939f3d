//! A figure's data: the schema of its JSON.

use std::collections::HashMap;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::preset::Preset;
use super::theory;
use crate::experiment::sweep::{Job, Sweep, best};
use crate::figure::{FigureName, Subject};
use crate::problem::{Problem, Target};
use crate::setting::{SettingError, VERSION};
use crate::stream;
use crate::train::Regime;

/// Everything that a figure shows, and where it is from.
#[derive(Clone, Debug, Serialize)]
pub struct FigureData {
    /// Version of this layout.
    pub schema: u64,
    /// `quadratic`, `mixture` or `activation`.
    pub figure: &'static str,
    /// `paper` or `quick`.
    pub preset: &'static str,
    /// Whether all its runs are finished.
    pub complete: bool,
    /// Finished runs, and all.
    pub runs: [usize; 2],
    /// What does not appear in the numbers.
    pub notes: Vec<String>,
    /// Where it is from.
    #[serde(flatten)]
    pub provenance: Provenance,
    /// `qf` or `mg`.
    pub problem: &'static str,
    /// Input dimension d.
    pub dim: usize,
    /// τ of the target, of a mixture that of `Δ̃`.
    pub trace_ratio: f64,
    /// The target, by the settings that are not the default.
    pub target: Map<String, Value>,
    /// Seed of weights and batches.
    pub seed: u64,
    /// Steps of SGD, and samples in each.
    pub steps: u64,
    /// See [`FigureData::steps`].
    pub batch: usize,
    /// Limits and exact values without draws, against ρ.
    pub lines: Vec<Line>,
    /// Exact random features: mean and sd over draws.
    pub exact: Vec<Exact>,
    /// Trained networks at their best step size, and fits.
    pub dots: Vec<Dot>,
    /// Risk against samples of some of them.
    pub trajectories: Vec<Trajectory>,
}

/// Where a figure is from.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Version of the random streams.
    pub streams: u32,
    /// The command as it was given.
    pub command: Vec<String>,
    /// Where it was drawn.
    pub machine: Machine,
    /// Seconds of computing that the runs took, added up over threads, parts and sessions.
    pub seconds: f64,
}

/// A computer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Machine {
    /// The processor's own name, if the system tells.
    pub cpu: Option<String>,
    /// Threads that it runs at once.
    pub cores: usize,
    /// The operating system.
    pub os: &'static str,
    /// The architecture.
    pub arch: &'static str,
}

/// A line against ρ.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// What it stands for.
    #[serde(rename = "regime", serialize_with = "regime")]
    pub subject: Subject,
    /// Whether it is the limit N, d → ∞, and not an exact value at this d.
    pub limit: bool,
    /// Its label.
    pub name: String,
    /// Weights of random features.
    pub weights: Option<&'static str>,
    /// The activation that it is about.
    pub activation: &'static str,
    /// Where it goes.
    #[serde(flatten)]
    pub curve: Curve,
}

/// Risks at values of ρ.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Curve {
    /// `ρ = N/d`.
    pub rho: Vec<f64>,
    /// The risks there.
    pub risk: Vec<f64>,
}

/// Exact random features.
#[derive(Clone, Debug, Serialize)]
pub struct Exact {
    /// What they stand for.
    #[serde(rename = "regime", serialize_with = "regime")]
    pub subject: Subject,
    /// Their weights.
    pub weights: &'static str,
    /// Their activation.
    pub activation: &'static str,
    /// Draws of weights.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// One a width.
    pub points: Vec<Point>,
}

/// An exact risk at a width.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Point {
    /// `ρ = N/d`.
    pub rho: f64,
    /// Width N.
    pub neurons: usize,
    /// Mean over draws.
    pub mean: f64,
    /// Sample standard deviation.
    pub sd: Option<f64>,
}

/// A trained network, or a fit, and the step sizes that it was chosen from.
#[derive(Clone, Debug, Serialize)]
pub struct Dot {
    /// What it stands for.
    #[serde(rename = "regime", serialize_with = "regime")]
    pub subject: Subject,
    /// Weights of random features.
    pub weights: Option<&'static str>,
    /// The activation.
    pub activation: &'static str,
    /// Schedule of the step size; none for a fit.
    pub schedule: Option<&'static str>,
    /// `ρ = N/d`.
    pub rho: f64,
    /// Width N.
    pub neurons: usize,
    /// The final risk; none if the run diverged at every step size.
    pub risk: Option<f64>,
    /// The exact optimum at this N and d.
    pub optimum: Option<f64>,
    /// Factor of the automatic step size.
    pub step_scale: Option<f64>,
    /// The step size itself.
    pub step_size: Option<f64>,
    /// Whether the best step size is the smallest or the largest tried so far.
    pub at_edge: bool,
    /// Id of the run.
    pub run: Option<String>,
    /// All step sizes tried.
    pub grid: Vec<Grid>,
}

/// A run at one step size.
#[derive(Clone, Debug, Serialize)]
pub struct Grid {
    /// Factor of the automatic step size.
    pub step_scale: f64,
    /// The final risk.
    pub risk: Option<f64>,
    /// The step at which it diverged.
    pub diverged_at: Option<u64>,
    /// Id of the run.
    pub run: String,
}

/// Risk against samples.
#[derive(Clone, Debug, Serialize)]
pub struct Trajectory {
    /// What it stands for.
    #[serde(rename = "regime", serialize_with = "regime")]
    pub subject: Subject,
    /// The activation.
    pub activation: &'static str,
    /// `ρ = N/d`.
    pub rho: f64,
    /// Width N.
    pub neurons: usize,
    /// Id of the run.
    pub run: String,
    /// The exact optimum at this N and d.
    pub optimum: Option<f64>,
    /// Samples used.
    pub samples: Vec<u64>,
    /// The risk after them.
    pub risk: Vec<f64>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the form that serde asks for
fn regime<S: Serializer>(subject: &Subject, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(name(*subject))
}

/// The regime's name, and `bayes`.
pub(super) fn name(subject: Subject) -> &'static str {
    match subject {
        Subject::Rf | Subject::RfAligned | Subject::RfBest => "rf",
        Subject::Nt => "nt",
        Subject::Nn => "nn",
        Subject::Bayes => "bayes",
    }
}

/// A finished run.
struct Done<'a> {
    job: &'a Job,
    record: Value,
}

impl Done<'_> {
    fn scale(&self) -> f64 {
        self.job.plan().settings().step_scale
    }

    /// The final risk, none if it diverged.
    fn risk(&self) -> Option<f64> {
        let diverged = self.record["diverged_at"].is_u64();
        self.record["final"].as_f64().filter(|_| !diverged)
    }
}

/// Puts a figure together from the `lines` of its finished runs (id and record), as many as there
/// are, and exact random features.
///
/// # Errors
/// Never: presets make targets.
pub fn assemble(
    preset: &Preset,
    sweep: &Sweep,
    lines: &[(String, String)],
    exact: Vec<Exact>,
    provenance: Provenance,
) -> Result<FigureData, SettingError> {
    let settings = preset.settings()?;
    let problem = settings.problem()?;
    let records: HashMap<&str, &str> = lines
        .iter()
        .map(|(id, line)| (id.as_str(), line.as_str()))
        .collect();
    let done: Vec<Done<'_>> = sweep
        .jobs()
        .iter()
        .filter_map(|job| {
            let record = serde_json::from_str(records.get(job.id())?).ok()?;
            Some(Done { job, record })
        })
        .collect();
    let dots = dots(&done, &problem);
    let mut notes = Vec::new();
    if done.len() < sweep.jobs().len() {
        notes.push("not all runs are finished: what is missing is left out, and step sizes are the best of those tried so far".to_owned());
    }
    let edges = dots.iter().filter(|dot| dot.at_edge && dot.grid.len() > 1);
    let edges = edges.count();
    if edges > 0 {
        notes.push(format!(
            "{edges} dots have their best step size at the edge of those tried: at_edge"
        ));
    }
    if preset.figure == FigureName::Activation {
        notes.push("networks of other activations than x² have no formulas, and no lift to d×d either: the preset paper goes as far as about two hours on two cores reach, d = 128 and 50000 steps; tanh, which learns nothing, is trained at the automatic step size only".to_owned());
    }
    let scope = crate::setting::Scope::EXACT.of(settings.problem_name());
    Ok(FigureData {
        schema: VERSION,
        figure: preset.figure.name(),
        preset: preset.size.name(),
        complete: done.len() == sweep.jobs().len(),
        runs: [done.len(), sweep.jobs().len()],
        notes,
        provenance: Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            streams: stream::VERSION,
            ..provenance
        },
        problem: problem.name(),
        dim: problem.dim(),
        trace_ratio: problem.form().trace_ratio(),
        target: settings.to_json(scope, false),
        seed: settings.seed,
        steps: preset.steps,
        batch: settings.batch,
        lines: theory::lines(preset, &problem),
        exact,
        trajectories: trajectories(preset, &done, &dots, &problem),
        dots,
    })
}

/// One dot for each network and schedule, at its best step size, and one for each fit.
fn dots(done: &[Done<'_>], problem: &Problem) -> Vec<Dot> {
    type Key = (Regime, &'static str, &'static str, &'static str, usize);
    let mut groups: Vec<(Key, Vec<&Done<'_>>)> = Vec::new();
    for run in done {
        let settings = run.job.plan().settings();
        let key = (
            settings.regime,
            weights(run),
            settings.activation.name(),
            settings.schedule.name(),
            run.job.plan().neurons(),
        );
        match groups.iter_mut().find(|group| group.0 == key) {
            Some(group) => group.1.push(run),
            None => groups.push((key, vec![run])),
        }
    }
    let dim = problem.dim() as f64;
    let mut dots: Vec<Dot> = groups
        .into_iter()
        .map(
            |((regime, weights, activation, schedule, neurons), mut runs)| {
                runs.sort_by(|a, b| a.scale().total_cmp(&b.scale()));
                let tried: Vec<(f64, Option<f64>)> =
                    runs.iter().map(|run| (run.scale(), run.risk())).collect();
                let choice = best(&tried);
                let chosen = choice.map(|choice| runs[choice.index]);
                let is_fit = regime == Regime::Rf;
                Dot {
                    subject: subject(regime, weights),
                    weights: is_fit.then_some(weights),
                    activation,
                    schedule: (!is_fit).then_some(schedule),
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
    dots.sort_by_key(|dot| {
        (
            name(dot.subject),
            dot.weights,
            dot.activation,
            dot.schedule,
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
    match run.job.plan().settings().weights {
        Weights::Aligned => "aligned",
        Weights::Best => "best",
        Weights::Isotropic | Weights::Given(_) => "isotropic",
    }
}

fn subject(regime: Regime, weights: &str) -> Subject {
    match (regime, weights) {
        (Regime::Rf, "aligned") => Subject::RfAligned,
        (Regime::Rf, "best") => Subject::RfBest,
        (regime, _) => regime.into(),
    }
}

/// The runs behind the dots of the decaying step size at the widths that are shown.
fn trajectories(
    preset: &Preset,
    done: &[Done<'_>],
    dots: &[Dot],
    problem: &Problem,
) -> Vec<Trajectory> {
    let shown = |dot: &&Dot| dot.schedule == Some("linear") && preset.shown.contains(&dot.neurons);
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
                activation: dot.activation,
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
