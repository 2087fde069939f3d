//! The commands about problems, which the parts of the house bring.

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use super::arguments::{EXTRAS, QUIET, given};
use super::failure::Failure;
use super::figure::FullFigures;
use super::{Outcome, Terminal};
use crate::part::PARTS;
use crate::setting::{Row, SettingError, shortened};

/// What a part brings to the command line.
pub struct PartProgram {
    /// The parameters of its tables, for sentences about any key.
    pub rows: fn() -> Vec<&'static Row>,
    /// Its commands.
    pub commands: &'static [PartCommand],
    /// What it draws at full size, if it does.
    pub full_figures: Option<&'static FullFigures>,
    /// Its parameters as sections of the reference documentation, in Markdown.
    pub reference: fn() -> String,
}

/// A command that a part brings: `risk`, `exact` or `train`, about one problem or about several.
///
/// One about a problem of its own is a subcommand, `lazy-limits risk walk`, and its help page has its own options only:
///
/// ```
/// use lazy_limits::cli::report::{Column, Report, number};
/// use lazy_limits::cli::{Page, PartCommand, arguments, input};
/// use lazy_limits::setting::{About, Kind, Parameter, Parameters, Row, Scope, Value};
///
/// /// The variance of a walk.
/// #[derive(Clone, PartialEq)]
/// struct Walk { scope: Scope, steps: u64 }
///
/// impl Parameters for Walk {
///     const TABLE: &'static [Parameter<Self>] = &[Parameter {
///         row: Row::new(
///             "steps", "Steps", Kind::Integer { min: 1, max: 1000 }, Scope::COMMANDS, About::Pace, "Steps of the walk",
///         ),
///         read: |walk| Value::Integer(walk.steps),
///         write: |walk, value| walk.steps = value.integer().unwrap_or(1),
///     }];
///     fn new(scope: Scope) -> Self { Self { scope, steps: 100 } }
///     fn scope(&self) -> Scope { self.scope }
/// }
///
/// const PAGE: Page = Page {
///     about: "The variance of a walk",
///     long_about: "The variance of a walk, which is the number of its steps.",
///     examples: "Examples:\n  lazy-limits risk walk --steps 7",
/// };
///
/// static RISK: PartCommand = PartCommand {
///     name: "risk",
///     problem: Some("walk"),
///     build: || arguments::of_table::<Walk>(PAGE.command("walk"), Scope::RISK),
///     run: |matches, _| {
///         let walk: Walk = input::settings(Scope::RISK, matches)?;
///         let about = format!("{} steps", walk.steps);
///         let mut report = Report::answer("risk", "walk", "A walk: its variance", about);
///         report.fact("settings", walk.to_json(true));
///         let columns = vec![Column::new("variance", "variance", "of the last place")];
///         report.table(columns, vec![vec![number(walk.steps as f64)]]);
///         Ok(report.into())
///     },
/// };
///
/// let matches = (RISK.build)().get_matches_from(["walk", "--steps", "7"]);
/// let walk: Walk = input::settings(Scope::RISK, &matches)?;
/// assert_eq!(walk.steps, 7);
/// # Ok::<(), lazy_limits::cli::Failure>(())
/// ```
///
/// `train` for a kind of runs takes two lines: [`training::command`](super::training::command).
pub struct PartCommand {
    /// `risk`, `exact` or `train`.
    pub name: &'static str,
    /// The subcommand that it is. None is the command itself, whose positional argument `problem` names one of several
    /// problems; of all parts one may bring it.
    pub problem: Option<&'static str>,
    /// Its options and texts.
    pub build: fn() -> Command,
    /// Answers.
    pub run: fn(&ArgMatches, &Terminal) -> Result<Outcome, Failure>,
}

/// The positional argument that names a problem, where a command is about several.
pub(crate) const PROBLEM: &str = "problem";

/// The commands about problems, in the order of the help page, and what they do where no part says it better.
const ABOUT: [(&str, &str); 3] = [
    ("risk", "Limits of the risk"),
    ("exact", "Exact values at finite size"),
    ("train", "One run"),
];

/// What parts bring, in their order.
pub(super) type Brought<'a> = &'a [&'a PartCommand];

/// All that the parts bring.
pub(super) fn of_parts() -> Vec<&'static PartCommand> {
    let parts = PARTS.iter();
    parts.flat_map(|part| part.program.commands).collect()
}

