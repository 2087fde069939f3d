//! Results of runs made elsewhere, as a figure shows them.

use super::dial::LazyPoint;
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

/// A network of a laziness that was found elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LazyFound {
    /// Its width N.
    pub neurons: usize,
    /// What it came to.
    pub point: LazyPoint,
    /// Whether it is the exact optimum; else it was trained.
    pub is_exact: bool,
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
    pub(super) lazy: Vec<LazyFound>,
}

impl Found {
    /// Whether it is of random features.
    pub(super) fn is_features(&self) -> bool {
        self.subject.is_features()
    }
}

impl LaidResults {
    /// Networks of a width by laziness, exact or trained; without NT.
    pub(super) fn lazy(&self, neurons: usize, is_exact: bool) -> impl Iterator<Item = LazyPoint> {
        let wanted = move |found: &&LazyFound| {
            found.neurons == neurons
                && found.is_exact == is_exact
                && found.point.laziness.is_finite()
        };
        self.lazy.iter().filter(wanted).map(|found| found.point)
    }

    /// The width of networks of a laziness that is nearest to `neurons`; none where there are no such networks.
    pub(super) fn nearest_lazy(&self, neurons: f64) -> Option<usize> {
        let widths = self.lazy.iter().map(|found| found.neurons);
        let apart = |width: &usize| (*width as f64 - neurons).abs();
        widths.min_by(|a, b| apart(a).total_cmp(&apart(b)))
    }

    /// Where the exact line of a width passes a laziness, as it is drawn: straight between its values.
    pub(super) fn lazy_between(&self, neurons: usize, laziness: f64) -> Option<LazyPoint> {
        let line: Vec<LazyPoint> = self.lazy(neurons, true).collect();
        let mut pairs = line.windows(2);
        let around =
            |pair: &&[LazyPoint]| pair[0].laziness <= laziness && laziness <= pair[1].laziness;
        let pair = pairs.find(around)?;
        let (left, right) = (pair[0], pair[1]);
        let share = (laziness / left.laziness).ln() / (right.laziness / left.laziness).ln();
        let between = |left: f64, right: f64| left + share * (right - left);
        Some(LazyPoint {
            laziness,
            risk: between(left.risk, right.risk),
            // Its axis is logarithmic.
            movement: between(left.movement.ln(), right.movement.ln()).exp(),
            alignment: between(left.alignment, right.alignment),
        })
    }

    /// The exact risk of NT at the start's weights.
    pub(super) fn lazy_tangent(&self, neurons: usize) -> Option<f64> {
        let is_tangent =
            |found: &&LazyFound| found.neurons == neurons && found.point.laziness.is_infinite();
        let found = self.lazy.iter().find(is_tangent);
        found.map(|found| found.point.risk)
    }
}
