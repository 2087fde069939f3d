//! From settings to those of the training itself.

use crate::experiment::ExperimentError;
use crate::lazy::problem::Problem;
use crate::lazy::setting::Settings;
use crate::lazy::train::{Regime, TrainError, TrainSettings};
use crate::setting::SettingError;

/// The width N: the one set, else half the dimension, at least 1.
pub fn neurons(settings: &Settings) -> usize {
    let half = (settings.dim() / 2).max(1);
    settings.neurons.unwrap_or(half)
}

/// Settings of the training itself, for the target that the settings ask for.
pub(super) fn train_settings(
    settings: &Settings,
    problem: &Problem,
) -> Result<TrainSettings, SettingError> {
    let batch = settings.batch;
    let (steps, last_batch) = if settings.regime == Regime::Rf {
        let rest = settings.samples % batch as u64;
        let last_batch = (rest > 0).then_some(rest as usize);
        (settings.samples.div_ceil(batch as u64), last_batch)
    } else {
        (settings.steps, None)
    };
    Ok(TrainSettings {
        steps,
        batch,
        last_batch,
        step_size: settings.step_size,
        schedule: settings.schedule,
        protocol: settings.protocol,
        second_layer: settings.second_layer,
        laziness: settings.laziness.first().copied(),
        seed: settings.seed,
        covariance: settings.covariance(problem)?,
        activation: settings.activation,
        ..TrainSettings::new(settings.regime, neurons(settings))
    })
}

impl From<TrainError> for ExperimentError {
    fn from(error: TrainError) -> Self {
        Self::Refused(error.to_string())
    }
}
