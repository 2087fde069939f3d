//! What the page makes its controls from.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::page::known;
use super::plain;
use crate::setting::{Kind, Scope, Settings, TABLE};
use crate::spectrum::FamilyName;

/// One row of the table of parameters.
#[derive(Serialize)]
struct Parameter {
    key: &'static str,
    kind: &'static str,
    min: Option<f64>,
    max: Option<f64>,
    choices: Vec<Choice>,
    allowed: String,
    help: &'static str,
    default: String,
}

#[derive(Serialize)]
struct Choice {
    name: &'static str,
    help: &'static str,
}

/// The parameters of the figure, from which the page makes its controls.
///
/// # Errors
/// If there is no figure of that name.
#[wasm_bindgen(unchecked_return_type = "Parameter[]")]
pub fn parameters(figure: &str) -> Result<JsValue, JsValue> {
    known(figure)?;
    let defaults = Settings::new(Scope::PAGE);
    let rows: Vec<Parameter> = TABLE
        .iter()
        .filter(|parameter| parameter.scope.contains(Scope::PAGE))
        .map(|parameter| {
            let (kind, range) = match parameter.kind {
                Kind::Integer { min, max } => ("integer", Some((min as f64, max as f64))),
                Kind::IntegerOrAuto { min, max } => {
                    ("integer-or-auto", Some((min as f64, max as f64)))
                }
                Kind::Real { min, max } => ("real", Some((min, max))),
                Kind::RealOrAuto { min, max } => ("real-or-auto", Some((min, max))),
                Kind::Reals { min, max, .. } => ("reals", Some((min, max))),
                Kind::Choice(_) => ("choice", None),
                Kind::Spectrum => ("spectrum", None),
                Kind::Weights => ("weights", None),
            };
            let choices = match parameter.kind {
                Kind::Choice(choices) => choices,
                _ => &[],
            };
            Parameter {
                key: parameter.key,
                kind,
                min: range.map(|range| range.0),
                max: range.map(|range| range.1),
                choices: choices
                    .iter()
                    .map(|choice| Choice {
                        name: choice.name,
                        help: choice.help,
                    })
                    .collect(),
                allowed: parameter.kind.allowed(),
                help: parameter.help,
                default: defaults.get(Scope::PAGE, parameter.key).unwrap_or_default(),
            }
        })
        .collect();
    plain(&rows)
}

/// One family of spectra.
#[derive(Serialize)]
struct FamilyRow {
    name: &'static str,
    help: &'static str,
    sampled: bool,
    parameter: Option<FamilyParameter>,
}

#[derive(Serialize)]
struct FamilyParameter {
    default: f64,
    min: f64,
    max: f64,
}

/// The families of spectra that can be chosen.
///
/// # Errors
/// Never in practice: plain values always cross.
#[wasm_bindgen(unchecked_return_type = "Family[]")]
pub fn families() -> Result<JsValue, JsValue> {
    let rows: Vec<FamilyRow> = FamilyName::ALL
        .into_iter()
        .map(|family| FamilyRow {
            name: family.name(),
            help: family.help(),
            sampled: family.is_distribution(),
            parameter: family
                .parameter()
                .map(|(default, min, max)| FamilyParameter { default, min, max }),
        })
        .collect();
    plain(&rows)
}
