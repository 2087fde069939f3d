//! Rows that are lines of a text.

use super::fields::{self, Field, Separators, has_inner_comma};
#[cfg(not(target_arch = "wasm32"))]
use super::labels::Labels;
use super::{NumbersError, Rows, Slip};

/// Every line with its number from 1, whichever way lines end.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    });
    lines.enumerate().map(|(index, line)| (index + 1, line))
}

/// The rows of a text. With `LABELS`, as in files, comments, a line of headings and a column of names
/// are left out.
pub(super) fn read<const LABELS: bool>(text: &str) -> Result<Rows, NumbersError> {
    let mut rows = Rows::new();
    let mut fields = Vec::new();
    let mut style = Style::default();
    #[cfg(not(target_arch = "wasm32"))]
    let mut labels = Labels::default();
    for (number, line) in numbered(text) {
        #[cfg(not(target_arch = "wasm32"))]
        let line = if LABELS {
            super::labels::without_comment(line)
        } else {
            line
        };
        if line.trim().is_empty() {
            continue;
        }
        let (leading, separators) = fields::read::<LABELS>(line, number, &mut fields)?;
        if fields.is_empty() {
            return Err(NumbersError::slip(number, "", Slip::Missing));
        }
        #[cfg(not(target_arch = "wasm32"))]
        if LABELS && labels.take(number, leading, &mut fields, &mut rows)? {
            if fields.iter().any(|field| field.value.is_some()) {
                style.check(number, line, &fields, separators)?;
            }
            continue;
        }
        // A triangle from its diagonal on may have its other half as empty fields.
        let is_indented = !line.contains([',', ';']);
        if leading > 0 && leading != rows.len() && !is_indented {
            return Err(NumbersError::slip(number, "", Slip::Missing));
        }
        push(&mut rows, number, &fields)?;
        style.check(number, line, &fields, separators)?;
    }
    #[cfg(not(target_arch = "wasm32"))]
    if LABELS {
        labels.settle(&mut rows)?;
    }
    if style.are_pairs {
        rows.pair = style.tight.map(|(_, word)| word);
    }
    Ok(rows)
}

/// Adds a line's numbers as a row.
pub(super) fn push(rows: &mut Rows, line: usize, fields: &[Field<'_>]) -> Result<(), NumbersError> {
    for field in fields {
        rows.values.push(value(line, field)?);
    }
    rows.lines.push(line);
    rows.end()
}

/// The value of a field, or what is wrong with it.
pub(super) fn value(line: usize, field: &Field<'_>) -> Result<f64, NumbersError> {
    field.value.ok_or_else(|| {
        if has_inner_comma(field.text) {
            NumbersError::slip(line, field.text, Slip::DecimalComma)
        } else {
            NumbersError::slip(line, field.text, Slip::NotANumber)
        }
    })
}

/// How the lines so far separate their numbers.
struct Style {
    /// The first line with a comma between two numbers and no blank, and what stands there.
    tight: Option<(usize, String)>,
    /// Whether blanks, tabs or semicolons have separated anywhere.
    bare: bool,
    /// Whether every line is two whole numbers that a comma joins, as decimal commas would look.
    are_pairs: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            tight: None,
            bare: false,
            are_pairs: true,
        }
    }
}

impl Style {
    /// Refuses commas within what something else separates.
    fn check(
        &mut self,
        number: usize,
        line: &str,
        fields: &[Field<'_>],
        separators: Separators,
    ) -> Result<(), NumbersError> {
        let Separators { tight, loose, bare } = separators;
        if tight && self.tight.is_none() {
            let word = line.split_whitespace().find(|word| has_inner_comma(word));
            self.tight = Some((number, super::error::first(word.unwrap_or(line))));
        }
        self.bare |= bare;
        let ends_whole = fields
            .last()
            .is_some_and(|field| field.text.bytes().all(|b| b.is_ascii_digit()));
        self.are_pairs &= tight && fields.len() == 2 && ends_whole;
        match &self.tight {
            Some((line, word)) if self.bare || (tight && loose) => {
                Err(NumbersError::slip(*line, word, Slip::DecimalComma))
            }
            _ => Ok(()),
        }
    }
}
