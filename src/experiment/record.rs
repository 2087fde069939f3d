//! What runs come to whose part has no schema of its own.

use serde_json::{Map, Value, json};

use super::{End, Run};
use crate::setting::VERSION;
use crate::stream;

/// The run as far as it has come: its plan, and lists of each measure against its clock.
pub(super) fn of(run: &(impl Run + ?Sized)) -> String {
    let plan = run.plan();
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    put("schema", VERSION.into());
    put("problem", plan.kind().name.into());
    put("version", env!("CARGO_PKG_VERSION").into());
    put("streams", stream::VERSION.into());
    put("settings", plan.settings().clone().into());
    let at: Vec<u64> = run.reports().iter().map(|report| report.at).collect();
    put(run.clock(), at.into());
    for (index, measure) in plan.kind().measures.iter().enumerate() {
        let values = run.reports().iter().map(|report| report.values[index]);
        put(measure.key, values.collect());
    }
    let diverged_at = match run.end() {
        Some(End::Diverged(step)) => step.into(),
        _ => Value::Null,
    };
    put("diverged_at", diverged_at);
    put("interrupted", (!run.is_finished()).into());
    json!(object).to_string()
}
