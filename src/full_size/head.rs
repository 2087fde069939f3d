//! What every file of a figure says of itself.

use std::borrow::Cow;

use serde::Deserialize;

use crate::setting::{SettingError, VERSION};

/// A name of the program's own, or one that was read.
pub type Name = Cow<'static, str>;

/// What every file of a figure says of itself.
#[derive(Debug, Deserialize)]
pub struct FigureHead {
    /// Version of its layout.
    pub schema: u64,
    /// Which figure.
    pub figure: String,
    /// At which size.
    pub preset: String,
}

impl FigureHead {
    /// Reads it from the JSON of a figure in the layout of this version.
    ///
    /// # Errors
    /// If it is none, or in another layout.
    pub fn from_json(text: &str) -> Result<Self, ReportError> {
        let head: Self = serde_json::from_str(text)?;
        if head.schema == VERSION {
            Ok(head)
        } else {
            Err(ReportError::Schema(head.schema))
        }
    }

    /// That there is no such figure.
    pub fn unknown(self) -> ReportError {
        ReportError::Unknown {
            figure: self.figure,
            preset: self.preset,
        }
    }
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// It is no JSON, or that of something else.
    #[error("it is not the JSON of a figure: {0}")]
    Json(#[from] serde_json::Error),
    /// A layout of another version.
    #[error("its schema is {0}, but must be {VERSION}")]
    Schema(u64),
    /// A figure that there is not.
    #[error("it is figure “{figure}” with preset “{preset}”, of which there is none")]
    Unknown {
        /// The figure.
        figure: String,
        /// The preset.
        preset: String,
    },
    /// Its target is refused.
    #[error(transparent)]
    Setting(#[from] SettingError),
}
