//! Panels for the page: drawn, said, and taken hold of.

use plotters::prelude::IntoDrawingArea;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::canvas::FineCanvas;
use super::page::PageFigure;
use super::{error, plain, refusal};
use crate::chart::{self, SUBPIXELS};
use crate::figure::{Frame, Picture};
use crate::setting::SettingError;

/// The key that a grip has changed, or its refusal.
fn told(changed: Result<Option<&'static str>, SettingError>) -> Result<Option<String>, JsValue> {
    match changed {
        Ok(key) => Ok(key.map(str::to_owned)),
        Err(refused) => Err(refusal(&refused)),
    }
}

impl PageFigure {
    /// The place on the sheet of the panel of that name.
    pub(super) fn panel(&self, name: &str) -> Result<usize, JsValue> {
        let place = self.inner.place_of(name);
        place.ok_or_else(|| error(&format!("there is no panel “{name}”")))
    }

    fn canvas(
        &self,
        canvas: HtmlCanvasElement,
        (width, height): (f64, f64),
        pixel_ratio: f64,
    ) -> Result<FineCanvas, JsValue> {
        FineCanvas::new(canvas, width, height, pixel_ratio, &self.font)
    }
}

#[wasm_bindgen(js_class = Explorable)]
impl PageFigure {
    /// The panels of the figure, in reading order.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "PanelSheet[]")]
    pub fn panels(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.panels())
    }

    /// Draws a panel over a whole canvas of `width × height` CSS pixels. What moves while a grip does is not drawn where it
    /// belongs on a canvas above, see [`PageFigure::draw_over`].
    ///
    /// # Errors
    /// If the panel is not known, or the canvas cannot be drawn on.
    pub fn draw(
        &self,
        panel: &str,
        canvas: HtmlCanvasElement,
        width: f64,
        height: f64,
        pixel_ratio: f64,
    ) -> Result<(), JsValue> {
        let theme = self.theme;
        let area = self
            .canvas(canvas, (width, height), pixel_ratio)?
            .into_drawing_area();
        let panel = self.panel(panel)?;
        let picture = self.inner.picture(panel);
        let drawn = if self.inner.has_over(panel) {
            chart::draw_below_handle(&area, SUBPIXELS, &picture, theme)
        } else {
            chart::draw_picture(&area, SUBPIXELS, &picture, theme)
        };
        drawn.map_err(|failure| error(&failure.to_string()))
    }

    /// Draws on a transparent canvas of the same size what of a panel moves while its grip does.
    ///
    /// # Errors
    /// If the panel is not known, or the canvas cannot be drawn on.
    #[wasm_bindgen(js_name = drawOver)]
    pub fn draw_over(
        &self,
        panel: &str,
        canvas: HtmlCanvasElement,
        width: f64,
        height: f64,
        pixel_ratio: f64,
    ) -> Result<(), JsValue> {
        let mut canvas = self.canvas(canvas, (width, height), pixel_ratio)?;
        canvas.clear();
        let area = canvas.into_drawing_area();
        match self.inner.over(self.panel(panel)?) {
            Some(handle) => chart::draw_handle(&area, SUBPIXELS, &handle, self.theme)
                .map_err(|failure| error(&failure.to_string())),
            None => Ok(()),
        }
    }

    /// The name of the grip that a pointer in a panel of `width × height` takes hold of, if any.
    ///
    /// # Errors
    /// If the panel is not known.
    #[wasm_bindgen(js_name = gripAt)]
    pub fn grip_at(
        &self,
        panel: &str,
        width: f64,
        height: f64,
        x: f64,
        y: f64,
        slop: f64,
    ) -> Result<Option<String>, JsValue> {
        let panel = self.panel(panel)?;
        Ok(self.inner.grip_at(panel, (width, height), (x, y), slop))
    }

    /// What of a panel can be taken hold of.
    ///
    /// # Errors
    /// If the panel is not known.
    #[wasm_bindgen(unchecked_return_type = "Grip[]")]
    pub fn grips(&self, panel: &str) -> Result<JsValue, JsValue> {
        plain(&self.inner.grips(self.panel(panel)?))
    }

    /// Moves a grip to a place in its panel. Returns the key of the setting that has changed.
    ///
    /// # Errors
    /// If the panel is not known, or the result is no target.
    pub fn drag(
        &mut self,
        panel: &str,
        grip: &str,
        width: f64,
        height: f64,
        x: f64,
        y: f64,
    ) -> Result<Option<String>, JsValue> {
        let panel = self.panel(panel)?;
        let changed = self.inner.drag(panel, grip, (width, height), (x, y));
        told(changed)
    }

    /// Brings a grip of a panel to a value. Returns the key of the setting that has changed.
    ///
    /// # Errors
    /// If the panel is not known, the value is not allowed, or the result is no target.
    pub fn turn(&mut self, panel: &str, grip: &str, value: f64) -> Result<Option<String>, JsValue> {
        let panel = self.panel(panel)?;
        told(self.inner.turn(panel, grip, value))
    }

    /// Undoes all that the grips of a panel have changed. Returns the key of the setting that has changed.
    ///
    /// # Errors
    /// If the panel is not known.
    pub fn release(&mut self, panel: &str) -> Result<Option<String>, JsValue> {
        let panel = self.panel(panel)?;
        told(self.inner.release(panel))
    }

    /// Whether the grips of a panel have changed nothing.
    ///
    /// # Errors
    /// If the panel is not known.
    #[wasm_bindgen(js_name = isReleased)]
    pub fn is_released(&self, panel: &str) -> Result<bool, JsValue> {
        Ok(self.inner.is_released(self.panel(panel)?))
    }

    /// A panel in one sentence.
    ///
    /// # Errors
    /// If the panel is not known.
    pub fn describe(&self, panel: &str) -> Result<String, JsValue> {
        Ok(self.inner.describe(self.panel(panel)?))
    }

    /// A panel as columns and rows of text.
    ///
    /// # Errors
    /// If the panel is not known.
    #[wasm_bindgen(unchecked_return_type = "Table")]
    pub fn table(&self, panel: &str) -> Result<JsValue, JsValue> {
        plain(&self.inner.table(self.panel(panel)?))
    }

    /// What one may want to know before looking at a panel; empty where there is nothing.
    ///
    /// # Errors
    /// If the panel is not known.
    pub fn note(&self, panel: &str) -> Result<String, JsValue> {
        Ok(self.inner.note(self.panel(panel)?))
    }

    /// How long drawing a panel takes: it is `quick`, `slow`, or `waiting` until the hand rests.
    ///
    /// # Errors
    /// If the panel is not known.
    #[wasm_bindgen(unchecked_return_type = "'quick' | 'slow' | 'waiting'")]
    pub fn slowness(&self, panel: &str) -> Result<JsValue, JsValue> {
        plain(&self.inner.slowness(self.panel(panel)?))
    }

    /// Whether the picture of a panel stays as it is where only these settings change.
    ///
    /// # Errors
    /// If the panel is not known.
    pub fn stays(&self, panel: &str, keys: Vec<String>) -> Result<bool, JsValue> {
        let count = keys.len();
        let abouts = keys.into_iter();
        let abouts: Vec<_> = abouts.filter_map(|key| self.inner.about(&key)).collect();
        Ok(abouts.len() == count && self.inner.stays(self.panel(panel)?, &abouts))
    }

    /// Draws only the subjects of these keys from now on, which are those of the readings; all of them if there are none.
    #[wasm_bindgen(js_name = showOnly)]
    pub fn show_only(&mut self, subjects: Vec<String>) {
        self.inner.show_only(subjects);
    }

    /// Where a point of a chart lies, in a panel of `width × height`; the other way round if `back`: what point lies at a place.
    /// Beyond the edges, that of the edge. `undefined` where the panel is no chart.
    ///
    /// # Errors
    /// If the panel is not known.
    #[allow(
        clippy::too_many_arguments,
        reason = "a size and a point, as scripts have them"
    )]
    pub fn place(
        &self,
        panel: &str,
        width: f64,
        height: f64,
        x: f64,
        y: f64,
        back: bool,
    ) -> Result<Option<Vec<f64>>, JsValue> {
        let Picture::Chart(chart) = self.inner.picture(self.panel(panel)?) else {
            return Ok(None);
        };
        let frame = Frame::chart(width, height);
        let (x, y) = if back {
            (frame.value_at_x(&chart.x, x), frame.value_at_y(&chart.y, y))
        } else {
            (frame.x(&chart.x, x), frame.y(&chart.y, y))
        };
        Ok(Some(vec![x, y]))
    }

    /// Gives the keyboard to a grip, or to none.
    pub fn focus(&mut self, grip: Option<String>) {
        self.inner.focus(grip);
    }
}
