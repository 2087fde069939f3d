//! What the page makes its controls from.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::page::figure_of;
use super::plain;
use crate::setting::{About, Control, Kind};

/// One row of the table of parameters.
#[derive(Serialize)]
struct ParameterRow {
    key: &'static str,
    label: &'static str,
    place: Control,
    about: About,
    kind: &'static str,
    min: Option<f64>,
    max: Option<f64>,
    choices: Vec<ChoiceRow>,
    ends: Option<[&'static str; 2]>,
    families: Vec<FamilyRow>,
    help: &'static str,
    default: String,
}

#[derive(Serialize)]
struct ChoiceRow {
    name: &'static str,
    label: &'static str,
    help: &'static str,
}

/// The parameters of the figure, from which the page makes its controls.
///
/// # Errors
/// If there is no figure of that name.
#[wasm_bindgen(unchecked_return_type = "Parameter[]")]
pub fn parameters(figure: &str) -> Result<JsValue, JsValue> {
    let rows = figure_of(figure)?.rows().into_iter();
    let rows: Vec<ParameterRow> = rows
        .map(|(parameter, default)| {
            let (kind, range) = match parameter.kind {
                Kind::Integer { min, max } => ("integer", Some((min as f64, max as f64))),
                Kind::IntegerOrAuto { min, max } => {
                    ("integer-or-auto", Some((min as f64, max as f64)))
                }
                Kind::Real { min, max } => ("real", Some((min, max))),
                Kind::Share { .. } => ("share", Some((0.0, 1.0))),
                Kind::RealOrAuto { min, max } => ("real-or-auto", Some((min, max))),
                Kind::Reals { min, max, .. } => ("reals", Some((min, max))),
                Kind::Ranks { most } => ("ranks", Some((1.0, most as f64))),
                Kind::Choice(_) => ("choice", None),
                Kind::Spectrum(_) => ("spectrum", None),
                Kind::Weights => ("weights", None),
            };
            let choices = match parameter.kind {
                Kind::Choice(choices) => choices,
                _ => &[],
            };
            let ends = match parameter.kind {
                Kind::Share { none, all } => Some([none, all]),
                _ => None,
            };
            ParameterRow {
                key: parameter.key,
                label: parameter.label,
                place: parameter.control,
                about: parameter.about,
                kind,
                min: range.map(|range| range.0),
                max: range.map(|range| range.1),
                choices: choices
                    .iter()
                    .map(|choice| ChoiceRow {
                        name: choice.name,
                        label: choice.label,
                        help: choice.help,
                    })
                    .collect(),
                ends,
                families: families(&parameter.kind),
                help: parameter.help,
                default,
            }
        })
        .collect();
    plain(&rows)
}

/// One family of eigenvalues.
#[derive(Serialize)]
struct FamilyRow {
    name: &'static str,
    label: &'static str,
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

/// The families that can be chosen.
fn families(kind: &Kind) -> Vec<FamilyRow> {
    let Kind::Spectrum(names) = kind else {
        return Vec::new();
    };
    names
        .iter()
        .map(|family| FamilyRow {
            name: family.name(),
            label: family.label(),
            help: family.help(),
            sampled: family.is_distribution(),
            parameter: family
                .parameter()
                .map(|(default, min, max)| FamilyParameter { default, min, max }),
        })
        .collect()
}
