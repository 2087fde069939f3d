//! The figure's data: the schema of its JSON.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::full_size::{Name, Provenance};
use crate::lazy::paper::Seconds;

/// Everything that the figure shows, and where it is from.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LazinessData {
    /// Version of this layout.
    pub schema: u64,
    /// `laziness`.
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
    pub provenance: Provenance<Seconds>,
    /// `qf`.
    pub problem: Name,
    /// Input dimension d.
    pub dim: usize,
    /// τ of the target.
    pub trace_ratio: f64,
    /// The target, by the settings that are not the default.
    pub target: Map<String, Value>,
    /// Seed of weights and batches.
    pub seed: u64,
    /// Steps of SGD, and samples in each.
    pub steps: u64,
    /// See [`LazinessData::steps`].
    pub batch: usize,
    /// Limits, one a width; left out where they are computed again.
    #[serde(default)]
    pub lines: Vec<LimitLine>,
    /// Exact values at the weights that the networks start from, one a width.
    pub exact: Vec<ExactLine>,
    /// Trained networks, by width and laziness.
    pub dots: Vec<LazyDot>,
}

/// The limit N, d → ∞ at a width.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LimitLine {
    /// Width N.
    pub neurons: usize,
    /// `ρ = N/d`.
    pub rho: f64,
    /// The limit of NT's risk, α → ∞.
    pub nt: f64,
    /// That of NN's, α → 0.
    pub nn: f64,
    /// Values of α.
    pub laziness: Vec<f64>,
    /// The limit of the risk there.
    pub risk: Vec<f64>,
}

/// The best networks of each laziness at a width and the weights drawn.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ExactLine {
    /// Width N.
    pub neurons: usize,
    /// `ρ = N/d`.
    pub rho: f64,
    /// The exact risk of NT at these weights, α → ∞.
    pub nt: f64,
    /// That of NN over all weights, α → 0.
    pub nn: f64,
    /// Values of α, those of the networks among them.
    pub laziness: Vec<f64>,
    /// The least risk there.
    pub risk: Vec<f64>,
    /// The least movement `‖W − W₀‖_F/‖W₀‖_F` with which that risk can be had.
    pub movement: Vec<f64>,
    /// How much of the span of the best networks' neurons lies among B's N leading directions.
    pub alignment: Vec<f64>,
}

impl ExactLine {
    /// Risk, movement and alignment at a laziness that the line has.
    pub fn at(&self, laziness: f64) -> Option<[f64; 3]> {
        // What was read may be a bit off.
        let mut all = self.laziness.iter();
        let place = all.position(|value| (value / laziness - 1.0).abs() < 1e-9)?;
        Some([
            *self.risk.get(place)?,
            *self.movement.get(place)?,
            *self.alignment.get(place)?,
        ])
    }
}

/// A trained network.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LazyDot {
    /// Width N.
    pub neurons: usize,
    /// `ρ = N/d`.
    pub rho: f64,
    /// Laziness α.
    pub laziness: f64,
    /// The final risk; none if the run diverged.
    pub risk: Option<f64>,
    /// How far its weights have moved.
    pub movement: Option<f64>,
    /// How much of the span of its neurons lies among B's N leading directions.
    pub alignment: Option<f64>,
    /// The least risk of its laziness at the weights that it started from.
    pub optimum: Option<f64>,
    /// The least movement with which that can be had.
    pub least_movement: Option<f64>,
    /// The alignment of the network that has it.
    pub best_alignment: Option<f64>,
    /// The step size before the schedule.
    pub step_size: Option<f64>,
    /// The step at which it diverged.
    pub diverged_at: Option<u64>,
    /// Id of the run.
    pub run: String,
}
