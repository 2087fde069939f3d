//! The training of one neuron as a run, which plans name `neuron`.
//!
//! ```
//! use lazy_limits::experiment::Plan;
//!
//! let mut run = Plan::from_json(r#"{"schema": 1, "problem": "neuron", "dim": 10}"#)?.begin()?;
//! while !run.is_finished() {
//!     run.advance(100);
//! }
//! // Forty thousand samples.
//! let last = run.reports().last().and_then(|report| report.values[0]);
//! assert!(last.is_some_and(|risk| risk < 1e-25));
//! # Ok::<(), lazy_limits::experiment::ExperimentError>(())
//! ```

#[cfg(not(target_arch = "wasm32"))]
use serde_json::{Value, json};

use super::problem::SingleNeuron;
use super::setting::NeuronSettings;
use super::train::NeuronTraining;
#[cfg(not(target_arch = "wasm32"))]
use super::train::ReluNeuron;
#[cfg(not(target_arch = "wasm32"))]
use crate::experiment::sweep::Work;
use crate::experiment::{End, ExperimentError, Measure, Plan, Run, RunKind, RunReport};
#[cfg(not(target_arch = "wasm32"))]
use crate::experiment::{Outline, RunNumbers, advance_each};
use crate::setting::Parameters;
#[cfg(not(target_arch = "wasm32"))]
use crate::setting::VERSION;
#[cfg(not(target_arch = "wasm32"))]
use crate::stream;

/// A run has diverged when its risk is this many times that of the start, or of answering 0.
const DIVERGED: f64 = 100.0;

/// One neuron that is trained on another.
pub static NEURON: RunKind = RunKind {
    name: "neuron",
    help: "One neuron trained on a neuron",
    measures: &[Measure::named("risk")],
    canonical: |object| {
        let settings = NeuronSettings::from_json(NeuronSettings::TRAIN, object)?;
        Ok(settings.to_json(false))
    },
    #[cfg(not(target_arch = "wasm32"))]
    outline,
    begin: |plan| Ok(Box::new(NeuronRun::new(plan.clone())?)),
    #[cfg(not(target_arch = "wasm32"))]
    together: advance_each,
};

#[cfg(not(target_arch = "wasm32"))]
fn outline(
    plan: &Plan,
    _: &mut crate::experiment::ReadContext<'_>,
) -> Result<Outline, ExperimentError> {
    let settings = read(plan)?;
    let (dim, steps) = (settings.dim, settings.steps as f64);
    let has_bias = settings.bias != 0.0;
    Ok(Outline {
        bytes: 8.0 * 10.0 * dim + 40.0 * report_steps(settings.steps).len() as f64,
        words: "a run of one neuron needs".into(),
        pace: format!("{dim} {}", settings.batch).into(),
        family: "neuron",
        ..Outline::of(Work {
            // A normal variate takes as long as a few multiplications of double precision.
            step: settings.batch as f64 * (12.0 * dim + 50.0),
            report: if has_bias { 3e5 } else { 10.0 * dim },
            steps,
            reports: report_steps(settings.steps).len() as f64,
            ..Work::default()
        })
    })
}

/// The settings of a plan of this kind.
fn read(plan: &Plan) -> Result<NeuronSettings, ExperimentError> {
    Ok(NeuronSettings::from_json(
        NeuronSettings::TRAIN,
        plan.settings(),
    )?)
}

/// The steps after which the risk is told, from 0: each of the first, then those that an ever larger round number divides,
/// and never more than a fortieth of all apart, as the risk falls at a steady rate.
fn report_steps(steps: u64) -> Vec<u64> {
    let mut due = vec![0];
    let mut step = 0;
    while step < steps {
        let most = (step / 8).min(steps / 40);
        let (mut gap, mut ten) = (1, 1);
        while ten <= most {
            gap = [5, 2, 1]
                .map(|part| part * ten)
                .into_iter()
                .find(|&gap| gap <= most)
                .unwrap_or(gap);
            ten *= 10;
        }
        step = (step - step % gap + gap).min(steps);
        due.push(step);
    }
    due
}

/// A neuron in training.
pub struct NeuronRun {
    plan: Plan,
    settings: NeuronSettings,
    training: NeuronTraining,
    /// Upwards.
    due: Vec<u64>,
    reports: Vec<RunReport>,
    /// Normalised risk above which it has diverged.
    limit: f64,
    diverged_at: Option<u64>,
}

