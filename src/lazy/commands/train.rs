//! `lazy-limits train`: one run.

use crate::activation::Activation;
use crate::cli::failure::{Failure, refusal};
use crate::cli::report::{Column, Report, number};
use crate::cli::saving::{Resumed, SaveFiles};
use crate::cli::training::{advance, interruption, restored};
use crate::cli::{Outcome, Terminal, arguments, note};
use crate::experiment::Run;
use crate::lazy::limit;
use crate::lazy::problem::{Mixture, Problem, Target};
use crate::lazy::setting::{ProblemName, Settings};
use crate::lazy::train::Regime;
use crate::lazy::training::{self, Record, TrainingRun, memory};
use crate::runner::{Saving, Training, require};
use crate::setting::Scope;
use clap::ArgMatches;
use serde_json::Value;

use super::input::{Given, given_settings, note_rounding};
use super::weights;

/// Where a run begins.
enum Begun<'a> {
    New(Given<'a>),
    Saved(Resumed<Settings>),
}

impl Begun<'_> {
    fn settings(&self) -> &Settings {
        match self {
            Self::New(given) => &given.settings,
            Self::Saved(saved) => &saved.settings,
        }
    }

    fn training(self) -> Result<Training, Failure> {
        let settings = self.settings();
        require(|| memory::run_in_words(settings), memory::of_run(settings))?;
        match self {
            Self::New(given) => {
                let Given {
                    settings,
                    files,
                    mut notes,
                } = given;
                let state = TrainingRun::of(settings);
                let state = state.map_err(|error| files.refusal_of_run(&error))?;
                note_rounding(state.settings(), state.problem(), &mut notes);
                notes.say();
                Ok(Training {
                    state: Box::new(state),
                    seconds: 0.0,
                })
            }
            Self::Saved(saved) => restored(saved),
        }
    }
}

pub(super) fn outcome(
    problem: ProblemName,
    scope: Scope,
    matches: &ArgMatches,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let files = SaveFiles::read(matches)?;
    let asked = || given_settings(scope, matches).map(|given| given.settings);
    let begun = match files.resumed(training::kind(problem), scope, asked)? {
        Some(resumed) => Begun::Saved(resumed),
        None => Begun::New(given_settings(scope, matches)?),
    };
    let regime = begun.settings().regime;
    let outcome = trained(begun, files.saving()?.as_ref(), terminal)?;
    unused(regime, matches);
    Ok(outcome)
}

fn trained(
    begun: Begun<'_>,
    saving: Option<&Saving>,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let mut training = begun.training()?;
    let failure = advance(&mut training, saving, terminal)?;
    let state = TrainingRun::downcast(training.state).map_err(refusal)?;
    let mut record = state.record();
    record.optimum = state.optimum();
    let interrupted = record.interrupted;
    let mut report = report(&state, &record)?;
    if interrupted {
        report.note(interruption(&state, saving));
    }
    Ok(Outcome {
        report,
        interrupted,
        failure,
    })
}

/// Says which options a run of that regime has not used. Not an error, so that a script may
/// give all three regimes the same options.
fn unused(regime: Regime, matches: &ArgMatches) {
    let keys: &[&str] = match regime {
        Regime::Rf => &[
            "steps",
            "step-size",
            "step-scale",
            "schedule",
            "protocol",
            "second-layer",
        ],
        Regime::Nt => &["samples", "weights", "mix", "second-layer"],
        Regime::Nn => &["samples", "weights", "mix"],
    };
    for key in keys {
        if arguments::given(matches, key).is_some() {
            note(&format!("--{key} is not used by --regime {regime}"));
        }
    }
}

