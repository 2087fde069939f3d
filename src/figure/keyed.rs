//! Numbers by name, as scripts read them.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Numbers by name, some of them together under one. They cross as an object, in this order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyedNumbers(
    /// Each with its name.
    pub Vec<(&'static str, KeyedNumber)>,
);

/// A number, or some by name.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyedNumber {
    /// One; what is not known, or not yet, is null.
    One(Option<f64>),
    /// Some.
    Some(KeyedNumbers),
}

impl KeyedNumbers {
    /// Numbers by name.
    pub fn of(numbers: &[(&'static str, Option<f64>)]) -> Self {
        let numbers = numbers.iter();
        Self(
            numbers
                .map(|&(key, value)| (key, KeyedNumber::One(value)))
                .collect(),
        )
    }

    /// Adds a number, if it is known.
    pub fn add_known(&mut self, key: &'static str, value: Option<f64>) {
        if value.is_some() {
            self.0.push((key, KeyedNumber::One(value)));
        }
    }

    /// Adds some under one name.
    pub fn add(&mut self, key: &'static str, numbers: Self) {
        self.0.push((key, KeyedNumber::Some(numbers)));
    }
}

impl Serialize for KeyedNumbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, number) in &self.0 {
            match number {
                KeyedNumber::One(value) => map.serialize_entry(key, value)?,
                KeyedNumber::Some(numbers) => map.serialize_entry(key, numbers)?,
            }
        }
        map.end()
    }
}
