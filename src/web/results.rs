//! Results of runs made elsewhere, for the page.

use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::page::Explorable;
use super::{error, plain};

#[wasm_bindgen]
impl Explorable {
    /// Lays the results in some parsed JSON (one document of a figure or a run, or several runs) over the figure. Its
    /// state stays.
    ///
    /// # Errors
    /// One sentence if they cannot be shown here; nothing has changed then.
    #[wasm_bindgen(js_name = layResults)]
    pub fn lay_results(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "unknown[]")] documents: JsValue,
    ) -> Result<(), JsValue> {
        let documents: Vec<Value> = serde_wasm_bindgen::from_value(documents)?;
        self.inner
            .lay(&documents)
            .map_err(|failure| error(&failure.to_string()))
    }

    /// Moves to the target of the results, so that they are in front.
    ///
    /// # Errors
    /// Never in practice: that target has been shown to be one.
    #[wasm_bindgen(js_name = showResults)]
    pub fn show_results(&mut self) -> Result<(), JsValue> {
        self.inner
            .show_results()
            .map_err(|failure| error(&failure.to_string()))
    }

    /// Takes the results away.
    #[wasm_bindgen(js_name = removeResults)]
    pub fn remove_results(&mut self) {
        self.inner.remove_results();
    }

    /// What is laid over the figure.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "Laid | null")]
    pub fn laid(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.laid())
    }
}
