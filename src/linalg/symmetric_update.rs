//! Adding a matrix and its transpose to a symmetric matrix.

use nalgebra::{ClosedAddAssign, DMatrix, Scalar};

/// Rows and columns of a tile: two tiles stay in the innermost cache.
const TILE: usize = 32;

/// `S ← S + E + Eᵀ`. If `S` is symmetric to the last bit, it stays so: both halves get the same
/// sums, whatever the rounding of `E`.
///
/// # Panics
/// If the shapes differ or are not square.
pub fn add_with_transpose<T>(s: &mut DMatrix<T>, e: &DMatrix<T>)
where
    T: Scalar + Copy + ClosedAddAssign,
{
    let d = s.nrows();
    assert_eq!(s.shape(), (d, d), "S is square");
    assert_eq!(e.shape(), (d, d), "E has the shape of S");
    let (s, e) = (s.as_mut_slice(), e.as_slice());
    for columns in (0..d).step_by(TILE) {
        for rows in (columns..d).step_by(TILE) {
            for j in columns..(columns + TILE).min(d) {
                for i in rows.max(j)..(rows + TILE).min(d) {
                    let mut value = s[j * d + i];
                    value += e[j * d + i];
                    value += e[i * d + j];
                    s[j * d + i] = value;
                    s[i * d + j] = value;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_gets_both_sums() {
        for d in [1, 31, 32, 33, 70] {
            let mut s = DMatrix::from_fn(d, d, |i, j| (i + j) as f64);
            let e = DMatrix::from_fn(d, d, |i, j| (3 * i) as f64 - j as f64);
            let expected = &s + &e + e.transpose();
            add_with_transpose(&mut s, &e);
            assert_eq!(s, expected);
        }
    }
}
