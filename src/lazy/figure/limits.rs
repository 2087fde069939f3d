//! What the theory says of the current target: computed once a change, read many times a frame.

use crate::activation::Activation;
use crate::lazy::limit::{self, NeuralTangent, RandomFeatures};
use crate::lazy::problem::{BestWeights, Problem, Target, WeightCovariance};
use crate::lazy::setting::{MAX_PAGE_RHO, MIN_PAGE_RHO};
use crate::linalg::Symmetric;

/// Intervals of the grid of ρ on which smooth lines are drawn; ρ = 1 is one of its points.
const INTERVALS: usize = 150;

/// Theory for one target, covariance and activation.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    pub(super) rhos: Vec<f64>,
    pub(super) rf: Vec<f64>,
    pub(super) rf_aligned: Vec<f64>,
    pub(super) rf_best: Vec<f64>,
    pub(super) nt: Vec<f64>,
    chosen: RandomFeatures,
    aligned: RandomFeatures,
    tangent: NeuralTangent,
    best: BestWeights,
    activation: Activation,
    mix: f64,
    /// Whether random features have isotropic weights where the input is white, so that they see the trace alone.
    pub(super) has_white_weights: bool,
    /// The least risk of all, for a mixture.
    pub(super) bayes: Option<f64>,
}

impl Limits {
    /// `mix` is the share of aligned weights in the covariance chosen.
    pub(super) fn new(problem: &Problem, mix: f64, activation: Activation) -> Self {
        let ratio = MAX_PAGE_RHO / MIN_PAGE_RHO;
        let rhos: Vec<f64> = (0..=INTERVALS)
            .map(|k| MIN_PAGE_RHO * ratio.powf(k as f64 / INTERVALS as f64))
            .collect();
        let model = |weights: WeightCovariance| {
            RandomFeatures::new(problem, &weights.at(problem, 1.0), activation)
        };
        let chosen = if mix == 0.0 {
            model(WeightCovariance::Isotropic)
        } else {
            model(WeightCovariance::Mixed(mix))
        };
        // ‖Γ‖² ≥ Tr(Γ)²/d, with equality for Γ ∝ I alone.
        let gamma = WeightCovariance::Mixed(mix).at(problem, 1.0);
        let has_white_weights = problem.dim() as f64 * gamma.squared_norm() < 1.0 + 1e-9;
        let aligned = model(WeightCovariance::Aligned);
        let tangent = NeuralTangent::new(problem);
        let mut limits = Self {
            rf: chosen.risks(&rhos),
            rf_aligned: aligned.risks(&rhos),
            rf_best: Vec::new(),
            nt: rhos.iter().map(|&rho| tangent.risk(rho)).collect(),
            chosen,
            aligned,
            tangent,
            best: BestWeights::new(problem),
            activation,
            mix,
            has_white_weights,
            bayes: problem.mixture().map(limit::bayes),
            rhos,
        };
        limits.rf_best = limits
            .rhos
            .iter()
            .map(|&rho| limits.rf_best_at(problem, rho))
            .collect();
        limits
    }

    pub(super) fn rf_at(&self, rho: f64) -> f64 {
        self.chosen.risk(rho)
    }

    pub(super) fn rf_aligned_at(&self, rho: f64) -> f64 {
        self.aligned.risk(rho)
    }

    /// The diagonal of what random features learn of the form: in the limit `r⟨Γ,B⟩/(1 + r‖Γ‖²)·Γ` with
    /// `r = dψλ₂²/2` (`ρd` for σ = x² − 1), the multiple of Γ whose overlap with B is the part that
    /// Theorem 1 says is explained.
    pub(super) fn random_features_learned(&self, problem: &Problem, rho: f64) -> Vec<f64> {
        let gamma = WeightCovariance::Mixed(self.mix).at(problem, rho);
        let form = problem.form();
        let lambda2 = self.activation.hermite().lambda2;
        let r = 0.5 * form.dim() as f64 * self.chosen.psi(rho) * lambda2 * lambda2;
        let inner = gamma.inner(&Symmetric::Diagonal(form.eigenvalues().clone()));
        let scale = r * inner / (1.0 + r * gamma.squared_norm());
        let diagonal = gamma.diagonal_entries();
        diagonal.iter().map(|value| scale * value).collect()
    }

    pub(super) fn nt_at(&self, rho: f64) -> f64 {
        self.tangent.risk(rho)
    }

    /// The covariance is the best one for x² − 1; other activations are evaluated at it.
    pub(super) fn rf_best_at(&self, problem: &Problem, rho: f64) -> f64 {
        if self.activation == Activation::Quadratic {
            self.best.risk(rho)
        } else {
            let gamma = self.best.covariance(problem.form(), rho);
            RandomFeatures::new(problem, &gamma, self.activation).risk(rho)
        }
    }
}

/// Widths at which an exact line over N = 1…`most` is drawn: all small ones, then about 1.5 %
/// apart.
pub(super) fn drawn_widths(most: usize) -> Vec<usize> {
    let mut widths = Vec::new();
    let mut n = 1;
    while n <= most {
        widths.push(n);
        n += 1.max(n / 64);
    }
    if widths.last() != Some(&most) {
        widths.push(most);
    }
    widths
}
