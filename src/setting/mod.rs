//! Every parameter, once: its key, range, default, help and error sentence.
//!
//! A table of a part ([`Parameters::TABLE`]) is the one description. The command line's options, the page's URL keys and
//! attributes, plans in JSON and the reference documentation are all made from it, and all of them write values by
//! [`Parameters::set`], so a value that one refuses all refuse, in the same words.

mod about;
mod assign;
mod error;
mod hash;
mod kind;
mod parameters;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub(crate) mod reference;
mod row;
mod scope;
#[cfg(not(target_arch = "wasm32"))]
mod spaced;

use serde_json::Number;

use crate::linalg::Symmetric;

pub use about::About;
pub use assign::Refusal;
pub use error::SettingError;
pub use hash::from_hash;
#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub(crate) use kind::shortened;
pub use kind::{Choice, Kind, Value};
pub use parameters::Parameters;
pub use row::{Control, Parameter, Row};
pub use scope::Scope;

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
    match number.as_u64() {
        Some(whole) => whole.to_string(),
        // Their own `Display` would be another way to write numbers in what a browser loads.
        None => number.as_f64().unwrap_or_default().to_string(),
    }
}
