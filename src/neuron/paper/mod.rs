//! The figure at full size: random features of five dimensions and one trained neuron, from a preset to files, and the section
//! about it, which holds every claim of the paper against the numbers found.

mod assemble;
mod claims;
mod csv;
mod data;
mod plate;
mod preset;
mod report;
mod tables;
mod theory;

pub use assemble::assemble;
pub use csv::csv;
pub use data::{
    DrawnCurve, DrawnMean, NeuronFigureData, NeuronLine, NeuronSeconds, PolynomialDot,
    TrainedNeuron,
};
pub use plate::plate;
pub use preset::NeuronPreset;
pub use report::{NeuronReported, report};
pub use theory::lines;
