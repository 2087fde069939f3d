//! Every parameter, once: its key, range, default, help and error sentence.
//!
//! [`TABLE`] is the one description. The command line's options, the page's URL keys and
//! attributes, plans in JSON and the reference documentation are all made from it, and all of
//! them write values by [`Settings::set`], so a value that one refuses all refuse, in the same
//! words.

mod about;
mod assign;
mod choices;
mod error;
mod hash;
mod kind;
mod reference;
mod regime;
mod schedule;
mod scope;
mod sizes;
#[cfg(not(target_arch = "wasm32"))]
mod spaced;
mod table;

use serde_json::{Map, Number};

use crate::activation::Activation;
use crate::linalg::Symmetric;
use crate::spectrum::{Family, FamilyName, Sampling, Source, Spectrum};

pub use about::About;
pub use assign::Refusal;
pub use error::SettingError;
pub use hash::from_hash;
pub use kind::{Choice, Kind, Value};
pub use reference::reference;
pub use regime::{Protocol, Regime, SecondLayer};
pub use schedule::Schedule;
pub use scope::{ProblemName, Scope};
pub use table::{Control, MAX_PAGE_RHO, MIN_PAGE_RHO, Parameter, TABLE};

/// Version of the keys and their meaning, `v` in URLs and `schema` in JSON.
pub const VERSION: u64 = 1;

/// The covariance of random-feature weights as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Weights {
    /// `Γ = I/d`.
    Isotropic,
    /// `Γ ∝ B`.
    Aligned,
    /// Of least limiting risk at each ρ.
    Best,
    /// A vector or matrix in the original coordinates; it is scaled to trace 1.
    Given(Symmetric),
}

/// The horizontal axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abscissa {
    /// `ρ = N/d`.
    Rho,
    /// The number of trained parameters: N for RF, Nd for NT and NN.
    Parameters,
}

/// Every parameter with its value; start from [`Settings::new`] and [`Settings::set`] some. They remember what they are
/// for: parameters that its scope does not have stay at their defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    scope: Scope,
    dim: Option<usize>,
    /// The spectrum of B, or of Δ in a mixture.
    pub spectrum: Spectrum,
    /// Σ of a mixture.
    pub sigma: Source,
    /// Whether Δ is turned at random.
    pub is_rotated: bool,
    /// Covariance of random-feature weights.
    pub weights: Weights,
    /// Share of Γ ∝ B mixed into isotropic weights.
    pub mix: f64,
    /// Activation of random features.
    pub activation: Activation,
    /// The values of ρ = N/d.
    pub rho: Vec<f64>,
    /// The width, if it was set.
    pub neurons: Option<usize>,
    /// What is trained.
    pub regime: Regime,
    /// Steps of SGD.
    pub steps: u64,
    /// Samples a step.
    pub batch: usize,
    /// Samples of a least-squares fit (RF).
    pub samples: u64,
    /// Step size; `None` is the documented rule.
    pub step_size: Option<f64>,
    /// What that is multiplied by.
    pub step_scale: f64,
    /// How the step size changes over a run.
    pub schedule: Schedule,
    /// Which parametrisation is trained.
    pub protocol: Protocol,
    /// What becomes of the second layer of NN on a mixture.
    pub second_layer: SecondLayer,
    /// Seed of weights and batches.
    pub seed: u64,
    /// Draws of weights to average over.
    pub draws: usize,
    /// The horizontal axis of figures.
    pub axis: Abscissa,
    /// Whether that axis is logarithmic.
    pub log_scale: bool,
    /// Whether live runs are shown where there are results too.
    pub is_live: bool,
}