impl NeuronRun {
    /// A run at its start.
    ///
    /// # Errors
    /// If the plan is of another kind, or its settings are refused.
    pub fn new(plan: Plan) -> Result<Self, ExperimentError> {
        let settings = read(&plan)?;
        let target = SingleNeuron {
            norm: settings.norm,
            bias: settings.bias,
        };
        let training = NeuronTraining::new(&target, settings.dim as usize, settings.seed)
            .map_err(|error| ExperimentError::Refused(error.to_string()))?;
        let mut run = Self {
            plan,
            due: report_steps(settings.steps),
            limit: DIVERGED * training.risk().max(1.0),
            settings,
            training,
            reports: Vec::new(),
            diverged_at: None,
        };
        run.report();
        Ok(run)
    }

    /// The settings.
    pub fn settings(&self) -> &NeuronSettings {
        &self.settings
    }

    /// The neuron, and what it is trained on.
    pub fn training(&self) -> &NeuronTraining {
        &self.training
    }

    fn report(&mut self) {
        let risk = self.training.risk();
        if !risk.is_finite() || risk > self.limit {
            self.diverged_at = Some(self.step());
        }
        self.reports.push(RunReport {
            at: self.at(),
            values: vec![Some(risk).filter(|risk| risk.is_finite())],
        });
    }
}

impl Run for NeuronRun {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn clock(&self) -> &'static str {
        "samples"
    }

    fn at(&self) -> u64 {
        self.step() * self.settings.batch as u64
    }

    fn steps(&self) -> u64 {
        self.settings.steps
    }

    fn step(&self) -> u64 {
        self.training.step()
    }

    fn until_report(&self) -> u64 {
        if self.is_finished() {
            return 0;
        }
        let step = self.step();
        let next = self.due.iter().find(|&&due| due > step);
        next.map_or(0, |due| due - step)
    }

    fn advance(&mut self, steps: u64) -> u64 {
        let until = self.until_report();
        let steps = steps.min(until);
        for _ in 0..steps {
            self.training
                .advance(self.settings.batch, self.settings.step_size);
        }
        if steps > 0 && steps == until {
            self.report();
        }
        steps
    }

    fn reports(&self) -> &[RunReport] {
        &self.reports
    }

    fn end(&self) -> Option<End> {
        match self.diverged_at {
            Some(step) => Some(End::Diverged(step)),
            None => (self.step() == self.steps()).then_some(End::Finished),
        }
    }

    fn step_size(&self) -> Option<f64> {
        Some(self.settings.step_size)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn numbers(&self) -> RunNumbers {
        let ReluNeuron { weights, bias } = self.training.neuron();
        let mut doubles = weights.clone();
        doubles.push(*bias);
        RunNumbers {
            step: self.step(),
            diverged_at: self.diverged_at,
            doubles,
            ..RunNumbers::default()
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn load(
        &mut self,
        numbers: RunNumbers,
        reports: Vec<RunReport>,
    ) -> Result<(), ExperimentError> {
        let dim = self.settings.dim as usize;
        let mut weights = numbers.doubles;
        match weights.pop() {
            Some(bias) if weights.len() == dim && numbers.step <= self.steps() => {
                self.training
                    .resume(numbers.step, ReluNeuron { weights, bias });
            }
            _ => {
                return Err(ExperimentError::Refused(format!(
                    "a neuron in {dim} dimensions has {dim} weights and a bias"
                )));
            }
        }
        self.diverged_at = numbers.diverged_at;
        self.reports = reports;
        Ok(())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn record(&self, _: bool) -> String {
        let at = |report: &RunReport| json!({ "samples": report.at, "risk": report.values[0] });
        let curve: Vec<Value> = self.reports.iter().map(at).collect();
        let last = self.reports.last().and_then(|report| report.values[0]);
        json!({
            "schema": VERSION,
            "problem": NEURON.name,
            "version": env!("CARGO_PKG_VERSION"),
            "streams": stream::VERSION,
            "settings": self.settings.to_json(true),
            "curve": curve,
            "final": last,
            "diverged_at": self.diverged_at,
            "interrupted": !self.is_finished(),
        })
        .to_string()
    }
}
