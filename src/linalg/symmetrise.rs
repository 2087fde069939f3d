//! Making a matrix symmetric.

use nalgebra::DMatrix;

use super::Element;
use crate::vector::vectorised;

/// Rows and columns of a tile: two tiles stay in the innermost cache.
const TILE: usize = 32;

/// `M ← (M + Mᵀ)/2`, symmetric to the last bit.
///
/// A symmetric update `S + E + Eᵀ` is `S + 2E`, which one product adds, and then this.
///
/// # Panics
/// If M is not square.
pub fn symmetrise<T: Element>(m: &mut DMatrix<T>) {
    assert!(m.is_square(), "M is square");
    let d = m.nrows();
    let m = m.as_mut_slice();
    vectorised(
        #[inline(always)]
        || average_tiles(d, m),
    );
}

#[inline(always)]
#[allow(clippy::inline_always)] // to be compiled for the vector units at hand
fn average_tiles<T: Element>(d: usize, m: &mut [T]) {
    let half = T::one() / (T::one() + T::one());
    for columns in (0..d).step_by(TILE) {
        for rows in (columns..d).step_by(TILE) {
            for j in columns..(columns + TILE).min(d) {
                for i in rows.max(j + 1)..(rows + TILE).min(d) {
                    let value = half * (m[j * d + i] + m[i * d + j]);
                    m[j * d + i] = value;
                    m[i * d + j] = value;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_the_mean_of_two() {
        for d in [1, 31, 32, 33, 70] {
            let mut m = DMatrix::from_fn(d, d, |i, j| (3 * i) as f64 - j as f64);
            let expected = (&m + m.transpose()) / 2.0;
            symmetrise(&mut m);
            assert_eq!(m, expected);
        }
    }
}
