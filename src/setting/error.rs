//! Refusals.

use crate::numbers::NumbersError;

/// Why a setting was refused. Each message is one sentence that names field and value and says
/// what is allowed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingError {
    /// No such key.
    #[error("there is no setting “{key}”")]
    Unknown {
        /// The key as given, shortened.
        key: String,
    },
    /// The value is not of the kind, or out of range.
    #[error("{key} is “{value}”, but must be {allowed}")]
    Invalid {
        /// The key.
        key: &'static str,
        /// The value as given, shortened.
        value: String,
        /// What is allowed, as it continues “must be …”.
        allowed: String,
    },
    /// A vector or matrix cannot be read.
    #[error("{key} cannot be used: {error}")]
    Numbers {
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        error: NumbersError,
    },
    /// The dimension contradicts that of a given vector or matrix.
    #[error("{}, but {}; leave {key} out or make them equal", of_dimension(key, *dim), of_dimension(source_key, *source_dim))]
    Dimension {
        /// `dim`, or `weights` where those are the given matrix.
        key: &'static str,
        /// Its dimension.
        dim: usize,
        /// What fixes the dimension.
        source_key: &'static str,
        /// The dimension there.
        source_dim: usize,
    },
    /// The value can be read, but nothing can be made of it: a spectrum is no target, Δ and Σ are no
    /// mixture, multipliers leave neither, weights are no covariance.
    #[error("{key} cannot be used: {reason}")]
    Unusable {
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// What nobody has asked for cannot be used with what was asked for.
    #[error("“{value}”, the default of {key}, cannot be used at dim {dim}: {reason}")]
    Default {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// The dimension.
        dim: usize,
        /// What is wrong.
        reason: String,
    },
    /// Two settings exclude each other.
    #[error("{0}")]
    Conflict(&'static str),
    /// A JSON document is not a flat object of settings.
    #[error("settings must be one JSON object of keys with strings or numbers; {0} is not")]
    Shape(String),
}

impl SettingError {
    /// That nothing can be made of a value.
    pub fn unusable(key: &'static str, reason: &impl ToString) -> Self {
        let reason = reason.to_string();
        Self::Unusable { key, reason }
    }

    /// The key it is about, where there is one.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Unknown { key } => Some(key),
            Self::Invalid { key, .. }
            | Self::Numbers { key, .. }
            | Self::Dimension { key, .. }
            | Self::Unusable { key, .. } => Some(key),
            Self::Default { .. } | Self::Conflict(_) | Self::Shape(_) => None,
        }
    }

    /// What is wrong with the value of [`SettingError::key`], where it cannot be used.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Numbers { error, .. } => Some(error.to_string()),
            Self::Unusable { reason, .. } => Some(reason.clone()),
            _ => None,
        }
    }
}

/// A dimension, set or that of a matrix.
fn of_dimension(key: &str, dim: usize) -> String {
    let verb = if key == "dim" { "is" } else { "has dimension" };
    format!("{key} {verb} {dim}")
}
