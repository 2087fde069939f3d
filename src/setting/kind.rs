//! Kinds of values: how each is read, written and described.

use std::fmt;

use super::{SettingError, Weights};
use crate::numbers::{Rows, decimal};
use crate::spectrum::{Family, FamilyName, Source};

/// One of a few names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is written.
    pub name: &'static str,
    /// What it is called where it is chosen.
    pub label: &'static str,
    /// What it means, in a few words.
    pub help: &'static str,
}

impl Choice {
    /// One that is called what is written.
    pub const fn new(name: &'static str, help: &'static str) -> Self {
        let label = name;
        Self { name, label, help }
    }

    /// The same, called otherwise where it is chosen.
    #[must_use]
    pub const fn called(self, label: &'static str) -> Self {
        Self { label, ..self }
    }
}

/// The kind of a parameter's value, with its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number, both ends included.
    Integer {
        /// Smallest.
        min: u64,
        /// Largest.
        max: u64,
    },
    /// A whole number, or `auto`.
    IntegerOrAuto {
        /// Smallest.
        min: u64,
        /// Largest.
        max: u64,
    },
    /// A number, both ends included.
    Real {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
    },
    /// A number from 0 to 1, between two things that have names.
    Share {
        /// What 0 is.
        none: &'static str,
        /// What 1 is.
        all: &'static str,
    },
    /// A number, or `auto`.
    RealOrAuto {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
    },
    /// Numbers separated by commas.
    Reals {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
        /// Fewest numbers.
        least: usize,
        /// Most numbers.
        most: usize,
        /// Whether `lin:first:last:count` and `log:first:last:count` stand for numbers.
        has_ranges: bool,
    },
    /// Two different whole numbers from 1 on.
    Ranks {
        /// The largest that either may be.
        most: u64,
    },
    /// One of some names.
    Choice(&'static [Choice]),
    /// One of some families of eigenvalues, or numbers.
    Spectrum(&'static [FamilyName]),
    /// A covariance by name, or numbers.
    Weights,
}

/// A value of some [`Kind`]; `Display` writes what the kind reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of `Integer` and `IntegerOrAuto`.
    Integer(u64),
    /// Of `Real`, `Share` and `RealOrAuto`.
    Real(f64),
    /// `auto`.
    Auto,
    /// Of `Reals` and `Ranks`.
    Reals(Vec<f64>),
    /// Of `Choice`.
    Choice(&'static str),
    /// Of `Spectrum`.
    Spectrum(Source),
    /// Of `Weights`.
    Weights(Weights),
}

/// Values in messages end after this many characters.
const SHORT: usize = 40;

/// A text cut to a length that fits a sentence.
pub(crate) fn shortened(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(SHORT)
        .collect();
    if text.chars().count() > SHORT {
        line + "…"
    } else {
        line
    }
}

impl Kind {
    /// The names that a value may be, with what each means, if that is to be said.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn names(&self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Choice(choices) => {
                let choices = choices.iter();
                choices.map(|choice| (choice.name, choice.help)).collect()
            }
            Self::Spectrum(families) => {
                let families = families.iter();
                families
                    .map(|family| (family.name(), family.help()))
                    .collect()
            }
            Self::Weights => vec![
                ("isotropic", "Γ ∝ I"),
                ("aligned", "Γ ∝ B (qf) or Δ (mg), best as ρ → ∞ only"),
                ("best", "least limiting risk at each ρ, for σ = x² − 1"),
            ],
            _ => Vec::new(),
        }
    }

    /// What is allowed, as it continues “must be …”.
    pub fn allowed(&self) -> String {
        match self {
            Self::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Self::IntegerOrAuto { min, max } => {
                format!("auto, or a whole number from {min} to {max}")
            }
            Self::Real { min, max } => format!("a number from {min} to {max}"),
            Self::Share { .. } => "a number from 0 to 1".to_owned(),
            Self::RealOrAuto { min, max } => format!("auto, or a number from {min} to {max}"),
            Self::Reals {
                min,
                max,
                least,
                most,
                has_ranges,
            } => {
                let count = if *least == 0 {
                    format!("at most {most}")
                } else {
                    format!("{least} to {most}")
                };
                let ranges = if *has_ranges {
                    ", or lin:first:last:count or log:first:last:count"
                } else {
                    ""
                };
                format!("{count} numbers from {min} to {max}, separated by commas{ranges}")
            }
            Self::Ranks { most } => {
                format!("two different whole numbers from 1 to {most}, separated by a comma")
            }
            Self::Choice(choices) => {
                let names: Vec<&str> = choices.iter().map(|choice| choice.name).collect();
                format!("one of {}", names.join(", "))
            }
            Self::Spectrum(families) => {
                let names: Vec<String> = families
                    .iter()
                    .map(|family| match family.parameter() {
                        None => family.name().to_owned(),
                        Some((_, min, max)) => format!("{}[:{min}…{max}]", family.name()),
                    })
                    .collect();
                format!("one of {}, or numbers", names.join(", "))
            }
            Self::Weights => "one of isotropic, aligned, best, or numbers".to_owned(),
        }
    }

    /// Reads a value of this kind.
    ///
    /// # Errors
    /// If it is of another kind or out of range; `key` names it in the sentence.
    pub fn parse(&self, key: &'static str, text: &str) -> Result<Value, SettingError> {
        let invalid = || SettingError::Invalid {
            key,
            value: shortened(text),
            allowed: self.allowed(),
        };
        let matrix = || match Rows::from_text(text).and_then(|rows| rows.symmetric(false)) {
            Ok(understood) => Ok(understood.matrix),
            Err(error) => Err(SettingError::Numbers { key, error }),
        };
        // A typing error in a name is better answered by the names than by “not a number”.
        let numeric = text.starts_with(|c: char| c.is_ascii_digit() || "+-.,;[ \n\t".contains(c));
        match *self {
            Self::IntegerOrAuto { .. } | Self::RealOrAuto { .. } if text == "auto" => {
                Ok(Value::Auto)
            }
            Self::Integer { min, max } | Self::IntegerOrAuto { min, max } => integer(text)
                .filter(|value| (min..=max).contains(value))
                .map(Value::Integer)
                .ok_or_else(invalid),
            Self::Real { min, max } | Self::RealOrAuto { min, max } => {
                real(text, min, max).map(Value::Real).ok_or_else(invalid)
            }
            Self::Share { .. } => real(text, 0.0, 1.0).map(Value::Real).ok_or_else(invalid),
            Self::Reals {
                min,
                max,
                least,
                most,
                has_ranges,
            } => reals(text, most, has_ranges)
                .filter(|values| (least..=most).contains(&values.len()))
                .filter(|values| values.iter().all(|value| (min..=max).contains(value)))
                .map(Value::Reals)
                .ok_or_else(invalid),
            Self::Ranks { most } => {
                let (one, other) = text.split_once(',').ok_or_else(invalid)?;
                let rank = |text: &str| integer(text.trim()).filter(|k| (1..=most).contains(k));
                match (rank(one), rank(other)) {
                    (Some(one), Some(other)) if one != other => {
                        Ok(Value::Reals(vec![one as f64, other as f64]))
                    }
                    _ => Err(invalid()),
                }
            }
            Self::Choice(choices) => choices
                .iter()
                .find(|choice| choice.name == text)
                .map(|choice| Value::Choice(choice.name))
                .ok_or_else(invalid),
            Self::Spectrum(families) => match Family::parse(families, text) {
                Some(family) => Ok(Value::Spectrum(Source::Family(family))),
                None if numeric => Ok(Value::Spectrum(Source::Given(matrix()?))),
                None => Err(invalid()),
            },
            Self::Weights => match text {
                "isotropic" => Ok(Value::Weights(Weights::Isotropic)),
                "aligned" => Ok(Value::Weights(Weights::Aligned)),
                "best" => Ok(Value::Weights(Weights::Best)),
                _ if numeric => Ok(Value::Weights(Weights::Given(matrix()?))),
                _ => Err(invalid()),
            },
        }
    }
}

