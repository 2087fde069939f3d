//! `lazy-limits report`: figures against theory.

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use crate::lazy::paper::{Reported, report};
use crate::runner::{need, require};
use clap::ArgMatches;

use super::failure::Failure;
use super::long::{paths, shown};
use super::report::Format;

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
    let mut figures = Vec::new();
    for path in paths(matches, "figures") {
        let refused =
            |error: &dyn std::fmt::Display| Failure::Usage(format!("{}: {error}", shown(&path)));
        let length = fs::metadata(&path).map_or(0, |file| file.len());
        require(
            || format!("reading {} needs", shown(&path)),
            need::of_json(length),
        )?;
        let text = fs::read_to_string(&path).map_err(|error| refused(&error))?;
        figures.push(Reported::from_json(&text).map_err(|error| refused(&error))?);
    }
    out.write_all(report(&figures).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
