//! Trained networks as a figure knows them: what is planned, and what has been reported.

use serde::Serialize;
use serde_json::Value;

use crate::setting::{About, Parameters, VERSION};

/// What a run is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It stands at the handle; its whole curve is drawn.
    Handle,
    /// It is one of the dots elsewhere.
    Grid,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not ended yet.
    Open,
    /// All steps done.
    Finished,
    /// Its risk exploded.
    Diverged,
    /// Its worker failed.
    Failed,
}

impl Status {
    /// The status of that name, as the page writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "queued" | "running" | "paused" => Some(Self::Open),
            "finished" => Some(Self::Finished),
            "diverged" => Some(Self::Diverged),
            "failed" => Some(Self::Failed),
            _ => None,
        }
    }
}

/// What a part tells its runs apart by.
///
/// ```
/// use lazy_limits::figure::RunFacts;
/// use lazy_limits::setting::About;
/// use serde_json::Value;
///
/// /// A width and a seed.
/// #[derive(Clone, Debug)]
/// struct Wide { neurons: u64, seed: u64 }
///
/// impl RunFacts for Wide {
///     fn name(&self) -> String { format!("N = {}", self.neurons) }
///     fn facts(&self) -> Vec<(&'static str, Value)> {
///         vec![("neurons", self.neurons.into()), ("seed", self.seed.into())]
///     }
///     fn about(&self) -> &'static [About] { About::RUNS }
/// }
///
/// assert_eq!(Wide { neurons: 3, seed: 1 }.name(), "N = 3");
/// ```
pub trait RunFacts: Clone + std::fmt::Debug + 'static {
    /// What it is called in a sentence: “NN with N = 32”.
    fn name(&self) -> String;

    /// As scripts read it, with the seed as `seed`.
    fn facts(&self) -> Vec<(&'static str, Value)>;

    /// What settings it depends on; changes of others let it go on.
    fn about(&self) -> &'static [About];
}

/// Runs that are told apart by their seeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeededRun(
    /// The seed.
    pub u64,
);

impl RunFacts for SeededRun {
    fn name(&self) -> String {
        format!("the run of seed {}", self.0)
    }

    fn facts(&self) -> Vec<(&'static str, Value)> {
        vec![("seed", self.0.into())]
    }

    fn about(&self) -> &'static [About] {
        About::RUNS
    }
}

/// A run that a state asks for.
#[derive(Clone, Debug)]
pub struct WantedRun<R> {
    /// What it is for.
    pub role: Role,
    /// What tells it apart.
    pub facts: R,
    /// Milliseconds from one report to the next, at least, so that what is quick is seen to happen; 0 for no rest.
    pub pace: u32,
    /// What [`Plan::from_object`](crate::experiment::Plan::from_object) reads: everything that its result depends on.
    pub plan: Value,
}

impl<R> WantedRun<R> {
    /// The run of these settings, under the name that it has in plans.
    pub fn new(role: Role, facts: R, problem: &str, settings: &impl Parameters) -> Self {
        let mut plan = settings.to_json(false);
        plan.insert("schema".to_owned(), VERSION.into());
        plan.insert("problem".to_owned(), problem.into());
        Self {
            role,
            facts,
            pace: 0,
            plan: plan.into(),
        }
    }

    /// The same with a rest after each report.
    #[must_use]
    pub fn paced(self, pace: u32) -> Self {
        Self { pace, ..self }
    }
}

/// What is known of one run.
#[derive(Clone, Debug)]
pub struct LiveRun<R> {
    /// The same for equal plans, as long as they are planned.
    pub id: u32,
    /// What is run, and what for.
    pub wanted: WantedRun<R>,
    /// At each report, samples or steps and the value, a curve for each measure of the run.
    curves: Vec<Vec<(f64, f64)>>,
    /// How far it has come.
    pub status: Status,
    /// What it has learned, as its part writes that down.
    pub learned: Option<Vec<f32>>,
}

impl<R> LiveRun<R> {
    /// What tells it apart.
    pub fn facts(&self) -> &R {
        &self.wanted.facts
    }

    /// The values reported of a measure, by its place among those of the run.
    pub fn curve(&self, measure: usize) -> &[(f64, f64)] {
        self.curves.get(measure).map_or(&[], Vec::as_slice)
    }

    /// The last of them.
    pub fn last(&self, measure: usize) -> Option<f64> {
        self.curve(measure).last().map(|&(_, value)| value)
    }

    /// Takes over a report; what is no number is left out.
    pub fn report(&mut self, at: f64, values: &[f64]) {
        for (measure, &value) in values.iter().enumerate() {
            if self.curves.len() == measure {
                self.curves.push(Vec::new());
            }
            if value.is_finite() {
                self.curves[measure].push((at, value));
            }
        }
    }
}

/// All runs of the current state.
#[derive(Clone, Debug)]
pub struct LiveRuns<R> {
    /// In the order in which they were planned last.
    runs: Vec<LiveRun<R>>,
    next_id: u32,
}

impl<R> Default for LiveRuns<R> {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            next_id: 0,
        }
    }
}

impl<R: RunFacts> LiveRuns<R> {
    /// Takes over the runs wanted, in their order of start: those whose plan was there already
    /// keep their results, those no longer wanted go.
    pub(super) fn plan(&mut self, wanted: Vec<WantedRun<R>>) {
        let mut old = std::mem::take(&mut self.runs);
        for wanted in wanted {
            let is_same = |run: &LiveRun<R>| run.wanted.plan == wanted.plan;
            if self.runs.iter().any(is_same) {
                continue; // the handle stands on the grid
            }
            if let Some(place) = old.iter().position(is_same) {
                let mut run = old.swap_remove(place);
                run.wanted.role = wanted.role;
                self.runs.push(run);
                continue;
            }
            self.next_id += 1;
            self.runs.push(LiveRun {
                id: self.next_id,
                wanted,
                curves: Vec::new(),
                status: Status::Open,
                learned: None,
            });
        }
    }

    pub(super) fn get_mut(&mut self, id: u32) -> Option<&mut LiveRun<R>> {
        self.runs.iter_mut().find(|run| run.id == id)
    }

    /// All of them, in the order in which they were planned last.
    pub fn iter(&self) -> impl Iterator<Item = &LiveRun<R>> {
        self.runs.iter()
    }

    /// Forgets some runs.
    pub(super) fn forget(&mut self, ids: &[u32]) {
        self.runs.retain(|run| !ids.contains(&run.id));
    }
}
