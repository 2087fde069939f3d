//! Results of runs made elsewhere, as a figure shows them.

use crate::activation::Activation;
use crate::figure::Subject;

/// A risk that was found elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// What was trained, or solved for.
    pub subject: Subject,
    /// Its activation.
    pub activation: Activation,
    /// Its width N.
    pub neurons: usize,
    /// Its risk.
    pub risk: f64,
    /// Of an exact mean over draws, the deviation of one; none of a trained network.
    pub sd: Option<f64>,
    /// Whether its dot is filled.
    pub is_filled: bool,
}

/// Risk against samples, found elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// What was trained.
    pub subject: Subject,
    /// Its activation.
    pub activation: Activation,
    /// Its width N.
    pub neurons: usize,
    /// The exact optimum there.
    pub optimum: Option<f64>,
    /// Samples and risk.
    pub points: Vec<(f64, f64)>,
}

/// A network that is trained beside the results, at their size: a reader's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// Its risk against samples so far.
    pub path: Path,
    /// Whether all its steps are done.
    pub is_finished: bool,
}

/// Results that are all of one target.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LaidResults {
    /// The least risk of all at their dimension, for a mixture.
    pub(super) bayes: Option<f64>,
    pub(super) found: Vec<Found>,
    pub(super) paths: Vec<Path>,
    pub(super) own: Vec<Own>,
}

impl Found {
    /// Whether it is of random features.
    pub(super) fn is_features(&self) -> bool {
        self.subject.is_features()
    }
}
