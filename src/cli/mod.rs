//! The command line: arguments in, a report out.

mod arguments;
mod exact;
mod failure;
mod figure;
mod file;
mod help;
mod hint;
mod input;
mod listing;
mod long;
mod merge;
mod report;
mod reproduction;
mod risk;
mod saving;
mod sweep;
mod train;
mod weights;

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::thread;

use crate::lazy::setting::ProblemName;
use crate::lazy::train::Regime;
use crate::runner::Interrupt;
use crate::setting::Value;
use clap::error::ErrorKind;
use clap::{ArgMatches, ColorChoice};

use arguments::Task;
use failure::Failure;
use input::Input;
use report::{Format, Report};
use saving::SaveFiles;
use train::Begun;

/// How a command may run.
struct Terminal {
    threads: usize,
    quiet: bool,
    interrupt: Interrupt,
}

/// What a command has found.
struct Outcome {
    report: Report,
    /// Ended by Ctrl-C or a scheduler, so not all that was asked.
    interrupted: bool,
    /// What went wrong after all was computed.
    failure: Option<Failure>,
}

/// The program.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let result = run(&arguments, &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match result {
        Ok(code) => code,
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => fail(&message, 2),
        Err(Failure::Failed(message)) => fail(&message, 1),
    }
}

fn fail(message: &str, code: u8) -> ExitCode {
    let line = failure::printable(message);
    // Nobody can be told that standard error is closed.
    let _ = writeln!(io::stderr(), "error: {line}");
    ExitCode::from(code)
}

fn run(arguments: &[OsString], out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let color = arguments::color(arguments);
    let matches = match arguments::command(color).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // clap knows whether standard output takes colours.
                error.print()?;
                return Ok(ExitCode::SUCCESS);
            }
            _ => return Err(Failure::Usage(failure::sentence(&error))),
        },
    };
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Failure::Usage(
            "a command is missing; try --help".to_owned(),
        ));
    };
    if name == "completions" {
        return completions(matches, out);
    }
    arguments::refuse_empty_paths(matches)?;
    let color = input::extra(&arguments::COLOR, matches)?;
    let format = match input::extra(&arguments::FORMAT, matches)? {
        Some(Value::Choice("csv")) => Format::Csv,
        Some(Value::Choice("json")) => Format::Json,
        _ => Format::Table {
            color: colored(color.as_ref()),
        },
    };
    let threads = match input::extra(&arguments::THREADS, matches)? {
        Some(Value::Integer(threads)) => threads as usize,
        _ => thread::available_parallelism().map_or(1, usize::from),
    };
    let terminal = Terminal {
        threads,
        quiet: matches.get_flag("quiet"),
        interrupt: Interrupt::listen(),
    };
    match name {
        "sweep" => return sweep::run(matches, &terminal, format, out),
        "figure" => return figure::run(matches, &terminal, format, out),
        "report" => return reproduction::run(matches, format, out),
        "merge" => return merge::run(matches, &terminal, format, out),
        _ => {}
    }
    let Some(task) = Task::ALL.into_iter().find(|task| task.name() == name) else {
        return Err(Failure::Usage(format!("there is no command “{name}”")));
    };
    let outcome = of_problem(task, matches, &terminal)?;
    outcome.report.write(format, out)?;
    if format == Format::Csv {
        for remark in outcome.report.remarks() {
            note(remark);
        }
    }
    match outcome.failure {
        Some(failure) => {
            out.flush()?;
            Err(failure)
        }
        None => Ok(terminal.status(outcome.interrupted)),
    }
}

/// Says something on standard error that is no error.
fn note(text: &str) {
    // Nobody can be told that standard error is closed.
    let _ = writeln!(io::stderr(), "note: {}", failure::printable(text));
}

impl Terminal {
    /// The exit status of what was done, perhaps not to its end.
    fn status(&self, interrupted: bool) -> ExitCode {
        if interrupted {
            ExitCode::from(self.interrupt.status())
        } else {
            ExitCode::SUCCESS
        }
    }
}

impl From<Report> for Outcome {
    fn from(report: Report) -> Self {
        Self {
            report,
            interrupted: false,
            failure: None,
        }
    }
}

/// A command about a problem.
fn of_problem(task: Task, matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let problem = input::positional(&arguments::PROBLEM, matches)?.to_string();
    let Some(problem) = ProblemName::from_name(&problem) else {
        return Err(Failure::Usage(format!("there is no problem “{problem}”")));
    };
    let scope = task.scope(problem);
    input::only_of(task, problem, matches)?;
    let input = || Input::read(scope, matches);
    Ok(match task {
        Task::Risk => risk::report(&input()?).into(),
        Task::Exact => exact::outcome(input()?, terminal)?,
        Task::Train => {
            let files = SaveFiles::read(matches)?;
            let begun = match files.resumed(problem)? {
                Some(resumed) => Begun::Saved(resumed),
                None => Begun::New(input::given_settings(scope, matches)?),
            };
            let regime = begun.settings().regime;
            let outcome = train::outcome(begun, files.saving()?, terminal)?;
            unused(regime, matches);
            outcome
        }
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

fn colored(choice: Option<&Value>) -> bool {
    match choice {
        Some(Value::Choice("always")) => true,
        Some(Value::Choice("never")) => false,
        _ => {
            io::stdout().is_terminal()
                && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                && env::var_os("TERM").is_none_or(|value| value != "dumb")
        }
    }
}

fn completions(matches: &ArgMatches, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let shell = input::positional(&arguments::SHELL, matches)?.to_string();
    let Ok(shell) = shell.parse::<clap_complete::Shell>() else {
        return Err(Failure::Usage(format!(
            "there are no completions for “{shell}”"
        )));
    };
    // Into memory first: the generator panics where writing fails.
    let mut script = Vec::new();
    let mut command = arguments::command(ColorChoice::Never);
    clap_complete::generate(shell, &mut command, "lazy-limits", &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
