//! Its runs.

#[cfg(not(target_arch = "wasm32"))]
use super::network::DIM;
use super::network::{Judgement, SoftplusNetwork};
use super::settings::PolynomialSettings;
#[cfg(not(target_arch = "wasm32"))]
use crate::experiment::sweep::Work;
use crate::experiment::{End, ExperimentError, Measure, Plan, Run, RunKind, RunReport};
#[cfg(not(target_arch = "wasm32"))]
use crate::experiment::{Outline, RunNumbers, advance_each};
use crate::setting::{Parameters, Scope};

/// Reports of a run, if it has as many steps.
const REPORTS: u64 = 20;

/// Runs of `lazy-limits train polynomial`, and of plans.
pub static POLYNOMIAL: RunKind = RunKind {
    name: "polynomial",
    help: "The sign of a polynomial, by a network of softplus neurons",
    measures: &[
        Measure {
            key: "error",
            name: "share of wrong signs",
        },
        Measure {
            key: "hinge",
            name: "hinge loss",
        },
    ],
    canonical: |object| Ok(PolynomialSettings::from_json(Scope::TRAIN, object)?.to_json(false)),
    #[cfg(not(target_arch = "wasm32"))]
    outline: |plan, _| Ok(outline(&settings(plan)?)),
    begin: |plan| {
        Ok(Box::new(PolynomialRun {
            network: SoftplusNetwork::new(settings(plan)?),
            plan: plan.clone(),
            diverged_at: None,
            reports: Vec::new(),
        }))
    },
    #[cfg(not(target_arch = "wasm32"))]
    together: advance_each,
};

fn settings(plan: &Plan) -> Result<PolynomialSettings, ExperimentError> {
    Ok(PolynomialSettings::from_json(
        Scope::TRAIN,
        plan.settings(),
    )?)
}

/// What a neuron costs at one sample, in multiplications: an exponential, a logarithm, and products in double precision.
#[cfg(not(target_arch = "wasm32"))]
const NEURON: f64 = 120.0;

#[cfg(not(target_arch = "wasm32"))]
fn outline(settings: &PolynomialSettings) -> Outline {
    let PolynomialSettings {
        features,
        batch,
        layers,
        steps,
        ..
    } = *settings;
    let (r, b) = (features as f64, batch as f64);
    let work = Work {
        step: b * r * NEURON,
        report: 1e4 * r * NEURON,
        end: 0.0,
        steps: steps as f64,
        reports: steps.min(REPORTS) as f64,
    };
    Outline {
        bytes: 8.0 * (16.0 * r + (DIM as f64) * (b + 1e4)),
        words: format!("a run of {features} neurons needs").into(),
        pace: format!("{features} {batch} {}", layers.name()).into(),
        ..Outline::of(work)
    }
}

struct PolynomialRun {
    plan: Plan,
    network: SoftplusNetwork,
    diverged_at: Option<u64>,
    reports: Vec<RunReport>,
}

impl PolynomialRun {
    /// Reports due after so many steps.
    fn due(&self, step: u64) -> u64 {
        let steps = self.steps();
        step * steps.min(REPORTS) / steps
    }

    fn report(&mut self) {
        let values = if self.diverged_at.is_some() {
            vec![None, None]
        } else {
            let Judgement { error, hinge } = self.network.judge();
            vec![Some(error), Some(hinge)]
        };
        let at = self.step();
        self.reports.push(RunReport { at, values });
    }
}

impl Run for PolynomialRun {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn steps(&self) -> u64 {
        self.network.settings().steps
    }

    fn step(&self) -> u64 {
        self.network.step()
    }

    fn until_report(&self) -> u64 {
        if self.is_finished() {
            return 0;
        }
        let next = self.due(self.step()) + 1;
        // The first step after which so many are due.
        let at = (next * self.steps()).div_ceil(self.steps().min(REPORTS));
        at - self.step()
    }

    fn advance(&mut self, steps: u64) -> u64 {
        let steps = steps.min(self.until_report());
        for made in 1..=steps {
            let due = self.due(self.step());
            self.network.advance();
            if self.network.has_diverged() {
                self.diverged_at = Some(self.step());
            }
            if self.diverged_at.is_some() || self.due(self.step()) > due {
                self.report();
            }
            if self.diverged_at.is_some() {
                return made;
            }
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

    #[cfg(not(target_arch = "wasm32"))]
    fn numbers(&self) -> RunNumbers {
        RunNumbers {
            step: self.step(),
            diverged_at: self.diverged_at,
            doubles: self.network.numbers().to_vec(),
            ..RunNumbers::default()
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn load(
        &mut self,
        numbers: RunNumbers,
        reports: Vec<RunReport>,
    ) -> Result<(), ExperimentError> {
        if !self.network.load(numbers.step, numbers.doubles) {
            let features = self.network.settings().features;
            return Err(ExperimentError::Refused(format!(
                "these are not the numbers of {features} neurons within so many steps"
            )));
        }
        self.diverged_at = numbers.diverged_at;
        self.reports = reports;
        Ok(())
    }
}
