//! From arguments to values.

use std::ffi::OsStr;

use crate::setting::{Parameters, Scope, Value};
use clap::ArgMatches;

use super::arguments::{Extra, given};
use super::failure::{Failure, refusal, short};
use super::hint;

/// The settings that the options of [`of_table`](super::arguments::of_table) ask for: all that the user has not given are
/// as the table has them. A value that the table refuses is refused in its sentence, with the dashes of the option.
///
/// Numbers are read where a parameter takes them, files are not: a part that wants those reads them itself.
///
/// # Errors
/// The first value that is refused.
pub fn settings<S: Parameters>(scope: Scope, matches: &ArgMatches) -> Result<S, Failure> {
    let mut settings = S::new(scope);
    for row in S::rows(scope) {
        if let Some(value) = given(matches, row.key) {
            set(&mut settings, row.key, value)?;
        }
    }
    Ok(settings)
}

/// Sets one parameter to a value that the user has given.
pub(crate) fn set<S: Parameters>(
    settings: &mut S,
    key: &str,
    value: &OsStr,
) -> Result<(), Failure> {
    let set = settings.set(key, text(key, value)?);
    set.map_err(|error| refusal(format!("{error}{}", hint::of_setting(&error))))
}

/// The value as text, or a refusal that shows as much of it as can be shown.
pub(crate) fn text<'a>(key: &str, value: &'a OsStr) -> Result<&'a str, Failure> {
    value.to_str().ok_or_else(|| {
        let shown = short(&value.to_string_lossy());
        Failure::Usage(format!(
            "--{key} is “{shown}”, but must be text in valid UTF-8"
        ))
    })
}

/// The value of an option that only the command line has.
pub(crate) fn extra(extra: &Extra, matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let Some(value) = given(matches, extra.key) else {
        return Ok(None);
    };
    let value = extra.kind.parse(extra.key, text(extra.key, value)?.trim());
    let refused = |error| Failure::Usage(format!("--{error}"));
    value.map(Some).map_err(refused)
}

/// Like [`extra`] for a positional argument, which has no dashes in front.
pub(crate) fn positional(extra: &Extra, matches: &ArgMatches) -> Result<Value, Failure> {
    let value = given(matches, extra.key).unwrap_or_default();
    let shown = value.to_string_lossy();
    let value = extra.kind.parse(extra.key, &shown);
    value.map_err(|error| Failure::Usage(error.to_string()))
}
