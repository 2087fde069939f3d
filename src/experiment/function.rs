//! Runs that are functions of their step.

#[cfg(not(target_arch = "wasm32"))]
use super::sweep::Work;
use super::{ExperimentError, Measure, Plan, Run, RunKind, RunReport};
#[cfg(not(target_arch = "wasm32"))]
use super::{Outline, RunNumbers, advance_each};
use crate::setting::{Parameters, Scope};

/// Settings of runs that report after each step, each report being a function of settings and step: nothing else is kept, so
/// that they take little more than these two functions. [`RunKind::of_function`] makes a kind of them.
pub trait StepFunction: Parameters {
    /// Steps of the whole run.
    fn steps(&self) -> u64;

    /// A value for each measure after so many steps, from 1.
    fn report(&self, step: u64) -> Vec<Option<f64>>;
}

impl RunKind {
    /// The runs of a [`StepFunction`].
    pub const fn of_function<S: StepFunction>(
        name: &'static str,
        help: &'static str,
        measures: &'static [Measure],
    ) -> Self {
        Self {
            name,
            help,
            measures,
            canonical: |object| Ok(S::from_json(Scope::TRAIN, object)?.to_json(false)),
            #[cfg(not(target_arch = "wasm32"))]
            outline: |plan, _| {
                let steps = settings::<S>(plan)?.steps() as f64;
                Ok(Outline::of(Work {
                    step: 1.0,
                    steps,
                    ..Work::default()
                }))
            },
            begin: |plan| {
                let settings = settings::<S>(plan)?;
                Ok(Box::new(FunctionRun {
                    plan: plan.clone(),
                    settings,
                    reports: Vec::new(),
                }))
            },
            #[cfg(not(target_arch = "wasm32"))]
            together: advance_each,
        }
    }
}

fn settings<S: Parameters>(plan: &Plan) -> Result<S, ExperimentError> {
    Ok(S::from_json(Scope::TRAIN, plan.settings())?)
}

struct FunctionRun<S> {
    plan: Plan,
    settings: S,
    reports: Vec<RunReport>,
}

impl<S: StepFunction> Run for FunctionRun<S> {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn steps(&self) -> u64 {
        self.settings.steps()
    }

    fn step(&self) -> u64 {
        self.reports.len() as u64
    }

    fn reports(&self) -> &[RunReport] {
        &self.reports
    }

    fn advance(&mut self, steps: u64) -> u64 {
        let steps = steps.min(self.until_report());
        for at in self.step() + 1..=self.step() + steps {
            let values = self.settings.report(at);
            self.reports.push(RunReport { at, values });
        }
        steps
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn numbers(&self) -> RunNumbers {
        RunNumbers {
            step: self.step(),
            ..RunNumbers::default()
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn load(&mut self, _: RunNumbers, reports: Vec<RunReport>) -> Result<(), ExperimentError> {
        self.reports = reports;
        Ok(())
    }
}
