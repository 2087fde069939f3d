//! Stills of the page's chapters: pictures of the results that it ships, for where its scripts do not run.

use super::data::FigureData;
use super::laziness::{self, LazinessData, LazinessPreset};
use super::plate::plate;
use super::preset::{Preset, WidthFigure};
use super::theory;
use crate::chart::{PictureError, Still};
use crate::figure::Plate;
use crate::full_size::{FigureHead, PresetSize};
use crate::setting::SettingError;

/// Why there is no still.
#[derive(Debug, thiserror::Error)]
pub enum StillError {
    /// What was given is not the JSON of a figure.
    #[error("the results cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// It is of a figure or a preset that there is not.
    #[error("there is no figure “{figure}” with a preset “{preset}”")]
    Unknown {
        /// Which figure it says.
        figure: String,
        /// Which preset it says.
        preset: String,
    },
    /// Its settings are none.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// It cannot be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
}

/// Draws the results that the page ships, www/data/NAME.json. Lines, which they leave out, are worked out.
///
/// # Errors
/// If `text` is not the JSON of a figure that there is.
pub fn still(text: &str) -> Result<Still, StillError> {
    Ok(Still::of(&whole(text)?)?)
}

/// The figure with all its frames.
fn whole(text: &str) -> Result<Plate, StillError> {
    let FigureHead { figure, preset, .. } = serde_json::from_str(text)?;
    let size = PresetSize::from_name(&preset);
    match (size, WidthFigure::from_name(&figure)) {
        (Some(size), Some(width)) => {
            let preset = Preset::new(width, size);
            let mut data = FigureData::from_json(text)?;
            data.lines = theory::lines(&preset, &preset.settings()?.problem()?);
            Ok(plate(&preset, &data))
        }
        (Some(size), None) if figure == LazinessPreset::NAME => {
            let preset = LazinessPreset::new(size);
            let mut data: LazinessData = serde_json::from_str(text)?;
            data.lines = laziness::limit_lines(&preset, &preset.settings()?.problem()?);
            Ok(laziness::plate(&data))
        }
        _ => Err(StillError::Unknown { figure, preset }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_figure_is_refused_in_words() {
        let refusal = |text: &str| still(text).unwrap_err().to_string();
        assert!(refusal("{}").starts_with("the results cannot be read: "));
        let shipped = include_str!("../../../www/data/quadratic.json");
        let other = shipped.replacen("\"figure\":\"quadratic\"", "\"figure\":\"cubic\"", 1);
        assert_eq!(
            refusal(&other),
            "there is no figure “cubic” with a preset “paper”"
        );
    }
}
