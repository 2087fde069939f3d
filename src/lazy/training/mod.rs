//! Training of random features, tangent models and networks as runs, which plans name `qf` and `mg`.
//!
//! ```
//! use lazy_limits::experiment::{Plan, Run};
//! use lazy_limits::training::TrainingRun;
//!
//! let plan = Plan::from_json(r#"{"schema": 1, "problem": "qf", "dim": 8, "neurons": 4, "steps": 500}"#)?;
//! let mut run = TrainingRun::new(plan)?;
//! while !run.is_finished() {
//!     run.advance(100);
//! }
//! let record = run.record();
//! assert!(record.last.is_some_and(|risk| risk < 1.0));
//! # Ok::<(), lazy_limits::experiment::ExperimentError>(())
//! ```

mod kinds;
mod learned;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod memory;
#[cfg(not(target_arch = "wasm32"))]
mod outline;
mod record;
mod resolve;
mod run;
#[cfg(not(target_arch = "wasm32"))]
mod work;

pub(crate) use learned::{Learned, MAX_FULL_DIM, MOST_NEURONS, Moment, leading};

pub use kinds::{MG, QF, kind, plan, settings};
pub use record::{Record, RiskAt};
pub use resolve::neurons;
pub use run::TrainingRun;
