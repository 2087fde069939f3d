//! An activation as a curve, and its Hermite coefficients as bars.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

use super::Drawn;
use super::painter::{Painter, Stroke, Words};
use crate::figure::{Frame, Hue, Sigma};

pub(super) fn draw<DB: DrawingBackend>(paint: &Painter<'_, DB>, sigma: &Sigma) -> Drawn<DB> {
    let (width, height) = paint.size();
    let [left, right] = sigma.frames(width, height);
    paint.clear()?;
    curve(paint, sigma, left)?;
    coefficients(paint, sigma, right)
}

/// About the width of a letter of a title.
const LETTER: f64 = 6.8;

fn title<DB: DrawingBackend>(paint: &Painter<'_, DB>, text: &str, frame: Frame) -> Drawn<DB> {
    let words = Words {
        bold: true,
        ..paint.small(HPos::Left, VPos::Top)
    };
    paint.words(text, (frame.left, frame.top - 20.0), words)
}

fn solid<DB: DrawingBackend>(paint: &Painter<'_, DB>, is_grid: bool) -> Stroke {
    Stroke {
        colour: if is_grid {
            paint.theme.grid()
        } else {
            paint.theme.ink()
        },
        opacity: 1.0,
        width: 1.0,
        dash: &[],
    }
}

fn curve<DB: DrawingBackend>(paint: &Painter<'_, DB>, sigma: &Sigma, frame: Frame) -> Drawn<DB> {
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    title(paint, "σ(u)", frame)?;
    for tick in sigma.x.ticks((frame.width / 60.0) as usize) {
        let x = frame.x(&sigma.x, tick.value);
        paint.line(&[(x, frame.top), (x, bottom)], solid(paint, true))?;
        let words = paint.small(HPos::Center, VPos::Top);
        paint.words(&tick.label, (x, bottom + 5.0), words)?;
    }
    for tick in sigma.y.ticks((frame.height / 36.0) as usize) {
        let y = frame.y(&sigma.y, tick.value);
        paint.line(&[(frame.left, y), (right, y)], solid(paint, true))?;
        let words = paint.small(HPos::Right, VPos::Center);
        paint.words(&tick.label, (frame.left - 5.0, y), words)?;
    }
    let zero = frame.y(&sigma.y, 0.0);
    paint.line(&[(frame.left, zero), (right, zero)], solid(paint, false))?;
    let points: Vec<(f64, f64)> = sigma
        .points
        .iter()
        .map(|&(u, value)| (frame.x(&sigma.x, u), frame.y(&sigma.y, value)))
        .collect();
    let stroke = Stroke {
        width: 2.25,
        ..solid(paint, false)
    };
    paint.clipped_line(&points, frame, stroke)?;
    let under = paint.small(HPos::Center, VPos::Top);
    paint.words(
        &sigma.x.label,
        (frame.left + 0.5 * frame.width, bottom + 20.0),
        under,
    )
}

/// Degree 2, which alone sees a quadratic target, in the colour of random features.
fn coefficients<DB: DrawingBackend>(
    paint: &Painter<'_, DB>,
    sigma: &Sigma,
    frame: Frame,
) -> Drawn<DB> {
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    // Where the whole sentence does not fit, its beginning says the most.
    let is_long = sigma.verdict.chars().count() as f64 * LETTER > frame.width;
    let beginning = sigma.verdict.split(':').next().unwrap_or_default();
    let verdict = if is_long { beginning } else { &sigma.verdict };
    title(paint, verdict, frame)?;
    for tick in sigma.share.ticks((frame.height / 36.0) as usize) {
        let y = frame.y(&sigma.share, tick.value);
        paint.line(&[(frame.left, y), (right, y)], solid(paint, true))?;
        let words = paint.small(HPos::Right, VPos::Center);
        paint.words(&tick.label, (frame.left - 5.0, y), words)?;
    }
    let step = frame.width / sigma.shares.len() as f64;
    for (index, &share) in sigma.shares.iter().enumerate() {
        let left = frame.left + (index as f64 + 0.2) * step;
        let colour = if index == 1 {
            paint.theme.hue(Hue::Vermilion)
        } else {
            paint.theme.bar()
        };
        let top = frame.y(&sigma.share, share);
        paint.fill_box((left, top), (left + 0.6 * step, bottom), colour)?;
        let words = paint.small(HPos::Center, VPos::Top);
        let degree = (index + 1).to_string();
        paint.words(&degree, (left + 0.3 * step, bottom + 5.0), words)?;
    }
    paint.line(
        &[(frame.left, bottom), (right, bottom)],
        solid(paint, false),
    )?;
    let under = paint.small(HPos::Center, VPos::Top);
    let place = (frame.left + 0.5 * frame.width, bottom + 20.0);
    paint.words("degree k of the Hermite polynomial", place, under)
}
