//! Flat objects of texts and numbers, as settings cross from JavaScript. (serde_wasm_bindgen reads them too, and anything else
//! as well: 2 KB of what a browser loads.)

use js_sys::{Array, JsString, Object};
use serde_json::{Map, Value};
use wasm_bindgen::{JsCast, JsValue};

use super::refusal;
use crate::setting::SettingError;

/// The entries of a plain object. What is neither text, number nor null stands as an empty list, which the reader of its key
/// refuses.
///
/// # Errors
/// If it is no object, or a list.
pub(crate) fn object(value: JsValue) -> Result<Map<String, Value>, JsValue> {
    let is_list = Array::is_array(&value);
    let object: Object = match value.dyn_into() {
        Ok(object) if !is_list => object,
        _ => return Err(refusal(&SettingError::Shape("this value".to_owned()))),
    };
    let mut map = Map::new();
    for entry in Object::entries(&object).iter() {
        let [key, value] = [0, 1].map(|index| entry.unchecked_ref::<Array>().get(index));
        map.insert(String::from(key.unchecked_ref::<JsString>()), plain(&value));
    }
    Ok(map)
}

fn plain(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        return text.into();
    }
    match value.as_f64() {
        // Without a sign or a point, as whole numbers are read.
        Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => (number as i64).into(),
        Some(number) if number.is_finite() => number.into(),
        // JSON has no such numbers; their names are refused like any other word.
        Some(number) => number.to_string().into(),
        None if value.is_null() || value.is_undefined() => Value::Null,
        None => Value::Array(Vec::new()),
    }
}