impl Settings {
    /// The defaults: the paper's sizes, on the page those that a browser trains in seconds.
    pub fn new(scope: Scope) -> Self {
        let page = scope.is_page();
        let problem = scope.problem();
        let (family, full_steps) = match problem {
            ProblemName::Quadratic => (FamilyName::Exponential, 200_000),
            ProblemName::Mixture => (FamilyName::Levels, 140_000),
        };
        Self {
            scope,
            dim: None,
            spectrum: Spectrum {
                source: Source::Family(Family::new(family)),
                sampling: Sampling::Sampled,
                seed: 1,
                multipliers: Vec::new(),
            },
            sigma: Source::Family(Family::new(FamilyName::Identity)),
            is_rotated: false,
            weights: Weights::Isotropic,
            mix: 0.0,
            activation: if scope.is_about_activations() {
                Activation::Relu
            } else {
                Activation::Quadratic
            },
            // Commands that draw a curve start with one; elsewhere there is one width.
            rho: if scope.has_curve() {
                vec![0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0]
            } else {
                vec![0.5]
            },
            neurons: None,
            regime: Regime::Nn,
            steps: if page { 4000 } else { full_steps },
            batch: 100,
            samples: 500_000,
            step_size: None,
            step_scale: 1.0,
            schedule: Schedule::Linear,
            protocol: Protocol::Theorem,
            second_layer: SecondLayer::Trained,
            seed: 1,
            draws: 10,
            axis: Abscissa::Rho,
            log_scale: true,
            is_live: false,
        }
    }

    /// What they are for.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Sets the parameter `key` to the value written as `text`. On an error nothing changes.
    ///
    /// # Errors
    /// A key unknown in the scope, or a value that is not allowed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), SettingError> {
        let parameter = table::find(self.scope, key).ok_or_else(|| SettingError::Unknown {
            key: kind::shortened(key),
        })?;
        let value = parameter.kind.parse(parameter.key, text.trim())?;
        (parameter.write)(self, value);
        Ok(())
    }

    /// The value of `key` as [`Settings::set`] would read it; `None` for an unknown key.
    pub fn get(&self, key: &str) -> Option<String> {
        table::find(self.scope, key).map(|parameter| (parameter.read)(self).to_string())
    }

    /// The settings as a flat JSON object: numbers as numbers, all else as strings. `all` includes those at their defaults.
    pub fn to_json(&self, all: bool) -> Map<String, serde_json::Value> {
        let defaults = Self::new(self.scope);
        // One by one: to collect a map takes a sort, and each sort is kilobytes of what a browser loads.
        let mut object = Map::new();
        for parameter in TABLE.iter().filter(|row| row.scope.contains(self.scope)) {
            let value = (parameter.read)(self);
            if all || value != (parameter.read)(&defaults) {
                object.insert(parameter.key.to_owned(), value.to_json());
            }
        }
        object
    }

    /// The default settings of `scope` changed by a flat JSON object, as [`Settings::to_json`] makes it.
    ///
    /// # Errors
    /// Any value that is neither string nor number, any unknown key, any value not allowed.
    pub fn from_json(
        scope: Scope,
        object: &Map<String, serde_json::Value>,
    ) -> Result<Self, SettingError> {
        let mut settings = Self::new(scope);
        settings.set_json(object)?;
        Ok(settings)
    }

    /// Sets the parameters of a flat JSON object, one after the other.
    ///
    /// # Errors
    /// The first refusal; what came before it has been set.
    pub fn set_json(
        &mut self,
        object: &Map<String, serde_json::Value>,
    ) -> Result<(), SettingError> {
        for (key, value) in object {
            match value {
                serde_json::Value::String(text) => self.set(key, text)?,
                serde_json::Value::Number(number) => self.set(key, &plain(number))?,
                _ => {
                    let is_known = table::find(self.scope, key).is_some();
                    let key = kind::shortened(key);
                    if !is_known {
                        return Err(SettingError::Unknown { key });
                    }
                    return Err(SettingError::Shape(format!("the value of “{key}”")));
                }
            }
        }
        Ok(())
    }
}

/// The text that a JSON value stands for.
///
/// # Errors
/// If it is neither text nor number; `key` names it in the sentence.
pub fn text(key: &str, value: &serde_json::Value) -> Result<String, SettingError> {
    match value {
        serde_json::Value::String(text) => Ok(text.clone()),
        serde_json::Value::Number(number) => Ok(plain(number)),
        _ => {
            let key = kind::shortened(key);
            Err(SettingError::Shape(format!("the value of “{key}”")))
        }
    }
}

