//! One-pass SGD: batches, step sizes, divergence.

use crate::lazy::problem::{Problem, Target};

use super::batch::{Batch, subtract_from};
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
    pub(super) batch: Batch<T>,
    /// `E y²` of what is to be learnt, which risks are relative to.
    norm: f64,
    /// `E y²` over that: 1, unless the target holds what a lazy network has to keep.
    relative: f64,
    next_report: u64,
    /// Normalised risk above which the run has diverged.
    limit: f64,
}

impl<T: Real> Sgd<T> {
    /// A run at its start,
    /// of a target, whose risks are relative to `norm`.
    pub(super) fn new(
        target: Problem,
        norm: f64,
        model: Box<dyn Model<T>>,
        pace: Pace,
        seed: u64,
        batch: usize,
    ) -> Self {
        let mut run = Self {
            batch: Batch::new(seed, &target, batch),
            relative: squared_norm(&target) / norm,
            norm,
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
        exact_risk(&*self.model, &self.target) * self.relative
    }

    /// Goes to `step`, where the model was put by hand.
    pub(super) fn resume(&mut self, step: u64) {
        self.step = step;
        while self.next_report <= step && self.next_report < self.pace.steps {
            self.next_report = next_report(self.next_report, self.pace.steps);
        }
    }

    /// Whether all steps are made, or the run has diverged.
    pub(super) fn has_ended(&self) -> bool {
        self.diverged_at.is_some() || self.step >= self.pace.steps
    }

    /// One step, unless the run has ended.
    pub(super) fn advance(&mut self) {
        if !self.has_ended() {
            self.draw();
            self.follow(None, None);
        }
    }

    /// Whether the other run's next batch is this one's.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.step == other.step && self.batch.is_drawn_as(&other.batch)
    }

    /// Draws the batch of this step.
    pub(super) fn draw(&mut self) {
        self.batch.draw(self.step);
    }

    /// A step on `batch`, or else its own; `kin` is a network at the same frozen weights that has predicted it.
    pub(super) fn follow(&mut self, batch: Option<&Batch<T>>, kin: Option<&dyn Model<T>>) {
        let Batch {
            x, y, residuals, ..
        } = &mut self.batch;
        let (x, y) = batch.map_or((&*x, &*y), |batch| (&batch.x, &batch.y));
        let frozen = kin.map(Model::frozen);
        match frozen {
            Some(frozen) => self.model.predict_from(frozen, x, residuals),
            None => self.model.predict(x, residuals),
        }
        let mean_square = subtract_from(y, residuals) / self.norm;
        let harmless = mean_square < SUSPICIOUS * self.limit; // which a NaN is not
        if !harmless && self.check() {
            return;
        }
        let Pace {
            regime,
            schedule,
            steps,
            ..
        } = self.pace;
        let epsilon = self.pace.base() * schedule.factor(regime, self.step, steps);
        let Batch { x, residuals, .. } = &self.batch;
        let x = batch.map_or(x, |batch| &batch.x);
        match frozen {
            Some(frozen) => self.model.update_from(frozen, x, residuals, epsilon),
            None => self.model.update(x, residuals, epsilon),
        }
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

/// `E y²` of a target.
pub(super) fn squared_norm(target: &Problem) -> f64 {
    match target {
        Problem::Quadratic(quadratic) => 2.0 * quadratic.squared_norm(),
        Problem::Mixture(_) => 1.0,
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
