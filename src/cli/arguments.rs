//! The command line's options, made from the table of parameters.

use std::ffi::{OsStr, OsString};

use crate::setting::{Choice, Kind, Parameters, Row, Scope};
use clap::builder::{PossibleValue, Styles, TypedValueParser, ValueParser, styling::AnsiColor};
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, Command, ValueHint, parser::ValueSource};

use super::command::{self, Brought};
use super::failure::Failure;
use super::{help, long};

/// An option that only the command line has.
pub(crate) struct Extra {
    pub(crate) key: &'static str,
    pub(crate) kind: Kind,
    pub(crate) default: &'static str,
    pub(crate) help: &'static str,
}

/// How results are written.
pub(crate) const FORMAT: Extra = Extra {
    key: "format",
    kind: Kind::Choice(&[
        Choice::new("table", "for people"),
        Choice::new("csv", "a header and one line a row, full precision"),
        Choice::new(
            "json",
            "one object with settings, seed and version, full precision",
        ),
    ]),
    default: "table",
    help: "How results are written",
};

/// Number of threads.
pub(crate) const THREADS: Extra = Extra {
    key: "threads",
    kind: Kind::IntegerOrAuto { min: 1, max: 1024 },
    default: "auto",
    help: "Threads for draws and for runs; auto is one for each processor that the system and Slurm leave to it; results do not depend on it",
};

/// Colours.
pub(crate) const COLOR: Extra = Extra {
    key: "color",
    kind: Kind::Choice(&[
        Choice::new("auto", "on a terminal, unless NO_COLOR is set"),
        Choice::new("always", "even into a pipe"),
        Choice::new("never", "plain text"),
    ]),
    default: "auto",
    help: "When to use colours",
};

/// The options above that every command has.
pub(crate) const EXTRAS: [&str; 3] = [FORMAT.key, THREADS.key, COLOR.key];

/// The flag against progress.
pub(super) const QUIET: &str = "quiet";

/// The shells of `completions`.
pub(crate) const SHELL: Extra = Extra {
    key: "shell",
    kind: Kind::Choice(&[
        Choice::new("bash", ""),
        Choice::new("elvish", ""),
        Choice::new("fish", ""),
        Choice::new("powershell", ""),
        Choice::new("zsh", ""),
    ]),
    default: "bash",
    help: "The shell to complete in",
};

/// The value of an argument if the user wrote one.
pub(crate) fn given<'a>(matches: &'a ArgMatches, key: &str) -> Option<&'a OsStr> {
    if matches.try_contains_id(key).is_err()
        || matches.value_source(key) != Some(ValueSource::CommandLine)
    {
        return None;
    }
    matches.get_one::<OsString>(key).map(OsString::as_os_str)
}

/// Arguments that are paths, as sentences name them, and what they must name.
const PATHS: [(&str, &str, &str); 5] = [
    ("out", "--out", "a directory"),
    ("parts", "a part to merge", "a directory"),
    ("plan", "the plan", "a file"),
    ("figures", "a figure", "a file"),
    ("network", "--network", "a file"),
];

/// Refuses empty paths, of which the system would say nothing that helps.
pub(crate) fn refuse_empty_paths(matches: &ArgMatches) -> Result<(), Failure> {
    for (key, name, what) in PATHS {
        let values = matches.try_get_many::<OsString>(key).ok().flatten();
        if values.is_some_and(|mut values| values.any(|value| value.is_empty())) {
            return Err(Failure::Usage(format!(
                "{name} is “”, but must name {what}"
            )));
        }
    }
    Ok(())
}

/// Takes any value, so that the table's own sentence refuses it, and offers names to help
/// pages and completions.
#[derive(Clone)]
pub(crate) struct Anything(pub(crate) Vec<PossibleValue>);

impl TypedValueParser for Anything {
    type Value = OsString;

    fn parse_ref(
        &self,
        _: &Command,
        _: Option<&Arg>,
        value: &OsStr,
    ) -> Result<OsString, clap::Error> {
        Ok(value.to_owned())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = self.0.iter().cloned();
        (!self.0.is_empty()).then(|| Box::new(values) as Box<dyn Iterator<Item = PossibleValue>>)
    }
}

fn names(kind: &Kind) -> Vec<PossibleValue> {
    let described = |(name, help): (&'static str, &'static str)| {
        let value = PossibleValue::new(name);
        if help.is_empty() {
            value
        } else {
            value.help(help)
        }
    };
    kind.names().into_iter().map(described).collect()
}

fn value_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer { .. } => "N",
        Kind::IntegerOrAuto { .. } => "N|auto",
        Kind::Real { .. } | Kind::Share { .. } => "X",
        Kind::RealOrAuto { .. } => "X|auto",
        Kind::Reals {
            has_ranges: true, ..
        } => "X,X,…|lin:X:X:N|log:X:X:N",
        Kind::Reals { .. } => "X,X,…",
        Kind::Ranks { .. } => "N,N",
        Kind::Choice(_) => "NAME",
        Kind::Spectrum(_) | Kind::Weights => "NAME|NUMBERS|FILE",
    }
}

