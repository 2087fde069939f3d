//! The names of plans and commands: `qf` and `mg`.

use serde_json::{Map, Value};

use super::TrainingRun;
#[cfg(not(target_arch = "wasm32"))]
use super::outline::outline;
#[cfg(not(target_arch = "wasm32"))]
use super::run::together;
use crate::experiment::{ExperimentError, Measure, Plan, Run, RunKind};
use crate::lazy::setting::{ProblemName, Settings};
use crate::setting::{Parameters, Scope};

/// Exact population risks, and how the first layer lies; see [`RiskAt`](super::RiskAt).
const MEASURES: &[Measure] = &[
    Measure::named("risk"),
    Measure::named("movement"),
    Measure::named("alignment"),
];

/// A quadratic target.
pub static QF: RunKind = RunKind {
    name: ProblemName::Quadratic.name(),
    help: "Training on a quadratic target",
    measures: MEASURES,
    canonical: |object| canonical(ProblemName::Quadratic, object),
    #[cfg(not(target_arch = "wasm32"))]
    outline,
    begin,
    #[cfg(not(target_arch = "wasm32"))]
    together,
};

/// A mixture of two Gaussians.
pub static MG: RunKind = RunKind {
    name: ProblemName::Mixture.name(),
    help: "Training on a mixture of two Gaussians",
    measures: MEASURES,
    canonical: |object| canonical(ProblemName::Mixture, object),
    #[cfg(not(target_arch = "wasm32"))]
    outline,
    begin,
    #[cfg(not(target_arch = "wasm32"))]
    together,
};

fn canonical(
    name: ProblemName,
    object: &Map<String, Value>,
) -> Result<Map<String, Value>, ExperimentError> {
    let settings = Settings::from_json(Scope::TRAIN.of(name), object)?;
    Ok(settings.to_json(false))
}

fn begin(plan: &Plan) -> Result<Box<dyn Run>, ExperimentError> {
    Ok(Box::new(TrainingRun::new(plan.clone())?))
}

/// What is run on that problem.
pub fn kind(problem: ProblemName) -> &'static RunKind {
    match problem {
        ProblemName::Quadratic => &QF,
        ProblemName::Mixture => &MG,
    }
}

/// The run that these settings describe, which are for [`Scope::TRAIN`].
pub fn plan(settings: &Settings) -> Plan {
    Plan::canonical(kind(settings.problem_name()), settings.to_json(false))
}

/// The settings that a plan of this paper stands for.
///
/// # Errors
/// If it is of another one.
pub fn settings(plan: &Plan) -> Result<Settings, ExperimentError> {
    let name = plan.kind().name;
    let Some(problem) = ProblemName::from_name(name) else {
        let names = ProblemName::ALL.map(|problem| format!("\"{}\"", problem.name()));
        return Err(ExperimentError::Kind {
            field: "problem",
            value: format!("\"{name}\""),
            allowed: names.join(" or "),
        });
    };
    Ok(Settings::from_json(
        Scope::TRAIN.of(problem),
        plan.settings(),
    )?)
}
