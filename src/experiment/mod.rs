//! Anything that is advanced, looked at, saved and told: runs as plans, resumable states and records. Pure: no clock, no
//! disk, no threads; whoever calls [`Run::advance`] decides when, and what becomes of the result.
//!
//! ```
//! use lazy_limits::experiment::Plan;
//!
//! let plan = Plan::from_json(r#"{"schema": 1, "problem": "qf", "dim": 8, "neurons": 4, "steps": 500}"#)?;
//! let mut run = plan.begin()?;
//! while !run.is_finished() {
//!     run.advance(100);
//! }
//! let last = run.reports().last().and_then(|report| report.values[0]);
//! assert!(last.is_some_and(|risk| risk < 1.0));
//! # Ok::<(), lazy_limits::experiment::ExperimentError>(())
//! ```
//!
//! What can be run is named by the parts of the house (see [`crate::part`]); [`Run`] says what a run is, and its
//! documentation holds a whole small one.

#[cfg(not(target_arch = "wasm32"))]
mod checkpoint;
mod function;
mod kind;
mod plan;
#[cfg(not(target_arch = "wasm32"))]
mod record;
mod run;
#[cfg(not(target_arch = "wasm32"))]
pub mod sweep;
#[cfg(not(target_arch = "wasm32"))]
mod together;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod walk;

use crate::setting::SettingError;

#[cfg(all(feature = "cli", not(target_arch = "wasm32")))]
pub(crate) use checkpoint::restore_like;
#[cfg(not(target_arch = "wasm32"))]
pub use checkpoint::{CheckpointError, restore};
pub use function::StepFunction;
pub use kind::RunKind;
#[cfg(not(target_arch = "wasm32"))]
pub use kind::{Outline, ReadContext};
pub use plan::Plan;
#[cfg(not(target_arch = "wasm32"))]
pub use run::RunNumbers;
pub use run::{End, Measure, Run, RunReport};
#[cfg(not(target_arch = "wasm32"))]
pub use together::{advance_each, advance_together};

/// Why a run cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExperimentError {
    /// A setting is refused.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// The run itself is refused, in a sentence of the part that it is of.
    #[error("{0}")]
    Refused(String),
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
    #[cfg(not(target_arch = "wasm32"))]
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}
