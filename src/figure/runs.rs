//! Trained networks as the figure knows them: what is planned, and what has been reported.

use serde_json::{Map, Value};

use crate::setting::{Parameters, Settings, VERSION};
use crate::train::Regime;

/// What a run is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It stands at the dragged ρ; its whole curve is drawn.
    Handle,
    /// It is one of the dots along ρ.
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

/// One run to be trained.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRun {
    /// The same for equal plans, as long as they are planned.
    pub id: u32,
    /// What it is for.
    pub role: Role,
    /// Everything that its result depends on.
    pub settings: Settings,
    /// Its width.
    pub neurons: usize,
}

impl PlannedRun {
    /// The plan as `experiment` reads it.
    pub fn to_json(&self) -> Map<String, Value> {
        plan_json(&self.settings)
    }
}

fn plan_json(settings: &Settings) -> Map<String, Value> {
    let mut plan = settings.to_json(false);
    plan.insert("schema".to_owned(), VERSION.into());
    plan.insert("problem".to_owned(), settings.problem_name().name().into());
    plan
}

/// What is known of one run.
#[derive(Clone, Debug)]
pub(super) struct LiveRun {
    pub(super) plan: PlannedRun,
    key: String,
    /// Samples and normalised risk at each report.
    pub(super) curve: Vec<(f64, f64)>,
    pub(super) status: Status,
    /// What it has learned, in the order of the eigenvalues: d×d by columns, or the diagonal.
    pub(super) learned: Option<Vec<f32>>,
}

impl LiveRun {
    pub(super) fn regime(&self) -> Regime {
        self.plan.settings.regime
    }

    pub(super) fn risk(&self) -> Option<f64> {
        self.curve.last().map(|&(_, risk)| risk)
    }
}

/// All runs of the current state.
#[derive(Clone, Debug, Default)]
pub(super) struct LiveRuns {
    /// In the order in which they were planned last.
    runs: Vec<LiveRun>,
    next_id: u32,
}

impl LiveRuns {
    /// Takes over the runs wanted, in their order of start: those whose plan was there already
    /// keep their results, those no longer wanted go.
    pub(super) fn plan(&mut self, wanted: Vec<(Role, Settings, usize)>) -> Vec<PlannedRun> {
        let mut old = std::mem::take(&mut self.runs);
        let mut plans: Vec<PlannedRun> = Vec::new();
        for (role, settings, neurons) in wanted {
            let key = Value::Object(plan_json(&settings)).to_string();
            if self.runs.iter().any(|run| run.key == key) {
                continue; // the handle stands on the grid
            }
            let mut run = if let Some(place) = old.iter().position(|run| run.key == key) {
                old.swap_remove(place)
            } else {
                self.next_id += 1;
                LiveRun {
                    plan: PlannedRun {
                        id: self.next_id,
                        role,
                        settings,
                        neurons,
                    },
                    key,
                    curve: Vec::new(),
                    status: Status::Open,
                    learned: None,
                }
            };
            run.plan.role = role;
            plans.push(run.plan.clone());
            self.runs.push(run);
        }
        plans
    }

    pub(super) fn get_mut(&mut self, id: u32) -> Option<&mut LiveRun> {
        self.runs.iter_mut().find(|run| run.plan.id == id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &LiveRun> {
        self.runs.iter()
    }

    /// The run of that regime, width and seed; while a drag goes on it need not have been planned
    /// for the handle.
    pub(super) fn at_width(&self, regime: Regime, neurons: usize, seed: u64) -> Option<&LiveRun> {
        self.runs.iter().find(|run| {
            run.regime() == regime && run.plan.neurons == neurons && run.plan.settings.seed == seed
        })
    }

    /// Forgets some runs.
    pub(super) fn forget(&mut self, ids: &[u32]) {
        self.runs.retain(|run| !ids.contains(&run.plan.id));
    }
}
