//! What the two problems have in common: a quadratic form in coordinates that suit it.

use nalgebra::DMatrix;

use crate::linalg::Symmetric;

use super::{Mixture, Quadratic};

/// Something to be learnt whose useful directions are those of one quadratic form: B of a
/// [`Quadratic`] target, `Δ̃ = Σ^{-1/2}ΔΣ^{-1/2}` of a [`Mixture`].
///
/// Everything happens in *working coordinates*, in which the input is white and the form is
/// diagonal. Weights given in the original ones are brought there by
/// [`working_weights`](Self::working_weights).
pub trait Target {
    /// The form, B or `Δ̃`.
    fn form(&self) -> &Quadratic;

    /// How the limiting risk follows from what of the form is captured.
    fn risk_scale(&self) -> RiskScale;

    /// The share of the form's squared norm that the best `neurons` directions leave.
    fn network_left(&self, neurons: usize) -> f64;

    /// The exact risk of the best network of `neurons` units at this d.
    fn network_exact(&self, neurons: usize) -> f64;

    /// The covariance of isotropic weights (Γ ∝ I in the original coordinates), trace 1.
    fn isotropic(&self) -> Symmetric;

    /// Weights `W` (`d×N`, columns are neurons) in working coordinates.
    ///
    /// # Panics
    /// If `W` has not `d` rows.
    fn working_weights(&self, w: DMatrix<f64>) -> DMatrix<f64>;

    /// A covariance of weights in working coordinates.
    ///
    /// # Panics
    /// If its dimension is not `d`.
    fn working_covariance(&self, gamma: &Symmetric) -> Symmetric;

    /// The population risk of `f(x) = ⟨xxᵀ − I, Q⟩ + mean` in working coordinates, so that `mean`
    /// is `E f`; 1 for `f = 0`. Infinite or NaN only if `Q` or `mean` is.
    ///
    /// # Panics
    /// If `Q` is not `d×d`.
    fn risk(&self, q: &DMatrix<f64>, mean: f64) -> f64;

    /// The input dimension `d`.
    fn dim(&self) -> usize {
        self.form().dim()
    }
}

/// How the limiting risk follows from the share of a form's squared norm that a predictor leaves
/// uncaptured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RiskScale {
    /// The risk is that share.
    Quadratic,
    /// It is `2/(2 + F(1 − share))`: Theorems 4, 5 and 6 of Ghorbani et al. 2019 are this for RF, NT
    /// and NN.
    Mixture {
        /// `F = ‖Δ̃‖_F²`.
        squared_norm: f64,
    },
}

impl RiskScale {
    /// The risk, 0 to 1, of whoever leaves `share`, 0 to 1, which rounding may have passed.
    pub fn risk(self, share: f64) -> f64 {
        let share = share.clamp(0.0, 1.0);
        match self {
            Self::Quadratic => share,
            Self::Mixture { squared_norm } => 2.0 / (2.0 + squared_norm * (1.0 - share)),
        }
    }
}

/// One of the problems.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// `qf`.
    Quadratic(Quadratic),
    /// `mg`.
    Mixture(Mixture),
}

impl Problem {
    fn target(&self) -> &dyn Target {
        match self {
            Self::Quadratic(quadratic) => quadratic,
            Self::Mixture(mixture) => mixture,
        }
    }

    /// The name used everywhere: command line, page, files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Quadratic(_) => "qf",
            Self::Mixture(_) => "mg",
        }
    }

    /// The mixture, if it is one.
    pub fn mixture(&self) -> Option<&Mixture> {
        match self {
            Self::Quadratic(_) => None,
            Self::Mixture(mixture) => Some(mixture),
        }
    }
}

impl Target for Problem {
    fn form(&self) -> &Quadratic {
        self.target().form()
    }

    fn risk_scale(&self) -> RiskScale {
        self.target().risk_scale()
    }

    fn network_left(&self, neurons: usize) -> f64 {
        self.target().network_left(neurons)
    }

    fn network_exact(&self, neurons: usize) -> f64 {
        self.target().network_exact(neurons)
    }

    fn isotropic(&self) -> Symmetric {
        self.target().isotropic()
    }

    fn working_weights(&self, w: DMatrix<f64>) -> DMatrix<f64> {
        self.target().working_weights(w)
    }

    fn working_covariance(&self, gamma: &Symmetric) -> Symmetric {
        self.target().working_covariance(gamma)
    }

    fn risk(&self, q: &DMatrix<f64>, mean: f64) -> f64 {
        self.target().risk(q, mean)
    }
}

impl From<Quadratic> for Problem {
    fn from(quadratic: Quadratic) -> Self {
        Self::Quadratic(quadratic)
    }
}

impl From<Mixture> for Problem {
    fn from(mixture: Mixture) -> Self {
        Self::Mixture(mixture)
    }
}
