//! What a step costs here and elsewhere: measured side by side, so that the machine's moods meet all alike.

pub(crate) mod browser;
pub(crate) mod document;
pub(crate) mod forms;
pub(crate) mod machine;
pub(crate) mod native;
mod peers;
mod program;
mod rows;

use std::fs::File;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// How much is measured, and when.
pub(crate) struct Measuring {
    /// Times that each mode of each side has its turn.
    pub(crate) rounds: usize,
    /// Seconds of a turn.
    pub(crate) seconds: f64,
    /// A file that is locked while the machine has to be quiet.
    pub(crate) lock: Option<PathBuf>,
}

impl Measuring {
    /// Does `work` with the lock: alone if it is a measurement, otherwise beside others of its kind.
    fn holding<T>(&self, alone: bool, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let Some(path) = &self.lock else {
            return work();
        };
        let file = File::options()
            .create(true)
            .append(true)
            .open(path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        if alone {
            file.lock()?;
        } else {
            file.lock_shared()?;
        }
        // It is unlocked when the file is closed.
        work()
    }

    /// Does what may disturb others.
    fn busily<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.holding(false, work)
    }

    /// Does what others must not disturb.
    fn quietly<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.holding(true, work)
    }
}

/// The middle one, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 {
        values[half]
    } else {
        f64::midpoint(values[half - 1], values[half])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-12);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-12);
    }
}
