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
    /// Something is not a number, or not a finite one.
    #[error("line {line} has “{word}”, which is not a finite number")]
    NotANumber {
        /// The line, from 1.
        line: usize,
        /// What stands there (the first 40 characters).
        word: String,
    },
    /// A field between separators is empty.
    #[error("line {line} has nothing between two separators where a number must stand")]
    Missing {
        /// The line, from 1.
        line: usize,
    },
    /// A comma within a number.
    #[error(
        "line {line} has “{word}”, with a comma inside as a decimal comma; write decimal points, or separate all numbers in one way"
    )]
    DecimalComma {
        /// The line, from 1.
        line: usize,
        /// What stands there (the first 40 characters).
        word: String,
    },
    /// Several numbers between semicolons.
    #[error(
        "line {line} has several numbers between semicolons, which end rows within brackets only; write [2 1; 1 3], or one row a line"
    )]
    Semicolon {
        /// The line, from 1.
        line: usize,
    },
    /// Brackets that do not close, or numbers beside them.
    #[error("line {line} has “{word}” where brackets do not fit; write [1, 2] or [[2, 1], [1, 3]]")]
    Brackets {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        word: String,
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
    /// A first line of numbers where a line of names would fit.
    #[error(
        "line {line} begins with no number, as a line of headings does, but its numbers neither count the columns nor repeat the first column"
    )]
    Headings {
        /// The line, from 1.
        line: usize,
    },
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

fn count(numbers: usize) -> String {
    match numbers {
        1 => "1 number".to_owned(),
        many => format!("{many} numbers"),
    }
}

impl NumbersError {
    pub(super) fn not_a_number(line: usize, word: &str) -> Self {
        Self::NotANumber {
            line,
            word: first(word),
        }
    }

    pub(super) fn decimal_comma(line: usize, word: &str) -> Self {
        Self::DecimalComma {
            line,
            word: first(word),
        }
    }
}

/// As much of a text as a sentence shows.
pub(super) fn first(word: &str) -> String {
    word.trim().chars().take(40).collect()
}
