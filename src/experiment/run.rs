//! What a run is.

use std::any::Any;

use super::{ExperimentError, Plan};
#[cfg(not(target_arch = "wasm32"))]
use super::{checkpoint, record};

/// What runs of a kind report: one of their [`RunKind::measures`](super::RunKind::measures).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// As files name it.
    pub key: &'static str,
    /// As sentences and charts do.
    pub name: &'static str,
}

impl Measure {
    /// One that files and sentences name alike.
    pub const fn named(key: &'static str) -> Self {
        Self { key, name: key }
    }
}

/// How a run stood at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct RunReport {
    /// When, by [`Run::clock`].
    pub at: u64,
    /// A value for each measure; none is beyond all numbers.
    pub values: Vec<Option<f64>>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It did all that was planned, or nothing more could change.
    Finished,
    /// It diverged at that step.
    Diverged(u64),
}

/// The numbers of a run that its plan does not determine: what a checkpoint keeps, beside its reports.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunNumbers {
    /// Steps made.
    pub step: u64,
    /// Where it diverged, if it did.
    pub diverged_at: Option<u64>,
    /// `(first step, step size)`, upwards; empty where there is none.
    pub step_sizes: Vec<(u64, f64)>,
    /// Its state in single precision.
    pub singles: Vec<f32>,
    /// Its state in double precision.
    pub doubles: Vec<f64>,
}

/// A run that can be advanced, looked at, saved and restored at any step.
///
/// What it comes to depends on its plan alone, bit for bit on one machine: not on the pieces in which it is advanced, not
/// on what is beside it, and not on being saved and restored. A part of the house implements this for what its paper
/// trains, and names a [`RunKind`](super::RunKind); plans of many runs, checkpoints, signals and the page are then there.
/// What saves and tells a run is left out on wasm32, where nothing asks for it and every reader would load it.
///
/// A whole small one:
///
/// ```ignore-wasm32
/// use lazy_limits::experiment::*;
/// use lazy_limits::experiment::sweep::Work;
/// use lazy_limits::stream::{Purpose, Stream};
/// use serde_json::{Map, Value, json};
///
/// /// A random walk, told every ten steps.
/// struct Walk { plan: Plan, step: u64, place: f64, reports: Vec<RunReport> }
///
/// impl Run for Walk {
///     fn plan(&self) -> &Plan { &self.plan }
///     fn steps(&self) -> u64 { self.plan.settings()["steps"].as_u64().unwrap_or(0) }
///     fn step(&self) -> u64 { self.step }
///     fn until_report(&self) -> u64 { (10 - self.step % 10).min(self.steps() - self.step) }
///     fn advance(&mut self, steps: u64) -> u64 {
///         let steps = steps.min(self.until_report());
///         for _ in 0..steps {
///             let mut normal = [0.0];
///             Stream::new(1, Purpose::Batch, self.step).fill_normal(&mut normal);
///             self.place += f64::from(normal[0]);
///             self.step += 1;
///         }
///         if steps > 0 && (self.step % 10 == 0 || self.step == self.steps()) {
///             self.reports.push(RunReport { at: self.step, values: vec![Some(self.place)] });
///         }
///         steps
///     }
///     fn reports(&self) -> &[RunReport] { &self.reports }
///     fn end(&self) -> Option<End> { (self.step == self.steps()).then_some(End::Finished) }
///     fn numbers(&self) -> RunNumbers {
///         RunNumbers { step: self.step, doubles: vec![self.place], ..RunNumbers::default() }
///     }
///     fn load(&mut self, numbers: RunNumbers, reports: Vec<RunReport>) -> Result<(), ExperimentError> {
///         let [place] = numbers.doubles[..] else {
///             return Err(ExperimentError::Refused("a walk is at one place".to_owned()));
///         };
///         (self.step, self.place, self.reports) = (numbers.step, place, reports);
///         Ok(())
///     }
///     fn record(&self, _with_optimum: bool) -> String { json!({ "final": self.place }).to_string() }
/// }
///
/// static WALK: RunKind = RunKind {
///     name: "walk",
///     help: "A random walk",
///     measures: &[Measure { key: "place", name: "place" }],
///     canonical: |settings| match settings.get("steps").map(Value::as_u64) {
///         Some(None) => Err(ExperimentError::Refused("steps must be a whole number".to_owned())),
///         _ => Ok(settings.clone()),
///     },
///     outline: |_, _| Ok(Outline { bytes: 1e3, ..Outline::of(Work { step: 1.0, ..Work::default() }) }),
///     begin: |plan| Ok(Box::new(Walk { plan: plan.clone(), step: 0, place: 0.0, reports: Vec::new() })),
///     together: advance_each,
/// };
///
/// let settings = Map::from_iter([("steps".to_owned(), json!(100))]);
/// let mut run = Plan::new(&WALK, &settings)?.begin()?;
/// run.advance(u64::MAX);
/// let mut restored = WALK.restore(&run.checkpoint())?;
/// for run in [&mut run, &mut restored] {
///     while !run.is_finished() {
///         run.advance(7);
///     }
/// }
/// assert_eq!(restored.record(true), run.record(true));
/// # Ok::<(), ExperimentError>(())
/// ```
pub trait Run: Any + Send {
    /// What is run.
    fn plan(&self) -> &Plan;

