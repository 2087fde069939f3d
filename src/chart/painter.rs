//! Strokes, fills and words in CSS pixels on a plotters drawing area.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontFamily, FontTransform, IntoFont, RGBColor, ShapeStyle, TextStyle,
};

use super::dash::{Pattern, pieces};
use super::{Drawn, Theme};
use crate::figure::{Frame, Ink, Marker};

/// A drawing area with a scale and colours.
pub(super) struct Painter<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    scale: f64,
    pub(super) theme: Theme,
}

/// How a line is drawn.
#[derive(Clone, Copy)]
pub(super) struct Stroke {
    pub(super) colour: RGBColor,
    pub(super) opacity: f64,
    pub(super) width: f64,
    pub(super) dash: Pattern,
}

/// How words stand to their place.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) colour: RGBColor,
    pub(super) size: f64,
    pub(super) horizontal: HPos,
    pub(super) vertical: VPos,
    pub(super) bold: bool,
    pub(super) upright: bool,
}

impl Words {
    /// About how wide a text is, in a wide font.
    pub(super) fn width(self, text: &str) -> f64 {
        const CHARACTER: f64 = 0.56;
        CHARACTER * self.size * text.chars().count() as f64
    }

    /// As much smaller as this text needs to be no wider than that, but not too small to be read.
    pub(super) fn within(self, width: f64, text: &str) -> Self {
        const LEAST: f64 = 10.0;
        let size = self.size * (width / self.width(text).max(1.0)).min(1.0);
        Self {
            size: size.max(LEAST),
            ..self
        }
    }
}

impl<'a, DB: DrawingBackend> Painter<'a, DB> {
    pub(super) fn new(area: &'a DrawingArea<DB, Shift>, scale: f64, theme: Theme) -> Self {
        Self { area, scale, theme }
    }

    /// The picture's size in CSS pixels.
    pub(super) fn size(&self) -> (f64, f64) {
        let (width, height) = self.area.dim_in_pixel();
        (
            f64::from(width) / self.scale,
            f64::from(height) / self.scale,
        )
    }

    fn at(&self, (x, y): (f64, f64)) -> (i32, i32) {
        // Casts saturate: what is far outside stays outside.
        (
            (x * self.scale).round() as i32,
            (y * self.scale).round() as i32,
        )
    }

    fn length(&self, length: f64) -> u32 {
        (length * self.scale).round().max(1.0) as u32
    }

    /// Covers the whole area.
    pub(super) fn clear(&self) -> Drawn<DB> {
        self.area.fill(&self.theme.ground())
    }

    /// A line through points.
    pub(super) fn line(&self, points: &[(f64, f64)], stroke: Stroke) -> Drawn<DB> {
        let style = ShapeStyle {
            color: stroke.colour.mix(stroke.opacity),
            filled: false,
            stroke_width: self.length(stroke.width),
        };
        for piece in pieces(points, stroke.dash) {
            if piece.len() > 1 {
                let path: Vec<(i32, i32)> = piece.into_iter().map(|p| self.at(p)).collect();
                self.area.draw(&PathElement::new(path, style))?;
            }
        }
        Ok(())
    }

    /// A filled polygon.
    pub(super) fn fill(&self, points: &[(f64, f64)], colour: RGBColor, opacity: f64) -> Drawn<DB> {
        let path: Vec<(i32, i32)> = points.iter().map(|&p| self.at(p)).collect();
        self.area
            .draw(&Polygon::new(path, colour.mix(opacity).filled()))
    }

    /// A filled rectangle between two corners.
    pub(super) fn fill_box(&self, a: (f64, f64), b: (f64, f64), colour: RGBColor) -> Drawn<DB> {
        let corners = [self.at(a), self.at(b)];
        self.area.draw(&Rectangle::new(corners, colour.filled()))
    }