/// The names of these commands.
pub(super) fn names(brought: Brought<'_>) -> Vec<&'static str> {
    let names = ABOUT.iter().map(|(name, _)| *name);
    names
        .filter(|name| brought.iter().any(|command| command.name == *name))
        .collect()
}

/// These commands as clap has them: each as its part builds it, with those that are about one problem as subcommands.
pub(super) fn built(brought: Brought<'_>) -> Vec<Command> {
    let named = names(brought);
    let commands = ABOUT.into_iter().filter(|(name, _)| named.contains(name));
    commands
        .map(|(name, about)| one(brought, name, about))
        .collect()
}

fn one(brought: Brought<'_>, name: &'static str, about: &'static str) -> Command {
    let command = match find(brought, name, None) {
        Some(own) => (own.build)(),
        None => Command::new(name).about(about).arg(
            // So that a name that is unknown or missing is refused in the same words.
            clap::Arg::new(PROBLEM)
                .value_parser(clap::value_parser!(std::ffi::OsString))
                .value_name("PROBLEM")
                .required(true)
                .hide(true),
        ),
    };
    let below: Vec<Command> = brought
        .iter()
        .filter(|command| command.name == name)
        .filter_map(|command| Some((command.build)().name(command.problem?)))
        .collect();
    if below.is_empty() {
        return command;
    }
    let named: Vec<&str> = below.iter().map(Command::get_name).collect();
    let mut usage = format!("lazy-limits {name} {} [OPTIONS]", named.join("|"));
    if find(brought, name, None).is_some() {
        usage = format!("lazy-limits {name} [OPTIONS] <PROBLEM>\n       {usage}");
    }
    command
        .override_usage(usage)
        .subcommand_negates_reqs(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Problems with options of their own")
        .subcommands(below)
}

/// The command of that name about that problem, or about several.
pub(super) fn find<'a>(
    brought: Brought<'a>,
    name: &str,
    problem: Option<&str>,
) -> Option<&'a PartCommand> {
    let mut commands = brought.iter();
    commands
        .find(|command| command.name == name && command.problem == problem)
        .copied()
}

/// The problems that a command is about.
pub(super) fn problems(brought: Brought<'_>, name: &str) -> Vec<String> {
    let own = find(brought, name, None).map(|command| (command.build)());
    let own = own.iter().flat_map(Command::get_positionals);
    let values = own.filter(|argument| argument.get_id() == PROBLEM);
    let values = values.flat_map(clap::Arg::get_possible_values);
    let mut names: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
    let below = brought.iter().filter(|command| command.name == name);
    names.extend(below.filter_map(|command| command.problem.map(str::to_owned)));
    names
}

/// Answers a command about a problem, for which clap has found these matches.
pub(super) fn answer(
    brought: Brought<'_>,
    name: &str,
    problem: Option<&str>,
    matches: &ArgMatches,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    if problem.is_none() {
        let value = given(matches, PROBLEM)
            .unwrap_or_default()
            .to_string_lossy();
        let names = problems(brought, name);
        if !names.iter().any(|name| *name == value) {
            let refused = SettingError::Invalid {
                key: PROBLEM,
                value: shortened(&value),
                allowed: format!("one of {}", names.join(", ")),
            };
            return Err(Failure::Usage(refused.to_string()));
        }
    }
    match find(brought, name, problem) {
        Some(command) => (command.run)(matches, terminal),
        None => Err(Failure::Usage(format!("there is no command “{name}”"))),
    }
}

/// The subcommand that is asked for, if one is, with its own matches.
///
/// # Errors
/// If options stand before its name that it does not have.
pub(super) fn inner(matches: &ArgMatches) -> Result<(Option<&str>, &ArgMatches), Failure> {
    let Some((problem, inner)) = matches.subcommand() else {
        return Ok((None, matches));
    };
    let is_of_all = |key: &str| EXTRAS.contains(&key) || key == QUIET;
    let is_given = |key: &str| matches.value_source(key) == Some(ValueSource::CommandLine);
    let mut keys = matches.ids().map(clap::Id::as_str);
    match keys.find(|key| is_given(key) && !is_of_all(key)) {
        Some(PROBLEM) => Err(Failure::Usage(format!(
            "there is no argument “{problem}” here; try --help"
        ))),
        Some(key) => Err(Failure::Usage(format!(
            "there is no option “--{key}” here; write options after {problem}, or try --help"
        ))),
        None => Ok((Some(problem), inner)),
    }
}
