//! Histograms of answers for two classes.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

use super::Drawn;
use super::painter::{Painter, Stroke, Words};
use crate::figure::{Classes, Frame, Histogram};

pub(super) fn draw<DB: DrawingBackend>(paint: &Painter<'_, DB>, classes: &Classes) -> Drawn<DB> {
    let (width, height) = paint.size();
    paint.clear()?;
    for (index, histogram) in classes.histograms.iter().enumerate() {
        let frame = classes.frame(index, width, height);
        one(paint, histogram, frame)?;
    }
    Ok(())
}

fn one<DB: DrawingBackend>(
    paint: &Painter<'_, DB>,
    histogram: &Histogram,
    frame: Frame,
) -> Drawn<DB> {
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let subject = paint.theme.hue(histogram.subject.ink().hue);
    let [plus, minus] = &histogram.shares;
    let other = paint.theme.ink();
    let zero = frame.x(&histogram.x, 0.0);
    let line = |colour, opacity| Stroke {
        colour,
        opacity,
        width: 1.25,
        dash: &[],
    };
    paint.line(
        &[(zero, frame.top), (zero, bottom)],
        line(paint.theme.grid(), 1.0),
    )?;
    let below = outline(minus, histogram, frame);
    paint.fill(&below, paint.theme.bar(), 1.0)?;
    let above = outline(plus, histogram, frame);
    paint.fill(&above, subject, 0.55)?;
    // Where the classes overlap, both edges are seen.
    paint.line(&below, line(other, 0.6))?;
    paint.line(&above, line(subject, 1.0))?;
    paint.line(&[(frame.left, bottom), (right, bottom)], line(other, 1.0))?;
    for tick in histogram.x.ticks((frame.width / 50.0) as usize) {
        let words = paint.small(HPos::Center, VPos::Top);
        let x = frame.x(&histogram.x, tick.value);
        paint.words(&tick.label, (x, bottom + 4.0), words)?;
    }
    let middle = frame.left + 0.5 * frame.width;
    let under = paint.small(HPos::Center, VPos::Top);
    paint.words(&histogram.x.label, (middle, bottom + 19.0), under)?;
    let title = Words {
        colour: subject,
        size: 13.0,
        bold: true,
        ..paint.small(HPos::Left, VPos::Top)
    }
    .within(frame.width, &histogram.label);
    paint.words(&histogram.label, (frame.left, frame.top - 21.0), title)?;
    // What is left beside the title, with a gap. A long one leaves nothing; its neighbours say the same.
    let rest = frame.width - title.width(&histogram.label) - 6.0;
    let corner = paint
        .small(HPos::Right, VPos::Top)
        .within(rest, &histogram.origin);
    if corner.width(&histogram.origin) <= rest + 1.0 {
        paint.words(&histogram.origin, (right, frame.top - 20.0), corner)?;
    }
    let left = paint.small(HPos::Left, VPos::Top);
    paint.words("y = −1", (frame.left + 2.0, frame.top + 1.0), left)?;
    let end = Words {
        colour: subject,
        ..paint.small(HPos::Right, VPos::Top)
    };
    paint.words("y = +1", (right - 2.0, frame.top + 1.0), end)
}

/// The silhouette of a histogram, from its lower left to its lower right corner.
fn outline(shares: &[f64], histogram: &Histogram, frame: Frame) -> Vec<(f64, f64)> {
    let step = frame.width / shares.len() as f64;
    let bottom = frame.top + frame.height;
    let mut points = vec![(frame.left, bottom)];
    for (index, &share) in shares.iter().enumerate() {
        let left = frame.left + index as f64 * step;
        let y = frame.y(&histogram.y, share);
        points.push((left, y));
        points.push((left + step, y));
    }
    points.push((frame.left + frame.width, bottom));
    points
}
