//! The risks at the handle, as plain data.

use serde_json::{Map, Value};

/// The risks at the handle; what is not known, or not yet, is `None`.
#[derive(Clone, Debug, PartialEq)]
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
    pub trained: Option<TrainedRisks>,
}

/// See [`Risks`].
#[derive(Clone, Debug, PartialEq)]
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
    pub bayes: Option<f64>,
}

/// See [`Risks`].
#[derive(Clone, Debug, PartialEq)]
pub struct ExactRisks {
    /// Random features with the covariance chosen, for the weights of the seed.
    pub rf: Option<f64>,
    /// With Γ ∝ B, likewise.
    pub rf_aligned: Option<f64>,
    /// With the best Γ, as results have it: it is not computed here.
    pub rf_best: Option<f64>,
    /// Neural tangent: for a quadratic target the mean over weights, for a mixture for the weights of the
    /// seed.
    pub nt: Option<f64>,
    /// Fully trained.
    pub nn: Option<f64>,
    /// The best predictor of all, for a mixture.
    pub bayes: Option<f64>,
}

/// See [`Risks`].
#[derive(Clone, Debug, PartialEq)]
pub struct TrainedRisks {
    /// Isotropic random features, fitted.
    pub rf: Option<f64>,
    /// Neural tangent.
    pub nt: Option<f64>,
    /// Fully trained.
    pub nn: Option<f64>,
}

/// `null` where a risk is not known.
fn known(risks: &[(&str, Option<f64>)]) -> Map<String, Value> {
    let mut object = Map::new();
    for &(key, risk) in risks {
        object.insert(key.to_owned(), risk.into());
    }
    object
}

impl Risks {
    /// As scripts read them.
    pub(super) fn to_json(&self) -> Map<String, Value> {
        let Self {
            limit,
            exact,
            trained,
            ..
        } = self;
        let mut limits = known(&[
            ("rf", Some(limit.rf)),
            ("rfAligned", Some(limit.rf_aligned)),
            ("rfBest", Some(limit.rf_best)),
            ("nt", limit.nt),
            ("nn", limit.nn),
        ]);
        let mut exacts = known(&[
            ("rf", exact.rf),
            ("rfAligned", exact.rf_aligned),
            ("nt", exact.nt),
            ("nn", exact.nn),
        ]);
        // What not every figure has is left out where there is none.
        if limit.bayes.is_some() {
            limits.extend(known(&[("bayes", limit.bayes)]));
        }
        for (key, risk) in [("rfBest", exact.rf_best), ("bayes", exact.bayes)] {
            if risk.is_some() {
                exacts.extend(known(&[(key, risk)]));
            }
        }
        let mut object = known(&[("rho", Some(self.rho))]);
        for (key, count) in [("neurons", self.neurons), ("dim", self.dim)] {
            object.insert(key.to_owned(), count.into());
        }
        object.insert("limit".to_owned(), limits.into());
        object.insert("exact".to_owned(), exacts.into());
        if let Some(TrainedRisks { rf, nt, nn }) = *trained {
            let trained = known(&[("rf", rf), ("nt", nt), ("nn", nn)]);
            object.insert("trained".to_owned(), trained.into());
        }
        object
    }
}
