//! How the program fails: exit status and one sentence.

use std::fmt::Display;
use std::io;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::part;
use crate::runner::{MemoryError, StoreError, SweepRunError};

use super::arguments::SHELL;
use super::command::{self, Brought, PROBLEM};
use super::long;

/// Why nothing (or not everything) was printed.
#[derive(Debug)]
pub enum Failure {
    /// Wrong usage or input, exit 2.
    Usage(String),
    /// Anything else, exit 1.
    Failed(String),
    /// Whoever read the output has enough: nothing is wrong.
    ClosedPipe,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Failed(format!("the output cannot be written: {error}"))
        }
    }
}

impl From<MemoryError> for Failure {
    fn from(error: MemoryError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.is_usage() {
            Self::Usage(error.to_string())
        } else {
            Self::Failed(error.to_string())
        }
    }
}

impl From<SweepRunError> for Failure {
    fn from(error: SweepRunError) -> Self {
        match error {
            SweepRunError::Store(error) => Self::Failed(format!(
                "{error}; what is finished stays, and --resume goes on"
            )),
            SweepRunError::Memory(error) => error.into(),
            other => Self::Failed(other.to_string()),
        }
    }
}

/// A refusal of the library in the words of the command line: a sentence that begins with a
/// parameter gets its dashes.
pub(crate) fn refusal(error: impl Display) -> Failure {
    let sentence = error.to_string();
    let first = sentence.split(' ').next().unwrap_or_default();
    Failure::Usage(if part::rows().any(|row| row.key == first) {
        format!("--{sentence}")
    } else {
        sentence
    })
}

/// A refusal of clap as one sentence, where parts have brought these commands.
pub(super) fn sentence(error: &clap::Error, brought: Brought<'_>) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        // What has no dashes comes first on a line, and so in a complaint.
        Some(ContextValue::Strings(texts)) => {
            let bare = texts.iter().find(|text| text.starts_with('<'));
            bare.or(texts.first()).cloned()
        }
        _ => None,
    };
    // clap names options as `--rho <NUMBERS>`; the name is enough.
    let argument = text(ContextKind::InvalidArg).map_or_else(
        || "an argument".to_owned(),
        |full| full.split(" <").next().unwrap_or_default().to_owned(),
    );
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let kind = if argument.starts_with('-') {
                "option"
            } else {
                "argument"
            };
            let hint = match text(ContextKind::SuggestedArg) {
                Some(near) => format!("; did you mean {near}?"),
                None => "; try --help".to_owned(),
            };
            format!("there is no {kind} “{}” here{hint}", short(&argument))
        }
        ErrorKind::InvalidSubcommand => {
            let given = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!(
                "there is no command “{}”; the commands are {}",
                short(&given),
                commands(brought)
            )
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            format!("a command is missing: {}; try --help", commands(brought))
        }
        ErrorKind::InvalidValue => format!("{argument} needs a value; try --help"),
        ErrorKind::TooManyValues => {
            format!("{argument} takes no value; try --help")
        }
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(prior) if !prior.starts_with(&argument) => {
                let prior = prior.split(" <").next().unwrap_or_default();
                format!("{argument} and {prior} exclude each other; leave one out")
            }
            _ => format!("{argument} is given more than once"),
        },
        ErrorKind::MissingRequiredArgument => {
            let is_missing = |key: &str| argument == format!("<{}>", key.to_uppercase());
            let allowed = if is_missing(PROBLEM) {
                let problems = command::problems(brought, asked(error, brought));
                Some((PROBLEM, format!("one of {}", problems.join(", "))))
            } else {
                let mut extras = [SHELL, long::name()].into_iter();
                let missing = extras.find(|extra| is_missing(extra.key));
                missing.map(|extra| (extra.key, extra.kind.allowed()))
            };
            match allowed {
                Some((key, allowed)) => format!("the {key} is missing: {allowed}"),
                None => format!("{argument} is missing; try --help"),
            }
        }
        ErrorKind::InvalidUtf8 => "an argument is not valid UTF-8".to_owned(),
        kind => kind
            .as_str()
            .unwrap_or("the arguments cannot be read")
            .to_owned(),
    }
}

/// The names of all commands, for a sentence.
fn commands(brought: Brought<'_>) -> String {
    let names = [&command::names(brought)[..], &long::NAMES].concat();
    format!("{} and completions", names.join(", "))
}

/// The command about a problem of which clap complains.
fn asked(error: &clap::Error, brought: Brought<'_>) -> &'static str {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    let mut words = usage.split_whitespace();
    let names = command::names(brought);
    words
        .find_map(|word| names.iter().find(|name| **name == word))
        .copied()
        .unwrap_or_default()
}

/// A text cut to a length that fits a sentence.
pub(crate) fn short(text: &str) -> String {
    const LENGTH: usize = 60;
    let mut out: String = text.chars().take(LENGTH).collect();
    if text.chars().nth(LENGTH).is_some() {
        out.push('…');
    }
    out
}

/// One line whatever a file or an argument has put into it: control characters could also
/// steer the terminal.
pub(crate) fn printable(message: &str) -> String {
    message
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
