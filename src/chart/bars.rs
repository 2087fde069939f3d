//! The spectrum as bars, with what each regime captures inside.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

use super::Drawn;
use super::painter::{Painter, Stroke, Words};
use crate::figure::{Bars, Frame};

pub(super) fn draw<DB: DrawingBackend>(paint: &Painter<'_, DB>, bars: &Bars) -> Drawn<DB> {
    let (width, height) = paint.size();
    paint.clear()?;
    for index in 0..bars.captures.len() {
        copy(paint, bars, index, bars.frame(index, width, height))?;
    }
    Ok(())
}

fn copy<DB: DrawingBackend>(
    paint: &Painter<'_, DB>,
    bars: &Bars,
    index: usize,
    frame: Frame,
) -> Drawn<DB> {
    let capture = &bars.captures[index];
    let colour = paint.theme.hue(capture.subject.ink().hue);
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let zero = frame.y(&bars.y, 0.0);
    focus(paint, bars, frame)?;

    paint.fill(
        &outline(&bars.eigenvalues, bars, frame),
        paint.theme.bar(),
        1.0,
    )?;
    let inside: Vec<f64> = capture
        .diagonal
        .iter()
        .zip(&bars.eigenvalues)
        .map(|(&part, &whole)| part.clamp(whole.min(0.0), whole.max(0.0)))
        .collect();
    // What is captured beyond the eigenvalue (noise of the weights) stays visible, but pale.
    if inside != capture.diagonal {
        let all = outline(&capture.diagonal, bars, frame);
        paint.fill(&all, colour, 0.25)?;
    }
    paint.fill(&outline(&inside, bars, frame), colour, 0.85)?;
    ranges(paint, bars, frame)?;

    let axis = Stroke {
        colour: paint.theme.ink(),
        opacity: 1.0,
        width: 1.0,
        dash: &[],
    };
    paint.line(&[(frame.left, zero), (right, zero)], axis)?;
    for tick in bars.y.ticks((frame.height / 36.0) as usize) {
        let y = frame.y(&bars.y, tick.value);
        let words = paint.small(HPos::Right, VPos::Center);
        paint.words(&tick.label, (frame.left - 5.0, y), words)?;
    }
    // All as large as the longest may be.
    let longest = bars.captures.iter().map(|capture| &capture.label);
    let longest = longest.max_by_key(|label| label.chars().count());
    let title = Words {
        colour,
        size: 13.0,
        bold: true,
        ..paint.small(HPos::Left, VPos::Top)
    }
    .within(frame.width, longest.map_or("", |label| label));
    paint.words(&capture.label, (frame.left, frame.top - 21.0), title)?;
    let below = paint.small(HPos::Right, VPos::Top);
    paint.words(&capture.origin, (right, bottom + 4.0), below)?;
    let rank = paint.small(HPos::Left, VPos::Top);
    // The page says it in words, too.
    let order = "largest first →";
    if rank.width(order) + below.width(&capture.origin) > frame.width {
        return Ok(());
    }
    paint.words(order, (frame.left, bottom + 4.0), rank)
}

/// The silhouette of bars from 0, cut to the frame. A gap of one pixel is left between them where
/// there is room; below two pixels each they are no more than points of a line.
fn outline(values: &[f64], bars: &Bars, frame: Frame) -> Vec<(f64, f64)> {
    let step = frame.width / values.len() as f64;
    let gap = if step >= 4.0 { 1.0 } else { 0.0 };
    let zero = frame.y(&bars.y, 0.0);
    let mut points = vec![(frame.left, zero)];
    for (rank, &value) in values.iter().enumerate() {
        let left = frame.left + rank as f64 * step;
        let y = frame.y(&bars.y, value.clamp(bars.y.min, bars.y.max));
        if step < 2.0 {
            points.push((left + 0.5 * step, y));
            continue;
        }
        points.push((left, y));
        points.push((left + step - gap, y));
        if gap > 0.0 {
            points.push((left + step - gap, zero));
            points.push((left + step, zero));
        }
    }
    points.push((frame.left + frame.width, zero));
    points
}

/// What a bar stands for, where that is several eigenvalues, as a thin line from the smallest to the largest.
fn ranges<DB: DrawingBackend>(paint: &Painter<'_, DB>, bars: &Bars, frame: Frame) -> Drawn<DB> {
    let step = frame.width / bars.eigenvalues.len() as f64;
    let line = Stroke {
        colour: paint.theme.ink(),
        opacity: 0.55,
        width: 1.0,
        dash: &[],
    };
    for (bar, &(low, high)) in bars.ranges.iter().enumerate() {
        let x = frame.left + (bar as f64 + 0.5) * step;
        let y = |value: f64| frame.y(&bars.y, value.clamp(bars.y.min, bars.y.max));
        paint.line(&[(x, y(low)), (x, y(high))], line)?;
    }
    Ok(())
}

/// A band behind the group that has the keyboard.
fn focus<DB: DrawingBackend>(paint: &Painter<'_, DB>, bars: &Bars, frame: Frame) -> Drawn<DB> {
    let Some(group) = bars.focus.filter(|&group| group < bars.group_ends.len()) else {
        return Ok(());
    };
    let count = bars.eigenvalues.len() as f64;
    let start = if group == 0 {
        0
    } else {
        bars.group_ends[group - 1]
    };
    let x = |rank: usize| frame.left + frame.width * rank as f64 / count;
    paint.fill_box(
        (x(start), frame.top),
        (x(bars.group_ends[group]), frame.top + frame.height),
        paint.theme.grid(),
    )
}
