//! What programs put around the numbers of a file: comments, headings, names.

use nalgebra::DMatrix;

use super::fields::Field;
use super::matrix::TOLERANCE;
use super::{Note, NumbersError, Rows, Slip};
use crate::linalg::Asymmetry;

/// A line without the comment that it is (`#`, `%`) or ends with (` #`).
pub(super) fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with(['#', '%']) {
        return "";
    }
    if line.contains(['"', '\'']) {
        return line;
    }
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '#' && before.is_whitespace() {
            return &line[..at];
        }
        before = c;
    }
    line
}

/// The line above the numbers, and the names beside them.
#[derive(Default)]
pub(super) struct Labels {
    headings: Option<Headings>,
    /// Whether the first column is names; known with the first row.
    named: Option<bool>,
    /// Whether all first fields have been in quotes, and any other one without.
    is_quoted: bool,
    has_unquoted: bool,
}

/// A first line that is not only numbers.
struct Headings {
    line: usize,
    /// The fields, the empty ones at the beginning left out.
    fields: Vec<(String, Option<f64>, bool)>,
    /// Whether an empty field begins it: the corner above a column of names.
    has_corner: bool,
}

impl Labels {
    /// Takes a line that is headings; else the name that begins a row. True if nothing is left.
    pub(super) fn take(
        &mut self,
        line: usize,
        leading: usize,
        fields: &mut Vec<Field<'_>>,
        rows: &mut Rows,
    ) -> Result<bool, NumbersError> {
        let is_first = rows.is_empty() && self.headings.is_none();
        let has_corner = leading == 1 || (fields.len() > 1 && fields[0].text.is_empty());
        if is_first && has_corner && fields[0].text.is_empty() {
            fields.remove(0);
        }
        if is_first && Headings::are(has_corner, fields) {
            self.headings = Some(Headings {
                line,
                fields: fields
                    .iter()
                    .map(|field| (field.text.to_owned(), field.value, field.is_quoted))
                    .collect(),
                has_corner,
            });
            return Ok(true);
        }
        if self.named.is_none() {
            self.decide(fields, rows)?;
            self.is_quoted = true;
        }
        self.is_quoted &= fields[0].is_quoted;
        self.has_unquoted |= fields[1..].iter().any(|field| !field.is_quoted);
        if self.named == Some(true) {
            if fields.len() == 1 {
                // A name alone, or a number alone where the names end.
                return Err(NumbersError::slip(line, fields[0].text, Slip::NotANumber));
            }
            fields.remove(0);
        }
        Ok(false)
    }

