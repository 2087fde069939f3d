//! Rows in brackets, as JSON, Python, Julia and MATLAB write them.

use super::fields::{Field, Separators};
use super::{NumbersError, Rows, Slip, lines};

/// Rows in `[1, 2]`, `[[2, 1], [1, 3]]` or `[2 1; 1 3]`: what the innermost brackets hold, apart at
/// semicolons, and at line ends where no comma goes on. `line` is that of the beginning.
pub(super) fn read(text: &str, mut line: usize) -> Result<Rows, NumbersError> {
    let mut rows = Rows::new();
    let mut inside = Inside::default();
    let mut depth = 0;
    // Within the outer of two brackets there are rows only.
    let mut deepest = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let misplaced = |word: &str| NumbersError::slip(line, word, Slip::Brackets);
        match c {
            '\n' => {
                line += 1;
                inside.between.has_line_end = true;
            }
            '[' => {
                depth += 1;
                deepest = deepest.max(depth);
                if depth > 2 || rows.values.len() > rows.start() {
                    return Err(misplaced("["));
                }
            }
            ']' => {
                if depth == 0 {
                    return Err(misplaced("]"));
                }
                depth -= 1;
                inside.between = Between::default();
                rows.end()?;
            }
            ';' | ',' if depth == 0 || depth < deepest => {}
            ';' => {
                inside.between = Between::default();
                rows.end()?;
            }
            ',' => {
                if inside.between.has_comma || rows.values.len() == rows.start() {
                    return Err(NumbersError::slip(line, "", Slip::Missing));
                }
                inside.between.has_comma = true;
            }
            c if c.is_whitespace() => inside.between.has_blank = true,
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "[],;".contains(c));
                let word = &rest[..end.unwrap_or(rest.len())];
                if depth == 0 || depth < deepest {
                    return Err(misplaced(word));
                }
                inside.number(&mut rows, line, word)?;
                rest = &rest[word.len()..];
                continue;
            }
        }
        rest = after;
    }
    if depth > 0 {
        return Err(NumbersError::slip(line, "the end", Slip::Brackets));
    }
    Ok(rows)
}

/// What has stood since the last number.
#[derive(Default)]
struct Between {
    has_comma: bool,
    has_blank: bool,
    has_line_end: bool,
}

/// The row under way.
#[derive(Default)]
struct Inside {
    between: Between,
    style: Separators,
}

impl Inside {
    /// Adds a number to the row under way, or begins the next.
    fn number(&mut self, rows: &mut Rows, line: usize, word: &str) -> Result<(), NumbersError> {
        let between = std::mem::take(&mut self.between);
        let value = lines::value(line, &Field::new::<true>(word))?;
        if rows.values.len() > rows.start() {
            if between.has_line_end {
                if !between.has_comma {
                    rows.end()?;
                }
            } else if !between.has_comma {
                self.style.bare = true;
            } else if between.has_blank {
                self.style.loose = true;
            } else {
                self.style.tight = true;
            }
            let Separators { tight, loose, bare } = self.style;
            if tight && (loose || bare) {
                let before = rows.values.last().copied().unwrap_or_default();
                return Err(NumbersError::slip(
                    line,
                    &format!("{before},{word}"),
                    Slip::DecimalComma,
                ));
            }
        }
        rows.values.push(value);
        Ok(())
    }
}
