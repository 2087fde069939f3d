//! Rows of numbers, however they were written.

use super::{Note, NumbersError, lines};

/// Most numbers that are read, 4096²: what is longer is a mistake.
pub const MOST_NUMBERS: usize = 1 << 24;

/// Rows of finite numbers, at least one number in each.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// All numbers, row by row.
    pub(super) values: Vec<f64>,
    /// Where each row ends among them.
    pub(super) ends: Vec<usize>,
    /// The line of each row, from 1; none where brackets or a header say what a row is.
    pub(super) lines: Vec<usize>,
    /// The first line, if all are two whole numbers that a comma joins.
    pub(super) pair: Option<String>,
    /// What was left out.
    pub(super) notes: Vec<Note>,
    /// Whether they come from a file, in which programs may have numbered rows or columns.
    pub(super) is_file: bool,
}

impl Rows {
    /// The rows of a value: lines of numbers that are separated by commas, blanks, tabs or
    /// semicolons; or brackets, `[1, 2]`, `[[2, 1], [1, 3]]`, `[2 1; 1 3]`, except in a browser.
    ///
    /// # Errors
    /// If there are none, or anything else stands there; decimal commas are seen where anything
    /// but commas separates.
    pub fn from_text(text: &str) -> Result<Self, NumbersError> {
        #[cfg(not(target_arch = "wasm32"))]
        if text.trim_start().starts_with('[') {
            return super::brackets::read(text, 1)?.checked();
        }
        lines::read::<false>(text)?.checked()
    }

    pub(super) fn new() -> Self {
        Self {
            values: Vec::new(),
            ends: Vec::new(),
            lines: Vec::new(),
            pair: None,
            notes: Vec::new(),
            is_file: false,
        }
    }

    /// Ends a row with the numbers since the last one; an empty row is none.
    pub(super) fn end(&mut self) -> Result<(), NumbersError> {
        if self.values.len() > MOST_NUMBERS {
            return Err(NumbersError::TooLarge);
        }
        if self.values.len() > self.start() {
            self.ends.push(self.values.len());
        }
        Ok(())
    }

    /// Where the row under way starts.
    pub(super) fn start(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    pub(super) fn checked(self) -> Result<Self, NumbersError> {
        if self.values.is_empty() {
            return Err(NumbersError::Empty);
        }
        Ok(self)
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Never: rows without numbers are refused.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The numbers of each row.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &[f64]> {
        (0..self.len()).map(|index| self.row(index))
    }

    pub(super) fn row(&self, index: usize) -> &[f64] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.values[start..self.ends[index]]
    }

    /// What a sentence calls a row, and its number there.
    pub(super) fn place(&self, index: usize) -> (&'static str, usize) {
        match self.lines.get(index) {
            Some(&line) => ("line", line),
            None => ("row", index + 1),
        }
    }

    /// Whether they are lines, and not rows that something else delimits.
    pub(super) fn are_lines(&self) -> bool {
        !self.lines.is_empty()
    }
}
