//! The lines of the figure: expected risks and bounds.

use super::data::NeuronLine;
use super::preset::NeuronPreset;
use crate::neuron::bound::AnyFeatures;
use crate::neuron::line::ExpectedRisk;
use crate::neuron::problem::SingleNeuron;

/// Values of a line in each decade.
const PER_DECADE: i32 = 20;

/// Decades of a line: some more than features can be drawn.
const DECADES: i32 = 6;

/// A bound that rounding has left no digit of is none.
const LEAST_BOUND: f64 = 1e-12;

/// The lines in all dimensions of a preset, for a target without a bias.
pub fn lines(preset: &NeuronPreset) -> Vec<NeuronLine> {
    let lines = preset.dims.iter();
    lines
        .filter_map(|&dim| Some(line(dim, &KnownTarget::new(dim, 0.0)?)))
        .collect()
}

fn line(dim: usize, theory: &KnownTarget) -> NeuronLine {
    let features =
        (0..=PER_DECADE * DECADES).map(|k| 10_f64.powf(f64::from(k) / f64::from(PER_DECADE)));
    let mut line = NeuronLine {
        dim,
        features: Vec::new(),
        rf: Vec::new(),
        any: Vec::new(),
    };
    for r in features {
        if let Some(rf) = theory.rf.risk(r) {
            line.features.push(r);
            line.rf.push(rf);
            line.any.push(theory.any(r));
        }
    }
    line
}

/// What is known of a target in one dimension.
pub(super) struct KnownTarget {
    /// Random features, with the constant.
    pub(super) rf: ExpectedRisk,
    /// Any features.
    bound: AnyFeatures,
}

impl KnownTarget {
    /// Of a target of norm 1; none of one that is 0 to double precision.
    pub(super) fn new(dim: usize, bias: f64) -> Option<Self> {
        let target = SingleNeuron { norm: 1.0, bias };
        let dim = dim as f64;
        Some(Self {
            rf: ExpectedRisk::new(dim, &target, true)?,
            bound: AnyFeatures::new(dim, &target)?,
        })
    }

    /// The least average risk of `features` of any kind beside the constant.
    pub(super) fn any(&self, features: f64) -> f64 {
        let risk = self.bound.risk(features + 1.0);
        if risk < LEAST_BOUND { 0.0 } else { risk }
    }

    /// How many features of any kind are needed beside the constant.
    pub(super) fn any_needed(&self, risk: f64) -> Option<f64> {
        let all = self.bound.features_for(risk)?;
        Some((all - 1.0).max(0.0))
    }
}
