//! What is to be run, as versioned JSON.

use serde_json::{Map, Value};

use super::ExperimentError;
use crate::problem::Problem;
use crate::setting::{Scope, Settings, VERSION};
use crate::train::{Regime, TrainSettings};

/// One run: everything its result depends on.
///
/// As JSON it is a flat object of the settings of `lazy-limits train`, defaults left out, with
/// `"schema": 1` and `"problem": "qf"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    settings: Settings,
}

impl Plan {
    /// The run that these settings describe.
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
        for (field, known) in [
            ("schema", Value::from(VERSION)),
            ("problem", Value::from("qf")),
        ] {
            let value = object.remove(field).unwrap_or(Value::Null);
            // JavaScript may have written 1 as 1.0.
            let same = value == known || (value.is_number() && value.as_f64() == known.as_f64());
            if !same {
                return Err(ExperimentError::Kind {
                    field,
                    value: value.to_string(),
                    allowed: known.to_string(),
                });
            }
        }
        let settings = Settings::from_json(Scope::TRAIN, &object)?;
        Ok(Self { settings })
    }

    /// The plan as JSON, in one canonical form.
    pub fn to_object(&self) -> Map<String, Value> {
        let mut object = self.settings.to_json(Scope::TRAIN, false);
        object.insert("schema".to_owned(), VERSION.into());
        object.insert("problem".to_owned(), "qf".into());
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

    /// Target and settings of the training itself.
    pub(super) fn resolve(&self) -> Result<(Problem, TrainSettings), ExperimentError> {
        let settings = &self.settings;
        let problem = settings.problem()?;
        let batch = settings.batch;
        let steps = if settings.regime == Regime::Rf {
            if !settings.samples.is_multiple_of(batch as u64) {
                return Err(ExperimentError::Samples {
                    samples: settings.samples,
                    batch,
                });
            }
            settings.samples / batch as u64
        } else {
            settings.steps
        };
        let train = TrainSettings {
            steps,
            batch,
            step_size: settings.step_size,
            schedule: settings.schedule,
            protocol: settings.protocol,
            seed: settings.seed,
            covariance: settings.covariance(&problem)?,
            activation: settings.activation,
            ..TrainSettings::new(settings.regime, self.neurons())
        };
        Ok((problem, train))
    }
}
