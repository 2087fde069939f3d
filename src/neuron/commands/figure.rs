//! The figure at full size, and the section about it.

use std::any::Any;
use std::env;

use crate::cli::failure::{Failure, refusal};
use crate::cli::{Drawing, FigureFiles, FullFigure, FullFigures};
use crate::experiment::sweep::Sweep;
use crate::full_size::PresetSize;
use crate::neuron::paper::{NeuronPreset, NeuronReported, assemble, csv, plate, report};

/// All of them.
pub(super) static FULL_FIGURES: FullFigures = FullFigures {
    about: "\
neuron is another paper's: one neuron against random features in several dimensions. Lines are expected risks and what no \
fixed features can be below; dots are exact, mean and sd of draws and directions of the target; neurons are trained by SGD.",
    figures: &[FullFigure {
        name: NeuronPreset::NAME,
        help: "one neuron: random and tangent features against their number, and SGD",
        sweep,
        draw,
    }],
    read: |text| {
        let read = NeuronReported::from_json(text).map_err(|error| error.to_string())?;
        Ok(Box::new(read))
    },
    report: |read| report(&read.into_iter().filter_map(reported).collect::<Vec<_>>()),
};

/// What `read` above has read.
fn reported(read: Box<dyn Any>) -> Option<NeuronReported> {
    read.downcast().map(|read| *read).ok()
}

fn preset(size: &str) -> NeuronPreset {
    NeuronPreset::new(PresetSize::of_option(size))
}

fn sweep(size: &str) -> Result<Sweep, Failure> {
    preset(size).sweep().map_err(refusal)
}

/// Never stopped by a signal: theory takes less than a second.
fn draw(drawing: &Drawing<'_>) -> Result<Option<FigureFiles>, Failure> {
    let preset = preset(drawing.size);
    drawing.terminal.interrupt.hold();
    let command = env::args().collect();
    let data = assemble(&preset, drawing.sweep, drawing.results, command);
    Ok(Some(FigureFiles {
        complete: data.complete,
        files: FigureFiles::of(&data, csv(&data), &plate(&data))?,
        notes: data.notes,
    }))
}
