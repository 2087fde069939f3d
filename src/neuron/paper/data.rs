//! The figure's data: the schema of its JSON.

use serde::{Deserialize, Serialize};

use crate::full_size::{Name, Provenance};

/// Everything that the figure shows, and where it is from. Risks are over `E y²`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NeuronFigureData {
    /// Version of this layout.
    pub schema: u64,
    /// `neuron`.
    pub figure: Name,
    /// `paper` or `quick`.
    pub preset: Name,
    /// Whether all its runs are finished.
    pub complete: bool,
    /// Finished runs, and all.
    pub runs: [usize; 2],
    /// What does not appear in the numbers.
    pub notes: Vec<String>,
    /// Where it is from.
    #[serde(flatten)]
    pub provenance: Provenance<NeuronSeconds>,
    /// Expected risks and bounds without a bias, one a dimension; left out where they are computed again.
    #[serde(default)]
    pub lines: Vec<NeuronLine>,
    /// Exact risks of features that were drawn, one for each regime, bias and dimension.
    pub drawn: Vec<DrawnCurve>,
    /// Neurons that were trained, by dimension and seed.
    pub trained: Vec<TrainedNeuron>,
    /// Networks that have learnt the sign of a polynomial.
    pub polynomials: Vec<PolynomialDot>,
}

/// Seconds of computing by what was computed, added up over threads, parts and sessions.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub struct NeuronSeconds {
    /// Random features.
    pub features: f64,
    /// Tangent neurons.
    pub tangent: f64,
    /// Trained neurons.
    pub neurons: f64,
    /// Networks that learn the sign of a polynomial.
    pub polynomials: f64,
}

impl NeuronSeconds {
    /// All of them.
    pub fn total(&self) -> f64 {
        self.features + self.tangent + self.neurons + self.polynomials
    }
}

/// Theory in a dimension, of a target without a bias.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NeuronLine {
    /// Dimension d.
    pub dim: usize,
    /// Numbers of features r.
    pub features: Vec<f64>,
    /// The expected least risk of r random features with the constant.
    pub rf: Vec<f64>,
    /// What r + 1 features of any kind, of which one may be the constant, leave at least on average over directions.
    pub any: Vec<f64>,
}

/// Features that were drawn, in one dimension.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DrawnCurve {
    /// `rf` or `nt`.
    pub regime: Name,
    /// Dimension d.
    pub dim: usize,
    /// Bias of the target, of norm 1.
    pub bias: f64,
    /// Directions of the target for each draw.
    pub directions: usize,
    /// By number of neurons.
    pub points: Vec<DrawnMean>,
    /// Id of the run.
    pub run: String,
}

/// So many neurons, drawn a number of times.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct DrawnMean {
    /// Neurons r.
    pub neurons: usize,
    /// The mean risk over draws and directions.
    pub mean: f64,
    /// Its standard deviation over both; none of a single one.
    pub sd: Option<f64>,
    /// The standard error of the mean, from the means of the draws; none of a single draw.
    pub error: Option<f64>,
    /// The mean of `r·max|u_i|`; none for NT.
    pub size: Option<f64>,
    /// Draws whose risk is known.
    pub draws: usize,
}

/// A neuron that was trained.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TrainedNeuron {
    /// Dimension d.
    pub dim: usize,
    /// Its seed.
    pub seed: u64,
    /// Samples of a step.
    pub batch: usize,
    /// The risk at the start.
    pub first: f64,
    /// Samples after which it was first told to be below 10⁻⁸; none if it never was.
    pub samples_to_1e8: Option<u64>,
    /// All samples.
    pub samples: u64,
    /// The risk after them; none if it diverged.
    pub risk: Option<f64>,
    /// Id of the run.
    pub run: String,
}

/// A network that has learnt the sign of a polynomial.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PolynomialDot {
    /// Which polynomial.
    pub polynomial: String,
    /// Neurons r.
    pub features: usize,
    /// `all` or `output`: which layers were trained.
    pub layers: String,
    /// Its seed.
    pub seed: u64,
    /// The share of wrong signs at the end; none if it diverged.
    pub error: Option<f64>,
    /// The hinge loss.
    pub hinge: Option<f64>,
    /// Id of the run.
    pub run: String,
}
