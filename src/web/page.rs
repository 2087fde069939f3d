//! The page's half: theory, figures and charts.

use js_sys::Uint8ClampedArray;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use super::{error, object, plain, refusal, refusal_of};
use crate::chart::Theme;
use crate::figure::{self, ExactCurves, FigureName, Heat, Image, Status};
use crate::setting::{self, Parameters, Settings};
use crate::stream::MAX_SEED;
use crate::train::Regime;

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

pub(super) fn figure_of(name: &str) -> Result<FigureName, JsValue> {
    FigureName::from_name(name).ok_or_else(|| {
        let short: String = name.chars().take(40).collect();
        let names = FigureName::ALL.map(FigureName::name).join(", ");
        error(&format!("figure is “{short}”, but must be one of {names}"))
    })
}

fn regime_of(name: &str) -> Result<Regime, JsValue> {
    Regime::from_name(name).ok_or_else(|| error(&format!("there is no regime “{name}”")))
}

fn heat_of(name: &str) -> Result<Heat, JsValue> {
    match name {
        "target" => Ok(Heat::Target),
        regime => regime_of(regime).map(Heat::Learned),
    }
}

fn image_data(image: &Image) -> Result<ImageData, JsValue> {
    // A copy: of a slice, the picture would share its memory with whatever comes after it here.
    let pixels = Uint8ClampedArray::from(image.rgba.as_slice());
    ImageData::new_with_js_u8_clamped_array(&pixels, image.width as u32)
}

/// One run to be started, as the page's pool takes it.
#[derive(Serialize)]
struct PlanRow {
    id: u32,
    role: &'static str,
    regime: &'static str,
    neurons: usize,
    dim: usize,
    seed: u64,
    plan: serde_json::Map<String, serde_json::Value>,
}

/// Exact risks wanted from a worker; `order` is what it takes.
#[derive(Serialize)]
struct ExactRow {
    key: String,
    order: serde_json::Map<String, serde_json::Value>,
}

/// An interactive figure; see [`figure::Explorable`].
#[wasm_bindgen(js_name = Explorable)]
pub struct PageFigure {
    pub(super) inner: figure::Explorable,
    pub(super) theme: Theme,
    pub(super) font: String,
}

impl PageFigure {
    fn assign_over(&mut self, base: &Settings, values: &[(String, String)]) -> Vec<JsValue> {
        base.assign(values, &mut |settings| self.inner.set(settings))
            .iter()
            .map(|refused| refusal_of(&refused.error, Some(&refused.key)))
            .collect()
    }
}

#[wasm_bindgen(js_class = Explorable)]
impl PageFigure {
    /// The default view of the figure of that name.
    ///
    /// # Errors
    /// If there is none.
    #[wasm_bindgen(constructor)]
    pub fn new(figure: &str) -> Result<Self, JsValue> {
        Ok(Self {
            inner: figure::Explorable::new(figure_of(figure)?),
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
        let defaults = Settings::new(self.inner.scope());
        let mut texts = Vec::new();
        for (key, value) in object(values)? {
            let text = match value {
                serde_json::Value::Null => defaults.get(&key).unwrap_or_default(),
                value => setting::text(&key, &value).map_err(|refused| refusal(&refused))?,
            };
            texts.push((key, text));
        }
        Ok(self.assign_over(&self.inner.settings().clone(), &texts))
    }

    /// Every parameter with its value.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "State")]
    pub fn state(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.settings().to_json(true))
    }

    /// The state as a URL's hash without `#`, defaults left out.
    pub fn hash(&self) -> String {
        self.inner.settings().to_hash()
    }

    /// Takes over the state in a URL's hash, as far as it can be taken; what it does not name goes to its default. Returns
    /// what is not taken, each with its sentence. Of a version that is not known, nothing is.
    #[wasm_bindgen(js_name = setHash, unchecked_return_type = "Refusal[]")]
    pub fn set_hash(&mut self, hash: &str) -> Vec<JsValue> {
        match setting::from_hash(hash) {
            Ok(values) => self.assign_over(&Settings::new(self.inner.scope()), &values),
            Err(refused) => vec![refusal(&refused)],
        }
    }

    /// The risks at the handle.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "Risks")]
    pub fn risks(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.risks())
    }

    /// The numbers at the handle, as they are read.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "Reading[]")]
    pub fn readings(&self) -> Result<JsValue, JsValue> {
        plain(&self.inner.readings())
    }

    /// Whether the picture of a panel stays as it is where only these settings change.
    ///
    /// # Errors
    /// If the panel is not known.
    pub fn stays(&self, panel: &str, keys: Vec<String>) -> Result<bool, JsValue> {
        let count = keys.len();
        let abouts = keys.into_iter();
        let abouts: Vec<_> = abouts
            .filter_map(|key| self.inner.settings().about(&key))
            .collect();
        Ok(abouts.len() == count && self.panel(panel)?.stays(&self.inner, &abouts))
    }

    /// The eigenvalues of what is in front, largest first.
    pub fn eigenvalues(&self) -> Vec<f64> {
        self.inner.eigenvalues()
    }

    /// The dimension of live runs, whatever is in front.
    #[wasm_bindgen(js_name = liveDim)]
    pub fn live_dim(&self) -> usize {
        self.inner.dim()
    }

