//! What is seen of it: one figure, its panels a file each.

mod answer;
mod functions;
mod price;
mod readings;
mod risk;
mod samples;
mod scene;
pub(super) mod subject;
#[cfg(test)]
mod tests;
mod wave;

use crate::figure::{Live, OpenSheet, Sheet};
use crate::neuron::setting::NeuronSettings;

pub use answer::NeuronAnswer;
pub use scene::NeuronScene;

/// Its figures.
pub(super) const FIGURES: &[&dyn OpenSheet] = &[&SHEET];

static SHEET: Sheet<NeuronScene> = Sheet::new(
    "neuron",
    NeuronSettings::FIGURE,
    &[
        &risk::RiskOfNeuron,
        &functions::Functions,
        &samples::SamplesOfNeuron,
        &wave::Wave,
        &wave::WaveByDimension,
        &price::Price,
    ],
);

/// The figure at work.
type Seen = Live<NeuronScene>;
