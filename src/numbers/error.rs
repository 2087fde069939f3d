//! Why numbers are refused.

use super::{MOST_NUMBERS, digits};

/// Why a text or a file is no vector, no matrix and no network. Each message continues “… cannot be
/// used: ”.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NumbersError {
    /// There are no numbers.
    #[error("it has no numbers; at least one is needed")]
    Empty,
    /// Something that is no number, or not where it may stand.
    #[error("line {line} has {}{}", quoted(word), slip.text())]
    Slip {
        /// The line, from 1.
        line: usize,
        /// What stands there (the first 40 characters); nothing, where nothing does.
        word: String,
        /// What is wrong with it.
        slip: Slip,
    },
    /// Rows that are neither equal nor a triangle.
    #[error(
        "{unit} {place} has {} where {expected} would fit; a vector is one {unit} or one number in each, a matrix has as many {unit}s as numbers in each, a triangle one number more or less in each",
        count(*found)
    )]
    Ragged {
        /// `line` or `row`.
        unit: &'static str,
        /// The first that does not fit, from 1.
        place: usize,
        /// Its count of numbers.
        found: usize,
        /// The count that would fit.
        expected: usize,
    },
    /// Rows of unequal length in a network.
    #[error(
        "{unit} {place}, neuron {neuron}, has {} and neuron 1 has {expected}; every neuron must have d numbers",
        count(*found)
    )]
    Neuron {
        /// `line` or `row`.
        unit: &'static str,
        /// Where it stands, from 1.
        place: usize,
        /// Which neuron, from 1.
        neuron: usize,
        /// Its count of numbers.
        found: usize,
        /// That of the first.
        expected: usize,
    },
    /// A matrix that is not square.
    #[error("a {rows}×{columns} matrix is neither one vector nor a square matrix")]
    NotSquare {
        /// Number of rows.
        rows: usize,
        /// Numbers in each.
        columns: usize,
    },
    /// A matrix that is not symmetric.
    #[error(
        "entries ({row}, {column}) and ({column}, {row}) differ by {}, with a largest entry of {}; the matrix must be symmetric, to 10⁻⁶ of that",
        digits(*difference), digits(*largest)
    )]
    NotSymmetric {
        /// Row of the entry that differs most from its mirror image, from 1.
        row: usize,
        /// Its column, from 1.
        column: usize,
        /// By how much.
        difference: f64,
        /// The largest entry in size.
        largest: f64,
    },
    /// More numbers than any run could use.
    #[error("it has more than {MOST_NUMBERS} numbers")]
    TooLarge,
    /// A file of some other kind.
    #[error("it is {what}; {instead}")]
    Foreign {
        /// What it is.
        what: &'static str,
        /// What to do.
        instead: &'static str,
    },
    /// A file of the right kind, with something in it that is not read.
    #[error("{0}")]
    Unread(String),
}

/// What is wrong with something in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// It is not a number, or not a finite one.
    NotANumber,
    /// A field between separators is empty.
    Missing,
    /// A comma stands within a number.
    DecimalComma,
    /// Several numbers stand between semicolons.
    Semicolon,
    /// Brackets do not close, or something stands beside them.
    Brackets,
    /// Numbers stand where names would fit.
    Headings,
}

impl Slip {
    /// What a sentence says of it, after the word.
    fn text(self) -> &'static str {
        match self {
            Self::NotANumber => ", which is not a finite number",
            Self::Missing => "nothing between two separators where a number must stand",
            Self::DecimalComma => {
                ", with a comma inside as a decimal comma; write decimal points, or separate all numbers in one way"
            }
            Self::Semicolon => {
                ", several numbers between semicolons, which end rows within brackets only; write [2 1; 1 3], or one row a line"
            }
            Self::Brackets => " where brackets do not fit; write [1, 2] or [[2, 1], [1, 3]]",
            Self::Headings => {
                ", neither a row of numbers nor headings, which would count the columns or repeat the first one"
            }
        }
    }
}

fn quoted(word: &str) -> String {
    if word.is_empty() {
        String::new()
    } else {
        format!("“{word}”")
    }
}

fn count(numbers: usize) -> String {
    match numbers {
        1 => "1 number".to_owned(),
        many => format!("{many} numbers"),
    }
}

impl NumbersError {
    /// Something in a line.
    pub(super) fn slip(line: usize, word: &str, slip: Slip) -> Self {
        Self::Slip {
            line,
            word: first(word),
            slip,
        }
    }
}

/// As much of a text as a sentence shows.
pub(super) fn first(word: &str) -> String {
    word.trim().chars().take(40).collect()
}
