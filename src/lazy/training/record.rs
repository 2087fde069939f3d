//! What a run has come to: the one schema of command line, shipped data and page.

use serde::Serialize;
use serde_json::{Map, Value};

/// A risk after so many samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RiskAt {
    /// Samples used, each once.
    pub samples: u64,
    /// Exact normalised population risk; `null` where the weights are beyond all numbers.
    pub risk: Option<f64>,
    /// `‖W − W₀‖_F/‖W₀‖_F`, see [`Geometry`](crate::lazy::train::Geometry); `null` where that is not known.
    pub movement: Option<f64>,
    /// `‖P_N V_N‖_F²/N`, likewise.
    pub alignment: Option<f64>,
}

/// A run as far as it has come. One line of JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// Version of this layout.
    pub schema: u64,
    /// `qf` or `mg`.
    pub problem: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// Version of the random streams.
    pub streams: u32,
    /// Which kernel trained: `explicit`, `lifted` or `least-squares`.
    pub kernel: &'static str,
    /// Every setting, defaults included.
    pub settings: Map<String, Value>,
    /// Input dimension d.
    pub dim: usize,
    /// Width N.
    pub neurons: usize,
    /// Seed of weights and batches.
    pub seed: u64,
    /// τ of the target, of a mixture that of `Δ̃`.
    pub trace_ratio: f64,
    /// `[first step, ε]` of every step size used, before the schedule; empty for RF.
    pub step_sizes: Vec<(u64, f64)>,
    /// The exact optimum of this regime at this N and d: for RF and NT at the weights drawn, for
    /// NN over all weights. `null` where it was not asked for.
    pub optimum: Option<f64>,
    /// Risk against samples.
    pub risk: Vec<RiskAt>,
    /// The last risk.
    #[serde(rename = "final")]
    pub last: Option<f64>,
    /// The step at which the run diverged.
    pub diverged_at: Option<u64>,
    /// Whether it was stopped before its end.
    pub interrupted: bool,
}
