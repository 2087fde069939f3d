//! Runs under way as files.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::{patiently, write_whole};
use super::store_error::StoreError;
use crate::experiment::{ExperimentError, Plan, Run, restore, restore_like};

/// Where a run is saved, and how often.
#[derive(Clone, Debug)]
pub struct Saving {
    /// The file; it is replaced as a whole.
    pub path: PathBuf,
    /// Time between two checkpoints. Where writing one takes more than a tenth of it, they come more rarely.
    pub every: Duration,
}

/// A run as [`Checkpoint::save`] left it, still as bytes.
pub struct Checkpoint {
    bytes: Vec<u8>,
}

impl Checkpoint {
    /// Saves a run, and the seconds that were computed for it, which are no part of its state.
    ///
    /// # Errors
    /// If it cannot be written; what was there stays as it was.
    pub fn save(path: &Path, state: &dyn Run, seconds: f64) -> Result<(), StoreError> {
        let mut bytes = state.checkpoint();
        bytes.extend_from_slice(&seconds.to_le_bytes());
        write_whole(path, &bytes)
    }

    /// Reads what was saved.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        patiently(|| fs::read(path)).map(|bytes| Self { bytes })
    }

    fn parts(&self) -> (&[u8], &[u8; 8]) {
        let none = (self.bytes.as_slice(), &[0; 8]);
        self.bytes.split_last_chunk().unwrap_or(none)
    }

    /// What is run, found without taking the memory that the run takes.
    ///
    /// # Errors
    /// If it is no checkpoint.
    pub fn plan(&self) -> Result<Plan, ExperimentError> {
        Plan::of_checkpoint(self.parts().0)
    }

    /// The run and the seconds that were computed for it; it goes on as if it had never been stopped.
    ///
    /// # Errors
    /// If it is no checkpoint.
    pub fn restore(self) -> Result<(Box<dyn Run>, f64), ExperimentError> {
        let (state, seconds) = self.parts();
        Ok((restore(state)?, f64::from_le_bytes(*seconds)))
    }

    /// The same, where it most likely is a run of this plan.
    pub(super) fn restore_like(self, plan: &Plan) -> Result<(Box<dyn Run>, f64), ExperimentError> {
        let (state, seconds) = self.parts();
        Ok((restore_like(plan, state)?, f64::from_le_bytes(*seconds)))
    }
}
