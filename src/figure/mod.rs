//! What is shown, as plain data: lines, dots, bars, images, handles, and a sentence for those who
//! do not see them. Drawing, tables, hit testing and the inversion of drags all start from it.

mod arrows;
mod axis;
mod bars;
mod classes;
#[allow(clippy::module_inception)] // a room and the word for what is in it
mod figure;
mod geometry;
mod image;
mod keyed;
mod lever;
mod live;
mod panel;
mod plate;
mod reading;
mod runs;
mod scene;
mod sheet;
mod sigma;
mod subject;
mod told;

pub(crate) use arrows::is_number;
pub use arrows::{Arrows, DrawnNetwork, Ellipse, Rail};
pub use axis::{Axis, Tick};
pub use bars::{Bars, Capture};
pub use classes::{Classes, Histogram};
pub use figure::{Figure, PanelPlace, PlannedRun};
pub use geometry::Frame;
pub use image::Image;
pub use keyed::{KeyedNumber, KeyedNumbers};
pub use live::{Live, SlowOrder};
pub use panel::{Change, Grip, Panel, Picture, Place, Slowness};
pub use plate::{Key, Mark, Plate};
pub use reading::{Reading, Readings, reading_of};
pub use runs::{LiveRun, LiveRuns, Role, RunFacts, SeededRun, Status, WantedRun};
pub use scene::{Scene, Solution};
pub use sheet::{OpenSheet, Sheet};
pub use sigma::Sigma;
pub use subject::{Dash, Hue, Ink, Marker, Subject, Traits};

/// How sure a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The limit N, d → ∞.
    Limit,
    /// The exact value at this N and d.
    Exact,
    /// A trained network.
    Run,
    /// A trained network of another width than is looked at.
    OtherRun,
    /// A bound: nothing can be below it.
    Bound,
}

/// A line through points in data coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it stands for.
    pub subject: Subject,
    /// How it was found.
    pub kind: Origin,
    /// Its direct label, if it has one.
    pub label: Option<String>,
    /// From left to right, in data coordinates.
    pub points: Vec<(f64, f64)>,
}

impl Line {
    /// A line without a label.
    pub fn new(subject: Subject, kind: Origin, points: Vec<(f64, f64)>) -> Self {
        let label = None;
        Self {
            subject,
            kind,
            label,
            points,
        }
    }

    /// The same with a direct label.
    #[must_use]
    pub fn called(self, label: impl Into<String>) -> Self {
        let label = Some(label.into());
        Self { label, ..self }
    }
}

/// A trained network's risk, or the mean over several with their range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// What was trained.
    pub subject: Subject,
    /// Horizontal place.
    pub x: f64,
    /// Mean risk.
    pub y: f64,
    /// Smallest and largest risk.
    pub range: (f64, f64),
    /// Whether all its runs have ended.
    pub finished: bool,
    /// Whether it stays where it is, so that labels can keep off it; with dots that are still in
    /// training they would jump about.
    pub settled: bool,
}

/// Lines and dots on two axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Lines, the first at the back.
    pub lines: Vec<Line>,
    /// Dots, over the lines.
    pub dots: Vec<Dot>,
    /// Places of the vertical handle (one, or one a parametrisation), if there is one.
    pub handle: Vec<f64>,
    /// Values where the handle meets the limits.
    pub crossings: Vec<(Subject, f64, f64)>,
}

impl Chart {
    /// Two axes with nothing on them.
    pub fn new(x: Axis, y: Axis) -> Self {
        Self {
            x,
            y,
            lines: Vec::new(),
            dots: Vec::new(),
            handle: Vec::new(),
            crossings: Vec::new(),
        }
    }

    /// Leaves what stands for these subjects, and its axes as they are.
    fn keep(&mut self, is_kept: &dyn Fn(Subject) -> bool) {
        self.lines.retain(|line| is_kept(line.subject));
        self.dots.retain(|dot| is_kept(dot.subject));
        self.crossings.retain(|crossing| is_kept(crossing.0));
    }
}

/// A chart as rows of text.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Table {
    /// Column heads.
    pub columns: Vec<String>,
    /// Rows, as long as the heads.
    pub rows: Vec<Vec<String>>,
}
