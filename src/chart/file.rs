//! Plates as files: SVG by the page's drawing code, PNG from that.

use std::sync::Arc;

use plotters::prelude::{IntoDrawingArea, SVGBackend};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::{SUBPIXELS, Theme, draw_plate};
use crate::figure::Plate;

/// Size in CSS pixels of what `lazy-limits figure` draws.
const SIZE: (u32, u32) = (1040, 500);

/// Pixels of a PNG for each.
const DENSITY: f32 = 2.0;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be drawn: {0}")]
pub struct PictureError(String);

fn failed(error: impl std::fmt::Display) -> PictureError {
    PictureError(error.to_string())
}

/// A plate as SVG, on white.
///
/// # Errors
/// If drawing fails, which it does for want of memory only.
pub fn svg(plate: &Plate) -> Result<String, PictureError> {
    svg_of(plate, SIZE)
}

/// The same of any size in CSS pixels.
pub(super) fn svg_of(plate: &Plate, (width, height): (u32, u32)) -> Result<String, PictureError> {
    let fine = SUBPIXELS as u32;
    let mut text = String::new();
    {
        let size = (width * fine, height * fine);
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        draw_plate(&area, SUBPIXELS, plate, Theme::LIGHT).map_err(failed)?;
        area.present().map_err(failed)?;
    }
    // Drawn finely, shown at its size.
    let drawn = format!("width=\"{}\" height=\"{}\"", width * fine, height * fine);
    Ok(text.replacen(&drawn, &format!("width=\"{width}\" height=\"{height}\""), 1))
}

/// An SVG of [`svg`] as PNG, at twice its size. Words are set in Ubuntu Light.
///
/// # Errors
/// If it cannot be read or drawn, which it can be.
pub fn png(svg: &str) -> Result<Vec<u8>, PictureError> {
    png_of(svg, DENSITY)
}

/// The same with so many pixels for each of CSS.
pub(super) fn png_of(svg: &str, density: f32) -> Result<Vec<u8>, PictureError> {
    let mut options = Options::default();
    let fonts = Arc::make_mut(&mut options.fontdb);
    for font in [
        epaint_default_fonts::UBUNTU_LIGHT,
        epaint_default_fonts::HACK_REGULAR,
    ] {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family("Ubuntu");
    let tree = Tree::from_str(svg, &options).map_err(failed)?;
    let size = tree.size();
    let pixels = |length: f32| (length * density).round() as u32;
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| failed("it is empty"))?;
    let scale = Transform::from_scale(density, density);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    pixels.encode_png().map_err(failed)
}
