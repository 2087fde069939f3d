//! The figure on laziness at full size.

use std::env;
use std::fs;
use std::path::Path;

use crate::cli::failure::{Failure, refusal};
use crate::cli::{Drawing, FigureFiles, Terminal};
use crate::experiment::sweep::Sweep;
use crate::full_size::PresetSize;
use crate::lazy::paper::laziness::{
    ExactLine, LazinessData, LazinessPreset, assemble, csv, exact_lines, plate,
};
use crate::lazy::problem::Problem;
use crate::runner::Progress;

/// Its runs.
pub(super) fn sweep(size: &str) -> Result<Sweep, Failure> {
    LazinessPreset::new(PresetSize::of_option(size))
        .sweep()
        .map_err(refusal)
}

/// `None` if a signal came before.
pub(super) fn draw(drawing: &Drawing<'_>) -> Result<Option<FigureFiles>, Failure> {
    let preset = LazinessPreset::new(PresetSize::of_option(drawing.size));
    let settings = preset.settings().map_err(refusal)?;
    let problem = settings.problem().map_err(refusal)?;
    drawing.terminal.interrupt.hold();
    let before = drawn_before(&preset, drawing.before);
    let exact = before.or_else(|| exact(&preset, &problem, settings.seed, drawing.terminal));
    let Some(exact) = exact else {
        return Ok(None);
    };
    let command = env::args().collect();
    let data = assemble(&preset, drawing.sweep, drawing.results, exact, command);
    let data = data.map_err(refusal)?;
    Ok(Some(FigureFiles {
        complete: data.complete,
        files: FigureFiles::of(&data, csv(&data), &plate(&data))?,
        notes: data.notes,
    }))
}

/// Exact lines, as this version drew them before.
fn drawn_before(preset: &LazinessPreset, file: &Path) -> Option<Vec<ExactLine>> {
    let text = fs::read_to_string(file).ok()?;
    let data: LazinessData = serde_json::from_str(&text).ok()?;
    let points = preset.line().len();
    let same = data.preset == preset.size.name()
        && data.provenance.is_of_this_version()
        && data.exact.iter().map(|line| line.neurons).eq(preset.widths)
        && data.exact.iter().all(|line| line.laziness.len() == points);
    same.then_some(data.exact)
}

/// Exact lines; `None` if a signal came before.
fn exact(
    preset: &LazinessPreset,
    problem: &Problem,
    seed: u64,
    terminal: &Terminal,
) -> Option<Vec<ExactLine>> {
    let mut progress = Progress::of_work(terminal.quiet);
    let exact = exact_lines(preset, problem, seed, |share| {
        progress.says(share, "exact values by laziness".to_owned());
        terminal.interrupt.flow()
    });
    progress.finish();
    exact
}