fn report(state: &TrainingRun, record: &Record) -> Result<Report, Failure> {
    let (settings, problem) = (state.settings(), state.problem());
    let regime = settings.regime;
    let title = match regime {
        Regime::Nn => "a network (NN) trained by SGD",
        Regime::Nt => "the neural tangent model (NT) trained by SGD",
        Regime::Rf => "random features (RF) fitted by least squares",
    };
    let title = weights::title(problem, title);
    let mut report = Report::new(&title, weights::target(settings, problem), "risk");
    report.say(format!("N = {}", record.neurons));
    report.say(format!("seed {}", record.seed));
    if let Some(alpha) = settings.laziness.first() {
        report.say(format!("laziness {alpha}"));
    }
    if regime == Regime::Rf {
        report.say(weights::features(settings));
    } else {
        match problem {
            Problem::Quadratic(_) => report.say(format!("protocol {}", settings.protocol)),
            Problem::Mixture(_) if regime == Regime::Nn => {
                report.say(format!("second layer {}", settings.second_layer));
            }
            Problem::Mixture(_) => {}
        }
        if settings.activation != Activation::Quadratic {
            report.say(format!("σ = {}", settings.activation));
        }
        report.say(format!("batch {}", settings.batch));
        report.say(format!("{} steps", state.steps()));
        report.say(format!("schedule {}", settings.schedule));
    }
    if let Some((_, size)) = record.step_sizes.first() {
        let scale = settings.step_scale;
        let chosen = if settings.step_size.is_some() {
            String::new()
        } else if scale.total_cmp(&1.0).is_eq() {
            " (auto)".to_owned()
        } else {
            format!(" ({scale} of auto)")
        };
        report.say(format!("step size {}{chosen}", short(*size)));
    }
    tabulate(&mut report, record);
    conclude(&mut report, state, record);
    match regime {
        Regime::Rf => weights::note_features(settings, &mut report),
        _ if settings.activation != Activation::Quadratic => {
            weights::note_activated(settings.activation, regime, &mut report);
        }
        Regime::Nn => weights::note_network(problem, &mut report),
        Regime::Nt => {}
    }
    let line = serde_json::to_string(record);
    report.record(line.map_err(|error| Failure::Failed(error.to_string()))?);
    Ok(report)
}

/// Risk against samples, and how the first layer lies, if that is trained.
fn tabulate(report: &mut Report, record: &Record) {
    let mut columns = vec![
        Column::new("samples", "samples", "fresh samples used so far"),
        Column::new("risk", "risk", "exact population risk"),
    ];
    let has_moved = record.risk.iter().any(|at| at.movement.is_some());
    if has_moved {
        columns.extend([
            Column::new("movement", "movement", "of the first layer, ‖W − W₀‖/‖W₀‖"),
            Column::new(
                "alignment",
                "alignment",
                "share of the span of its neurons within that of the N leading eigenvectors",
            ),
        ]);
    }
    let rows = record.risk.iter().map(|at| {
        let value = |value: Option<f64>| value.map_or(Value::Null, number);
        let mut row = vec![at.samples.into(), value(at.risk)];
        if has_moved {
            row.extend([value(at.movement), value(at.alignment)]);
        }
        row
    });
    report.table(columns, rows.collect());
}

/// The last risk beside the optimum, and what ended the run.
fn conclude(report: &mut Report, state: &TrainingRun, record: &Record) {
    if let Some(step) = record.diverged_at {
        report.diverged(format!(
            "Diverged at step {step}: the step size is too large; auto is one that converges"
        ));
    }
    if let Some(last) = record.last {
        report.conclude(format!("Final risk {last:.5}"));
    }
    if let Some(optimum) = record.optimum {
        let at = match state.settings().regime {
            Regime::Nn if !state.settings().laziness.is_empty() => {
                "over all networks of this width and laziness from this start"
            }
            Regime::Nn => "over all networks of this width",
            Regime::Nt | Regime::Rf => "at the weights drawn",
        };
        report.conclude(format!("Optimum    {optimum:.5} {at}"));
        // A vanishing optimum makes any ratio meaningless, and so does a diverged run.
        let comparable = optimum > 1e-6 && record.diverged_at.is_none();
        if let Some(last) = record.last.filter(|_| comparable) {
            report.conclude(format!("Ratio      {:.4}", last / optimum));
        }
    }
    if let Problem::Mixture(mixture) = state.problem() {
        conclude_mixture(report, mixture, record);
    }
}

/// The limit of a trained network beside its optimum at this d, and what lies between them.
fn conclude_mixture(report: &mut Report, mixture: &Mixture, record: &Record) {
    if record.settings["regime"] != Regime::Nn.name() {
        return;
    }
    report.conclude(format!(
        "Theorem 6  {:.5} as d → ∞: 2/(2 + Σs²) for the optimum's 2/(2 + Σs²/(1 + s²)), s the {} largest singular values of Σ^-½ΔΣ^-½, which shrink as d grows",
        limit::network(mixture, record.neurons),
        record.neurons.min(mixture.dim()),
    ));
    if !mixture.has_one_sign() && record.settings["second-layer"] == "trained" {
        report.note(
            "no theorem says that training finds the signs of the best network; --second-layer fixed is given them",
        );
    }
}

/// Four digits of a number, without an exponent where it is readable so.
fn short(value: f64) -> String {
    let rounded = format!("{value:.3e}").parse().unwrap_or(value);
    if rounded < 1e-4 {
        format!("{rounded:e}")
    } else {
        rounded.to_string()
    }
}