/// Whole numbers, also as `2e5` or `200_000`, which people write for counts of steps.
fn integer(text: &str) -> Option<u64> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let scientific = text.contains(['e', 'E']).then(|| decimal(text))??;
    let whole = scientific.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&scientific);
    whole.then_some(scientific as u64)
}

/// The numbers of a list, no more than `most` and some.
#[cfg_attr(
    target_arch = "wasm32",
    expect(unused_variables, reason = "the page has no parameter of such a list")
)]
fn reals(text: &str, most: usize, has_ranges: bool) -> Option<Vec<f64>> {
    let mut values = Vec::new();
    if text.is_empty() {
        return Some(values);
    }
    for part in text.split(',').map(str::trim) {
        match decimal(part) {
            Some(value) => values.push(value),
            #[cfg(not(target_arch = "wasm32"))]
            None if has_ranges => values.extend(super::spaced::spaced(part, most)?),
            None => return None,
        }
        // Before a huge text becomes a huge list.
        if values.len() > most {
            break;
        }
    }
    Some(values)
}

fn real(text: &str, min: f64, max: f64) -> Option<f64> {
    decimal(text).filter(|value| (min..=max).contains(value))
}

/// What tables write: their rows get only values that the row's own kind has read.
impl Value {
    /// The whole number, if it is one.
    pub fn integer(&self) -> Option<u64> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, or 0 if it is none.
    pub fn real(&self) -> f64 {
        match self {
            Self::Real(value) => *value,
            _ => 0.0,
        }
    }

    /// The numbers, or none if it is no list.
    pub fn reals(self) -> Vec<f64> {
        match self {
            Self::Reals(values) => values,
            _ => Vec::new(),
        }
    }

    /// The name, or an empty one if it is no choice.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Choice(name) => name,
            _ => "",
        }
    }

    /// As JSON: numbers as numbers, all else as its text.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Integer(value) => (*value).into(),
            Self::Real(value) => (*value).into(),
            other => other.to_string().into(),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Real(value) => value.fmt(f),
            Self::Auto => f.write_str("auto"),
            Self::Reals(values) => write_numbers(f, values.iter()),
            Self::Choice(name) => f.write_str(name),
            Self::Spectrum(Source::Family(family)) => family.fmt(f),
            Self::Spectrum(Source::Given(matrix)) | Self::Weights(Weights::Given(matrix)) => {
                match matrix {
                    crate::linalg::Symmetric::Diagonal(values) => write_numbers(f, values.iter()),
                    crate::linalg::Symmetric::Full(matrix) => {
                        for (index, row) in matrix.row_iter().enumerate() {
                            if index > 0 {
                                f.write_str("\n")?;
                            }
                            write_numbers(f, row.iter())?;
                        }
                        Ok(())
                    }
                }
            }
            Self::Weights(Weights::Isotropic) => f.write_str("isotropic"),
            Self::Weights(Weights::Aligned) => f.write_str("aligned"),
            Self::Weights(Weights::Best) => f.write_str("best"),
        }
    }
}

fn write_numbers<'a>(
    f: &mut fmt::Formatter<'_>,
    values: impl Iterator<Item = &'a f64>,
) -> fmt::Result {
    for (index, value) in values.enumerate() {
        if index > 0 {
            f.write_str(",")?;
        }
        write!(f, "{value}")?;
    }
    Ok(())
}