    /// A dot of an ink. Hollow ones are filled with the ground.
    pub(super) fn marker(
        &self,
        ink: Ink,
        (x, y): (f64, f64),
        size: f64,
        hollow: bool,
    ) -> Drawn<DB> {
        let colour = self.theme.hue(ink.hue);
        let inside = if hollow { self.theme.ground() } else { colour };
        let outline = if hollow { colour } else { self.theme.ground() };
        let border = Stroke {
            colour: outline,
            opacity: 1.0,
            width: 1.25,
            dash: &[],
        };
        let mut corners = match ink.marker {
            Marker::Circle => {
                let radius = self.length(size) as i32;
                let ring = ShapeStyle {
                    color: outline.to_rgba(),
                    filled: false,
                    stroke_width: self.length(border.width),
                };
                let centre = self.at((x, y));
                self.area
                    .draw(&Circle::new(centre, radius, inside.filled()))?;
                return self.area.draw(&Circle::new(centre, radius, ring));
            }
            Marker::Square => {
                let r = 0.9 * size;
                vec![
                    (x - r, y - r),
                    (x + r, y - r),
                    (x + r, y + r),
                    (x - r, y + r),
                ]
            }
            Marker::Diamond => {
                let r = 1.3 * size;
                vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            }
            Marker::Triangle => {
                let r = 1.4 * size;
                // Its centre of mass is the place.
                vec![
                    (x, y - r),
                    (x + 0.87 * r, y + 0.5 * r),
                    (x - 0.87 * r, y + 0.5 * r),
                ]
            }
        };
        self.fill(&corners, inside, 1.0)?;
        corners.push(corners[0]);
        self.line(&corners, border)
    }

    /// Words at a place.
    pub(super) fn words(&self, text: &str, at: (f64, f64), words: Words) -> Drawn<DB> {
        let family = (FontFamily::SansSerif, words.size * self.scale).into_font();
        let font = match (words.bold, words.upright) {
            (true, _) => family.style(plotters::style::FontStyle::Bold),
            (false, true) => family.transform(FontTransform::Rotate270),
            (false, false) => family,
        };
        let style = TextStyle::from(font)
            .color(&words.colour)
            .pos(Pos::new(words.horizontal, words.vertical));
        self.area
            .draw(&Text::new(text.to_owned(), self.at(at), style))
    }

    /// Words in the ink of axes.
    pub(super) fn small(&self, horizontal: HPos, vertical: VPos) -> Words {
        Words {
            colour: self.theme.ink(),
            size: 12.0,
            horizontal,
            vertical,
            bold: false,
            upright: false,
        }
    }

    /// A polyline cut to a frame: what leaves it is not drawn beyond the edge.
    pub(super) fn clipped_line(
        &self,
        points: &[(f64, f64)],
        frame: Frame,
        stroke: Stroke,
    ) -> Drawn<DB> {
        for run in clip(points, frame) {
            self.line(&run, stroke)?;
        }
        Ok(())
    }
}

/// The parts of a polyline inside a frame, cut where they cross its edges (Liang and Barsky).
fn clip(points: &[(f64, f64)], frame: Frame) -> Vec<Vec<(f64, f64)>> {
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let (dx, dy) = (x1 - x0, y1 - y0);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (p, q) in [
            (-dx, x0 - frame.left),
            (dx, right - x0),
            (-dy, y0 - frame.top),
            (dy, bottom - y0),
        ] {
            if p < 0.0 {
                enter = enter.max(q / p);
            } else if p > 0.0 {
                leave = leave.min(q / p);
            } else if q < 0.0 {
                leave = -1.0;
            }
        }
        if enter <= leave {
            let start = (x0 + enter * dx, y0 + enter * dy);
            let end = (x0 + leave * dx, y0 + leave * dy);
            match runs.last_mut() {
                Some(run) if enter == 0.0 && run.last() == Some(&start) => run.push(end),
                _ => runs.push(vec![start, end]),
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_the_frame() {
        let frame = Frame {
            left: 0.0,
            top: 0.0,
            width: 10.0,
            height: 10.0,
        };
        let runs = clip(
            &[
                (-5.0, 5.0),
                (5.0, 5.0),
                (5.0, -5.0),
                (6.0, -5.0),
                (6.0, 5.0),
            ],
            frame,
        );
        assert_eq!(
            runs,
            [
                vec![(0.0, 5.0), (5.0, 5.0), (5.0, 0.0)],
                vec![(6.0, 0.0), (6.0, 5.0)]
            ]
        );
    }
}
