//! Numbers as text: a vector, a symmetric matrix, or the rows of a network.

use nalgebra::DMatrix;

use crate::linalg::Symmetric;

/// Why a text is no vector and no matrix.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
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
    /// Several lines that make no square.
    #[error(
        "line {line} has {found} numbers and line 1 has {expected}, which is neither one vector nor a square matrix"
    )]
    Ragged {
        /// The line, from 1.
        line: usize,
        /// Its count.
        found: usize,
        /// The first line's count.
        expected: usize,
    },
    /// A rectangle that is not square.
    #[error("{rows} lines of {columns} numbers are neither one vector nor a square matrix")]
    NotSquare {
        /// Number of lines with numbers.
        rows: usize,
        /// Numbers in each.
        columns: usize,
    },
    /// A matrix that is not symmetric.
    #[error("entries ({row}, {column}) and ({column}, {row}) differ; the matrix must be symmetric")]
    NotSymmetric {
        /// Row of the first offending entry, from 1.
        row: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// More numbers than any run could use.
    #[error("it has more than {limit} numbers")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
}

/// 4096² numbers: a text longer than that is a mistake.
const LIMIT: usize = 1 << 24;

/// The lines that have numbers. Numbers are separated by blanks and single commas.
///
/// # Errors
/// If there are none, or anything else stands there.
pub fn rows_from_text(text: &str) -> Result<Vec<Vec<f64>>, TextError> {
    let mut rows = Vec::new();
    let mut count = 0;
    for (index, line) in text.lines().enumerate() {
        let mut row = Vec::new();
        let trimmed = line.trim().trim_end_matches(',');
        if trimmed.is_empty() && !line.contains(',') {
            continue;
        }
        for field in trimmed.split(',') {
            let mut words = field.split_whitespace().peekable();
            if words.peek().is_none() {
                return Err(not_a_number(index, ","));
            }
            for word in words {
                match word.parse::<f64>() {
                    Ok(value) if value.is_finite() => row.push(value),
                    _ => return Err(not_a_number(index, word)),
                }
            }
        }
        count += row.len();
        if count > LIMIT {
            return Err(TextError::TooLarge { limit: LIMIT });
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(TextError::Empty);
    }
    Ok(rows)
}

fn not_a_number(index: usize, word: &str) -> TextError {
    TextError::NotANumber {
        line: index + 1,
        word: word.chars().take(40).collect(),
    }
}

/// One vector (a diagonal), on one line or many, or a square symmetric matrix, one row a line.
///
/// As many lines as the first line has numbers are meant as a matrix; so are lines of equal
/// length. What remains, such as one number a line or a vector wrapped at some width, is a
/// vector.
///
/// # Errors
/// If it is neither; the symmetry may be off by 1e-9 of the largest entry.
pub fn matrix_from_text(text: &str) -> Result<Symmetric, TextError> {
    let rows = rows_from_text(text)?;
    let (count, columns) = (rows.len(), rows[0].len());
    if count == 1 || rows.iter().all(|row| row.len() == 1) {
        return Ok(Symmetric::diagonal(rows.into_iter().flatten()));
    }
    let odd_one = rows.iter().position(|row| row.len() != columns);
    match odd_one {
        Some(index) if count == columns => Err(TextError::Ragged {
            line: index + 1,
            found: rows[index].len(),
            expected: columns,
        }),
        Some(_) => Ok(Symmetric::diagonal(rows.into_iter().flatten())),
        None if count != columns => Err(TextError::NotSquare {
            rows: count,
            columns,
        }),
        None => symmetric(&rows),
    }
}

fn symmetric(rows: &[Vec<f64>]) -> Result<Symmetric, TextError> {
    let n = rows.len();
    let largest = rows
        .iter()
        .flatten()
        .fold(0.0_f64, |max, x| max.max(x.abs()));
    for (i, row) in rows.iter().enumerate() {
        for j in 0..i {
            if (row[j] - rows[j][i]).abs() > 1e-9 * largest {
                return Err(TextError::NotSymmetric {
                    row: i + 1,
                    column: j + 1,
                });
            }
        }
    }
    // Halves first: the sum of two large entries could overflow.
    Ok(Symmetric::Full(DMatrix::from_fn(n, n, |i, j| {
        0.5 * rows[i][j] + 0.5 * rows[j][i]
    })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vectors_and_matrices() {
        let vector = Symmetric::diagonal([1.0, 2.0, 3.0]);
        for text in [
            "1,2,3",
            "1 2 3\n",
            "1\n2\n3",
            " 1, 2,\t3 ",
            "1,2,3,",
            "1,\n2,\n3",
        ] {
            assert_eq!(matrix_from_text(text).unwrap(), vector, "{text:?}");
        }
        let wrapped = "1 2 3 4\n5 6 7 8\n9";
        assert_eq!(matrix_from_text(wrapped).unwrap().dim(), 9);
        let full = matrix_from_text("2 1\n\n1,3").unwrap();
        assert_eq!(
            full.to_matrix(),
            DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 3.0])
        );
    }

    #[test]
    fn bad_texts_say_why() {
        for (text, part) in [
            ("", "no numbers"),
            (" \n\t", "no numbers"),
            ("1,,2", "“,”"),
            (",", "“,”"),
            ("1\nNaN", "line 2 has “NaN”"),
            ("inf", "“inf”"),
            ("1 2 x", "“x”"),
            ("1e999", "“1e999”"),
            ("1 2 3\n4 5 6", "2 lines of 3"),
            ("1 2\n3", "line 2 has 1 numbers"),
            ("1 2\n3 4", "(2, 1) and (1, 2)"),
        ] {
            let error = matrix_from_text(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text:?}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_numbers_or_an_error(text in "\\PC*|[-0-9eE., \n]*") {
            if let Ok(matrix) = matrix_from_text(&text) {
                prop_assert!(matrix.to_matrix().iter().all(|x| x.is_finite()));
            }
        }
    }
}