/// What is allowed, for the long help, which lists names by itself.
fn allowed(kind: &Kind) -> String {
    match kind {
        Kind::Choice(_) => String::new(),
        Kind::Spectrum(_) | Kind::Weights => {
            format!("\nAllowed: {}, or a FILE. {}", kind.allowed(), help::FILE)
        }
        _ => format!("\nAllowed: {}.", kind.allowed()),
    }
}

fn argument(key: &'static str, kind: &Kind, help: &str, default: &str) -> Arg {
    let mut argument = Arg::new(key)
        .value_parser(ValueParser::new(Anything(names(kind))))
        .value_name(value_name(kind))
        .action(ArgAction::Set)
        .allow_hyphen_values(true)
        .help(help.to_owned())
        .long_help(format!("{help}.{}", allowed(kind)));
    if matches!(kind, Kind::Spectrum(_) | Kind::Weights) {
        argument = argument.value_hint(ValueHint::AnyPath);
    }
    if !default.is_empty() {
        argument = argument.default_value(default.to_owned());
    }
    argument
}

impl Extra {
    pub(crate) fn argument(&self) -> Arg {
        argument(self.key, &self.kind, self.help, self.default)
    }

    pub(crate) fn positional(&self) -> Arg {
        Arg::new(self.key)
            .value_parser(ValueParser::new(Anything(names(&self.kind))))
            .value_name(self.key.to_uppercase())
            .required(true)
            .help(self.help)
    }
}

/// Gives a command an option for each parameter that settings have in a scope: with the key, the help and the default of
/// the table. [`input::settings`](super::input::settings) reads them.
///
/// ```
/// use lazy_limits::cli::{arguments, input};
/// use lazy_limits::lazy::setting::Settings;
/// use lazy_limits::setting::Scope;
///
/// let command = arguments::of_table::<Settings>(clap::Command::new("run"), Scope::TRAIN);
/// let matches = command.get_matches_from(["run", "--steps", "7"]);
/// let settings: Settings = input::settings(Scope::TRAIN, &matches)?;
/// assert_eq!(settings.steps, 7);
/// # Ok::<(), lazy_limits::cli::Failure>(())
/// ```
pub fn of_table<S: Parameters>(command: Command, scope: Scope) -> Command {
    command.args(S::rows(scope).map(|row| of_row::<S>(row, scope)))
}

/// The option of one parameter, where a part wants it otherwise than [`of_table`] makes it.
pub fn of_row<S: Parameters>(row: &Row, scope: Scope) -> Arg {
    let default = S::new(scope).get(row.key).unwrap_or_default();
    argument(row.key, &row.kind, row.help, &default).long(row.key)
}

/// The whole command line, with the commands that parts have brought.
pub(super) fn command(color: ColorChoice, brought: Brought<'_>) -> Command {
    let styles = Styles::styled()
        .header(AnsiColor::Yellow.on_default().bold())
        .usage(AnsiColor::Yellow.on_default().bold())
        .literal(AnsiColor::Green.on_default())
        .placeholder(AnsiColor::Cyan.on_default());
    let quiet = Arg::new(QUIET)
        .long(QUIET)
        .short('q')
        .action(ArgAction::SetTrue)
        .help("No progress on standard error");
    let mut command = Command::new("lazy-limits")
        .version(env!("CARGO_PKG_VERSION"))
        .about(help::ABOUT)
        .long_about(help::LONG_ABOUT)
        .after_help(help::EXAMPLES)
        .color(color)
        .styles(styles)
        .max_term_width(100)
        .subcommand_required(true)
        .next_help_heading("Output");
    for extra in [FORMAT, THREADS, COLOR] {
        command = command.arg(extra.argument().long(extra.key).global(true));
    }
    command
        .arg(quiet.global(true))
        .next_help_heading(None)
        .subcommands(command::built(brought))
        .subcommands(long::commands())
        .subcommand(
            Command::new("completions")
                .about("Write a completion script for a shell")
                .after_help(help::COMPLETIONS)
                .arg(SHELL.positional()),
        )
}

/// `--color` before anything is parsed: help pages and refusals are coloured too.
pub(crate) fn color(arguments: &[OsString]) -> ColorChoice {
    let texts: Vec<&str> = arguments.iter().filter_map(|arg| arg.to_str()).collect();
    let value = texts.iter().enumerate().find_map(|(index, text)| {
        text.strip_prefix("--color=").or_else(|| {
            (*text == "--color")
                .then(|| texts.get(index + 1).copied())
                .flatten()
        })
    });
    match value {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_well_formed() {
        command(ColorChoice::Auto, &command::of_parts()).debug_assert();
    }

    #[test]
    fn colour_is_found_wherever_it_stands() {
        let color_of = |line: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            color(&arguments)
        };
        assert_eq!(color_of("x --color never --help"), ColorChoice::Never);
        assert_eq!(color_of("x --help --color=always"), ColorChoice::Always);
        assert_eq!(color_of("x --help --color"), ColorChoice::Auto);
    }
}
