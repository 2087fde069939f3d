//! Histograms of answers for two classes.

use super::{Axis, Frame, Subject};

/// Histograms side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// From left to right.
    pub histograms: Vec<Histogram>,
}

/// The answers for either class.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Who answers.
    pub subject: Subject,
    /// Its title.
    pub label: String,
    /// What is answered.
    pub x: Axis,
    /// Shares; each histogram has its own, as one that is blind is a single bar.
    pub y: Axis,
    /// For the samples of y = +1 and of y = −1: the share in each of equally wide bars.
    pub shares: [Vec<f64>; 2],
    /// Where the answers are from, in few words.
    pub origin: String,
}

impl Classes {
    /// The plot area of one of the histograms in a picture of all.
    pub fn frame(&self, index: usize, width: f64, height: f64) -> Frame {
        let margins = [24.0, 8.0, 38.0, 12.0];
        Frame::in_row(index, self.histograms.len(), width, height, margins)
    }
}
