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
pub mod scheduler;
mod slice;
mod store;
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
pub use store::{Effort, Finished, Results, Store, StoreError};
pub use sweep::{Standing, SweepOptions, SweepRunError, sweep};
pub use train::Training;
