//! Native runs: many draws on all cores, their progress, and Ctrl-C.

mod exact;
mod interrupt;
mod memory;
mod progress;
mod train;

pub use exact::{ExactCurve, ExactPlan, ExactPoint, Moments, RunError, exact_of};
pub use interrupt::Interrupt;
pub use progress::Progress;
pub use train::train;
