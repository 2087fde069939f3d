//! What is to be run, as versioned JSON.

use serde_json::{Map, Value};

#[cfg(not(target_arch = "wasm32"))]
use super::checkpoint;
use super::{ExperimentError, Run, RunKind};
use crate::part;
use crate::setting::VERSION;

/// The key under which a plan may say anything, which is read by nobody.
pub(super) const COMMENT: &str = "comment";

/// Which kind of run has a name.
pub(crate) type KindByName<'a> = &'a dyn Fn(&str) -> Option<&'static RunKind>;

/// One run: everything its result depends on.
///
/// As JSON it is a flat object of the settings of its kind, defaults left out, with `"schema": 1` and the name of the
/// kind, as `"problem": "qf"`. A `"comment"` may stand in it, and is ignored.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    kind: &'static RunKind,
    /// In canonical form.
    settings: Map<String, Value>,
}

impl Plan {
    /// The run of a kind with these settings.
    ///
    /// # Errors
    /// If a setting is refused.
    pub fn new(
        kind: &'static RunKind,
        settings: &Map<String, Value>,
    ) -> Result<Self, ExperimentError> {
        let settings = (kind.canonical)(settings)?;
        Ok(Self { kind, settings })
    }

    /// The same, of settings that are in canonical form.
    pub fn canonical(kind: &'static RunKind, settings: Map<String, Value>) -> Self {
        Self { kind, settings }
    }

    /// Reads a plan.
    ///
    /// # Errors
    /// If it is not such an object, or a setting is refused.
    pub fn from_json(text: &str) -> Result<Self, ExperimentError> {
        Self::from_json_among(text, &part::run_kind)
    }

    /// The same, of kinds that are found so.
    pub(super) fn from_json_among(
        text: &str,
        find: KindByName<'_>,
    ) -> Result<Self, ExperimentError> {
        let object = serde_json::from_str(text)
            .map_err(|failure| ExperimentError::Json(failure.to_string()))?;
        Self::from_object_among(object, find)
    }

    /// Reads a plan that is a JSON object already.
    ///
    /// # Errors
    /// If a setting is refused, or the schema or problem is not known.
    pub fn from_object(object: Map<String, Value>) -> Result<Self, ExperimentError> {
        Self::from_object_among(object, &part::run_kind)
    }

    /// The same, of kinds that are found so.
    pub(super) fn from_object_among(
        mut object: Map<String, Value>,
        find: KindByName<'_>,
    ) -> Result<Self, ExperimentError> {
        let schema = object.remove("schema").unwrap_or(Value::Null);
        // JavaScript may have written 1 as 1.0.
        if schema.as_f64() != Some(VERSION as f64) {
            return Err(ExperimentError::Kind {
                field: "schema",
                value: shown(&schema),
                allowed: VERSION.to_string(),
            });
        }
        let problem = object.remove("problem").unwrap_or(Value::Null);
        let Some(kind) = problem.as_str().and_then(find) else {
            let names = part::run_kinds().map(|kind| format!("\"{}\"", kind.name));
            return Err(ExperimentError::Kind {
                field: "problem",
                value: shown(&problem),
                allowed: names.collect::<Vec<_>>().join(" or "),
            });
        };
        object.remove(COMMENT);
        Self::new(kind, &object)
    }

    /// The plan of a run that [`Run::checkpoint`] saved, without making the run.
    ///
    /// # Errors
    /// If the bytes are no such checkpoint.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn of_checkpoint(bytes: &[u8]) -> Result<Self, ExperimentError> {
        let (plan, _) = checkpoint::read_plan(bytes, &part::run_kind)?;
        Ok(plan)
    }

    /// The plan as JSON, in one canonical form.
    pub fn to_object(&self) -> Map<String, Value> {
        let mut object = self.settings.clone();
        object.insert("schema".to_owned(), VERSION.into());
        object.insert("problem".to_owned(), self.kind.name.into());
        object
    }

    /// What kind of run it is.
    pub fn kind(&self) -> &'static RunKind {
        self.kind
    }

    /// Its settings in canonical form, defaults left out.
    pub fn settings(&self) -> &Map<String, Value> {
        &self.settings
    }

    /// The run at its start.
    ///
    /// # Errors
    /// If its settings are refused.
    pub fn begin(&self) -> Result<Box<dyn Run>, ExperimentError> {
        (self.kind.begin)(self)
    }
}

/// A value in a sentence. In a browser, of which the page has made it, no more than its kind: what writes JSON is kilobytes.
fn shown(value: &Value) -> String {
    #[cfg(not(target_arch = "wasm32"))]
    return value.to_string();
    #[cfg(target_arch = "wasm32")]
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) => format!("\"{text}\""),
        _ => "something else".to_owned(),
    }
}
