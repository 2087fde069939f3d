//! `lazy-limits figure`: the paper's figures, from runs to files.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::experiment::sweep::{PlanPart, Sweep};
use crate::lazy::exact::RunError;
use crate::lazy::figure::FigureName;
use crate::lazy::paper::{
    Exact, FigureData, Preset, PresetSize, assemble, csv, exact_curves, plate, png, svg,
};
use crate::lazy::problem::Problem;
use crate::lazy::setting::Settings;
use crate::runner::{Progress, Store, need, require, write_whole};
use crate::setting::VERSION;
use crate::stream;
use clap::ArgMatches;
use serde_json::json;

use super::failure::{Failure, refusal};
use super::long::{self, Runs, shown};
use super::report::Format;
use super::{Terminal, input, sweep as many};

/// What a picture takes, with its fonts.
const PAINTING: f64 = 60e6;

pub(super) fn run(
    matches: &ArgMatches,
    terminal: &Terminal,
    format: Format,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let name = input::positional(&long::NAME, matches)?.to_string();
    let figure = FigureName::from_name(&name)
        .ok_or_else(|| Failure::Usage(format!("there is no figure “{name}”")))?;
    let size = input::extra(&long::PRESET, matches)?;
    let size = size.and_then(|value| PresetSize::from_name(&value.to_string()));
    let preset = Preset::new(figure, size.unwrap_or(PresetSize::Paper));
    let sweep = preset.sweep().map_err(refusal)?;
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
    let Some(files) = draw(&preset, &sweep, path, terminal)? else {
        return Ok(terminal.status(true));
    };
    files.report(format, out)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the files of what is there; `None` if a signal came before.
fn draw(
    preset: &Preset,
    sweep: &Sweep,
    path: &Path,
    terminal: &Terminal,
) -> Result<Option<FigureFiles>, Failure> {
    // Records and the figure of before are taken to pieces, and the picture is painted.
    let before = data_file(preset, path);
    let length = |file: &Path| fs::metadata(file).map_or(0, |file| file.len());
    let read = need::of_json(length(&Store::records(path)) + length(&before));
    require(|| format!("drawing {} needs", shown(path)), read + PAINTING)?;
    let results = Store::read(path, Some(sweep))?;
    if !results.is_of(sweep) {
        return Err(Failure::Usage(format!(
            "{} holds results of another plan than this figure's; give another --out",
            shown(path)
        )));
    }
    let settings = preset.settings().map_err(refusal)?;
    let problem = settings.problem().map_err(refusal)?;
    terminal.interrupt.hold();
    let exact = match drawn_before(preset, path) {
        Some(exact) => exact,
        None => match exact(preset, &settings, &problem, terminal)? {
            Some(exact) => exact,
            None => return Ok(None),
        },
    };
    let command = env::args().collect();
    let data = assemble(preset, sweep, &results, exact, command).map_err(refusal)?;
    let paths = write_files(preset, &data, path)?;
    Ok(Some(FigureFiles { data, paths }))
}

/// Where a figure's data are.
fn data_file(preset: &Preset, path: &Path) -> PathBuf {
    path.join(format!("{}.json", preset.figure.name()))
}

/// Exact random features, as this version drew them into the directory before.
fn drawn_before(preset: &Preset, path: &Path) -> Option<Vec<Exact>> {
    let text = fs::read_to_string(data_file(preset, path)).ok()?;
    let data = FigureData::from_json(&text).ok()?;
    let same = data.preset == preset.size.name()
        && data.provenance.version == env!("CARGO_PKG_VERSION")
        && data.provenance.streams == stream::VERSION
        && data.exact.iter().all(|exact| exact.draws == preset.draws);
    same.then_some(data.exact)
}

/// Exact random features; `None` if a signal came before.
fn exact(
    preset: &Preset,
    settings: &Settings,
    problem: &Problem,
    terminal: &Terminal,
) -> Result<Option<Vec<Exact>>, Failure> {
    let mut progress = Progress::of_work(terminal.quiet);
    let exact = exact_curves(preset, problem, settings.seed, terminal.threads, |share| {
        progress.says(share, "exact random features".to_owned());
        terminal.interrupt.flow()
    });
    progress.finish();
    exact.map_err(|error| match error {
        RunError::Memory(error) => error.into(),
        other => Failure::Failed(other.to_string()),
    })
}

/// What was written.
struct FigureFiles {
    data: FigureData,
    paths: Vec<String>,
}

impl FigureFiles {
    fn report(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        let Self { data, paths } = self;
        if format == Format::Json {
            let summary = json!({
                "schema": VERSION,
                "version": env!("CARGO_PKG_VERSION"),
                "command": "figure",
                "figure": data.figure,
                "preset": data.preset,
                "complete": data.complete,
                "files": paths,
            });
            return writeln!(out, "{summary}");
        }
        for path in paths {
            writeln!(out, "{path}")?;
        }
        for note in &data.notes {
            writeln!(out, "Note: {note}.")?;
        }
        Ok(())
    }
}

/// Writes the data and the pictures; their paths.
fn write_files(preset: &Preset, data: &FigureData, path: &Path) -> Result<Vec<String>, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Failed(error.to_string());
    let picture = svg(&plate(preset, data)).map_err(|error| failed(&error))?;
    let raster = png(&picture).map_err(|error| failed(&error))?;
    let mut json = serde_json::to_vec(data).map_err(|error| failed(&error))?;
    json.push(b'\n');
    let mut files = Vec::new();
    for (extension, bytes) in [
        ("json", json.as_slice()),
        ("csv", csv(data).as_bytes()),
        ("svg", picture.as_bytes()),
        ("png", raster.as_slice()),
    ] {
        let file = path.join(format!("{}.{extension}", data.figure));
        write_whole(&file, bytes)?;
        files.push(file.to_string_lossy().into_owned());
    }
    Ok(files)
}
