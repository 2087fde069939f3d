//! The page's half: figures of any part, as the page asks them.

use std::any::Any;

use js_sys::Uint8ClampedArray;
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use super::{error, object, plain, refusal, refusal_of};
use crate::chart::Theme;
use crate::figure::{Figure, Image, OpenSheet, Solution, Status};
use crate::part;
use crate::setting::Refusal;
use crate::stream::MAX_SEED;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("page.d.ts");

/// A seed that has not been used, 0 … 2⁵³ − 1, from the browser's randomness.
///
/// # Errors
/// If the browser has none to give.
#[wasm_bindgen(js_name = freshSeed)]
pub fn fresh_seed() -> Result<f64, JsValue> {
    let bits = getrandom::u64().map_err(|failure| error(&failure.to_string()))?;
    // Six digits are easier to read out in class, and a million runs are enough.
    Ok((bits & MAX_SEED) as f64 % 1e6)
}

pub(super) fn figure_of(name: &str) -> Result<&'static dyn OpenSheet, JsValue> {
    part::figure(name).ok_or_else(|| {
        let short: String = name.chars().take(40).collect();
        let names: Vec<&str> = part::figures().map(OpenSheet::name).collect();
        let names = names.join(", ");
        error(&format!("figure is “{short}”, but must be one of {names}"))
    })
}

fn image_data(image: &Image) -> Result<ImageData, JsValue> {
    // A copy: of a slice, the picture would share its memory with whatever comes after it here.
    let pixels = Uint8ClampedArray::from(image.rgba.as_slice());
    ImageData::new_with_js_u8_clamped_array(&pixels, image.width as u32)
}

/// A slow solve that is wanted from a worker; `order` is what it takes.
#[derive(Serialize)]
struct OrderRow {
    id: u32,
    figure: &'static str,
    order: Map<String, Value>,
}

/// An interactive figure; see [`Figure`].
#[wasm_bindgen(js_name = Explorable)]
pub struct PageFigure {
    name: &'static str,
    pub(super) inner: Box<dyn Figure>,
    pub(super) theme: Theme,
    pub(super) font: String,
}

impl PageFigure {
    /// The figure behind it as its part knows it.
    ///
    /// # Errors
    /// If it is of another part.
    pub fn known<F: Figure>(&mut self) -> Result<&mut F, JsValue> {
        let figure: &mut dyn Any = &mut *self.inner;
        figure
            .downcast_mut()
            .ok_or_else(|| error("this figure has nothing of the kind"))
    }
}

fn refusals(refused: &[Refusal]) -> Vec<JsValue> {
    let refused = refused.iter();
    refused
        .map(|refused| refusal_of(&refused.error, Some(&refused.key)))
        .collect()
}

#[wasm_bindgen(js_class = Explorable)]
impl PageFigure {
    /// The default view of the figure of that name.
    ///
    /// # Errors
    /// If there is none.
    #[wasm_bindgen(constructor)]
    pub fn new(figure: &str) -> Result<Self, JsValue> {
        let sheet = figure_of(figure)?;
        Ok(Self {
            name: sheet.name(),
            inner: sheet.open(),
            theme: Theme::LIGHT,
            font: "sans-serif".to_owned(),
        })
    }

