//! The paper's figures, from a preset to files: the runs that a figure needs as one plan, the
//! data that they make with limits and exact values, and the pictures.

mod assemble;
mod csv;
mod data;
mod exact;
mod finished;
pub mod laziness;
mod plate;
mod preset;
mod report;
mod still;
mod theory;

pub use assemble::assemble;
pub use csv::csv;
pub use data::{
    BestRun, Curve, Exact, FigureData, Grid, Point, Repeat, Seconds, TheoryLine, Trajectory,
};
pub use exact::exact_curves;
pub use plate::plate;
pub use preset::{Preset, WidthFigure};
pub use report::{LazinessReported, Reported, WidthReported, report};
pub use still::{StillError, still};
