//! `lazy-limits figure`: figures at full size, from runs to files.

use std::any::Any;
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::chart::{png, svg};
use crate::experiment::sweep::{PlanPart, Sweep};
use crate::figure::Plate;
use crate::part::PARTS;
use crate::runner::{Results, need, require, write_whole};
use crate::setting::VERSION;
use clap::ArgMatches;
use serde::Serialize;
use serde_json::json;

use super::failure::Failure;
use super::long::{self, Runs, shown};
use super::report::Format;
use super::{Terminal, help, input, sweep as many};

/// What a part draws at full size, and what it says of that in a document.
pub struct FullFigures {
    /// What is in them, a paragraph of `figure --help`.
    pub about: &'static str,
    /// The figures, in the order of help pages.
    pub figures: &'static [FullFigure],
    /// Reads one of them as its file has it, for [`report`](Self::report).
    pub read: fn(&str) -> Result<Box<dyn Any>, String>,
    /// The document in Markdown about what [`read`](Self::read) has read: `lazy-limits report`.
    pub report: fn(Vec<Box<dyn Any>>) -> String,
}

/// A figure at full size: `lazy-limits figure NAME`.
pub struct FullFigure {
    /// Its name, which no other figure has.
    pub name: &'static str,
    /// What it shows, in a line.
    pub help: &'static str,
    /// All its runs, those first that make it. The size is one of the names of `--preset`.
    pub sweep: fn(size: &str) -> Result<Sweep, Failure>,
    /// The files of what is there of them; none if a signal came before.
    pub draw: fn(&Drawing<'_>) -> Result<Option<FigureFiles>, Failure>,
}

/// What a figure is drawn from.
pub struct Drawing<'a> {
    /// One of the names of `--preset`.
    pub size: &'a str,
    /// All its runs.
    pub sweep: &'a Sweep,
    /// What is there of them.
    pub results: &'a Results,
    /// Its file `NAME.json`, as far as it was drawn before.
    pub before: &'a Path,
    /// How it may be drawn.
    pub terminal: &'a Terminal,
}

/// A figure as files.
pub struct FigureFiles {
    /// Whether all its runs are there.
    pub complete: bool,
    /// What is to be said of it, as clauses without a full stop.
    pub notes: Vec<String>,
    /// Endings of `NAME.…` with what is in them; one is `json`.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

impl FigureFiles {
    /// The files of a figure: its data, the same numbers as one table, and its picture.
    ///
    /// # Errors
    /// If it cannot be drawn, which is for want of memory only.
    pub fn of(
        data: &impl Serialize,
        csv: String,
        plate: &Plate,
    ) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
        let failed = |error: &dyn Display| Failure::Failed(error.to_string());
        let picture = svg(plate).map_err(|error| failed(&error))?;
        let raster = png(&picture).map_err(|error| failed(&error))?;
        let mut json = serde_json::to_vec(data).map_err(|error| failed(&error))?;
        json.push(b'\n');
        Ok(vec![
            ("json", json),
            ("csv", csv.into_bytes()),
            ("svg", picture.into_bytes()),
            ("png", raster),
        ])
    }
}

/// What a picture takes, with its fonts.
const PAINTING: f64 = 60e6;

/// Those of all parts.
pub(super) fn of_parts() -> impl Iterator<Item = &'static FullFigures> {
    PARTS.iter().filter_map(|part| part.program.full_figures)
}

/// The figures of all parts.
pub(super) fn all() -> impl Iterator<Item = &'static FullFigure> {
    of_parts().flat_map(|part| part.figures)
}

/// The help page of the command.
pub(super) fn long_about() -> String {
    let mut paragraphs = vec![help::FIGURE.long_about];
    paragraphs.extend(of_parts().map(|part| part.about));
    paragraphs.push(help::FIGURE_LAST);
    paragraphs.join("\n\n")
}

pub(super) fn run(
    matches: &ArgMatches,
    terminal: &Terminal,
    format: Format,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let name = input::positional(&long::name(), matches)?.to_string();
    let figure = all()
        .find(|figure| figure.name == name)
        .ok_or_else(|| Failure::Usage(format!("there is no figure “{name}”")))?;
    let size = input::extra(&long::PRESET, matches)?;
    let size = size.map_or(long::PRESET.default.to_owned(), |value| value.to_string());
    let sweep = (figure.sweep)(&size)?;
    let asked = Runs::read(matches)?;
    if asked.dry_run {
        many::dry_run(&sweep, &asked, terminal, format, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let path = asked.out()?;
    if !matches.get_flag("draw") {
        let mut store = many::open(&sweep, &asked, terminal)?;
        let done = many::advance(&sweep, &mut store, &asked, terminal)?;
        if !done || asked.part != PlanPart::WHOLE {
            many::summarise(&sweep, &store, path, done, format, out)?;
            return Ok(terminal.status(!done));
        }
    }
    let Some(drawn) = draw(figure, &size, &sweep, path, terminal)? else {
        return Ok(terminal.status(true));
    };
    let paths = write(figure, &drawn, path)?;
    tell(figure, &size, &drawn, &paths, format, out)?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the files of what is there; `None` if a signal came before.
fn draw(
    figure: &FullFigure,
    size: &str,
    sweep: &Sweep,
    path: &Path,
    terminal: &Terminal,
) -> Result<Option<FigureFiles>, Failure> {
    // Records and the figure of before are taken to pieces, and the picture is painted.
    let before = path.join(format!("{}.json", figure.name));
    let length = |file: &Path| fs::metadata(file).map_or(0, |file| file.len());
    let read = need::of_json(length(&Results::records(path)) + length(&before));
    require(|| format!("drawing {} needs", shown(path)), read + PAINTING)?;
    let results = Results::read(path, Some(sweep))?;
    if !results.is_of(sweep) {
        return Err(Failure::Usage(format!(
            "{} holds results of another plan than this figure's; give another --out",
            shown(path)
        )));
    }
    (figure.draw)(&Drawing {
        size,
        sweep,
        results: &results,
        before: &before,
        terminal,
    })
}

/// Writes the data and the pictures; their paths.
fn write(figure: &FullFigure, drawn: &FigureFiles, path: &Path) -> Result<Vec<String>, Failure> {
    let mut paths = Vec::new();
    for (ending, bytes) in &drawn.files {
        let file = path.join(format!("{}.{ending}", figure.name));
        write_whole(&file, bytes)?;
        paths.push(file.to_string_lossy().into_owned());
    }
    Ok(paths)
}

/// Says what was written.
fn tell(
    figure: &FullFigure,
    size: &str,
    drawn: &FigureFiles,
    paths: &[String],
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == Format::Json {
        let summary = json!({
            "schema": VERSION,
            "version": env!("CARGO_PKG_VERSION"),
            "command": "figure",
            "figure": figure.name,
            "preset": size,
            "complete": drawn.complete,
            "files": paths,
        });
        return writeln!(out, "{summary}");
    }
    for path in paths {
        writeln!(out, "{path}")?;
    }
    for note in &drawn.notes {
        writeln!(out, "Note: {note}.")?;
    }
    Ok(())
}
