//! One-pass SGD: batches, step sizes, divergence.

use crate::problem::{Problem, Target};

use super::batch::Batch;
use super::model::{Model, Predictor};
use super::real::Real;
use super::schedule::next_report;
use super::{Regime, Schedule};

/// A run has diverged when its risk is this many times that of the start (or of the zero
/// predictor, whichever is larger).
const DIVERGED: f64 = 100.0;

/// The part of that risk at which the mean square of a batch calls for the exact risk.
const SUSPICIOUS: f64 = 0.5;

/// How a run goes on.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    pub(super) regime: Regime,
    pub(super) schedule: Schedule,
    pub(super) steps: u64,
    /// `(first step, ε before the schedule)`, upwards.
    pub(super) step_sizes: Vec<(u64, f64)>,
}

impl Pace {
    /// The step size before the schedule.
    pub(super) fn base(&self) -> f64 {
        self.step_sizes.last().map_or(0.0, |&(_, value)| value)
    }
}

/// A network, its target and its batches.
pub(super) struct Sgd<T: Real> {
    /// The target as scaled for training.
    pub(super) target: Problem,
    pub(super) model: Box<dyn Model<T>>,
    pub(super) pace: Pace,
    pub(super) step: u64,
    pub(super) diverged_at: Option<u64>,
    batch: Batch<T>,
    /// `E y²`, which risks are relative to.
    norm: f64,
    next_report: u64,
    /// Normalised risk above which the run has diverged.
    limit: f64,
}

impl<T: Real> Sgd<T> {
    /// A run at its start.
    pub(super) fn new(
        target: Problem,
        model: Box<dyn Model<T>>,
        pace: Pace,
        seed: u64,
        batch: usize,
    ) -> Self {
        let mut run = Self {
            batch: Batch::new(seed, &target, batch),
            norm: match &target {
                Problem::Quadratic(quadratic) => 2.0 * quadratic.squared_norm(),
                Problem::Mixture(_) => 1.0,
            },
            next_report: next_report(0, pace.steps),
            limit: f64::INFINITY,
            step: 0,
            diverged_at: None,
            target,
            model,
            pace,
        };
        let start = run.risk();
        run.limit = DIVERGED * start.max(1.0);
        run
    }

    /// The exact normalised risk. Not finite if the weights are not.
    pub(super) fn risk(&self) -> f64 {
        exact_risk(&*self.model, &self.target)
    }

    /// Goes to `step`, where the model was put by hand.
    pub(super) fn resume(&mut self, step: u64) {
        self.step = step;
        while self.next_report <= step && self.next_report < self.pace.steps {
            self.next_report = next_report(self.next_report, self.pace.steps);
        }
    }

    /// One step, unless the run has ended.
    pub(super) fn advance(&mut self) {
        if self.diverged_at.is_some() || self.step >= self.pace.steps {
            return;
        }
        let batch = &mut self.batch;
        batch.draw(self.step);
        self.model.predict(&batch.x, &mut batch.residuals);
        let mean_square = batch.subtract_predictions() / self.norm;
        let harmless = mean_square < SUSPICIOUS * self.limit; // which a NaN is not
        if !harmless && self.check() {
            return;
        }
        let factor = self
            .pace
            .schedule
            .factor(self.pace.regime, self.step, self.pace.steps);
        let batch = &self.batch;
        self.model
            .update(&batch.x, &batch.residuals, self.pace.base() * factor);
        self.step += 1;
        if self.step == self.next_report {
            self.next_report = next_report(self.step, self.pace.steps);
            self.check();
        }
    }

    /// Whether the run has diverged by its exact risk. Decided at steps that depend on nothing
    /// but the run itself, so that it never matters when somebody looks.
    fn check(&mut self) -> bool {
        let risk = self.risk();
        if !risk.is_finite() || risk > self.limit {
            self.diverged_at = Some(self.step);
        }
        self.diverged_at.is_some()
    }
}

/// The exact normalised risk of a network. One that is more than a quadratic function learns a
/// quadratic target `f*`, of which its form alone knows: `E[f f*] = 2⟨Q,B⟩`.
pub(super) fn exact_risk<T: Real>(model: &dyn Model<T>, target: &Problem) -> f64 {
    let Predictor { form, mean } = model.predictor();
    let Some(second_moment) = model.second_moment() else {
        return target.risk(&form, mean);
    };
    let goal = target.form();
    let product: f64 = form
        .diagonal()
        .iter()
        .zip(goal.eigenvalues())
        .map(|(q, b)| q * b)
        .sum();
    1.0 + (second_moment - 4.0 * product) / (2.0 * goal.squared_norm())
}
