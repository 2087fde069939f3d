//! What is to be run, as versioned JSON.

use serde_json::{Map, Value};

use super::{ExperimentError, checkpoint};
use crate::problem::Problem;
use crate::setting::{Parameters, ProblemName, Scope, Settings, VERSION};
use crate::train::{Regime, TrainSettings};

/// The key under which a plan may say anything, which is read by nobody.
pub(super) const COMMENT: &str = "comment";

/// One run: everything its result depends on.
///
/// As JSON it is a flat object of the settings of `lazy-limits train`, defaults left out, with
/// `"schema": 1` and `"problem": "qf"` or `"mg"`. A `"comment"` may stand in it, and is ignored.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    settings: Settings,
}

impl Plan {
    /// The run that these settings describe, which are for [`Scope::TRAIN`].
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// Reads a plan.
    ///
    /// # Errors
    /// If it is not such an object, or a setting is refused.
    pub fn from_json(text: &str) -> Result<Self, ExperimentError> {
        let object = serde_json::from_str(text)
            .map_err(|failure| ExperimentError::Json(failure.to_string()))?;
        Self::from_object(object)
    }

    /// Reads a plan that is a JSON object already.
    ///
    /// # Errors
    /// If a setting is refused, or the schema or problem is not known.
    pub fn from_object(mut object: Map<String, Value>) -> Result<Self, ExperimentError> {
        let schema = object.remove("schema").unwrap_or(Value::Null);
        // JavaScript may have written 1 as 1.0.
        if schema.as_f64() != Some(VERSION as f64) {
            return Err(ExperimentError::Kind {
                field: "schema",
                value: schema.to_string(),
                allowed: VERSION.to_string(),
            });
        }
        let problem = object.remove("problem").unwrap_or(Value::Null);
        let Some(name) = problem.as_str().and_then(ProblemName::from_name) else {
            let names = ProblemName::ALL.map(|problem| format!("\"{}\"", problem.name()));
            return Err(ExperimentError::Kind {
                field: "problem",
                value: problem.to_string(),
                allowed: names.join(" or "),
            });
        };
        object.remove(COMMENT);
        let settings = Settings::from_json(Scope::TRAIN.of(name), &object)?;
        Ok(Self { settings })
    }

    /// The plan of a run that [`TrainingRun::checkpoint`](super::TrainingRun::checkpoint) saved, without making the run.
    ///
    /// # Errors
    /// If the bytes are no such checkpoint.
    pub fn of_checkpoint(bytes: &[u8]) -> Result<Self, ExperimentError> {
        let (plan, _) = checkpoint::read_plan(bytes)?;
        Ok(plan)
    }

    /// The plan as JSON, in one canonical form.
    pub fn to_object(&self) -> Map<String, Value> {
        let mut object = self.settings.to_json(false);
        object.insert("schema".to_owned(), VERSION.into());
        let problem = self.settings.problem_name().name();
        object.insert("problem".to_owned(), problem.into());
        object
    }

    /// Its settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The width: the one set, else half the dimension, at least 1.
    pub fn neurons(&self) -> usize {
        let half = (self.settings.dim() / 2).max(1);
        self.settings.neurons.unwrap_or(half)
    }

    /// About the memory that training takes at most, in bytes, beside the target; found without making it.
    ///
    /// # Errors
    /// If it is more than any run may take.
    #[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
    pub(crate) fn bytes(&self) -> Result<f64, ExperimentError> {
        let settings = &self.settings;
        let train = TrainSettings {
            batch: settings.batch,
            protocol: settings.protocol,
            second_layer: settings.second_layer,
            activation: settings.activation,
            ..TrainSettings::new(settings.regime, self.neurons())
        };
        let is_mixture = settings.problem_name() == ProblemName::Mixture;
        train.check_size(settings.dim(), is_mixture)?;
        Ok(train.bytes(settings.dim(), is_mixture))
    }

    /// Target and settings of the training itself.
    pub(super) fn resolve(&self) -> Result<(Problem, TrainSettings), ExperimentError> {
        let problem = self.settings.problem()?;
        let train = self.resolve_for(&problem)?;
        Ok((problem, train))
    }

    /// Settings of the training itself, for the target that the settings ask for.
    pub(super) fn resolve_for(&self, problem: &Problem) -> Result<TrainSettings, ExperimentError> {
        let settings = &self.settings;
        let batch = settings.batch;
        let (steps, last_batch) = if settings.regime == Regime::Rf {
            let rest = settings.samples % batch as u64;
            let last_batch = (rest > 0).then_some(rest as usize);
            (settings.samples.div_ceil(batch as u64), last_batch)
        } else {
            (settings.steps, None)
        };
        Ok(TrainSettings {
            steps,
            batch,
            last_batch,
            step_size: settings.step_size,
            schedule: settings.schedule,
            protocol: settings.protocol,
            second_layer: settings.second_layer,
            seed: settings.seed,
            covariance: settings.covariance(problem)?,
            activation: settings.activation,
            ..TrainSettings::new(settings.regime, self.neurons())
        })
    }
}
