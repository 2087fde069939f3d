//! The wasm boundary: thin types over [`crate::figure`] for the page and over
//! [`crate::experiment`] for its workers. Both load the same file, which a reader downloads once.
//!
//! Numbers cross as JavaScript numbers, settings and results as plain objects, and every refusal
//! as an `Error` whose `message` is one sentence and whose `field` is the key it is about.

mod canvas;
pub mod controls;
mod flat;
pub mod page;
pub mod panels;
pub mod worker;

pub(crate) use flat::object;
use js_sys::{Error, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::setting::SettingError;

/// A sentence as a JavaScript error.
pub(crate) fn error(message: &str) -> JsValue {
    Error::new(message).into()
}

/// A refusal as a JavaScript error with its `field`.
pub(crate) fn refusal(refused: &SettingError) -> JsValue {
    refusal_of(refused, refused.key())
}

/// A refusal of the value that was given for a key.
fn refusal_of(refused: &SettingError, key: Option<&str>) -> JsValue {
    let error = error(&refused.to_string());
    if let Some(key) = key {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&error, &"field".into(), &key.into());
    }
    error
}

/// Anything serialisable as plain objects, arrays and numbers.
fn plain<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(Into::into)
}
