//! The risks at the handle, as plain data.

/// The risks at the handle; what is not known, or not yet, is `None`.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Risks {
    /// The dragged ρ.
    pub rho: f64,
    /// `max(1, round(ρd))`.
    pub neurons: usize,
    /// The input dimension d.
    pub dim: usize,
    /// In the limit.
    pub limit: LimitRisks,
    /// At this N and d.
    pub exact: ExactRisks,
    /// Of results that are in front; what is trained live is not known here by draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trained: Option<TrainedRisks>,
}

/// See [`Risks`].
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitRisks {
    /// Random features with the covariance chosen.
    pub rf: f64,
    /// With Γ ∝ B.
    pub rf_aligned: f64,
    /// With the best Γ.
    pub rf_best: f64,
    /// Neural tangent; there is a formula for σ = x² only.
    pub nt: Option<f64>,
    /// Fully trained, likewise.
    pub nn: Option<f64>,
    /// The best predictor of all, for a mixture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bayes: Option<f64>,
}

/// See [`Risks`].
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExactRisks {
    /// Random features with the covariance chosen, for the weights of the seed.
    pub rf: Option<f64>,
    /// With Γ ∝ B, likewise.
    pub rf_aligned: Option<f64>,
    /// With the best Γ, as results have it: it is not computed here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rf_best: Option<f64>,
    /// Neural tangent: for a quadratic target the mean over weights, for a mixture for the weights of the
    /// seed.
    pub nt: Option<f64>,
    /// Fully trained.
    pub nn: Option<f64>,
    /// The best predictor of all, for a mixture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bayes: Option<f64>,
}

/// See [`Risks`].
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct TrainedRisks {
    /// Isotropic random features, fitted.
    pub rf: Option<f64>,
    /// Neural tangent.
    pub nt: Option<f64>,
    /// Fully trained.
    pub nn: Option<f64>,
}
