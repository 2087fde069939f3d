//! `lazy-limits report`: figures against theory.

use std::any::Any;
use std::fs;
use std::io::Write;
use std::process::ExitCode;

use crate::runner::{need, require};
use clap::ArgMatches;
use serde::Deserialize;

use super::failure::Failure;
use super::figure::{self, FullFigures};
use super::long::{paths, shown};
use super::report::Format;

/// What every part's file of a figure has.
#[derive(Deserialize)]
struct Named {
    figure: String,
}

pub(super) fn run(
    matches: &ArgMatches,
    format: Format,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let Format::Table { .. } = format else {
        return Err(Failure::Usage(
            "report writes Markdown only; leave --format out".to_owned(),
        ));
    };
    // By part: each writes a document of its own.
    let mut read: Vec<(&FullFigures, Vec<Box<dyn Any>>)> =
        figure::of_parts().map(|part| (part, Vec::new())).collect();
    for path in paths(matches, "figures") {
        let refused =
            |error: &dyn std::fmt::Display| Failure::Usage(format!("{}: {error}", shown(&path)));
        let length = fs::metadata(&path).map_or(0, |file| file.len());
        require(
            || format!("reading {} needs", shown(&path)),
            need::of_json(length),
        )?;
        let text = fs::read_to_string(&path).map_err(|error| refused(&error))?;
        let name = serde_json::from_str(&text).map_or(String::new(), |named: Named| named.figure);
        let is_own = |part: &FullFigures| part.figures.iter().any(|own| own.name == name);
        // What is of nobody is refused by the first.
        let own = read.iter().position(|(part, _)| is_own(part));
        let Some((part, figures)) = read.get_mut(own.unwrap_or(0)) else {
            return Err(refused(&"there are no figures at full size"));
        };
        figures.push((part.read)(&text).map_err(|error| refused(&error))?);
    }
    for (part, figures) in read {
        if !figures.is_empty() {
            out.write_all((part.report)(figures).as_bytes())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
