//! What the page asks of figures of the first paper alone: results of runs made elsewhere, whose file it has read and checked,
//! and what is known of spectra.

use wasm_bindgen::prelude::*;

use super::figure::{Explorable, Found, LazyFound, LazyPoint, Own, Path};
use crate::activation::Activation;
use crate::figure::Subject;
use crate::lazy::setting::Settings;
use crate::setting::Parameters;
use crate::web::page::PageFigure;
use crate::web::{error, object, refusal};

#[wasm_bindgen(js_class = Explorable)]
impl PageFigure {
    /// Lays results of this target, in `dim` dimensions, over the figure; they are to be added. Its state stays.
    ///
    /// # Errors
    /// A refusal if it is no target; nothing has changed then.
    #[wasm_bindgen(js_name = layResults)]
    pub fn lay_results(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Partial<State>")] target: JsValue,
        dim: usize,
    ) -> Result<(), JsValue> {
        let settings = self.target_of(target, dim)?;
        self.explorable()?
            .lay(settings)
            .map_err(|refused| refusal(&refused))
    }

    /// Adds the risk of `rf`, `rf-aligned`, `rf-best`, `nt` or `nn`, a trained one if it has no deviation.
    ///
    /// # Errors
    /// If regime or activation are not known.
    #[wasm_bindgen(js_name = addResult)]
    pub fn add_result(
        &mut self,
        regime: &str,
        activation: &str,
        neurons: usize,
        risk: f64,
        sd: Option<f64>,
        filled: bool,
    ) -> Result<(), JsValue> {
        self.explorable()?.add_found(Found {
            subject: subject_of(regime)?,
            activation: activation_of(activation)?,
            neurons,
            risk,
            sd,
            is_filled: filled,
        });
        Ok(())
    }

    /// Adds a network of a laziness to the results of the figure on it: the exact optimum, or a trained one. NT at the
    /// weights that these start from is exact and of infinite laziness; of it only the risk is looked at.
    ///
    /// # Errors
    /// If no results can be laid over the figure.
    #[wasm_bindgen(js_name = addLazy)]
    pub fn add_lazy(
        &mut self,
        neurons: usize,
        laziness: f64,
        risk: f64,
        movement: f64,
        alignment: f64,
        is_exact: bool,
    ) -> Result<(), JsValue> {
        let point = LazyPoint {
            laziness,
            risk,
            movement,
            alignment,
        };
        self.explorable()?.add_lazy(LazyFound {
            neurons,
            point,
            is_exact,
        });
        Ok(())
    }

    /// Adds risk against samples, `points` being one and the other in turn.
    ///
    /// # Errors
    /// If regime or activation are not known.
    #[wasm_bindgen(js_name = addPath)]
    pub fn add_path(
        &mut self,
        regime: &str,
        activation: &str,
        neurons: usize,
        optimum: Option<f64>,
        points: &[f64],
    ) -> Result<(), JsValue> {
        self.explorable()?.add_path(Path {
            subject: subject_of(regime)?,
            activation: activation_of(activation)?,
            neurons,
            optimum,
            points: pairs(points),
        });
        Ok(())
    }

    /// Puts a reader's own NN beside the results, if it is of their target: its risk against samples so far, `points` being
    /// one and the other in turn.
    ///
    /// # Errors
    /// A refusal if it is no target.
    #[wasm_bindgen(js_name = putOwn)]
    pub fn put_own(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Partial<State>")] target: JsValue,
        dim: usize,
        neurons: usize,
        points: &[f64],
        finished: bool,
    ) -> Result<(), JsValue> {
        let settings = self.target_of(target, dim)?;
        let own = Own {
            path: Path {
                subject: Subject::NN,
                activation: Activation::Quadratic,
                neurons,
                optimum: None,
                points: pairs(points),
            },
            is_finished: finished,
        };
        self.explorable()?.put_own(&settings, own);
        Ok(())
    }

    /// Moves to the target of the results, so that they are in front.
    ///
    /// # Errors
    /// Never in practice: that target has been shown to be one.
    #[wasm_bindgen(js_name = showResults)]
    pub fn show_results(&mut self) -> Result<(), JsValue> {
        self.explorable()?
            .show_results()
            .map_err(|refused| refusal(&refused))
    }

    /// Takes the results away.
    ///
    /// # Errors
    /// If none can be laid over the figure.
    #[wasm_bindgen(js_name = removeResults)]
    pub fn remove_results(&mut self) -> Result<(), JsValue> {
        self.explorable()?.remove_results();
        Ok(())
    }

    /// The eigenvalues of what is in front, largest first.
    ///
    /// # Errors
    /// If the figure is about none.
    pub fn eigenvalues(&mut self) -> Result<Vec<f64>, JsValue> {
        Ok(self.explorable()?.eigenvalues())
    }
}

impl PageFigure {
    fn explorable(&mut self) -> Result<&mut Explorable, JsValue> {
        self.known()
    }

    fn target_of(&mut self, target: JsValue, dim: usize) -> Result<Settings, JsValue> {
        let mut settings = Settings::new(self.explorable()?.scope());
        let taken = settings.set_json(&object(target)?);
        taken.map_err(|refused| refusal(&refused))?;
        settings.set_dim(Some(dim));
        Ok(settings)
    }
}

fn pairs(flat: &[f64]) -> Vec<(f64, f64)> {
    flat.chunks_exact(2).map(|at| (at[0], at[1])).collect()
}

fn subject_of(name: &str) -> Result<Subject, JsValue> {
    Subject::from_key(name)
        .filter(|subject| *subject != Subject::BAYES)
        .ok_or_else(|| error("there is no such regime"))
}

fn activation_of(name: &str) -> Result<Activation, JsValue> {
    Activation::from_name(name).ok_or_else(|| error("there is no such activation"))
}
