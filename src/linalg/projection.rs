//! An orthonormal basis of the span of given vectors.

use nalgebra::DMatrix;

/// An orthonormal basis (as columns) of the span of the columns of `w`, `d×rank`.
///
/// Columns whose part outside the earlier ones is below `1e-10` of their length add nothing.
/// Gram–Schmidt with a second pass keeps the basis orthogonal to rounding.
pub fn orthonormal_basis(w: &DMatrix<f64>) -> DMatrix<f64> {
    let (d, n) = w.shape();
    let mut basis = DMatrix::zeros(d, d.min(n));
    let mut rank = 0;
    for column in w.column_iter() {
        if rank == d {
            break;
        }
        let largest = column.amax();
        if largest == 0.0 {
            continue;
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
        if norm > 1e-10 * length {
            basis.set_column(rank, &(rest / norm));
            rank += 1;
        }
    }
    basis.columns(0, rank).into_owned()
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
}
