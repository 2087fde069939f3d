//! Runs that are functions of their step.

#[cfg(not(target_arch = "wasm32"))]
use super::sweep::Work;
use super::{ExperimentError, Measure, Plan, Run, RunKind, RunReport};
#[cfg(not(target_arch = "wasm32"))]
use super::{Outline, RunNumbers, advance_each};
use crate::setting::{Parameters, Scope};

/// Settings of runs that report after each step, each report being a function of settings and step: nothing else is kept, so
/// that they take little more than these two functions. [`RunKind::of_function`] makes a kind of them.
///
/// ```
/// use lazy_limits::experiment::{Measure, Plan, RunKind, StepFunction};
/// use lazy_limits::setting::{About, Kind, Parameter, Parameters, Row, Scope, Value};
/// use serde_json::{Map, json};
///
/// /// What is left of something that is halved again and again.
/// #[derive(Clone, PartialEq)]
/// struct Halving { scope: Scope, times: u64 }
///
/// impl Parameters for Halving {
///     const TABLE: &'static [Parameter<Self>] = &[Parameter {
///         row: Row::new(
///             "times", "Times", Kind::Integer { min: 1, max: 50 }, Scope::TRAIN, About::Pace, "How often it is halved",
///         ),
///         read: |halving| Value::Integer(halving.times),
///         write: |halving, value| halving.times = value.integer().unwrap_or(1),
///     }];
///     fn new(scope: Scope) -> Self { Self { scope, times: 10 } }
///     fn scope(&self) -> Scope { self.scope }
/// }
///
/// impl StepFunction for Halving {
///     fn steps(&self) -> u64 { self.times }
///     fn report(&self, step: u64) -> Vec<Option<f64>> { vec![Some(0.5_f64.powi(step as i32))] }
/// }
///
/// static HALVING: RunKind = RunKind::of_function::<Halving>("halving", "Halving", &[LEFT]);
/// const LEFT: Measure = Measure::named("left");
///
/// let settings = Map::from_iter([("times".to_owned(), json!(3))]);
/// let mut run = Plan::new(&HALVING, &settings)?.begin()?;
/// assert_eq!(run.advance(9), 1);
/// while !run.is_finished() {
///     run.advance(1);
/// }
/// assert_eq!(run.reports()[2].values, [Some(0.125)]);
/// # Ok::<(), lazy_limits::experiment::ExperimentError>(())
/// ```
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