    /// Sets one parameter from its text.
    ///
    /// # Errors
    /// A refusal with its `field`; nothing has changed then.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), JsValue> {
        self.inner
            .set_text(key, text)
            .map_err(|refused| refusal(&refused))
    }

    /// Sets the parameters in a plain object, of which `null` stands for a default. What can be taken is; returns what is
    /// not, each with its sentence.
    ///
    /// # Errors
    /// If it is no object of texts, numbers and nulls; nothing has changed then.
    #[wasm_bindgen(unchecked_return_type = "Refusal[]")]
    pub fn assign(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Record<string, number | string | null>")]
        values: JsValue,
    ) -> Result<Vec<JsValue>, JsValue> {
        let refused = self.inner.assign(object(values)?);
        let refused = refused.map_err(|refused| refusal(&refused))?;
        Ok(refusals(&refused))
    }

    /// Every parameter with its value.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "State")]
    pub fn state(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.state(true))
    }

    /// The state as a URL's hash without `#`, defaults left out.
    pub fn hash(&self) -> String {
        self.inner.hash()
    }

    /// Takes over the state in a URL's hash, as far as it can be taken; what it does not name goes to its default. Returns
    /// what is not taken, each with its sentence. Of a version that is not known, nothing is.
    #[wasm_bindgen(js_name = setHash, unchecked_return_type = "Refusal[]")]
    pub fn set_hash(&mut self, hash: &str) -> Vec<JsValue> {
        match self.inner.set_hash(hash) {
            Ok(refused) => refusals(&refused),
            Err(refused) => vec![refusal(&refused)],
        }
    }

    /// The numbers at the handle.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "Risks")]
    pub fn risks(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.numbers())
    }

    /// The numbers at the handle, as they are read.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "Readings")]
    pub fn readings(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.readings())
    }

    /// What `auto` stands for now: pairs of a key and what its control says.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "[string, string][]")]
    pub fn automatic(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.automatic())
    }

    /// Whether results are in front of the live runs.
    #[wasm_bindgen(js_name = showsResults)]
    pub fn shows_results(&self) -> bool {
        self.inner.shows_results()
    }

    /// Whether results can be laid over the figure.
    #[wasm_bindgen(js_name = takesResults)]
    pub fn takes_results(&self) -> bool {
        self.inner.takes_results()
    }

    /// What marks a picture that only live runs can give.
    #[wasm_bindgen(js_name = liveMark)]
    pub fn live_mark(&self) -> String {
        self.inner.live_mark()
    }

    /// What is drawn from now on is in the theme `light`, `dark` or `forced`, and in a font: a list of families as in CSS.
    ///
    /// # Errors
    /// If there is no such theme.
    #[wasm_bindgen(js_name = setTheme)]
    pub fn set_theme(&mut self, name: &str, font: String) -> Result<(), JsValue> {
        self.theme =
            Theme::from_name(name).ok_or_else(|| error(&format!("there is no theme “{name}”")))?;
        self.font = font;
        Ok(())
    }

    /// Gives `ground`, `ink`, `grid`, `bar`, or a hue of that theme another colour, `0xrrggbb`.
    pub fn paint(&mut self, name: &str, colour: u32) {
        self.theme.paint(name, colour);
    }

    /// The names of its heat maps.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn maps(&self) -> Result<JsValue, JsValue> {
        plain(self.inner.maps())
    }

    /// A heat map, one pixel an entry; `undefined` where there is none yet, or it would be too large to be looked at.
    ///
    /// # Errors
    /// Never in practice: whole rows are an image.
    pub fn heat(&self, map: &str) -> Result<Option<ImageData>, JsValue> {
        let image = self.inner.heat(map, self.theme.is_dark());
        image.as_ref().map(image_data).transpose()
    }

    /// What a heat map is called, what it shows in few words, and in a sentence.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(js_name = heatTexts, unchecked_return_type = "[string, string, string]")]
    pub fn heat_texts(&self, map: &str) -> Result<JsValue, JsValue> {
        plain(&self.inner.heat_texts(map))
    }

    /// The value of the strongest colour.
    #[wasm_bindgen(js_name = legendEnd)]
    pub fn legend_end(&self) -> Option<f64> {
        self.inner.heat_legend(false).map(|legend| legend.0)
    }

    /// The colour scale as an image of one row, from its smallest to its largest value.
    ///
    /// # Errors
    /// Never in practice: a row of pixels is an image.
    pub fn legend(&self) -> Result<Option<ImageData>, JsValue> {
        let legend = self.inner.heat_legend(self.theme.is_dark());
        legend.map(|(_, image)| image_data(&image)).transpose()
    }

    /// The runs of the current state in the order they should start.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "Plan[]")]
    pub fn plans(&mut self) -> Result<JsValue, JsValue> {
        plain(&self.inner.plans())
    }

    /// A report of run `id`: samples or steps, then the value of each of its measures.
    pub fn report(&mut self, id: u32, report: &[f64]) {
        if let Some((&at, values)) = report.split_first() {
            self.inner.report(id, at, values);
        }
    }

    /// Run `id` is now `queued`, `running`, `paused`, `finished`, `diverged` or `failed`.
    ///
    /// # Errors
    /// If the status is none of these.
    pub fn finish(&mut self, id: u32, status: &str) -> Result<(), JsValue> {
        let status = Status::from_name(status)
            .ok_or_else(|| error(&format!("there is no status “{status}”")))?;
        self.inner.set_status(id, status);
        Ok(())
    }

    /// What run `id` has learned, as its part writes that down.
    pub fn learned(&mut self, id: u32, learned: Vec<f32>) {
        self.inner.set_learned(id, learned);
    }

    /// Forgets the runs of these ids, their plans and what was reported of them.
    pub fn forget(&mut self, ids: &[u32]) {
        self.inner.forget(ids);
    }

    /// What a worker should solve, or `null`.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "SlowOrder | null")]
    pub fn order(&mut self) -> Result<JsValue, JsValue> {
        let row = self.inner.order().map(|order| OrderRow {
            id: order.id,
            figure: self.name,
            order: order.order,
        });
        plain(&row)
    }

    /// A worker's answer: its lists one after the other, and how long each is; NaN what is not known. It is ignored if the
    /// state has moved on.
    pub fn answer(&mut self, id: u32, values: &[f64], lengths: &[u32], unknown: Option<String>) {
        let mut rest = values;
        let lists = lengths.iter().map(|&length| {
            let (list, others) = rest.split_at((length as usize).min(rest.len()));
            rest = others;
            list.to_vec()
        });
        let solved = Solution {
            lists: lists.collect(),
            unknown,
        };
        self.inner.take_answer(id, solved);
    }
}
