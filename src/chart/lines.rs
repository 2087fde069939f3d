//! Charts of lines and dots on two axes.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

use super::Drawn;
use super::dash::Pattern;
use super::labels;
use super::painter::{Painter, Stroke, Words};
use crate::figure::{Chart, Dash, Frame, Line, Origin};

const LABEL_SIZE: f64 = 13.0;

pub(super) fn draw<DB: DrawingBackend>(paint: &Painter<'_, DB>, chart: &Chart) -> Drawn<DB> {
    let (width, height) = paint.size();
    let frame = Frame::chart(width, height);
    paint.clear()?;
    axes(paint, chart, frame)?;

    let pixels: Vec<Vec<(f64, f64)>> = chart
        .lines
        .iter()
        .map(|line| in_pixels(line, chart, frame))
        .collect();
    let with_runs = chart.lines.iter().any(|line| line.kind == Origin::Run);
    for (line, points) in chart.lines.iter().zip(&pixels) {
        if line.kind == Origin::Bound {
            shade(paint, line, points, frame)?;
        }
        paint.clipped_line(points, frame, stroke(paint, line, with_runs))?;
    }
    let labels: Vec<Label<'_>> = direct_labels(chart, &pixels, frame).collect();
    labels.iter().try_for_each(|label| pale(paint, label))?;
    dots(paint, chart, frame)?;
    labels.iter().try_for_each(|label| write(paint, label))
}

/// The handle, over everything else, and where it meets the limits.
pub(super) fn draw_handle<DB: DrawingBackend>(paint: &Painter<'_, DB>, chart: &Chart) -> Drawn<DB> {
    let (width, height) = paint.size();
    let frame = Frame::chart(width, height);
    handle(paint, chart, frame)?;
    for &(subject, x, y) in &chart.crossings {
        let at = (frame.x(&chart.x, x), frame.y(&chart.y, y));
        if frame.contains(at.0, at.1, 1.0) {
            paint.marker(subject.ink(), at, 5.0, false)?;
        }
    }
    Ok(())
}

/// Its points in pixels, without those that cannot be told from the last.
fn in_pixels(line: &Line, chart: &Chart, frame: Frame) -> Vec<(f64, f64)> {
    const APART: f64 = 0.75;
    let mut out: Vec<(f64, f64)> = Vec::new();
    let mut skipped = None;
    let places = line
        .points
        .iter()
        .map(|&(x, y)| (frame.x(&chart.x, x), frame.y(&chart.y, y)))
        .filter(|(x, y)| x.is_finite() && y.is_finite());
    for (x, y) in places {
        let near = |&(last_x, last_y): &(f64, f64)| {
            (x - last_x).abs() < APART && (y - last_y).abs() < APART
        };
        if out.last().is_some_and(near) {
            skipped = Some((x, y));
        } else {
            out.push((x, y));
            skipped = None;
        }
    }
    out.extend(skipped);
    out
}

/// The ground below a bound.
fn shade<DB: DrawingBackend>(
    paint: &Painter<'_, DB>,
    line: &Line,
    points: &[(f64, f64)],
    frame: Frame,
) -> Drawn<DB> {
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
        return Ok(());
    };
    let within = |(x, y): (f64, f64)| (x.min(right), y.clamp(frame.top, bottom));
    let mut ground = Vec::with_capacity(points.len() + 2);
    for &point in points {
        ground.push(within(point));
    }
    ground.push((within(last).0, bottom));
    ground.push((within(first).0, bottom));
    paint.fill(&ground, paint.theme.hue(line.subject.ink().hue), 0.12)
}

/// Limits are strong, exact values faint. Beside trained curves, which are then the solid ones,
/// limits are dashed.
fn stroke<DB: DrawingBackend>(paint: &Painter<'_, DB>, line: &Line, with_runs: bool) -> Stroke {
    let dash: Pattern = match (line.kind, line.subject.ink().dash) {
        (Origin::Run | Origin::OtherRun, _) => &[],
        (Origin::Limit, _) if with_runs => &[7.0, 4.0],
        (Origin::Exact, _) if with_runs => &[1.5, 3.0],
        (_, Dash::Long) => &[9.0, 4.0],
        (_, Dash::Dotted) => &[2.5, 3.5],
        (_, Dash::DashDot) => &[12.0, 4.0, 2.0, 4.0],
        _ => &[],
    };
    let (width, opacity) = match line.kind {
        Origin::Limit if with_runs => (1.5, 0.9),
        Origin::Limit => (2.25, 1.0),
        Origin::Bound => (1.5, 0.9),
        Origin::Run => (2.0, 1.0),
        Origin::Exact => (1.25, 0.5),
        Origin::OtherRun => (1.25, 0.35),
    };
    Stroke {
        colour: paint.theme.hue(line.subject.ink().hue),
        opacity,
        width,
        dash,
    }
}

