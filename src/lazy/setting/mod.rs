//! The parameters of the first paper.

mod choices;
mod problem_name;
mod regime;
mod schedule;
mod sizes;
mod table;
#[cfg(test)]
mod tests;

use crate::activation::Activation;
use crate::setting::{Parameter, Parameters, Scope, Weights};
use crate::spectrum::{Family, FamilyName, Sampling, Source, Spectrum};

pub use problem_name::ProblemName;
pub use regime::{Protocol, Regime, SecondLayer};
pub use schedule::Schedule;
pub use table::{
    MAX_PAGE_LAZINESS, MAX_PAGE_RHO, MIN_PAGE_LAZINESS, MIN_PAGE_RHO, MOST_PLANE_RANK,
};

/// The horizontal axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abscissa {
    /// `ρ = N/d`.
    Rho,
    /// The number of trained parameters: N for RF, Nd for NT and NN.
    Parameters,
}

/// Every parameter with its value; start from [`Parameters::new`] and [`Parameters::set`] some. They remember what they are
/// for: parameters that its scope does not have stay at their defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    scope: Scope,
    dim: Option<usize>,
    /// The spectrum of B, or of Δ in a mixture.
    pub spectrum: Spectrum,
    /// Σ of a mixture.
    pub sigma: Source,
    /// Whether Δ is turned at random.
    pub is_rotated: bool,
    /// Covariance of random-feature weights.
    pub weights: Weights,
    /// Share of Γ ∝ B mixed into isotropic weights.
    pub mix: f64,
    /// Activation of random features.
    pub activation: Activation,
    /// The values of ρ = N/d.
    pub rho: Vec<f64>,
    /// Values of the laziness α; none for NN as the theorem has it.
    pub laziness: Vec<f64>,
    /// The width, if it was set.
    pub neurons: Option<usize>,
    /// What is trained.
    pub regime: Regime,
    /// Steps of SGD.
    pub steps: u64,
    /// Samples a step.
    pub batch: usize,
    /// Samples of a least-squares fit (RF).
    pub samples: u64,
    /// Step size; `None` is the documented rule.
    pub step_size: Option<f64>,
    /// What that is multiplied by.
    pub step_scale: f64,
    /// How the step size changes over a run.
    pub schedule: Schedule,
    /// Which parametrisation is trained.
    pub protocol: Protocol,
    /// What becomes of the second layer of NN on a mixture.
    pub second_layer: SecondLayer,
    /// Seed of weights and batches.
    pub seed: u64,
    /// Draws of weights to average over.
    pub draws: usize,
    /// The horizontal axis of figures.
    pub axis: Abscissa,
    /// Whether that axis is logarithmic.
    pub log_scale: bool,
    /// Whether live runs are shown where there are results too.
    pub is_live: bool,
    /// The eigenvectors whose plane neurons are seen in, across and up: ranks from 1, largest eigenvalue first.
    pub plane: [usize; 2],
}

impl Parameters for Settings {
    const TABLE: &'static [Parameter<Self>] = table::TABLE;

    /// The defaults: the paper's sizes, on the page those that a browser trains in seconds.
    fn new(scope: Scope) -> Self {
        let page = scope.is_within(Scope::PAGES);
        let problem = scope.problem();
        let (family, full_steps) = match problem {
            ProblemName::Quadratic => (FamilyName::Exponential, 200_000),
            ProblemName::Mixture => (FamilyName::Levels, 140_000),
        };
        Self {
            scope,
            dim: None,
            spectrum: Spectrum {
                source: Source::Family(Family::new(family)),
                sampling: Sampling::Sampled,
                seed: 1,
                multipliers: Vec::new(),
            },
            sigma: Source::Family(Family::new(FamilyName::Identity)),
            is_rotated: false,
            weights: Weights::Isotropic,
            mix: 0.0,
            activation: if scope.is_within(Scope::ACTIVATION_PAGE) {
                Activation::Relu
            } else {
                Activation::Quadratic
            },
            // Commands that draw a curve start with one; elsewhere there is one width.
            rho: if scope.has_curve() {
                vec![0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0]
            } else {
                vec![0.5]
            },
            laziness: if scope.is_within(Scope::LAZINESS_PAGE) {
                vec![1.0]
            } else {
                Vec::new()
            },
            neurons: None,
            regime: Regime::Nn,
            steps: if page { 4000 } else { full_steps },
            batch: 100,
            samples: 500_000,
            step_size: None,
            step_scale: 1.0,
            schedule: Schedule::Linear,
            protocol: Protocol::Theorem,
            second_layer: SecondLayer::Trained,
            seed: 1,
            draws: 10,
            axis: Abscissa::Rho,
            log_scale: true,
            is_live: false,
            plane: [1, 2],
        }
    }

    fn scope(&self) -> Scope {
        self.scope
    }
}
