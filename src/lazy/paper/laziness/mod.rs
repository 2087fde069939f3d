//! The figure on laziness, ours and not the paper's: what networks of every laziness α come to at three widths, exactly, in
//! the limit, and trained.

mod assemble;
mod csv;
mod data;
mod exact;
mod plate;
mod preset;

pub use assemble::assemble;
pub use csv::csv;
pub use data::{ExactLine, LazinessData, LazyDot, LimitLine};
pub use exact::{exact_lines, limit_lines};
pub use plate::plate;
pub use preset::LazinessPreset;
