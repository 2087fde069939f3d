//! A grip that is the handle of a chart and a number among the settings: the commonest kind, for which nothing else is written.

use super::{Change, Frame, Grip, Live, Panel, Picture, Scene};
use crate::numbers::{decimal, significant};
use crate::setting::{Kind, Parameters, Value};

/// The grip of a lever.
pub(super) fn grip<S: Scene>(seen: &Live<S>, key: &'static str) -> Option<Grip> {
    let parameter = seen.settings().parameter(key)?;
    let (min, max, value) = match (&parameter.kind, (parameter.read)(seen.settings())) {
        (Kind::Integer { min, max }, Value::Integer(value)) => {
            (*min as f64, *max as f64, value as f64)
        }
        (Kind::Real { min, max }, Value::Real(value)) => (*min, *max, value),
        _ => return None,
    };
    Some(Grip {
        name: key.to_owned(),
        label: parameter.label.to_owned(),
        value,
        min,
        max,
        least: min.max(1e-3 * max),
        fine: 1.05,
        whole: matches!(parameter.kind, Kind::Integer { .. }),
        upright: false,
        text: format!("{} {}", parameter.label, significant(value, 4)),
    })
}

/// Whether a place is one at which a pointer takes hold of it.
pub(super) fn is_at((width, height): (f64, f64), at: (f64, f64), slop: f64) -> bool {
    Frame::chart(width, height).contains(at.0, at.1, slop)
}

/// Its value at a place of the picture.
pub(super) fn value_at<S: Scene>(
    seen: &Live<S>,
    panel: &dyn Panel<S>,
    grip: &Grip,
    (width, height): (f64, f64),
    at: (f64, f64),
) -> Option<f64> {
    let Picture::Chart(chart) = panel.picture(seen) else {
        return None;
    };
    let value = Frame::chart(width, height).value_at_x(&chart.x, at.0);
    // Three digits: nobody aims better.
    let value = decimal(&significant(value, 3)).unwrap_or(value);
    Some(value.clamp(grip.min, grip.max))
}

/// The setting that brings it to a value.
pub(super) fn turned<S: Scene>(seen: &Live<S>, key: &'static str, value: f64) -> Option<Change> {
    let parameter = seen.settings().parameter(key)?;
    let is_whole = matches!(parameter.kind, Kind::Integer { .. });
    let value = if is_whole { value.round() } else { value };
    let text = value.to_string();
    Some(Change { key, text })
}
