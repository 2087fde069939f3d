//! The risks at the handle, as plain data.

use crate::figure::KeyedNumbers;

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

impl Risks {
    /// As scripts read them; what not every figure has is left out where there is none.
    pub(super) fn keyed(&self) -> KeyedNumbers {
        let Self {
            limit,
            exact,
            trained,
            ..
        } = self;
        let mut limits = KeyedNumbers::of(&[
            ("rf", Some(limit.rf)),
            ("rfAligned", Some(limit.rf_aligned)),
            ("rfBest", Some(limit.rf_best)),
            ("nt", limit.nt),
            ("nn", limit.nn),
        ]);
        limits.add_known("bayes", limit.bayes);
        let mut exacts = KeyedNumbers::of(&[("rf", exact.rf), ("rfAligned", exact.rf_aligned)]);
        exacts.add_known("rfBest", exact.rf_best);
        exacts
            .0
            .extend(KeyedNumbers::of(&[("nt", exact.nt), ("nn", exact.nn)]).0);
        exacts.add_known("bayes", exact.bayes);
        let mut all = KeyedNumbers::of(&[
            ("rho", Some(self.rho)),
            ("neurons", Some(self.neurons as f64)),
            ("dim", Some(self.dim as f64)),
        ]);
        all.add("limit", limits);
        all.add("exact", exacts);
        if let Some(TrainedRisks { rf, nt, nn }) = *trained {
            all.add(
                "trained",
                KeyedNumbers::of(&[("rf", rf), ("nt", nt), ("nn", nn)]),
            );
        }
        all
    }
}