    /// With the first row: whether it begins with a name, and whether what stood above it is
    /// headings or the first row itself.
    fn decide(&mut self, fields: &[Field<'_>], rows: &mut Rows) -> Result<(), NumbersError> {
        let named = fields[0].is_name() && fields.len() > 1;
        self.named = Some(named);
        let Some(headings) = &self.headings else {
            return Ok(());
        };
        let are_numbers = headings.fields.iter().all(|(_, value, _)| value.is_some());
        let count = headings.fields.len();
        let begins_named = headings.fields[0].1.is_none() && !headings.has_corner;
        let has_rest = count > 1
            && headings.fields[1..]
                .iter()
                .all(|(_, value, _)| value.is_some());
        if begins_named && has_rest && named {
            // The first row of named ones.
            for (text, value, _) in &headings.fields[1..] {
                let value = value
                    .ok_or_else(|| NumbersError::slip(headings.line, text, Slip::NotANumber))?;
                rows.values.push(value);
            }
            rows.lines.push(headings.line);
            rows.end()?;
            self.headings = None;
        } else if are_numbers && headings.has_corner && count + 1 != fields.len() {
            // Not a corner, but a number that is missing.
            return Err(NumbersError::slip(headings.line, "", Slip::Missing));
        } else if are_numbers
            && !headings.has_corner
            && (count + 1 != fields.len() || fields.iter().all(|field| field.is_quoted))
        {
            // Numbers in quotes, and nothing above them.
            for (_, value, _) in &headings.fields {
                rows.values.extend(*value);
            }
            rows.lines.push(headings.line);
            rows.end()?;
            self.headings = None;
        }
        Ok(())
    }

    /// With all rows: leaves out a first column that the headings say is names.
    pub(super) fn settle(self, rows: &mut Rows) -> Result<(), NumbersError> {
        let Some(headings) = self.headings else {
            if self.named == Some(true) {
                rows.notes.push(Note::Names);
            }
            return Ok(());
        };
        if rows.is_empty() {
            // A single line that looked like headings.
            return headings.alone(rows);
        }
        rows.notes.push(Note::Headings {
            line: headings.line,
        });
        if self.named == Some(true) {
            rows.notes.push(Note::Names);
            return Ok(());
        }
        let count = headings.fields.len();
        let above: Vec<f64> = headings
            .fields
            .iter()
            .filter_map(|(_, value, _)| *value)
            .collect();
        let first: Vec<f64> = rows.iter().map(|row| row[0]).collect();
        let counts = (0..rows.len()).all(|index| rows.row(index).len() == rows.row(0).len())
            && rows.len() > 1
            && is_counting(&first);
        let columns = rows.row(0).len();
        let has_names = if !above.is_empty() && (count != above.len() || headings.has_corner) {
            // Numbers as headings must be told from numbers as numbers.
            let fits = columns == above.len() + 1
                && (headings.has_corner || is_word(&headings.fields[0].0))
                && (counts_from(0, &above) || (are_whole(&above) && same(&above, &first)));
            if !fits {
                return Err(headings.refusal());
            }
            true
        } else if headings.has_corner {
            true
        } else if count + 1 == columns {
            // As R writes them: nothing stands above the names.
            (self.is_quoted && self.has_unquoted) || counts
        } else {
            // Row numbers under a heading of their own.
            counts && columns == count && columns != rows.len() && columns > 1
        };
        if has_names {
            if (0..rows.len()).any(|index| rows.row(index).len() == 1) {
                return Err(headings.refusal());
            }
            without_first_column(rows);
        }
        Ok(())
    }
}

impl Headings {
    /// Whether a first line is, or may be, headings: names throughout, an empty corner, a name in
    /// the corner, or numbers that are all in quotes.
    fn are(has_corner: bool, fields: &[Field<'_>]) -> bool {
        let are_numbers = |fields: &[Field<'_>]| fields.iter().all(|field| field.value.is_some());
        let begins_named = fields.len() > 1 && fields[0].is_name() && are_numbers(&fields[1..]);
        let are_quoted = fields.iter().all(|field| field.is_quoted);
        // Numbers with a slip in each, `1.5.2`, are no names.
        let are_slips = fields.iter().all(Field::begins_as_number);
        (fields.iter().all(Field::is_name) && !are_slips)
            || (begins_named && !has_corner)
            || (are_numbers(fields) && (are_quoted || has_corner))
    }

    /// Numbers that are no names.
    fn refusal(&self) -> NumbersError {
        let texts: Vec<&str> = self.fields.iter().map(|(text, ..)| text.as_str()).collect();
        NumbersError::slip(self.line, &texts.join(" "), Slip::Headings)
    }

    /// What they are if nothing follows: numbers, perhaps with a name.
    fn alone(self, rows: &mut Rows) -> Result<(), NumbersError> {
        let named = self.fields[0].1.is_none();
        for (text, value, _) in &self.fields[usize::from(named && self.fields.len() > 1)..] {
            let value =
                value.ok_or_else(|| NumbersError::slip(self.line, text, Slip::NotANumber))?;
            rows.values.push(value);
        }
        if self.has_corner {
            return Err(NumbersError::slip(self.line, "", Slip::Missing));
        }
        if named {
            rows.notes.push(Note::Names);
        }
        rows.lines.push(self.line);
        rows.end()
    }
}

/// Whether a corner is a word, and not a number with a slip in it: `l.5`, `O`.
fn is_word(corner: &str) -> bool {
    corner.len() > 1 && !corner.contains(|c: char| c.is_ascii_digit())
}

fn are_whole(numbers: &[f64]) -> bool {
    numbers.iter().all(|number| number.fract() == 0.0)
}

/// Whether numbers are 0, 1, 2, … or 1, 2, 3, …
fn is_counting(numbers: &[f64]) -> bool {
    counts_from(0, numbers) || counts_from(1, numbers)
}

fn counts_from(first: usize, numbers: &[f64]) -> bool {
    let expected: Vec<f64> = (first..first + numbers.len())
        .map(|value| value as f64)
        .collect();
    same(numbers, &expected)
}

fn same(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.total_cmp(b).is_eq())
}

fn without_first_column(rows: &mut Rows) {
    let mut values = Vec::with_capacity(rows.values.len() - rows.len());
    let mut ends = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        values.extend(&row[1..]);
        ends.push(values.len());
    }
    rows.values = values;
    rows.ends = ends;
    rows.notes.push(Note::Names);
}

/// Leaves out a first column or a first line that only counts the others, without headings, if a
/// symmetric matrix is what it counts: as pandas writes without the one or the other.
pub(super) fn leave_out_counting(rows: &mut Rows) {
    let count = rows.len();
    let columns = rows.row(0).len();
    if !rows.is_file
        || !rows.are_lines()
        || columns < 2
        || count < 2
        || rows.iter().any(|row| row.len() != columns)
    {
        return;
    }
    let mut rest = rows.clone();
    let first: Vec<f64> = rows.iter().map(|row| row[0]).collect();
    if columns == count + 1 && is_counting(&first) {
        without_first_column(&mut rest);
    } else if count == columns + 1 && is_counting(rows.row(0)) {
        rest.values.drain(..columns);
        rest.ends = (1..count).map(|row| row * columns).collect();
        rest.lines.remove(0);
        rest.notes.push(Note::Headings {
            line: rows.lines[0],
        });
    } else {
        return;
    }
    let dim = count.min(columns);
    let matrix = DMatrix::from_row_slice(dim, dim, &rest.values);
    if Asymmetry::of(&matrix).is_within(TOLERANCE) {
        *rows = rest;
    }
}
