//! A spectrum as bars, several copies of it, with what each of several captures inside.

use super::{Axis, Frame, Subject};

/// Copies of a spectrum.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// The eigenvalue of each bar, or the mean of those it stands for; largest first.
    pub eigenvalues: Vec<f64>,
    /// The smallest and the largest eigenvalue of each bar; none where each stands for one.
    pub ranges: Vec<(f64, f64)>,
    /// Groups that can be dragged: ends (exclusive) in bars.
    pub group_ends: Vec<usize>,
    /// The group that has the keyboard, if any.
    pub focus: Option<usize>,
    /// The common vertical axis.
    pub y: Axis,
    /// What each copy shows as captured.
    pub captures: Vec<Capture>,
}

impl Bars {
    /// The plot area of one of the copies in a picture of all. They stand in a row, or below
    /// each other where the picture is narrow.
    pub fn frame(&self, index: usize, width: f64, height: f64) -> Frame {
        Self::place(index, self.captures.len(), width, height)
    }

    /// The same of a picture with so many copies.
    pub fn place(index: usize, copies: usize, width: f64, height: f64) -> Frame {
        Frame::in_row(index, copies, width, height, [24.0, 8.0, 20.0, 40.0])
    }
}

/// What one of several captures of the eigenvalues: the diagonal of what it has learnt in their basis.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// Who captures.
    pub subject: Subject,
    /// A title: who, and in few words what it learns.
    pub label: String,
    /// For each bar.
    pub diagonal: Vec<f64>,
    /// Where it is from: `expected` by theory or `trained`, and in how many dimensions.
    pub origin: String,
}
