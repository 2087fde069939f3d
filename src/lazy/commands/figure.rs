//! The paper's figures at full size, and the document about them.

use std::any::Any;
use std::env;
use std::fs;
use std::path::Path;

use crate::cli::failure::{Failure, refusal};
use crate::cli::{Drawing, FigureFiles, FullFigure, FullFigures, Terminal};
use crate::experiment::sweep::Sweep;
use crate::full_size::PresetSize;
use crate::lazy::exact::RunError;
use crate::lazy::paper::WidthFigure;
use crate::lazy::paper::laziness::LazinessPreset;
use crate::lazy::paper::{
    Exact, FigureData, Preset, Reported, assemble, csv, exact_curves, plate, report,
};
use crate::lazy::problem::Problem;
use crate::lazy::setting::Settings;
use crate::runner::Progress;

use super::laziness_figure;

/// All of them.
pub(super) static FULL_FIGURES: FullFigures = FullFigures {
    about: "\
Lines are limits, RF with isotropic, aligned and best weights, NT, NN, for mixture also Bayes. Dots \
are random features, exact (mean and sd of 10 draws) and fitted to samples, and NT and NN trained by \
SGD, each at the best of six step sizes: 1/16 to 2 times the automatic one with a constant step, and \
1/8 to 4 times it with one that decays (NN of quadratic: the automatic one). activation has ReLU on \
the left and tanh on the right.

laziness, which is not the paper's, has NN of laziness α at three widths: lines are limits and the exact \
least risk at the weights drawn, dots are trained at the automatic step size that decays; on the left \
against α, on the right against how far the weights move.",
    figures: &[
        FullFigure {
            name: WidthFigure::Quadratic.name(),
            help: "quadratic targets: RF, NT and NN against ρ, and against samples",
            sweep: |size| sweep(WidthFigure::Quadratic, size),
            draw: |drawing| draw(WidthFigure::Quadratic, drawing),
        },
        FullFigure {
            name: WidthFigure::Mixture.name(),
            help: "the same for two Gaussian classes, with Bayes",
            sweep: |size| sweep(WidthFigure::Mixture, size),
            draw: |drawing| draw(WidthFigure::Mixture, drawing),
        },
        FullFigure {
            name: WidthFigure::Activation.name(),
            help: "quadratic targets learnt with ReLU and with tanh",
            sweep: |size| sweep(WidthFigure::Activation, size),
            draw: |drawing| draw(WidthFigure::Activation, drawing),
        },
        FullFigure {
            name: LazinessPreset::NAME,
            help: "quadratic targets: NN of laziness α, from NN to NT, and how far weights move",
            sweep: laziness_figure::sweep,
            draw: laziness_figure::draw,
        },
    ],
    read: |text| {
        let read = Reported::from_json(text).map_err(|error| error.to_string())?;
        Ok(Box::new(read))
    },
    report: |read| report(&read.into_iter().filter_map(reported).collect::<Vec<_>>()),
};

/// What `read` above has read.
fn reported(read: Box<dyn Any>) -> Option<Reported> {
    read.downcast().map(|read| *read).ok()
}

fn preset(figure: WidthFigure, size: &str) -> Preset {
    Preset::new(figure, PresetSize::of_option(size))
}

fn sweep(figure: WidthFigure, size: &str) -> Result<Sweep, Failure> {
    preset(figure, size).sweep().map_err(refusal)
}

/// `None` if a signal came before.
fn draw(figure: WidthFigure, drawing: &Drawing<'_>) -> Result<Option<FigureFiles>, Failure> {
    let preset = preset(figure, drawing.size);
    let settings = preset.settings().map_err(refusal)?;
    let problem = settings.problem().map_err(refusal)?;
    drawing.terminal.interrupt.hold();
    let exact = match drawn_before(&preset, drawing.before) {
        Some(exact) => exact,
        None => match exact(&preset, &settings, &problem, drawing.terminal)? {
            Some(exact) => exact,
            None => return Ok(None),
        },
    };
    let command = env::args().collect();
    let data = assemble(&preset, drawing.sweep, drawing.results, exact, command);
    let data = data.map_err(refusal)?;
    Ok(Some(FigureFiles {
        complete: data.complete,
        files: FigureFiles::of(&data, csv(&data), &plate(&preset, &data))?,
        notes: data.notes,
    }))
}

/// Exact random features, as this version drew them before.
fn drawn_before(preset: &Preset, file: &Path) -> Option<Vec<Exact>> {
    let text = fs::read_to_string(file).ok()?;
    let data = FigureData::from_json(&text).ok()?;
    let same = data.preset == preset.size.name()
        && data.provenance.is_of_this_version()
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
