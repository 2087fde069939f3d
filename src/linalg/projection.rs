//! An orthonormal basis of the span of given vectors.

use nalgebra::{DMatrix, DVector};

/// An orthonormal basis (as columns) of the span of the columns of `w`, `d×rank`.
///
/// Columns whose part outside the earlier ones is below `1e-10` of their length add nothing.
/// Gram–Schmidt with a second pass keeps the basis orthogonal to rounding.
pub fn orthonormal_basis(w: &DMatrix<f64>) -> DMatrix<f64> {
    let (d, n) = w.shape();
    let mut basis = DMatrix::zeros(d, d.min(n));
    let mut rank = 0;
    for column in w.column_iter() {
        rank = extend(&mut basis, rank, column.into_owned());
    }
    basis.columns(0, rank).into_owned()
}

/// An orthonormal basis of the whole space that begins with those of the spans of the first
/// 1, 2, … n columns of `w`, `d×d`, and the ranks of these spans for 0, 1, … n columns.
pub fn nested_basis(w: &DMatrix<f64>) -> (DMatrix<f64>, Vec<usize>) {
    let d = w.nrows();
    let mut basis = DMatrix::zeros(d, d);
    let mut ranks = vec![0];
    let mut rank = 0;
    for column in w.column_iter() {
        rank = extend(&mut basis, rank, column.into_owned());
        ranks.push(rank);
    }
    for i in 0..d {
        let mut unit = DVector::zeros(d);
        unit[i] = 1.0;
        rank = extend(&mut basis, rank, unit);
    }
    (basis, ranks)
}

/// Adds what of `column` lies outside the first `rank` columns of `basis`; the new rank.
fn extend(basis: &mut DMatrix<f64>, rank: usize, column: DVector<f64>) -> usize {
    let largest = column.amax();
    if rank == basis.nrows() || largest == 0.0 {
        return rank;
    }
    // Scaled, so that no square overflows or vanishes.
    let mut rest = column / largest;
    let length = rest.norm();
    for _ in 0..2 {
        let known = basis.columns(0, rank);
        let coordinates = known.tr_mul(&rest);
        rest.gemv(-1.0, &known, &coordinates, 1.0);
    }
    let norm = rest.norm();
    if norm <= 1e-10 * length {
        return rank;
    }
    basis.set_column(rank, &(rest / norm));
    rank + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependent_and_zero_columns_add_nothing() {
        let columns = [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, -3.0, -3.0, 0.0, 1.0, 0.0, 0.0];
        let w = DMatrix::from_column_slice(3, 4, &columns);
        let basis = orthonormal_basis(&w);
        assert_eq!(basis.ncols(), 2);
        let gram = basis.tr_mul(&basis);
        assert!((gram - DMatrix::identity(2, 2)).norm() < 1e-14);
    }

    #[test]
    fn lengths_do_not_matter() {
        let w = DMatrix::from_column_slice(3, 2, &[1e-200, 2e-200, 0.0, 0.0, 3e200, 3e200]);
        assert_eq!(orthonormal_basis(&w).ncols(), 2);
    }

    #[test]
    fn a_nested_basis_begins_with_every_span_and_fills_the_space() {
        let columns = [1.0, 1.0, 0.0, 0.0, 2.0, 2.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0];
        let w = DMatrix::from_column_slice(4, 3, &columns);
        let (basis, ranks) = nested_basis(&w);
        assert_eq!(ranks, [0, 1, 1, 2]);
        assert!((basis.tr_mul(&basis) - DMatrix::identity(4, 4)).norm() < 1e-14);
        for (n, &rank) in ranks.iter().enumerate() {
            let span = basis.columns(0, rank);
            let inside = span * span.tr_mul(&w);
            assert!((inside - &w).columns(0, n).norm() < 1e-14);
        }
    }
}
