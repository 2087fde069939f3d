//! A canvas as a plotters backend with eight backend pixels a CSS pixel.
//!
//! plotters' coordinates are whole pixels, so curves would wobble; the context scales them down
//! again. Text is never measured through the document, which a strict content policy forbids.

use plotters::prelude::DrawingBackend;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontFamily,
    FontStyle, FontTransform, text_anchor,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::error;
use crate::chart::SUBPIXELS;

type BackendOutcome = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

/// A canvas of `width × height` CSS pixels, whose text is in the page's own font.
pub(super) struct FineCanvas {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// A list of families as in CSS.
    font: String,
    /// Colour and width of a path that has not been stroked yet. A dashed line is hundreds of
    /// paths; all that look alike and follow each other are stroked at once.
    open: Option<(BackendColor, u32)>,
}

impl FineCanvas {
    /// Gives the canvas the pixels it needs at this density and scales its context.
    pub(super) fn new(
        canvas: HtmlCanvasElement,
        width: f64,
        height: f64,
        pixel_ratio: f64,
        font: &str,
    ) -> Result<Self, JsValue> {
        let device = |length: f64| (length * pixel_ratio).round().clamp(1.0, 16_384.0) as u32;
        // Setting a canvas' size, even to what it is, clears it and costs a reallocation.
        if canvas.width() != device(width) {
            canvas.set_width(device(width));
        }
        if canvas.height() != device(height) {
            canvas.set_height(device(height));
        }
        let context: CanvasRenderingContext2d = canvas
            .get_context("2d")?
            .and_then(|context| context.dyn_into().ok())
            .ok_or_else(|| error("this canvas has no 2d context"))?;
        // To the very edge, though a canvas has whole pixels: what is not drawn on is black.
        let fine = |length: f64| f64::from(device(length)) / (length * SUBPIXELS);
        context.set_transform(fine(width), 0.0, 0.0, fine(height), 0.0, 0.0)?;
        context.set_line_join("round");
        let backend = CanvasBackend::with_canvas_object(canvas)
            .ok_or_else(|| error("this canvas has no 2d context"))?;
        Ok(Self {
            canvas: backend,
            context,
            size: (
                (width * SUBPIXELS).round() as u32,
                (height * SUBPIXELS).round() as u32,
            ),
            font: font.to_owned(),
            open: None,
        })
    }

    /// Makes all of it transparent.
    pub(super) fn clear(&mut self) {
        let (width, height) = self.size;
        self.context
            .clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    }

    /// Makes the open path one of that colour and width.
    fn open(&mut self, colour: BackendColor, width: u32) {
        let same = self.open.is_some_and(|(last, last_width)| {
            last.rgb == colour.rgb
                && last.alpha.total_cmp(&colour.alpha).is_eq()
                && last_width == width
        });
        if !same {
            self.close();
            self.context.begin_path();
            self.open = Some((colour, width));
        }
    }

    /// Strokes what is open; before anything else is drawn.
    fn close(&mut self) {
        if let Some((colour, width)) = self.open.take() {
            let (r, g, b) = colour.rgb;
            let name = format!("rgba({r},{g},{b},{})", colour.alpha);
            self.context.set_stroke_style_str(&name);
            self.context.set_line_width(f64::from(width));
            self.context.stroke();
        }
    }
}

impl Drop for FineCanvas {
    fn drop(&mut self) {
        self.close();
    }
}

impl DrawingBackend for FineCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> BackendOutcome {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> BackendOutcome {
        self.close();
        self.canvas.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> BackendOutcome {
        self.close();
        self.canvas.draw_pixel(point, colour)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> BackendOutcome {
        // The canvas backend shifts level lines by half a pixel, which here is a sixteenth.
        self.close();
        self.canvas.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> BackendOutcome {
        self.close();
        self.canvas.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> BackendOutcome {
        let mut points = path.into_iter();
        let Some((x, y)) = points.next() else {
            return Ok(());
        };
        self.open(style.color(), style.stroke_width());
        self.context.move_to(f64::from(x), f64::from(y));
        for (x, y) in points {
            self.context.line_to(f64::from(x), f64::from(y));
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> BackendOutcome {
        self.close();
        self.canvas.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> BackendOutcome {
        self.close();
        self.canvas.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        position: BackendCoord,
    ) -> BackendOutcome {
        self.close();
        let font = &self.font;
        self.canvas
            .draw_text(text, &InFont { style, font }, position)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let font = format!(
            "{} {}px {}",
            style.style().as_str(),
            style.size(),
            self.font
        );
        self.context.set_font(&font);
        // A text that cannot be measured takes no room; nothing else depends on it.
        let width = self
            .context
            .measure_text(text)
            .map_or(0.0, |metrics| metrics.width());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}

/// A style of text in a font of the page's.
struct InFont<'a, S> {
    style: &'a S,
    font: &'a str,
}

impl<S: BackendTextStyle> BackendTextStyle for InFont<'_, S> {
    type FontError = S::FontError;

    fn color(&self) -> BackendColor {
        self.style.color()
    }

    fn size(&self) -> f64 {
        self.style.size()
    }

    fn transform(&self) -> FontTransform {
        self.style.transform()
    }

    fn style(&self) -> FontStyle {
        self.style.style()
    }

    fn anchor(&self) -> text_anchor::Pos {
        self.style.anchor()
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(self.font)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        self.style.layout_box(text)
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        position: BackendCoord,
        draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        self.style.draw(text, position, draw)
    }
}
