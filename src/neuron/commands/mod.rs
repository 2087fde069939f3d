//! What this paper brings to the command line.

mod exact_files;
mod exact_neuron;
mod figure;
mod linear;
mod polynomial;
mod reference;
mod risk_neuron;
mod train_neuron;
mod wave;

use super::polynomial::PolynomialSettings;
use super::setting::NeuronSettings;
use crate::cli::PartProgram;
use crate::setting::Parameters;

/// What the paper brings to the command line.
pub(super) const PROGRAM: PartProgram = PartProgram {
    rows: || {
        let neuron = NeuronSettings::TABLE.iter().map(|one| &one.row);
        let polynomial = PolynomialSettings::TABLE.iter().map(|one| &one.row);
        neuron.chain(polynomial).collect()
    },
    commands: &[
        exact_neuron::EXACT,
        linear::COMMAND,
        polynomial::COMMAND,
        risk_neuron::COMMAND,
        train_neuron::TRAIN,
        wave::COMMAND,
    ],
    full_figures: Some(&figure::FULL_FIGURES),
    reference: reference::reference,
};
