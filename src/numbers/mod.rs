//! Numbers that people have: a vector, a symmetric matrix or the rows of a network, written as a
//! text or kept in a file.
//!
//! A *value* (an option, an attribute, a member of a plan) is read by [`Rows::from_text`], a *file*
//! by `Rows::from_file`, which also knows what programs put around numbers: comments, one line of
//! headings, a column of names, quotes, and `.npy`. What the rows are is then asked in one place:
//!
//! | rows | are |
//! |---|---|
//! | one, or one number in each | a vector (a diagonal) |
//! | k of k numbers | a matrix |
//! | 1, 2, … k numbers, or k, … 2, 1 | a triangle of a symmetric matrix |
//! | equal lines that are none of these | a vector, wrapped |
//!
//! Anything else is refused, and nothing is guessed at silently: [`Understood`] carries the
//! [`Shape`] and a [`Note`] for everything that was done to the numbers.
//!
//! ```
//! use lazy_limits::numbers::Rows;
//!
//! let triangle = Rows::from_text("2\n1 3\n0.5 0.2 4")?.symmetric(false)?;
//! assert_eq!(triangle.shape.to_string(), "a lower triangle, 3×3");
//! assert_eq!(triangle.matrix.to_matrix()[(0, 2)], 0.5);
//! assert!(Rows::from_text("0,5 0,25").is_err()); // decimal commas
//! # Ok::<(), lazy_limits::numbers::NumbersError>(())
//! ```

mod decimal;
mod digits;
mod error;
mod fields;
mod lines;
mod matrix;
mod rows;
mod shape;

// The page does without: see the size of what it loads.
#[cfg(not(target_arch = "wasm32"))]
mod brackets;
#[cfg(not(target_arch = "wasm32"))]
mod file;
#[cfg(not(target_arch = "wasm32"))]
mod labels;
#[cfg(not(target_arch = "wasm32"))]
mod npy;

pub use decimal::decimal;
pub use digits::{digits, significant};
pub use error::{NumbersError, Slip};
pub use matrix::{Note, Understood};
pub use rows::{MOST_NUMBERS, Rows};
pub use shape::Shape;
