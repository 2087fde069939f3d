//! The fields of one line.

use super::{MOST_NUMBERS, NumbersError, Slip, decimal};

/// What stands between two separators.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Field<'a> {
    /// Without blanks and quotes around it.
    pub(super) text: &'a str,
    /// Its value, if it is a number.
    pub(super) value: Option<f64>,
    /// Whether it stood in quotes.
    pub(super) is_quoted: bool,
}

impl<'a> Field<'a> {
    /// With `QUOTES`, as files have them, those around it are left out.
    pub(super) fn new<const QUOTES: bool>(text: &'a str) -> Self {
        let trimmed = text.trim();
        let bare = if QUOTES { unquoted(trimmed) } else { None };
        let text = bare.unwrap_or(trimmed).trim();
        Self {
            text,
            value: number(text),
            is_quoted: bare.is_some(),
        }
    }

    /// Whether it may be a name: no number, not even one that is infinite or missing.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn is_name(&self) -> bool {
        let is_missing = ["NA", "null", "None"].contains(&self.text);
        let is_number = self.value.is_some() || self.text.parse::<f64>().is_ok();
        !is_missing && !is_number && !has_inner_comma(self.text)
    }

    /// Whether it begins as a number does.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn begins_as_number(&self) -> bool {
        let digit = |c: char| c.is_ascii_digit() || "+-.".contains(c);
        !self.is_quoted && self.text.starts_with(digit)
    }
}

/// How a line separates its numbers, as far as it tells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Separators {
    /// A comma with no blank beside it.
    pub(super) tight: bool,
    /// A comma with a blank beside it.
    pub(super) loose: bool,
    /// Something without a comma: blanks, a tab, a semicolon.
    pub(super) bare: bool,
}

/// A finite number, also with the exponents of Fortran: `1.0D+00`.
pub(super) fn number(text: &str) -> Option<f64> {
    decimal(text).or_else(|| {
        let at = text.find(['d', 'D']).filter(|&at| at > 0)?;
        decimal(&format!("{}e{}", &text[..at], &text[at + 1..]))
    })
}

/// What single or double quotes enclose.
fn unquoted(text: &str) -> Option<&str> {
    ['"', '\'']
        .iter()
        .find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote))
}

/// The parts of `text` at each separator; with `QUOTES`, outside those only.
fn split<const QUOTES: bool>(
    text: &str,
    is_separator: fn(char) -> bool,
) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        if !QUOTES {
            let parts = text.split_once(is_separator);
            rest = parts.map(|(_, after)| after);
            return Some(parts.map_or(text, |(part, _)| part));
        }
        let mut quote = None;
        let mut is_start = true;
        for (at, c) in text.char_indices() {
            match quote {
                Some(open) if c == open => quote = None,
                None if is_separator(c) => {
                    rest = Some(&text[at + c.len_utf8()..]);
                    return Some(&text[..at]);
                }
                // A quote within a word is an apostrophe.
                None if is_start && (c == '"' || c == '\'') => quote = Some(c),
                _ => {}
            }
            is_start = is_start && c.is_whitespace();
        }
        rest = None;
        Some(text)
    })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Reads the fields of a line that is not blank into `fields`, those that end it empty left out;
/// how many that begin it are empty, and how the numbers are separated.
///
/// A semicolon separates before a comma, a comma before a tab, a tab before a blank; within what a
/// separator leaves, blanks separate numbers too, while a name keeps its blanks.
pub(super) fn read<'a, const QUOTES: bool>(
    line: &'a str,
    number: usize,
    fields: &mut Vec<Field<'a>>,
) -> Result<(usize, Separators), NumbersError> {
    let mut separators = Separators::default();
    fields.clear();
    let separator: fn(char) -> bool = if line.contains(';') {
        |c| c == ';'
    } else if line.contains(',') {
        |c| c == ','
    } else if line.contains('\t') {
        |c| c == '\t'
    } else {
        is_blank
    };
    let is_comma = separator(',');
    let (mut leading, mut missing) = (0, false);
    let mut before: Option<&str> = None;
    for part in split::<QUOTES>(line, separator) {
        if fields.len() > MOST_NUMBERS {
            return Err(NumbersError::TooLarge);
        }
        let field = Field::new::<QUOTES>(part);
        if field.text.is_empty() && !field.is_quoted {
            if fields.is_empty() {
                leading += 1;
            } else {
                missing = true;
            }
            continue;
        }
        if missing && !separator(' ') && !separator('\t') {
            return Err(NumbersError::slip(number, "", Slip::Missing));
        }
        if is_comma {
            if let Some(before) = before {
                let has_blank = before.ends_with(is_blank) || part.starts_with(is_blank);
                separators.loose |= has_blank;
                // Between names, or a name and a number, a comma says nothing about numbers.
                let last = fields.last().and_then(|field| field.value);
                separators.tight |= !has_blank && last.is_some() && begins_a_number::<QUOTES>(part);
            }
        } else {
            separators.bare |= before.is_some();
        }
        before = Some(part);
        if field.value.is_some() || field.is_quoted || !field.text.contains(is_blank) {
            fields.push(field);
            continue;
        }
        let first = fields.len();
        fields.extend(
            split::<QUOTES>(field.text, is_blank)
                .filter(|word| !word.is_empty())
                .map(Field::new::<QUOTES>),
        );
        if fields[first..].iter().all(|field| field.value.is_none()) {
            // A name of several words.
            fields.truncate(first);
            fields.push(field);
        } else if separator(';') {
            return Err(NumbersError::slip(number, field.text, Slip::Semicolon));
        }
        separators.bare |= fields.len() > first + 1;
    }
    if separator(' ') || separator('\t') {
        leading = if line.starts_with('\t') { leading } else { 0 };
    }
    Ok((leading, separators))
}

fn begins_a_number<const QUOTES: bool>(text: &str) -> bool {
    let word = text.trim().split(is_blank).next().unwrap_or_default();
    Field::new::<QUOTES>(word).value.is_some()
}

/// Whether a comma stands between two digits.
pub(super) fn has_inner_comma(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (1..bytes.len()).any(|at| bytes[at] == b',' && is_digit(at - 1) && is_digit(at + 1))
}
