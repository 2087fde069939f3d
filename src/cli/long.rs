//! The commands that make many runs: their options, and what they are asked.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use crate::experiment::sweep::{PlanPart, SweepError};
use crate::linalg::ProductKernel;
use crate::runner::scheduler;
use crate::setting::{Choice, Kind, Value};
use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};

use super::arguments::{Anything, Extra, given};
use super::failure::{Failure, short};
use super::help;
use super::script::{SCRIPT, TASKS};
use super::{figure, input, variable};

/// Their names, for sentences.
pub(crate) const NAMES: [&str; 4] = ["sweep", "merge", "figure", "report"];

/// The figures.
pub(crate) fn name() -> Extra {
    static NAMES: LazyLock<Vec<Choice>> = LazyLock::new(|| {
        let figures = figure::all().map(|figure| Choice::new(figure.name, figure.help));
        figures.collect()
    });
    Extra {
        key: "name",
        kind: Kind::Choice(&NAMES),
        default: "",
        help: "Which figure",
    }
}

/// How large a figure is.
pub(crate) const PRESET: Extra = Extra {
    key: "preset",
    kind: Kind::Choice(&[
        Choice::new(
            "paper",
            "the paper's sizes, d = 450 and 200000 steps: hours, see --dry-run",
        ),
        Choice::new("quick", "everything small, in less than a minute"),
    ]),
    default: "paper",
    help: "How large it is",
};

/// The longest time that work can be given.
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

/// Time between checkpoints.
pub(crate) const SAVE_EVERY: Extra = Extra {
    key: "save-every",
    kind: Kind::Real {
        min: 0.01,
        max: 86_400.0,
    },
    default: "20",
    help: "Seconds between two checkpoints of a run",
};

pub(super) fn commands() -> Vec<Command> {
    let sweep = help::SWEEP
        .command("sweep")
        .arg(
            path("plan", "PLAN")
                .required(true)
                .value_hint(ValueHint::FilePath)
                .help("The plan, a JSON file; “-” is standard input"),
        )
        .args(of_runs(&["dry-run", SCRIPT.key]))
        .arg(
            SCRIPT
                .argument()
                .long(SCRIPT.key)
                .conflicts_with_all(["resume", "part", "dry-run", "until"]),
        )
        .arg(TASKS.argument().long(TASKS.key).requires(SCRIPT.key));
    let merge = help::MERGE
        .command("merge")
        .arg(
            path("parts", "DIR")
                .required(true)
                .num_args(1..)
                .action(ArgAction::Append)
                .value_hint(ValueHint::DirPath)
                .help("Directories with parts of one plan"),
        )
        .arg(out("Directory to put them into; it must be new or empty").required(true));
    let figure = help::FIGURE
        .command("figure")
        .long_about(figure::long_about())
        .arg(name().positional())
        .arg(PRESET.argument().long(PRESET.key))
        .args(of_runs(&["dry-run"]))
        .arg(
            Arg::new("draw")
                .long("draw")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["resume", "part", "dry-run"])
                .help("Run nothing: draw what is finished in the directory"),
        );
    let report = help::REPORT.command("report").arg(
        path("figures", "FILE")
            .required(true)
            .num_args(1..)
            .action(ArgAction::Append)
            .value_hint(ValueHint::FilePath)
            .help("NAME.json of figures"),
    );
    vec![sweep, merge, figure, report]
}

/// An argument that takes any path.
fn path(id: &'static str, name: &'static str) -> Arg {
    Arg::new(id)
        .value_parser(ValueParser::new(Anything(Vec::new())))
        .value_name(name)
}

fn out(help: &'static str) -> Arg {
    path("out", "DIR")
        .long("out")
        .value_hint(ValueHint::DirPath)
        .allow_hyphen_values(true)
        .help(help)
}

/// What makes products of matrices.
const KERNEL: Extra = Extra {
    key: "kernel",
    kind: Kind::Choice(&[
        Choice::new(
            ProductKernel::Fastest.choice(),
            "what suits the processor best; last digits differ between processors",
        ),
        Choice::new(
            ProductKernel::Portable.choice(),
            "the same bytes on every processor, for more time",
        ),
    ]),
    default: ProductKernel::Fastest.choice(),
    help: "What makes products of matrices",
};