    /// What [`RunReport::at`] counts: `steps`, or `samples` where each is used once.
    fn clock(&self) -> &'static str {
        "steps"
    }

    /// Where that stands now.
    fn at(&self) -> u64 {
        self.step()
    }

    /// Steps of the whole run; it may end earlier.
    fn steps(&self) -> u64;

    /// Steps made.
    fn step(&self) -> u64;

    /// Steps up to the next report; 0 once the run has ended. One, for a run that reports each step.
    fn until_report(&self) -> u64 {
        u64::from(!self.is_finished())
    }

    /// Makes up to `steps` steps, but stops after the next report and at the end of the run. Returns how many were made.
    fn advance(&mut self, steps: u64) -> u64;

    /// What was reported so far.
    fn reports(&self) -> &[RunReport];

    /// How it ended, if it has.
    fn end(&self) -> Option<End> {
        (self.step() == self.steps()).then_some(End::Finished)
    }

    /// Whether it has ended.
    fn is_finished(&self) -> bool {
        self.end().is_some()
    }

    /// All step sizes so far: `(first step, step size)`, upwards; empty where there is none.
    fn step_sizes(&self) -> &[(u64, f64)] {
        &[]
    }

    /// The step size in force; none where there is none.
    fn step_size(&self) -> Option<f64> {
        None
    }

    /// Changes the step size from the next step on.
    ///
    /// # Errors
    /// If it is out of range, or there is none.
    fn set_step_size(&mut self, _value: f64) -> Result<(), ExperimentError> {
        let name = self.plan().kind().name;
        Err(ExperimentError::Refused(format!(
            "a run of {name} has no step size"
        )))
    }

    /// What it has learnt, as the part's figure shows it; no more of it than can be seen.
    fn learned(&self) -> Vec<f32> {
        Vec::new()
    }

    /// What [`load`](Self::load) needs beside the plan and the reports.
    #[cfg(not(target_arch = "wasm32"))]
    fn numbers(&self) -> RunNumbers;

    /// Turns a run at its start into the one that had these numbers and reports; after an error it is neither.
    ///
    /// # Errors
    /// If they are not of such a run.
    #[cfg(not(target_arch = "wasm32"))]
    fn load(&mut self, numbers: RunNumbers, reports: Vec<RunReport>)
    -> Result<(), ExperimentError>;

    /// The run as far as it has come: a JSON object in one line, in a schema of the part's own or in this one. A member
    /// `diverged_at` that is a number says that it diverged. `with_optimum` asks for what takes long to find, as it ends.
    #[cfg(not(target_arch = "wasm32"))]
    fn record(&self, _with_optimum: bool) -> String {
        record::of(self)
    }

    /// The whole run as bytes: header, state, checksum. [`restore`](super::restore) reads them.
    #[cfg(not(target_arch = "wasm32"))]
    fn checkpoint(&self) -> Vec<u8> {
        checkpoint::write(self.plan(), self.reports(), &self.numbers())
    }
}
