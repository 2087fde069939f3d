//! Draws figures on any plotters backend: one drawing code for the page's canvases and for files.
//!
//! All sizes are CSS pixels. A backend of `w × h` pixels at `scale` pixels a CSS pixel draws a
//! picture of `w/scale × h/scale`; plotters' coordinates are whole pixels, so a scale of
//! [`SUBPIXELS`] or more is what makes curves smooth.

mod arrows;
mod bars;
mod classes;
mod dash;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod file;
mod labels;
mod lines;
mod painter;
mod plate;
mod sigma;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
mod still;
mod theme;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::{DrawingAreaErrorKind, DrawingBackend};

use crate::figure::{Chart, Picture};
use painter::Painter;

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub use file::{PictureError, png, svg};
pub use plate::draw_plate;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub use still::Still;
pub use theme::Theme;

/// Backend pixels a CSS pixel that are enough for smooth curves.
pub const SUBPIXELS: f64 = 8.0;

/// What drawing returns: the backend's own error, if any.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Draws a picture over the whole area, with the handle that it may have.
///
/// # Errors
/// What the backend reports.
pub fn draw_picture<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    picture: &Picture,
    theme: Theme,
) -> Drawn<DB> {
    draw_below_handle(area, scale, picture, theme)?;
    match picture {
        Picture::Chart(chart) => draw_handle(area, scale, chart, theme),
        _ => Ok(()),
    }
}

/// Draws all of a picture but a handle over the whole area.
///
/// # Errors
/// What the backend reports.
pub fn draw_below_handle<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    picture: &Picture,
    theme: Theme,
) -> Drawn<DB> {
    let painter = Painter::new(area, scale, theme);
    match picture {
        Picture::Chart(chart) => lines::draw(&painter, chart),
        Picture::Bars(bars) => bars::draw(&painter, bars),
        Picture::Classes(classes) => classes::draw(&painter, classes),
        Picture::Sigma(sigma) => sigma::draw(&painter, sigma),
        Picture::Arrows(arrows) => arrows::draw(&painter, arrows),
    }
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