    /// The width of live runs at the handle, whatever is in front.
    #[wasm_bindgen(js_name = liveNeurons)]
    pub fn live_neurons(&self) -> usize {
        self.inner.neurons()
    }

    /// What marks a picture that only live runs can give.
    #[wasm_bindgen(js_name = liveMark)]
    pub fn live_mark(&self) -> String {
        self.inner.live_mark()
    }

    /// How the form is written whose eigenvalues are shown.
    #[wasm_bindgen(js_name = formName)]
    pub fn form_name(&self) -> String {
        self.inner.form_name().to_owned()
    }

    /// What the bars show, in words.
    #[wasm_bindgen(js_name = spectrumNote)]
    pub fn spectrum_note(&self) -> String {
        self.inner.spectrum_note()
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

    /// Gives `ground`, `ink`, `grid`, `bar`, `rf`, `nt` or `nn` of that theme another colour, `0xrrggbb`.
    pub fn paint(&mut self, name: &str, colour: u32) {
        self.theme.paint(name, colour);
    }

    /// The heat map of `target`, `rf`, `nt` or `nn`, one pixel an entry; `undefined` where there
    /// is none yet, or d is above 64.
    ///
    /// # Errors
    /// If the name is not known.
    pub fn heat(&self, which: &str) -> Result<Option<ImageData>, JsValue> {
        let image = self.inner.heat(heat_of(which)?, self.theme.is_dark());
        image.as_ref().map(image_data).transpose()
    }

    /// What a heat map shows, in few words.
    ///
    /// # Errors
    /// If the name is not known.
    #[wasm_bindgen(js_name = heatCaption)]
    pub fn heat_caption(&self, which: &str) -> Result<String, JsValue> {
        Ok(self.inner.heat_caption(heat_of(which)?).to_owned())
    }

    /// A heat map in one sentence.
    ///
    /// # Errors
    /// If the name is not known.
    #[wasm_bindgen(js_name = describeHeat)]
    pub fn describe_heat(&self, which: &str) -> Result<String, JsValue> {
        Ok(self.inner.describe_heat(heat_of(which)?))
    }

    /// The value of the strongest colour.
    #[wasm_bindgen(js_name = legendEnd)]
    pub fn legend_end(&self) -> f64 {
        self.inner.heat_legend(false).0
    }

    /// The colour scale as an image of one row, from its smallest to its largest value.
    ///
    /// # Errors
    /// Never in practice: a row of pixels is an image.
    pub fn legend(&self) -> Result<ImageData, JsValue> {
        image_data(&self.inner.heat_legend(self.theme.is_dark()).1)
    }

    /// Which group is drawn as focused, if any.
    #[wasm_bindgen(js_name = focusGroup)]
    pub fn focus_group(&mut self, group: Option<usize>) {
        self.inner.focus_group(group);
    }

    /// The runs of the current state in the order they should start.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(unchecked_return_type = "Plan[]")]
    pub fn plans(&mut self) -> Result<JsValue, JsValue> {
        let rows: Vec<PlanRow> = self
            .inner
            .plans()
            .iter()
            .map(|plan| PlanRow {
                id: plan.id,
                role: match plan.role {
                    figure::Role::Handle => "handle",
                    figure::Role::Grid => "grid",
                },
                regime: plan.settings.regime.name(),
                neurons: plan.neurons,
                dim: plan.settings.dim(),
                seed: plan.settings.seed,
                plan: plan.to_json(),
            })
            .collect();
        plain(&rows)
    }

    /// A report of run `id`: its risk after `samples`.
    pub fn report(&mut self, id: u32, samples: f64, risk: f64) {
        self.inner.report(id, samples, risk);
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

    /// What run `id` has learned: d×d by columns, or its diagonal.
    pub fn learned(&mut self, id: u32, learned: Vec<f32>) {
        self.inner.set_learned(id, learned);
    }

    /// Forgets the runs of these ids, their plans and what was reported of them.
    pub fn forget(&mut self, ids: &[u32]) {
        self.inner.forget(ids);
    }

    /// The exact random-feature risks that a worker should compute, or `null`.
    ///
    /// # Errors
    /// Never in practice: plain values always cross.
    #[wasm_bindgen(js_name = exactRequest, unchecked_return_type = "ExactRequest | null")]
    pub fn exact_request(&self) -> Result<JsValue, JsValue> {
        let row = self.inner.exact_request().map(|request| ExactRow {
            key: request.key,
            order: request.order,
        });
        plain(&row)
    }

    /// A worker's answer, `nt` as widths and risks in turn, NaN what is not known; ignored if the state has moved on.
    #[wasm_bindgen(js_name = exactAnswer)]
    pub fn exact_answer(
        &mut self,
        key: &str,
        rf: Vec<f64>,
        rf_aligned: Vec<f64>,
        nt: &[f64],
        bayes: Option<f64>,
        unknown: Option<String>,
    ) {
        let nt = nt.chunks_exact(2).map(|pair| (pair[0] as usize, pair[1]));
        let curves = ExactCurves {
            rf,
            rf_aligned,
            nt: nt.collect(),
            bayes,
            unknown,
        };
        self.inner.exact_answer(key, curves);
    }
}
