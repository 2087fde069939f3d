//! Making a matrix symmetric.

use nalgebra::DMatrix;

use super::Element;

/// `M ← (M + Mᵀ)/2`, symmetric to the last bit.
///
/// A symmetric update `S + E + Eᵀ` is `S + 2E`, which one product adds, and then this.
///
/// # Panics
/// If M is not square.
pub fn symmetrise<T: Element>(m: &mut DMatrix<T>) {
    assert!(m.is_square(), "M is square");
    let d = m.nrows();
    T::symmetrise(m.as_mut_slice(), d);
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
