//! Values of an independent implementation.

use serde_json::Value;

/// A value with its inputs.
pub(crate) struct Entry(Value);

impl Entry {
    /// The values of that name, of which there are some.
    pub(crate) fn all(name: &str) -> Vec<Self> {
        let file: Value = serde_json::from_str(include_str!("../reference/neuron.json")).unwrap();
        let entries = file["entries"].as_array().unwrap().iter();
        let found: Vec<Self> = entries
            .filter(|entry| entry["name"] == name)
            .map(|entry| Self(entry.clone()))
            .collect();
        assert!(!found.is_empty(), "{name}");
        found
    }

    /// An input.
    pub(crate) fn input(&self, key: &str) -> &Value {
        &self.0["inputs"][key]
    }

    /// A number among the inputs.
    pub(crate) fn number(&self, key: &str) -> f64 {
        self.input(key).as_f64().unwrap()
    }

    /// The value, or what it has under keys.
    pub(crate) fn value(&self) -> &Value {
        &self.0["value"]
    }

    /// That a number agrees with what should be there.
    pub(crate) fn agrees(&self, found: f64, expected: &Value) {
        let expected = expected.as_f64().unwrap();
        let [relative, absolute] = ["rel_tol", "abs_tol"].map(|key| self.0[key].as_f64().unwrap());
        let tolerance = absolute + relative * expected.abs();
        assert!(
            (found - expected).abs() <= tolerance,
            "{found} for {expected}: {}",
            self.0
        );
    }
}

/// Numbers of a list.
pub(crate) fn numbers(list: &Value) -> Vec<f64> {
    let list = list.as_array().unwrap().iter();
    list.map(|number| number.as_f64().unwrap()).collect()
}
