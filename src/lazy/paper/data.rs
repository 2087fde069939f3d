//! A figure's data: the schema of its JSON.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::figure::Subject;
use crate::full_size::{Name, Provenance};

/// Everything that a figure shows, and where it is from.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct FigureData {
    /// Version of this layout.
    pub schema: u64,
    /// `quadratic`, `mixture` or `activation`.
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
    /// `qf` or `mg`.
    pub problem: Name,
    /// Input dimension d.
    pub dim: usize,
    /// τ of the target, of a mixture that of `Δ̃`.
    pub trace_ratio: f64,
    /// The target, by the settings that are not the default.
    pub target: Map<String, Value>,
    /// Seed of weights and batches.
    pub seed: u64,
    /// Steps of SGD, and samples in each.
    pub steps: u64,
    /// See [`FigureData::steps`].
    pub batch: usize,
    /// Limits and exact values without draws, against ρ; left out where they are computed again.
    #[serde(default)]
    pub lines: Vec<TheoryLine>,
    /// Exact random features: mean and sd over draws.
    pub exact: Vec<Exact>,
    /// Trained networks at their best step size, and fits.
    pub dots: Vec<BestRun>,
    /// Some of them again from other seeds.
    #[serde(default)]
    pub repeats: Vec<Repeat>,
    /// Risk against samples of some of them.
    pub trajectories: Vec<Trajectory>,
}

impl FigureData {
    /// Reads what was written as JSON.
    ///
    /// # Errors
    /// If it is not the JSON of a figure.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        let mut data: Self = serde_json::from_str(text)?;
        for exact in &mut data.exact {
            exact.subject = subject(exact.subject, &exact.weights);
        }
        for dot in &mut data.dots {
            dot.subject = subject(dot.subject, dot.weights.as_deref().unwrap_or_default());
        }
        for line in &mut data.lines {
            line.subject = subject(line.subject, line.weights.as_deref().unwrap_or_default());
        }
        Ok(data)
    }
}

/// Seconds of computing by what was computed, added up over threads, parts and sessions.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub struct Seconds {
    /// Least squares.
    pub fits: f64,
    /// Networks whose steps decay, from the first seed: those of the automatic step size, a dot of each width.
    pub decaying: f64,
    /// Those of the other sizes.
    pub other_sizes: f64,
    /// Those of the automatic size from other seeds.
    pub repeats: f64,
    /// Networks of constant steps.
    pub constant: f64,
}

impl Seconds {
    /// All of them.
    pub fn total(&self) -> f64 {
        self.fits + self.decaying + self.other_sizes + self.repeats + self.constant
    }
}

/// A line against ρ.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TheoryLine {
    /// What it stands for.
    #[serde(rename = "regime", with = "regime")]
    pub subject: Subject,
    /// Whether it is the limit N, d → ∞, and not an exact value at this d.
    pub limit: bool,
    /// Its label.
    pub name: String,
    /// Weights of random features.
    pub weights: Option<Name>,
    /// The activation that it is about.
    pub activation: Name,
    /// Where it goes.
    #[serde(flatten)]
    pub curve: Curve,
}

/// Risks at values of ρ.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Curve {
    /// `ρ = N/d`.
    pub rho: Vec<f64>,
    /// The risks there.
    pub risk: Vec<f64>,
}

/// Exact random features.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Exact {
    /// What they stand for.
    #[serde(rename = "regime", with = "regime")]
    pub subject: Subject,
    /// Their weights.
    pub weights: Name,
    /// Their activation.
    pub activation: Name,
    /// Draws of weights.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// One a width.
    pub points: Vec<Point>,
}

/// An exact risk at a width.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Point {
    /// `ρ = N/d`.
    pub rho: f64,
    /// Width N.
    pub neurons: usize,
    /// Mean over draws.
    pub mean: f64,
    /// Sample standard deviation.
    pub sd: Option<f64>,
}

/// A trained network, or a fit, and the step sizes that it was chosen from.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct BestRun {
    /// What it stands for.
    #[serde(rename = "regime", with = "regime")]
    pub subject: Subject,
    /// Weights of random features.
    pub weights: Option<Name>,
    /// The activation.
    pub activation: Name,
    /// Schedule of the step size; none for a fit.
    pub schedule: Option<Name>,
    /// `ρ = N/d`.
    pub rho: f64,
    /// Width N.
    pub neurons: usize,
    /// The final risk; none if the run diverged at every step size.
    pub risk: Option<f64>,
    /// The exact optimum at this N and d.
    pub optimum: Option<f64>,
    /// Factor of the automatic step size.
    pub step_scale: Option<f64>,
    /// The step size itself.
    pub step_size: Option<f64>,
    /// Whether the best step size is the smallest or the largest tried so far.
    pub at_edge: bool,
    /// Id of the run.
    pub run: Option<String>,
    /// All step sizes tried.
    pub grid: Vec<Grid>,
}

/// A run at one step size.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Grid {
    /// Factor of the automatic step size.
    pub step_scale: f64,
    /// The final risk.
    pub risk: Option<f64>,
    /// The step at which it diverged.
    pub diverged_at: Option<u64>,
    /// Id of the run; left out of what the page ships.
    #[serde(default)]
    pub run: String,
}

/// A network from other seeds, of weights and batches, at the automatic step size that decays.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Repeat {
    /// What it stands for.
    #[serde(rename = "regime", with = "regime")]
    pub subject: Subject,
    /// The activation.
    pub activation: Name,
    /// `ρ = N/d`.
    pub rho: f64,
    /// Width N.
    pub neurons: usize,
    /// Which seed.
    pub seed: u64,
    /// The final risk; none if the run diverged.
    pub risk: Option<f64>,
    /// The exact optimum at this N and d, for NT at the weights drawn.
    pub optimum: Option<f64>,
    /// Id of the run.
    pub run: String,
}

/// Risk against samples.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Trajectory {
    /// What it stands for.
    #[serde(rename = "regime", with = "regime")]
    pub subject: Subject,
    /// The activation.
    pub activation: Name,
    /// `ρ = N/d`.
    pub rho: f64,
    /// Width N.
    pub neurons: usize,
    /// Id of the run.
    pub run: String,
    /// The exact optimum at this N and d.
    pub optimum: Option<f64>,
    /// Samples used.
    pub samples: Vec<u64>,
    /// The risk after them.
    pub risk: Vec<f64>,
}

/// Subjects by the regime's name; weights of random features stand beside it.
mod regime {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::figure::Subject;

    #[allow(clippy::trivially_copy_pass_by_ref)] // the form that serde asks for
    pub(super) fn serialize<S: Serializer>(
        subject: &Subject,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(super::name(*subject))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Subject, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = [Subject::RF, Subject::NT, Subject::NN, Subject::BAYES];
        let found = known.into_iter().find(|&known| super::name(known) == text);
        found.ok_or_else(|| {
            Error::custom(format!(
                "regime is “{text}”, but must be rf, nt, nn or bayes"
            ))
        })
    }
}

/// What a regime with such weights is: a regime alone does not tell random features apart.
pub(super) fn subject(regime: Subject, weights: &str) -> Subject {
    match weights {
        "aligned" if regime == Subject::RF => Subject::RF_ALIGNED,
        "best" if regime == Subject::RF => Subject::RF_BEST,
        _ => regime,
    }
}

/// The regime's name, and `bayes`.
pub(super) fn name(subject: Subject) -> &'static str {
    if subject.is_features() {
        Subject::RF.key()
    } else {
        subject.key()
    }
}
