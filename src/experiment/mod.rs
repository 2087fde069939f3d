//! Runs as plans, resumable states and records. Pure: no clock, no disk, no threads; whoever
//! calls [`TrainingRun::advance`] decides when, and what becomes of the result.
//!
//! ```
//! use lazy_limits::experiment::{Plan, TrainingRun};
//!
//! let plan = Plan::from_json(r#"{"schema": 1, "problem": "qf", "dim": 8, "neurons": 4, "steps": 500}"#)?;
//! let mut state = TrainingRun::new(plan)?;
//! while !state.is_finished() {
//!     state.advance(100);
//! }
//! let record = state.record();
//! assert!(record.last.is_some_and(|risk| risk < 1.0));
//! # Ok::<(), lazy_limits::experiment::ExperimentError>(())
//! ```

mod checkpoint;
mod plan;
mod record;
mod state;
pub mod sweep;
mod together;

use crate::setting::SettingError;
use crate::train::TrainError;

pub use checkpoint::CheckpointError;
pub use plan::Plan;
pub use record::{Record, RiskAt};
pub use state::TrainingRun;
pub use together::advance_together;

/// Why a run cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExperimentError {
    /// A setting is refused.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// The run itself is refused.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// A plan is not JSON.
    #[error("a plan must be a JSON object, but reading it fails: {0}")]
    Json(String),
    /// A plan lacks its schema or problem, or has others.
    #[error("{field} is {value}, but must be {allowed}")]
    Kind {
        /// `schema` or `problem`.
        field: &'static str,
        /// What stands there.
        value: String,
        /// What is understood.
        allowed: String,
    },
    /// A checkpoint cannot be used.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}
