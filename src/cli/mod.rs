//! The command line: arguments in, a report out.
//!
//! What it answers about problems is brought by the parts of the house ([`PartCommand`]), with figures at full size
//! ([`FullFigures`]); what makes many runs knows their kinds only. A part finds here what its commands have in common with
//! those of others: options and values of its table ([`arguments::of_table`], [`input::settings`]), runs of any kind
//! ([`training`]), and reports in three formats ([`Report`]).

pub mod arguments;
pub(crate) mod command;
pub(crate) mod failure;
mod figure;
pub mod file;
pub(crate) mod help;
pub(crate) mod hint;
pub mod input;
mod listing;
mod long;
mod merge;
mod reference;
pub mod report;
mod reproduction;
pub(crate) mod saving;
mod script;
mod sweep;
#[cfg(test)]
mod tests;
pub mod training;

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::thread;

use crate::runner::{Interrupt, scheduler};
use crate::setting::Value;
use clap::error::ErrorKind;
use clap::{ArgMatches, ColorChoice};

use command::Brought;
use report::{Format, Report};

pub use command::{PartCommand, PartProgram};
pub use failure::Failure;
pub use figure::{Drawing, FigureFiles, FullFigure, FullFigures};
pub use help::Page;
pub use reference::reference;

/// How a command may run.
pub struct Terminal {
    /// Threads that may be used.
    pub threads: usize,
    /// Without progress.
    pub quiet: bool,
    /// Signals: what may take long asks it, and leaves off.
    pub interrupt: Interrupt,
}

/// What a command has found.
pub struct Outcome {
    /// What is printed.
    pub report: Report,
    /// Ended by Ctrl-C or a scheduler, so not all that was asked.
    pub interrupted: bool,
    /// What went wrong after all was computed.
    pub failure: Option<Failure>,
}

/// The program.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let result = run(&arguments, &command::of_parts(), &mut out).and_then(|code| {
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

/// Does what the arguments ask for, where parts have brought these commands.
fn run(
    arguments: &[OsString],
    brought: Brought<'_>,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let color = arguments::color(arguments);
    let matches = match arguments::command(color, brought).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // clap knows whether standard output takes colours.
                error.print()?;
                return Ok(ExitCode::SUCCESS);
            }
            _ => return Err(Failure::Usage(failure::sentence(&error, brought))),
        },
    };
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Failure::Usage(
            "a command is missing; try --help".to_owned(),
        ));
    };
    if name == "completions" {
        return completions(matches, brought, out);
    }
    let (problem, matches) = command::inner(matches)?;
    arguments::refuse_empty_paths(matches)?;
    let color = input::extra(&arguments::COLOR, matches)?;
    let format = match input::extra(&arguments::FORMAT, matches)? {
        Some(Value::Choice("csv")) => Format::Csv,
        Some(Value::Choice("json")) => Format::Json,
        _ => Format::Table {
            color: colored(color.as_ref()),
        },
    };
    let threads = if let Some(Value::Integer(threads)) = input::extra(&arguments::THREADS, matches)?
    {
        threads as usize
    } else {
        // Of those that the affinity mask leaves, what a scheduler has asked for.
        let here = thread::available_parallelism().map_or(1, usize::from);
        scheduler::processors(&variable).map_or(here, |given| given.min(here))
    };
    let terminal = Terminal {
        threads,
        quiet: matches.get_flag(arguments::QUIET),
        interrupt: Interrupt::listen(),
    };
    match name {
        "sweep" => return sweep::run(matches, &terminal, format, out),
        "figure" => return figure::run(matches, &terminal, format, out),
        "report" => return reproduction::run(matches, format, out),
        "merge" => return merge::run(matches, &terminal, format, out),
        _ => {}
    }
    let outcome = command::answer(brought, name, problem, matches, &terminal)?;
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

/// A variable of this process's environment.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Says something on standard error that is no error.
pub(crate) fn note(text: &str) {
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

fn completions(
    matches: &ArgMatches,
    brought: Brought<'_>,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let shell = input::positional(&arguments::SHELL, matches)?.to_string();
    let Ok(shell) = shell.parse::<clap_complete::Shell>() else {
        return Err(Failure::Usage(format!(
            "there are no completions for “{shell}”"
        )));
    };
    // Into memory first: the generator panics where writing fails.
    let mut script = Vec::new();
    let mut command = arguments::command(ColorChoice::Never, brought);
    clap_complete::generate(shell, &mut command, "lazy-limits", &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
