//! What somebody may have meant.

use crate::experiment::ExperimentError;
use crate::experiment::sweep::SweepError;
use crate::part;
use crate::setting::SettingError;

/// How much alike words must be, by the measure of Jaro, to be offered; clap's own.
const ALIKE: f64 = 0.7;

/// `; did you mean …?` for the candidate that is most like a word, if one is.
fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let word = word.to_lowercase();
    let alike = candidates.map(|candidate| (strsim::jaro(&word, candidate), candidate));
    match alike.max_by(|one, other| one.0.total_cmp(&other.0)) {
        Some((likeness, candidate)) if likeness > ALIKE => {
            format!("; did you mean {candidate}?")
        }
        _ => String::new(),
    }
}

/// What was meant by a setting that is refused, or nothing.
pub(crate) fn of_setting(error: &SettingError) -> String {
    match error {
        SettingError::Unknown { key } => {
            let mut keys = part::rows().map(|row| row.key);
            if keys.any(|known| known == key) {
                return "; others have it".to_owned();
            }
            let keys = part::rows().map(|row| row.key);
            nearest(key, keys.chain(["problem", "vary", "comment"]))
        }
        SettingError::Invalid { key, value, .. } => {
            let rows = part::rows().filter(|row| row.key == *key);
            // Of a family's parameter nothing is known here.
            let value = value.split(':').next().unwrap_or_default();
            let names = rows.flat_map(|row| row.kind.names());
            let names: Vec<&str> = names.map(|(name, _)| name).collect();
            if names.contains(&value) {
                return String::new();
            }
            nearest(value, names.into_iter())
        }
        _ => String::new(),
    }
}

/// What was meant in a plan that is refused, or nothing.
pub(super) fn of_plan(error: &SweepError) -> String {
    match error {
        SweepError::Unknown { field } => {
            nearest(field, ["schema", "name", "groups", "comment"].into_iter())
        }
        SweepError::Run {
            error: ExperimentError::Setting(error),
            ..
        } => of_setting(error),
        _ => String::new(),
    }
}
