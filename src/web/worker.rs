//! The workers' half: runs in slices, and exact solves.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::page::figure_of;
use super::{error, object, plain, refusal};
use crate::experiment::{End, Plan, Run, RunReport};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("worker.d.ts");

/// What a slice of a run has come to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProgressRow {
    step: u64,
    steps: u64,
    samples: u64,
    /// `[at, value, …]` each, a value a measure.
    reports: Vec<Vec<f64>>,
    status: &'static str,
    step_size: Option<f64>,
}

/// A run in progress; see [`Run`].
#[wasm_bindgen(js_name = Run)]
pub struct WorkerRun {
    state: Box<dyn Run>,
    reported: usize,
}

#[wasm_bindgen(js_class = Run)]
impl WorkerRun {
    /// A run at its start, from a plan as a plain object.
    ///
    /// # Errors
    /// If the plan is refused.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "object")] plan: JsValue,
    ) -> Result<Self, JsValue> {
        let state = Plan::from_object(object(plan)?).and_then(|plan| plan.begin());
        let state = state.map_err(|refused| error(&refused.to_string()))?;
        Ok(Self { state, reported: 0 })
    }

    /// Makes at most `steps` steps and stops after the next report. Returns where the run stands
    /// and the reports since the last call.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn advance(&mut self, steps: u32) -> Result<JsValue, JsValue> {
        self.state.advance(u64::from(steps));
        let all = self.state.reports();
        // The first measure is what runs are for; others that are not known cross as no number.
        let known = |report: &&RunReport| report.values.first().is_some_and(Option::is_some);
        let reports = all[self.reported..].iter().filter(known).map(|report| {
            let values = report.values.iter().map(|value| value.unwrap_or(f64::NAN));
            std::iter::once(report.at as f64).chain(values).collect()
        });
        let reports = reports.collect();
        self.reported = all.len();
        plain(&ProgressRow {
            step: self.state.step(),
            steps: self.state.steps(),
            samples: self.state.at(),
            reports,
            status: match self.state.end() {
                Some(End::Diverged(_)) => "diverged",
                Some(End::Finished) => "finished",
                None => "running",
            },
            step_size: self.state.step_size(),
        })
    }

    /// Changes the step size from the next step on.
    ///
    /// # Errors
    /// If it is out of range, or the regime has none.
    #[wasm_bindgen(js_name = setStepSize)]
    pub fn set_step_size(&mut self, value: f64) -> Result<(), JsValue> {
        self.state
            .set_step_size(value)
            .map_err(|refused| error(&refused.to_string()))
    }

    /// What it has learnt, see [`Run::learned`].
    pub fn learned(&self) -> Vec<f32> {
        self.state.learned()
    }
}

/// What a slow solve has come to.
#[derive(Serialize)]
struct SolvedRow {
    /// All lists, one after the other.
    values: Vec<f64>,
    lengths: Vec<usize>,
    unknown: Option<String>,
}

/// Solves what a figure has ordered.
///
/// # Errors
/// If there is no such figure, or the order is refused.
#[wasm_bindgen(unchecked_return_type = "Solved")]
pub fn solve(
    figure: &str,
    #[wasm_bindgen(unchecked_param_type = "object")] order: JsValue,
) -> Result<JsValue, JsValue> {
    let solved = figure_of(figure)?.solve(object(order)?);
    let solved = solved.map_err(|refused| refusal(&refused))?;
    plain(&SolvedRow {
        lengths: solved.lists.iter().map(Vec::len).collect(),
        values: solved.lists.concat(),
        unknown: solved.unknown,
    })
}
