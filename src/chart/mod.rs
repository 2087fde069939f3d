//! Draws figures on any plotters backend: one drawing code for the page's canvases and for files.
//!
//! All sizes are CSS pixels. A backend of `w × h` pixels at `scale` pixels a CSS pixel draws a
//! picture of `w/scale × h/scale`; plotters' coordinates are whole pixels, so a scale of
//! [`SUBPIXELS`] or more is what makes curves smooth.

mod bars;
mod classes;
mod dash;
mod labels;
mod lines;
mod painter;
mod plate;
mod sigma;
mod theme;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::{DrawingAreaErrorKind, DrawingBackend};

use crate::figure::{Bars, Chart, Classes, Sigma};
use painter::Painter;

pub use plate::draw_plate;
pub use theme::Theme;

/// Backend pixels a CSS pixel that are enough for smooth curves.
pub const SUBPIXELS: f64 = 8.0;

/// What drawing returns: the backend's own error, if any.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Draws lines, dots, axes and handle over the whole area.
///
/// # Errors
/// What the backend reports.
pub fn draw_chart<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    chart: &Chart,
    theme: Theme,
) -> Drawn<DB> {
    draw_chart_below_handle(area, scale, chart, theme)?;
    draw_handle(area, scale, chart, theme)
}

/// Draws all but the handle over the whole area.
///
/// # Errors
/// What the backend reports.
pub fn draw_chart_below_handle<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    chart: &Chart,
    theme: Theme,
) -> Drawn<DB> {
    lines::draw(&Painter::new(area, scale, theme), chart)
}

/// Draws the handle on whatever is there.
///
/// # Errors
/// What the backend reports.
pub fn draw_handle<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    chart: &Chart,
    theme: Theme,
) -> Drawn<DB> {
    lines::draw_handle(&Painter::new(area, scale, theme), chart)
}

/// Draws the three copies of the spectrum over the whole area.
///
/// # Errors
/// What the backend reports.
pub fn draw_bars<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    bars: &Bars,
    theme: Theme,
) -> Drawn<DB> {
    bars::draw(&Painter::new(area, scale, theme), bars)
}

/// Draws histograms over the whole area.
///
/// # Errors
/// What the backend reports.
pub fn draw_classes<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    classes: &Classes,
    theme: Theme,
) -> Drawn<DB> {
    classes::draw(&Painter::new(area, scale, theme), classes)
}

/// Draws an activation and its Hermite coefficients over the whole area.
///
/// # Errors
/// What the backend reports.
pub fn draw_sigma<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    sigma: &Sigma,
    theme: Theme,
) -> Drawn<DB> {
    sigma::draw(&Painter::new(area, scale, theme), sigma)
}