/// The options of every command that makes runs, of which those named need no directory.
pub(super) fn of_runs(without_out: &[&'static str]) -> Vec<Arg> {
    let flag = |key: &'static str, help: &'static str| {
        Arg::new(key)
            .long(key)
            .action(ArgAction::SetTrue)
            .help(help)
    };
    let part = path("part", "I/K|auto|auto/K")
        .long("part")
        .allow_hyphen_values(true)
        .help("Only the I-th of K parts of the runs, for K machines; merge puts them together")
        .long_help(help::PART);
    let until = path("until", "TIME|auto|never")
        .long("until")
        .allow_hyphen_values(true)
        .help("Stop after that time with everything saved, exit 75; auto is the end that Slurm has set")
        .long_help(help::UNTIL);
    vec![
        out("Directory of the results").required_unless_present_any(without_out.iter().copied()),
        flag(
            "resume",
            "Continue what is in the directory, if anything is: finished runs are kept, others go on",
        ),
        part,
        until,
        flag(
            "dry-run",
            "List the runs with the time they will take, and run nothing",
        ),
        SAVE_EVERY.argument().long(SAVE_EVERY.key),
        KERNEL.argument().long(KERNEL.key),
    ]
}

/// What a command that makes runs is asked.
pub(super) struct Runs {
    pub(super) out: Option<PathBuf>,
    pub(super) resume: bool,
    pub(super) part: PlanPart,
    pub(super) dry_run: bool,
    pub(super) save_every: Duration,
    /// How long it may take from now on.
    pub(super) until: Option<Duration>,
    /// What makes the products, of this process too.
    pub(super) kernel: ProductKernel,
}

impl Runs {
    pub(super) fn read(matches: &ArgMatches) -> Result<Self, Failure> {
        Ok(Self {
            out: given(matches, "out").map(PathBuf::from),
            resume: matches.get_flag("resume"),
            part: part(matches)?,
            dry_run: matches.get_flag("dry-run"),
            save_every: save_every(matches)?,
            until: until(matches)?,
            kernel: kernel(matches)?,
        })
    }

    /// The directory; there is one unless nothing is run.
    pub(super) fn out(&self) -> Result<&PathBuf, Failure> {
        self.out
            .as_ref()
            .ok_or_else(|| Failure::Usage("--out is missing; try --help".to_owned()))
    }
}

/// Which part of the plan is to be run.
fn part(matches: &ArgMatches) -> Result<PlanPart, Failure> {
    let Some(text) = given(matches, "part") else {
        return Ok(PlanPart::WHOLE);
    };
    let text = text.to_string_lossy();
    let refused = |sentence: &dyn fmt::Display| Failure::Usage(format!("--{sentence}"));
    let read = || text.parse().map_err(|error: SweepError| refused(&error));
    let Some(rest) = text.strip_prefix("auto") else {
        return read();
    };
    let count = match rest.strip_prefix('/') {
        None if rest.is_empty() => None,
        None => return read(),
        // The sentence about a count that is none is that about parts.
        Some(count) => match format!("1/{count}").parse::<PlanPart>() {
            Ok(part) => Some(part.count()),
            Err(_) => return read(),
        },
    };
    scheduler::part(&variable, count).map_err(|error| refused(&error))
}

/// How long the work may take: what the user says, or what a scheduler leaves less what saving needs.
fn until(matches: &ArgMatches) -> Result<Option<Duration>, Failure> {
    let text = given(matches, "until").map_or("auto".into(), OsStr::to_string_lossy);
    match text.trim() {
        "never" => Ok(None),
        "auto" => {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            Ok(scheduler::left(&variable, now.unwrap_or_default()))
        }
        given => match humantime::parse_duration(given) {
            Ok(time) if time <= LONGEST => Ok(Some(time)),
            _ => Err(Failure::Usage(format!(
                "--until is “{}”, but must be a time up to a year, such as 55m, 1h30m or 90s, or auto or never",
                short(given)
            ))),
        },
    }
}

/// What makes products, which is chosen here for all that follows.
fn kernel(matches: &ArgMatches) -> Result<ProductKernel, Failure> {
    let asked = input::extra(&KERNEL, matches)?.map(|value| value.to_string());
    let kernel = asked.and_then(|name| ProductKernel::from_choice(&name));
    let kernel = kernel.unwrap_or_default();
    kernel.choose();
    Ok(kernel)
}

/// The time between two checkpoints.
pub(super) fn save_every(matches: &ArgMatches) -> Result<Duration, Failure> {
    let seconds = match input::extra(&SAVE_EVERY, matches)? {
        Some(Value::Real(seconds)) => seconds,
        _ => 20.0,
    };
    Ok(Duration::from_secs_f64(seconds))
}

/// The paths of a list.
pub(super) fn paths(matches: &ArgMatches, id: &str) -> Vec<PathBuf> {
    let values = matches.get_many::<OsString>(id);
    values.into_iter().flatten().map(PathBuf::from).collect()
}

/// A path in a sentence.
pub(crate) fn shown(path: &std::path::Path) -> String {
    short(&path.to_string_lossy())
}
