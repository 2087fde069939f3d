//! What figures at full size have in common, of whatever part: their sizes, what every file of one says of itself, finished
//! runs and where they were made, and words and tables of the document about them.

mod finished;
mod head;
pub mod markdown;
mod preset_size;
mod provenance;

pub use finished::finished;
pub use head::{FigureHead, Name, ReportError};
pub use preset_size::PresetSize;
pub use provenance::{Provenance, Share, seconds_of_runs};

/// The line below a picture of which not all runs are there: finished ones, and all. Empty if all are.
pub fn incomplete([done, all]: [usize; 2]) -> String {
    if done == all {
        String::new()
    } else {
        format!("incomplete: {done} of {all} runs are finished")
    }
}