fn axes<DB: DrawingBackend>(paint: &Painter<'_, DB>, chart: &Chart, frame: Frame) -> Drawn<DB> {
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let grid = Stroke {
        colour: paint.theme.grid(),
        opacity: 1.0,
        width: 1.0,
        dash: &[],
    };
    for tick in chart.x.ticks((frame.width / 60.0) as usize) {
        let x = frame.x(&chart.x, tick.value);
        paint.line(&[(x, frame.top), (x, bottom)], grid)?;
        let words = paint.small(HPos::Center, VPos::Top);
        paint.words(&tick.label, (x, bottom + 6.0), words)?;
    }
    for tick in chart.y.ticks((frame.height / 40.0) as usize) {
        let y = frame.y(&chart.y, tick.value);
        paint.line(&[(frame.left, y), (right, y)], grid)?;
        let words = paint.small(HPos::Right, VPos::Center);
        paint.words(&tick.label, (frame.left - 6.0, y), words)?;
    }
    let ink = Stroke {
        colour: paint.theme.ink(),
        ..grid
    };
    paint.line(&[(frame.left, bottom), (right, bottom)], ink)?;
    let centre = frame.left + 0.5 * frame.width;
    let below = paint.small(HPos::Center, VPos::Top);
    paint.words(&chart.x.label, (centre, bottom + 23.0), below)?;
    let beside = Words {
        upright: true,
        ..paint.small(HPos::Center, VPos::Top)
    };
    let middle = frame.top + 0.5 * frame.height;
    paint.words(&chart.y.label, (0.0, middle), beside)
}

/// A vertical line with a grip on the axis.
fn handle<DB: DrawingBackend>(paint: &Painter<'_, DB>, chart: &Chart, frame: Frame) -> Drawn<DB> {
    let bottom = frame.top + frame.height;
    for (index, &value) in chart.handle.iter().enumerate() {
        let x = frame.x(&chart.x, value);
        if !frame.contains(x, bottom, 1.0) {
            continue;
        }
        let line = Stroke {
            colour: paint.theme.ink(),
            opacity: 0.7,
            width: 1.5,
            dash: if index == 0 { &[] } else { &[3.0, 3.0] },
        };
        paint.line(&[(x, frame.top), (x, bottom)], line)?;
        if index == 0 {
            let grip = [
                (x, bottom - 9.0),
                (x + 7.0, bottom),
                (x, bottom + 5.0),
                (x - 7.0, bottom),
            ];
            paint.fill(&grip, paint.theme.ink(), 1.0)?;
        }
    }
    Ok(())
}

fn dots<DB: DrawingBackend>(paint: &Painter<'_, DB>, chart: &Chart, frame: Frame) -> Drawn<DB> {
    for dot in &chart.dots {
        let x = frame.x(&chart.x, dot.x);
        // A risk beyond the axis is shown at its edge, hollow, rather than not at all.
        let top = chart.y.max;
        let y = |value: f64| frame.y(&chart.y, value.clamp(chart.y.min, top));
        if !frame.contains(x, y(dot.y), 1.0) {
            continue;
        }
        let whisker = Stroke {
            colour: paint.theme.hue(dot.subject.ink().hue),
            opacity: 0.8,
            width: 1.5,
            dash: &[],
        };
        paint.line(&[(x, y(dot.range.0)), (x, y(dot.range.1))], whisker)?;
        if dot.y < chart.y.min {
            // It has fallen off the picture.
            let at = frame.top + frame.height - 9.0;
            paint.fill(
                &[(x - 6.0, at), (x + 6.0, at), (x, at + 9.0)],
                whisker.colour,
                1.0,
            )?;
            continue;
        }
        let hollow = !dot.finished || dot.y > top;
        paint.marker(dot.subject.ink(), (x, y(dot.y)), 3.5, hollow)?;
    }
    Ok(())
}

/// A direct label of one of the chart's lines.
struct Label<'a> {
    line: &'a Line,
    text: &'a str,
    place: labels::Placed,
}

fn direct_labels<'a>(
    chart: &'a Chart,
    pixels: &[Vec<(f64, f64)>],
    frame: Frame,
) -> impl Iterator<Item = Label<'a>> {
    // Faint lines that have no name run along others: they would only crowd the search.
    let is_faint = |line: &Line| matches!(line.kind, Origin::Exact | Origin::OtherRun);
    let strong: Vec<usize> = (0..chart.lines.len())
        .filter(|&index| chart.lines[index].label.is_some() || !is_faint(&chart.lines[index]))
        .collect();
    let mut lines: Vec<Vec<(f64, f64)>> =
        strong.iter().map(|&index| pixels[index].clone()).collect();
    if chart.handle.is_empty() {
        // Where nothing moves, labels keep away from these too.
        let faint = (0..chart.lines.len()).filter(|index| !strong.contains(index));
        lines.extend(faint.map(|index| pixels[index].clone()));
    }
    let settled = chart.dots.iter().filter(|dot| dot.settled);
    let dots: Vec<(f64, f64)> = settled
        .map(|dot| (frame.x(&chart.x, dot.x), frame.y(&chart.y, dot.y)))
        .collect();
    let wanted: Vec<(usize, &str)> = strong
        .iter()
        .enumerate()
        .filter_map(|(place, &index)| Some((place, chart.lines[index].label.as_deref()?)))
        .collect();
    let placed = labels::place(&lines, &dots, &wanted, LABEL_SIZE, frame);
    placed.into_iter().filter_map(move |place| {
        let line = &chart.lines[strong[place.line]];
        let text = line.label.as_deref()?;
        Some(Label { line, text, place })
    })
}

/// Pales the lines behind a label that could not avoid them; dots come over that.
fn pale<DB: DrawingBackend>(paint: &Painter<'_, DB>, label: &Label<'_>) -> Drawn<DB> {
    let [(left, top), (right, bottom)] = label.place.room;
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    paint.fill(&corners, paint.theme.ground(), 0.75)
}

fn write<DB: DrawingBackend>(paint: &Painter<'_, DB>, label: &Label<'_>) -> Drawn<DB> {
    let words = Words {
        colour: paint.theme.hue(label.line.subject.ink().hue),
        size: LABEL_SIZE,
        bold: true,
        ..paint.small(HPos::Left, VPos::Center)
    };
    paint.words(label.text, label.place.at, words)
}
