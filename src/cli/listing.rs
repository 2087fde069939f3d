//! Runs that are to be made, and what each will take.

use std::io::{self, Write};

use crate::experiment::sweep::Job;

use super::report::Format;
use super::sweep::settings;

/// A line for each run. What is as wide as the settings comes last, so that no line waits for those below it.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    format: Format,
}

impl Listing {
    pub(super) fn new(format: Format) -> Self {
        Self { format }
    }

    /// What can be said before anything is measured; of JSON, nothing.
    pub(super) fn begin(self, runs: usize, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Json => return Ok(()),
            Format::Csv => writeln!(out, "run,group,settings,seconds")?,
            Format::Table { .. } => {
                writeln!(out, "{runs} runs to make\n")?;
                line(out, "run", "group", "seconds", "settings")?;
            }
        }
        out.flush()
    }

    pub(super) fn row(self, job: &Job, seconds: f64, out: &mut dyn Write) -> io::Result<()> {
        let (run, group, settings) = (job.id(), job.group() + 1, settings(job));
        if self.format == Format::Csv {
            writeln!(out, "{run},{group},{},{seconds:.1}", quoted(&settings))
        } else {
            line(
                out,
                run,
                &group.to_string(),
                &format!("{seconds:.1}"),
                &settings,
            )
        }
    }
}

fn line(
    out: &mut dyn Write,
    run: &str,
    group: &str,
    seconds: &str,
    settings: &str,
) -> io::Result<()> {
    writeln!(out, "{run:<16}  {group:>5}  {seconds:>8}  {settings}")
}

/// A text as CSV has it.
fn quoted(text: &str) -> String {
    if text.contains([',', '"']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
