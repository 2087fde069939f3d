//! From rows to a symmetric matrix or a network, and what was done on the way.

use std::fmt;

use nalgebra::DMatrix;

use super::{NumbersError, Rows, Shape, Slip, digits};
use crate::linalg::{Asymmetry, Symmetric};

/// Asymmetry that is averaged away, of the largest entry: numbers printed with six digits.
pub(super) const TOLERANCE: f64 = 1e-6;

/// A symmetric matrix as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// A vector as a diagonal, all else in full.
    pub matrix: Symmetric,
    /// What it was read from.
    pub shape: Shape,
    /// What was left out or changed.
    pub notes: Vec<Note>,
}

/// Something that was left out or changed on the way; `Display` says it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Note {
    /// A line of names.
    Headings {
        /// The line, from 1.
        line: usize,
    },
    /// A first column of names or of row numbers.
    Names,
    /// The two halves of a matrix differed.
    Averaged {
        /// By how much at most.
        difference: f64,
        /// The largest entry in size.
        largest: f64,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Headings { line } => write!(f, "line {line} is taken for headings"),
            Self::Names => f.write_str("the first column is taken for names"),
            Self::Averaged {
                difference,
                largest,
            } => write!(
                f,
                "entries and their mirror images differed by up to {}, with a largest entry of {}, and are averaged",
                digits(*difference),
                digits(*largest)
            ),
        }
    }
}

impl Rows {
    /// One vector (a diagonal) or a symmetric matrix. Asymmetry of up to 10⁻⁶ of the largest entry
    /// is averaged away, with a note; any asymmetry, if `symmetrize` says so.
    ///
    /// # Errors
    /// If the rows are neither, or not symmetric.
    #[cfg_attr(target_arch = "wasm32", allow(unused_mut))]
    pub fn symmetric(mut self, symmetrize: bool) -> Result<Understood, NumbersError> {
        #[cfg(not(target_arch = "wasm32"))]
        super::labels::leave_out_counting(&mut self);
        let shape = self.shape()?;
        if let (Shape::Wrapped { columns: 2, .. }, Some(pair)) = (shape, &self.pair) {
            return Err(NumbersError::slip(self.lines[0], pair, Slip::DecimalComma));
        }
        let mut notes = self.notes.clone();
        let dim = match shape {
            Shape::Vector(_) | Shape::Wrapped { .. } => {
                return Ok(Understood {
                    matrix: Symmetric::diagonal(self.values),
                    shape,
                    notes,
                });
            }
            Shape::Matrix { rows: dim, .. } | Shape::Lower(dim) | Shape::Upper(dim) => dim,
        };
        let mut matrix = DMatrix::from_fn(dim, dim, |i, j| match shape {
            Shape::Lower(_) => self.row(i.max(j))[i.min(j)],
            Shape::Upper(_) => self.row(i.min(j))[i.abs_diff(j)],
            _ => self.row(i)[j],
        });
        let asymmetry = Asymmetry::of(&matrix);
        if !symmetrize && !asymmetry.is_within(TOLERANCE) {
            return Err(NumbersError::NotSymmetric {
                row: asymmetry.row + 1,
                column: asymmetry.column + 1,
                difference: asymmetry.difference,
                largest: asymmetry.largest,
            });
        }
        if asymmetry.difference > 0.0 {
            notes.push(Note::Averaged {
                difference: asymmetry.difference,
                largest: asymmetry.largest,
            });
            for i in 0..dim {
                for j in 0..i {
                    // Halves first: the sum of two large entries could overflow.
                    let mean = 0.5 * matrix[(i, j)] + 0.5 * matrix[(j, i)];
                    matrix[(i, j)] = mean;
                    matrix[(j, i)] = mean;
                }
            }
        }
        let matrix = Symmetric::Full(matrix);
        Ok(Understood {
            matrix,
            shape,
            notes,
        })
    }

    /// A network, `d×N`: each row is a neuron.
    ///
    /// # Errors
    /// If the rows are not equally long.
    pub fn network(self) -> Result<(DMatrix<f64>, Shape, Vec<Note>), NumbersError> {
        let dim = self.row(0).len();
        if let Some(odd) = (0..self.len()).find(|&index| self.row(index).len() != dim) {
            let (unit, place) = self.place(odd);
            return Err(NumbersError::Neuron {
                unit,
                place,
                neuron: odd + 1,
                found: self.row(odd).len(),
                expected: dim,
            });
        }
        let neurons = self.len();
        let shape = Shape::Matrix {
            rows: neurons,
            columns: dim,
        };
        Ok((
            DMatrix::from_vec(dim, neurons, self.values),
            shape,
            self.notes,
        ))
    }
}