/// A JSON number as the parsers read it: `4.0`, which JavaScript may have written, is `4`.
fn plain(number: &Number) -> String {
    match number.as_f64() {
        Some(value) if number.as_u64().is_none() => value.to_string(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCOPES: [Scope; 6] = [
        Scope::RISK,
        Scope::EXACT,
        Scope::TRAIN,
        Scope::PAGE,
        Scope::ACTIVATION_PAGE,
        Scope::PAGE.of(ProblemName::Mixture),
    ];

    #[test]
    fn every_default_can_be_read_back() {
        for scope in SCOPES {
            let settings = Settings::new(scope);
            let json = settings.to_json(true);
            assert_eq!(Settings::from_json(scope, &json).unwrap(), settings);
            assert!(settings.to_json(false).is_empty());
        }
    }

    #[test]
    fn keys_are_unique_within_a_scope() {
        for scope in SCOPES {
            let mut keys: Vec<&str> = TABLE
                .iter()
                .filter(|parameter| parameter.scope.contains(scope))
                .map(|parameter| parameter.key)
                .collect();
            let count = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), count);
        }
    }

    #[test]
    fn refusals_are_one_sentence_with_field_value_and_range() {
        for (key, text, message) in [
            (
                "dim",
                "0",
                "dim is “0”, but must be auto, or a whole number from 1 to 10000",
            ),
            (
                "seed",
                "-1",
                "seed is “-1”, but must be a whole number from 0 to 9007199254740991",
            ),
            (
                "step-size",
                "NaN",
                "step-size is “NaN”, but must be auto, or a number from 0.000000000001 to 1000000",
            ),
            (
                "batch",
                "",
                "batch is “”, but must be a whole number from 1 to 100000",
            ),
            (
                "schedule",
                "Linear",
                "schedule is “Linear”, but must be one of linear, constant, published",
            ),
            (
                "spectrum",
                "1 2\n3 4",
                "spectrum cannot be used: entries (2, 1) and (1, 2) differ by 1, with a largest entry of 4; the matrix must be symmetric, to 10⁻⁶ of that",
            ),
            ("nonsense", "1", "there is no setting “nonsense”"),
        ] {
            let before = Settings::new(Scope::TRAIN);
            let mut settings = before.clone();
            let error = settings.set(key, text).unwrap_err();
            assert_eq!(error.to_string(), message);
            assert_eq!(settings, before);
        }
        let long = "x".repeat(100_000);
        let error = Settings::new(Scope::TRAIN)
            .set("regime", &long)
            .unwrap_err();
        assert!(error.to_string().len() < 200);
    }

    proptest! {
        /// What is accepted is written in a form that is accepted, with the same value.
        #[test]
        fn accepted_values_round_trip(
            index in 0..TABLE.len(),
            text in "auto|[0-9]{1,17}|-?[0-9]{0,4}\\.?[0-9]{0,4}(e-?[0-9]{1,3})?|[0-9]\\.[0-9](,[0-9]{1,3}){0,30}|[a-z-]{0,12}(:[0-9.]{1,4})?|\\PC{0,60}|NaN|inf",
        ) {
            let parameter = &TABLE[index];
            for scope in SCOPES.into_iter().filter(|scope| parameter.scope.contains(*scope)) {
                let mut settings = Settings::new(scope);
                match settings.set(parameter.key, &text) {
                    Ok(()) => {
                        let written = settings.get(parameter.key).unwrap();
                        let mut again = Settings::new(scope);
                        again.set(parameter.key, &written).unwrap();
                        prop_assert_eq!(again, settings);
                    }
                    Err(error) => {
                        prop_assert_eq!(error.key(), Some(parameter.key));
                        prop_assert!(!error.to_string().contains('\n'));
                        prop_assert_eq!(settings, Settings::new(scope));
                    }
                }
            }
        }
    }
}
