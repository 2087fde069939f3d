//! Charts side by side with titles and a legend, as for a page of a paper.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

use super::painter::{Painter, Stroke, Words};
use super::{Drawn, Theme, lines};
use crate::figure::{Key, Mark, Plate};

const TITLE: f64 = 30.0;
const CAPTION: f64 = 24.0;
const ROW: f64 = 21.0;
const SIDE: f64 = 14.0;
const SIZE: f64 = 12.0;

/// Mean width of a character, in parts of the font size.
const CHARACTER: f64 = 0.52;

/// Room of a mark in the legend.
const MARK: f64 = 30.0;

/// Draws a plate over the whole area.
///
/// # Errors
/// What the backend reports.
pub fn draw_plate<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    plate: &Plate,
    theme: Theme,
) -> Drawn<DB> {
    let paint = Painter::new(area, scale, theme);
    paint.clear()?;
    let (width, height) = paint.size();
    let rows = rows(&plate.keys, width - 2.0 * SIDE);
    let foot = ROW * (rows.len() as f64 + 0.4) + if plate.note.is_empty() { 0.0 } else { ROW };

    let pixels = |length: f64| (length * scale).round() as i32;
    let (above, below) = area.split_vertically(pixels(height - foot));
    let (_, middle) = above.split_vertically(pixels(TITLE + CAPTION));
    let each = width / plate.frames.len().max(1) as f64;
    let mut rest = middle;
    for (_, chart) in &plate.frames {
        let (left, right) = rest.split_horizontally(pixels(each));
        lines::draw(&Painter::new(&left, scale, theme), chart)?;
        rest = right;
    }
    // Over the charts' ground.
    let heading = Words {
        size: 16.0,
        bold: true,
        ..paint.small(HPos::Left, VPos::Center)
    };
    paint.words(&plate.title, (SIDE, 0.6 * TITLE), heading)?;
    for (index, (caption, _)) in plate.frames.iter().enumerate() {
        let at = (each * index as f64 + 46.0, TITLE + 0.6 * CAPTION);
        let words = Words {
            size: 13.0,
            ..paint.small(HPos::Left, VPos::Center)
        };
        paint.words(caption, at, words)?;
    }
    let paint = Painter::new(&below, scale, theme);
    for (index, row) in rows.iter().enumerate() {
        let y = ROW * (index as f64 + 0.5);
        for (key, x) in row {
            entry(&paint, key, (SIDE + x, y))?;
        }
    }
    if !plate.note.is_empty() {
        let words = Words {
            size: 11.0,
            ..paint.small(HPos::Left, VPos::Center)
        };
        let y = ROW * (rows.len() as f64 + 0.5);
        paint.words(&plate.note, (SIDE, y), words)?;
    }
    Ok(())
}

/// The legend in rows, each entry with its left edge.
fn rows(keys: &[Key], width: f64) -> Vec<Vec<(&Key, f64)>> {
    const GAP: f64 = 18.0;
    let mut rows: Vec<Vec<(&Key, f64)>> = Vec::new();
    let mut x = f64::INFINITY;
    for key in keys {
        let room = MARK + CHARACTER * SIZE * key.text.chars().count() as f64;
        if x + room > width {
            rows.push(Vec::new());
            x = 0.0;
        }
        if let Some(row) = rows.last_mut() {
            row.push((key, x));
        }
        x += room + GAP;
    }
    rows
}

fn entry<DB: DrawingBackend>(paint: &Painter<'_, DB>, key: &Key, (x, y): (f64, f64)) -> Drawn<DB> {
    let stroke = |opacity: f64, width: f64| Stroke {
        colour: paint.theme.hue(key.subject.ink().hue),
        opacity,
        width,
        dash: &[],
    };
    let middle = (x + 0.4 * MARK, y);
    match key.mark {
        Mark::Dot { hollow } => paint.marker(key.subject.ink(), middle, 4.0, hollow)?,
        Mark::Spread => {
            paint.line(
                &[(middle.0, y - 8.0), (middle.0, y + 8.0)],
                stroke(0.8, 1.5),
            )?;
            paint.marker(key.subject.ink(), middle, 4.0, false)?;
        }
        Mark::Strong => paint.line(&[(x, y), (x + 0.75 * MARK, y)], stroke(1.0, 2.25))?,
        Mark::Faint => paint.line(&[(x, y), (x + 0.75 * MARK, y)], stroke(0.5, 1.25))?,
    }
    let words = paint.small(HPos::Left, VPos::Center);
    paint.words(&key.text, (x + MARK, y), words)
}
