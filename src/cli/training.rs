//! `lazy-limits train` for runs of any kind.

use std::cell::RefCell;

use crate::experiment::{End, ExperimentError, Plan, ReadContext, Run, RunKind};
use crate::numbers::significant;
use crate::runner::{Progress, Saving, StoreError, Training, require};
use crate::setting::{Parameters, Scope};
use clap::{ArgMatches, Command};
use serde_json::Value;

use super::failure::{Failure, refusal};
use super::help::Page;
use super::long::shown;
use super::report::{Column, Report, number};
use super::saving::{Resumed, SaveFiles};
use super::{Outcome, Terminal, arguments, input, saving};

/// `lazy-limits train NAME` for a kind of runs: the options of a table, `--save`, `--resume` and `--save-every`.
///
/// ```
/// use lazy_limits::cli::{Page, PartCommand, training};
/// use lazy_limits::lazy::setting::Settings;
/// use lazy_limits::setting::Scope;
/// use lazy_limits::training::QF;
///
/// const PAGE: Page = Page {
///     about: "One run",
///     long_about: "One run: risk against samples.",
///     examples: "Examples:\n  lazy-limits train qf --steps 7",
/// };
///
/// static TRAIN: PartCommand = PartCommand {
///     name: "train",
///     problem: Some("qf"),
///     build: || training::command::<Settings>(&PAGE, &QF, Scope::TRAIN),
///     run: |matches, terminal| training::run::<Settings>(&QF, Scope::TRAIN, matches, terminal),
/// };
///
/// (TRAIN.build)().debug_assert();
/// ```
pub fn command<S: Parameters>(page: &Page, kind: &RunKind, scope: Scope) -> Command {
    arguments::of_table::<S>(page.command(kind.name), scope).args(saving::options())
}

/// Makes the run that the options of [`command`] ask for, or goes on with one that was saved. A table and CSV have what
/// it reports, by its clock; JSON is its record. A signal ends it, and what is done is printed and saved.
///
/// # Errors
/// If the run is refused, has not the memory that it needs, or cannot be saved.
pub fn run<S: Parameters>(
    kind: &'static RunKind,
    scope: Scope,
    matches: &ArgMatches,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let asked = || input::settings::<S>(scope, matches);
    let files = SaveFiles::read(matches)?;
    let resumed = files.resumed(kind, scope, asked)?;
    let saving = files.saving()?;
    let mut training = match resumed {
        Some(resumed) => {
            admit(kind, &resumed.settings)?;
            restored(resumed)?
        }
        None => Training {
            state: admit(kind, &asked()?)?.begin().map_err(refusal)?,
            seconds: 0.0,
        },
    };
    let failure = advance(&mut training, saving.as_ref(), terminal)?;
    let state = &*training.state;
    let mut report = report(state);
    let interrupted = !state.is_finished();
    if interrupted {
        report.note(interruption(state, saving.as_ref()));
    }
    Ok(Outcome {
        report,
        interrupted,
        failure,
    })
}

/// The plan of a run that can be made, and has the memory that it needs.
fn admit<S: Parameters>(kind: &'static RunKind, settings: &S) -> Result<Plan, Failure> {
    let plan = Plan::new(kind, &settings.to_json(false)).map_err(refusal)?;
    let admit =
        |what: &str, bytes| require(|| what.to_owned(), bytes).map_err(|error| error.to_string());
    let outline = (kind.outline)(&plan, &mut ReadContext::new(&admit)).map_err(refusal)?;
    require(|| outline.words.to_string(), outline.bytes)?;
    Ok(plan)
}

/// A run that was saved, as it was.
pub(crate) fn restored<S>(saved: Resumed<S>) -> Result<Training, Failure> {
    let restored: Result<_, ExperimentError> = saved.checkpoint.restore();
    let (state, seconds) = restored.map_err(refusal)?;
    Ok(Training { state, seconds })
}

/// Advances a run to its end, or until a signal comes, and saves it as it goes. What is returned went wrong at its end: the
/// run is there all the same.
///
/// # Errors
/// If no step could be made.
pub(crate) fn advance(
    training: &mut Training,
    saving: Option<&Saving>,
    terminal: &Terminal,
) -> Result<Option<Failure>, Failure> {
    let interrupt = &terminal.interrupt;
    let progress = Progress::new(terminal.quiet, training.state.steps(), "steps");
    let progress = RefCell::new(progress);
    interrupt.hold();
    let watch = |step| {
        progress.borrow_mut().at(step);
        interrupt.flow()
    };
    let note = |error: &StoreError| progress.borrow().note(&format!("note: {error}"));
    let saved = training.run(saving, watch, note);
    progress.into_inner().finish();
    match saved {
        Err(error) if training.state.step() == 0 => Err(error.into()),
        Err(error) => Ok(Some(error.into())),
        Ok(()) => {
            if saving.is_some() {
                // What is still to be found may take long, and all else can be had again.
                interrupt.release();
            }
            Ok(None)
        }
    }
}

/// What is to be said of a run that was stopped.
pub(crate) fn interruption(state: &dyn Run, saving: Option<&Saving>) -> String {
    let goes_on = saving.map_or_else(String::new, |saving| {
        format!("; --resume {} goes on", shown(&saving.path))
    });
    format!(
        "interrupted after {} of {} steps{goes_on}",
        state.step(),
        state.steps()
    )
}

/// What a run has reported.
fn report(state: &dyn Run) -> Report {
    let kind = state.plan().kind();
    let mut words: Vec<String> = Vec::new();
    for (key, value) in state.plan().settings() {
        let value = value.as_str().map_or(value.to_string(), str::to_owned);
        words.push(format!("{key} {value}"));
    }
    if words.is_empty() {
        words.push("all settings at their defaults".to_owned());
    }
    let title = format!("{} ({})", kind.help, kind.name);
    let mut report = Report::new(&title, words.join(" · "), kind.name);
    report.say(format!("{} steps", state.steps()));
    let mut columns = vec![Column::new(state.clock(), state.clock(), "")];
    for measure in kind.measures {
        let meaning = if measure.name == measure.key {
            ""
        } else {
            measure.name
        };
        columns.push(Column::new(measure.key, measure.key, meaning));
    }
    let value = |value: &Option<f64>| value.map_or(Value::Null, number);
    let rows = state.reports().iter().map(|at| {
        let mut row = vec![at.at.into()];
        row.extend(at.values.iter().map(value));
        row
    });
    report.table(columns, rows.collect());
    if let Some(End::Diverged(step)) = state.end() {
        report.diverged(format!("Diverged at step {step}"));
    }
    if let Some(last) = state.reports().last() {
        for (measure, value) in kind.measures.iter().zip(&last.values) {
            if let Some(value) = value {
                report.conclude(format!("Final {} {}", measure.name, significant(*value, 5)));
            }
        }
    }
    report.record(state.record(true));
    report
}
