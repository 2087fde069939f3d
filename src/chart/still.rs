//! Stills of the page's chapters: pictures of their figures, for where its scripts do not run.

use std::mem;

use super::file::{PictureError, png_of, svg_of};
use crate::figure::{Figure, Picture, Plate};

/// CSS pixels of the picture in a chapter: narrow, so that its words can be read on a phone.
const WITHIN: (u32, u32) = (360, 420);

/// CSS pixels of what stands beside a link to it, of which there are 1200 by 630 pixels.
const BESIDE: (u32, u32) = (800, 420);

/// Pixels of that for each.
const DENSITY: f32 = 1.5;

/// How many charts have room side by side.
const FRAMES: usize = 2;

/// A chapter as pictures.
#[derive(Clone, Debug)]
pub struct Still {
    /// The first of its charts, as SVG.
    pub svg: String,
    /// All of them as PNG, 1200 by 630 pixels, as places that show links want it.
    pub png: Vec<u8>,
}

impl Still {
    /// Draws a plate and its first frame.
    ///
    /// # Errors
    /// If drawing fails, which it does for want of memory only.
    ///
    /// # Panics
    /// If the plate has no frame.
    pub fn of(whole: &Plate) -> Result<Self, PictureError> {
        // What it is of stands below it, in the chapter.
        let mut part = whole.clone();
        part.frames.truncate(1);
        part.title = mem::take(&mut part.frames[0].0);
        Ok(Self {
            svg: svg_of(&part, WITHIN)?,
            png: png_of(&svg_of(whole, BESIDE)?, DENSITY)?,
        })
    }

    /// Draws the first charts of a figure as it stands, without the runs of a reader and without handles: for a chapter that comes
    /// with no results.
    ///
    /// # Errors
    /// If drawing fails, which it does for want of memory only.
    ///
    /// # Panics
    /// If the figure has no chart.
    pub fn of_figure(title: &str, seen: &dyn Figure) -> Result<Self, PictureError> {
        let panels = seen.panels().into_iter().enumerate();
        let charts = panels.filter_map(|(place, panel)| match seen.picture(place) {
            Picture::Chart(mut chart) => {
                chart.handle.clear();
                chart.crossings.clear();
                Some((panel.title.to_owned(), chart))
            }
            _ => None,
        });
        Self::of(&Plate {
            title: title.to_owned(),
            frames: charts.take(FRAMES).collect(),
            keys: Vec::new(),
            note: String::new(),
        })
    }
}
