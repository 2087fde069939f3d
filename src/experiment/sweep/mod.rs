//! Many runs as one plan: what there is to run, in what order, in how many parts, and which step
//! size came out best. Pure, like all of [`experiment`](super); `runner` does the work.
//!
//! ```
//! use lazy_limits::experiment::sweep::Sweep;
//!
//! let sweep = Sweep::from_json(r#"{
//!     "schema": 1,
//!     "groups": [{"problem": "qf", "dim": 8, "steps": 100,
//!                 "vary": {"neurons": [2, 4], "seed": [1, 2, 3]}}]
//! }"#)?;
//! assert_eq!(sweep.jobs().len(), 6);
//! # Ok::<(), lazy_limits::experiment::sweep::SweepError>(())
//! ```

mod choice;
mod cohort;
mod part;
mod plan;
mod work;

use super::ExperimentError;

pub use choice::{BestStep, best};
pub use cohort::cohorts;
pub use part::PlanPart;
pub use plan::{Job, MOST_RUNS, Sweep};
pub use work::Work;

/// Why a plan of many runs is refused. Each message is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SweepError {
    /// It is not JSON.
    #[error("a plan must be a JSON object, but reading it fails: {0}")]
    Json(String),
    /// A field of the plan is not what it must be.
    #[error("{field} is {value}, but must be {allowed}")]
    Field {
        /// Which.
        field: String,
        /// What stands there, shortened.
        value: String,
        /// What is allowed, as it continues “must be …”.
        allowed: &'static str,
    },
    /// A field that no plan has.
    #[error("there is no field “{field}” in a plan; it has schema, name, groups and comment")]
    Unknown {
        /// Which.
        field: String,
    },
    /// A setting is both fixed and varied.
    #[error("group {group}: {key} stands both beside vary and in it; leave one out")]
    Twice {
        /// Which group, counted from 1.
        group: usize,
        /// Which setting.
        key: String,
    },
    /// A run of a group is refused.
    #[error("group {group}: {error}")]
    Run {
        /// Which group, counted from 1.
        group: usize,
        /// Why.
        error: ExperimentError,
    },
    /// More runs than a plan may have.
    #[error("the plan has more than {MOST_RUNS} runs; make several plans of it")]
    Many,
    /// A part that is none.
    #[error(
        "part is “{0}”, but must be i/k with whole numbers from 1 to 10000, i at most k, or auto or auto/k within a scheduler’s array"
    )]
    Part(String),
}
