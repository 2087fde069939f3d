//! Native runs: many draws on all cores, sweeps of many runs, their progress, and signals.

mod cgroup;
mod checkpoint;
mod disk;
mod estimate;
mod interrupt;
pub(crate) mod jobs;
mod lease;
mod machine;
pub(crate) mod memory;
mod merge;
pub mod need;
mod progress;
mod results;
pub mod scheduler;
mod slice;
mod store;
mod store_error;
mod sweep;
mod timed;
mod train;

pub use checkpoint::{Checkpoint, Saving};
pub use disk::write_whole;
pub use estimate::estimate;
pub use interrupt::Interrupt;
pub use machine::Machine;
pub use memory::{Limit, MemoryError, require};
pub use merge::{Maker, Merged, merge};
pub use progress::{Progress, in_words};
pub use results::{Effort, Results};
pub use store::{Finished, Store};
pub use store_error::StoreError;
pub use sweep::{Standing, SweepOptions, SweepRunError, sweep};
pub use train::Training;
