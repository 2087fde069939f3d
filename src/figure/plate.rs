//! Charts side by side, as for a page of a paper.

use super::{Chart, Subject};

/// Charts side by side with what explains them.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// What it is about.
    pub title: String,
    /// From left to right, each with its caption.
    pub frames: Vec<(String, Chart)>,
    /// The legend of what has no direct label.
    pub keys: Vec<Key>,
    /// A line below; none if empty.
    pub note: String,
}

/// One entry of a legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Whose colour and marker it has.
    pub subject: Subject,
    /// What is drawn.
    pub mark: Mark,
    /// What it means.
    pub text: String,
}

/// What an entry of a legend shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A marker.
    Dot {
        /// Whether it is filled with the ground.
        hollow: bool,
    },
    /// A marker with a whisker.
    Spread,
    /// A strong line.
    Strong,
    /// A faint line.
    Faint,
}
