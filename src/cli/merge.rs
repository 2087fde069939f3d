//! `lazy-limits merge`: parts of a plan put together.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::runner::{Maker, Merged, Results, merge};
use crate::setting::VERSION;
use clap::ArgMatches;
use serde_json::{Value, json};

use super::Terminal;
use super::arguments::given;
use super::failure::Failure;
use super::long::{paths, shown};
use super::report::Format;
use super::sweep::settings;

pub(super) fn run(
    matches: &ArgMatches,
    terminal: &Terminal,
    format: Format,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let parts = paths(matches, "parts");
    let path = PathBuf::from(given(matches, "out").unwrap_or_default());
    let Merged {
        sweep,
        missing,
        different,
        makers,
    } = merge(&parts, &path, || terminal.interrupt.hold(), super::note)?;
    let jobs = sweep.jobs();
    let records = Results::records(&path);
    if format == Format::Json {
        let list: Vec<Value> = missing
            .iter()
            .map(|&job| json!({ "run": jobs[job].id(), "plan": jobs[job].plan().to_object() }))
            .collect();
        let summary = json!({
            "schema": VERSION,
            "version": env!("CARGO_PKG_VERSION"),
            "command": "merge",
            "name": sweep.name(),
            "runs": jobs.len(),
            "finished": jobs.len() - missing.len(),
            "different": different,
            "makers": makers,
            "records": records.to_string_lossy(),
            "missing": list,
        });
        writeln!(out, "{summary}")?;
    } else {
        for &job in &missing {
            writeln!(out, "missing {} {}", jobs[job].id(), settings(&jobs[job]))?;
        }
        writeln!(
            out,
            "{} of {} runs are in {}",
            jobs.len() - missing.len(),
            jobs.len(),
            shown(&records)
        )?;
        if !different.is_empty() {
            writeln!(
                out,
                "{} runs are in several parts with different results, of which the first is kept",
                different.len()
            )?;
        }
    }
    if Maker::are_mixed(&makers) {
        super::note(&mixture(&makers));
    }
    if missing.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    out.flush()?;
    Err(Failure::Failed(format!(
        "{} of {} runs are missing; sweep or figure with --resume in {} makes them",
        missing.len(),
        jobs.len(),
        shown(&path)
    )))
}

/// What is to be said where runs were made in different ways.
fn mixture(makers: &[Maker]) -> String {
    let each = makers.iter().map(|maker| {
        let kernel = maker.product_kernel.as_deref().unwrap_or("unnamed");
        let cpu = maker.cpu.as_deref().unwrap_or("an unnamed processor");
        format!("{} by {kernel} on {cpu}", maker.runs)
    });
    format!(
        "the products of these runs were made in different ways ({}), so that their last digits are those of no one machine; \
         --kernel portable gives the same everywhere",
        each.collect::<Vec<_>>().join(", ")
    )
}
