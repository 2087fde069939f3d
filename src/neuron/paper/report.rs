//! The figure's results against theory and the paper's claims, as a section of the reproduction.

use std::fmt::Write as _;

use super::claims::claims;
use super::data::{DrawnCurve, NeuronFigureData};
use super::preset::NeuronPreset;
use super::tables;
use super::theory::KnownTarget;
use crate::full_size::{FigureHead, PresetSize, ReportError};

/// A figure that was read.
#[derive(Debug)]
pub struct NeuronReported {
    pub(super) data: NeuronFigureData,
}

impl NeuronReported {
    /// Reads the JSON of a figure.
    ///
    /// # Errors
    /// If it is none of this part.
    pub fn from_json(text: &str) -> Result<Self, ReportError> {
        let head = FigureHead::from_json(text)?;
        if head.figure != NeuronPreset::NAME || PresetSize::from_name(&head.preset).is_none() {
            return Err(head.unknown());
        }
        let data = serde_json::from_str(text)?;
        Ok(Self { data })
    }

    /// Features that were drawn, with theory about their target.
    pub(super) fn drawn(&self, regime: &str) -> impl Iterator<Item = (&DrawnCurve, KnownTarget)> {
        let curves = self
            .data
            .drawn
            .iter()
            .filter(move |curve| curve.regime == regime);
        curves.filter_map(|curve| Some((curve, KnownTarget::new(curve.dim, curve.bias)?)))
    }

    /// The dimensions of trained neurons, upwards.
    pub(super) fn dims(&self) -> Vec<usize> {
        let mut dims: Vec<usize> = self.data.trained.iter().map(|neuron| neuron.dim).collect();
        dims.sort_unstable();
        dims.dedup();
        dims
    }
}

/// The sections: what was run, the paper's claims beside the numbers here, and tables.
pub fn report(figures: &[NeuronReported]) -> String {
    figures.iter().map(section).collect()
}

fn section(figure: &NeuronReported) -> String {
    let mut out = String::from(
        "\n## One neuron against random features\n\nThe paper is Yehudai and Shamir, “On the Power and Limitations of Random Features for \
         Understanding Neural Networks” (NeurIPS 2019). The target is a neuron y = relu(s⟨w*,x⟩ + b), ‖w*‖ = 1, of Gaussian x; where nothing else is said s = 1 \
         and b = 0. Risks are over E y²: 1 is that of answering 0. RF are r neurons relu(⟨w,x⟩) of random directions with the constant, NT the rd \
         features of r such neurons, all with the best weights there are. *Exact* is the least risk of features drawn, by linear algebra and without samples; \
         *line* its expectation over draws, from the kernel's eigenvalues, and *any* what no r fixed features beside the constant can be \
         below on average over directions of the target, whatever they are and whatever their weights. Line and bound are ours.\n\n",
    );
    out += &provenance(&figure.data);
    out += &claims(figure);
    out += &tables::tables(figure);
    out
}

fn provenance(data: &NeuronFigureData) -> String {
    let source = &data.provenance;
    let seconds = &source.seconds;
    let [done, all] = data.runs;
    let mut out = format!(
        "{done} of {all} runs are finished; they took {:.2} hours of computing (one core: random features {:.2}, tangent features {:.2}, trained neurons \
         {:.2}, polynomials {:.2}) on {}. Program {}, random streams {}. Made by `lazy-limits figure {} --preset {}`.\n",
        seconds.total() / 3600.0,
        seconds.features / 3600.0,
        seconds.tangent / 3600.0,
        seconds.neurons / 3600.0,
        seconds.polynomials / 3600.0,
        source.machines_in_words(),
        source.version,
        source.streams,
        data.figure,
        data.preset,
    );
    for note in &data.notes {
        let _ = write!(out, "\nNote: {note}.\n");
    }
    out
}
