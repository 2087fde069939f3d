//! What rows of numbers are.

use std::fmt;

use super::{NumbersError, Rows};

/// What was read; `Display` says it as a sentence does: `6 numbers`, `a 3×3 matrix`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One vector of so many numbers: the diagonal of a matrix.
    Vector(usize),
    /// One vector of `lines·columns` numbers, broken into equal lines.
    Wrapped {
        /// How many lines.
        lines: usize,
        /// Numbers in each.
        columns: usize,
    },
    /// A matrix with all its entries.
    Matrix {
        /// How many rows.
        rows: usize,
        /// Numbers in each.
        columns: usize,
    },
    /// Rows of 1, 2, … k numbers: a symmetric matrix from its first column to its diagonal.
    Lower(usize),
    /// Rows of k, … 2, 1 numbers: a symmetric matrix from its diagonal to its last column.
    Upper(usize),
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Vector(1) => f.write_str("1 number"),
            Self::Vector(count) => write!(f, "{count} numbers"),
            Self::Wrapped { lines, columns } => {
                let count = lines * columns;
                write!(
                    f,
                    "{count} numbers, wrapped into {lines} lines of {columns}"
                )
            }
            Self::Matrix { rows, columns } => write!(f, "a {rows}×{columns} matrix"),
            Self::Lower(dim) => write!(f, "a lower triangle, {dim}×{dim}"),
            Self::Upper(dim) => write!(f, "an upper triangle, {dim}×{dim}"),
        }
    }
}

impl Rows {
    /// What the rows are, as a vector or a square matrix.
    ///
    /// # Errors
    /// If they are neither equal nor a triangle, naming the first that does not fit; if equal rows
    /// that are no lines of a text (brackets, `.npy`) make no square.
    pub fn shape(&self) -> Result<Shape, NumbersError> {
        let counts: Vec<usize> = self.iter().map(<[f64]>::len).collect();
        let (rows, first) = (counts.len(), counts[0]);
        let misfit = |expected: &dyn Fn(usize) -> usize| {
            let index = (0..rows).find(|&index| counts[index] != expected(index))?;
            Some((index, expected(index)))
        };
        let lower = misfit(&|index| index + 1);
        let upper = misfit(&|index| first.saturating_sub(index));
        let Some(unequal) = misfit(&|_| first) else {
            return if rows == 1 || first == 1 {
                Ok(Shape::Vector(self.values.len()))
            } else if rows == first {
                Ok(Shape::Matrix {
                    rows,
                    columns: first,
                })
            } else if self.are_lines() {
                Ok(Shape::Wrapped {
                    lines: rows,
                    columns: first,
                })
            } else {
                Err(NumbersError::NotSquare {
                    rows,
                    columns: first,
                })
            };
        };
        match (lower, upper) {
            (None, _) => return Ok(Shape::Lower(rows)),
            (_, None) if rows == first => return Ok(Shape::Upper(rows)),
            _ => {}
        }
        // Of the forms that rows begin with, the one that fits longest is what was meant.
        let lower = lower.filter(|(index, _)| *index > 1);
        let upper = upper.filter(|(index, expected)| *index > 2 && *expected > 0);
        let forms = [Some(unequal), upper, lower].into_iter().flatten();
        let longest = forms.max_by_key(|(index, _)| *index);
        let (index, expected) = longest.unwrap_or(unequal);
        let (unit, place) = self.place(index);
        Err(NumbersError::Ragged {
            unit,
            place,
            found: counts[index],
            expected,
        })
    }
}
