//! An orthonormal basis of the span of given vectors.

use nalgebra::{DMatrix, DVector};

/// A column of which less than this times d lies outside the earlier ones depends on them: rounding leaves as much.
const DEPENDENT: f64 = 16.0 * f64::EPSILON;

/// An orthonormal basis (as columns) of the span of the columns of `w`, `d×rank`.
///
/// Columns whose part outside the earlier ones is lost in rounding, below `16d·2⁻⁵²` of their length, add nothing.
/// Gram–Schmidt with a second pass keeps the basis orthogonal to rounding.
pub fn orthonormal_basis(w: &DMatrix<f64>) -> DMatrix<f64> {
    let nested = NestedBasis::of_span(w);
    nested
        .vectors
        .columns(0, nested.rank(w.ncols()))
        .into_owned()
}

/// An orthonormal basis that begins with those of the spans of the first 1, 2, … n columns of a matrix.
#[derive(Clone, Debug)]
pub struct NestedBasis {
    /// As columns; those beyond the rank are zero, or fill the space.
    vectors: DMatrix<f64>,
    /// After 0, 1, … n columns.
    spans: Vec<Span>,
}

/// What is known of the span of some columns.
#[derive(Clone, Copy, Debug)]
struct Span {
    rank: usize,
    /// The sum of squares of the angles by which rounding may have turned its directions.
    doubt: f64,
}

impl NestedBasis {
    /// One of the whole space, `d×d`, for the columns of `w`, `d×n`.
    pub fn of_space(w: &DMatrix<f64>) -> Self {
        let mut nested = Self::of_span(w);
        let d = w.nrows();
        let mut rank = nested.rank(w.ncols());
        for i in 0..d {
            let mut unit = DVector::zeros(d);
            unit[i] = 1.0;
            rank += usize::from(extend(&mut nested.vectors, rank, unit).is_some());
        }
        nested
    }

    fn of_span(w: &DMatrix<f64>) -> Self {
        let d = w.nrows();
        let mut vectors = DMatrix::zeros(d, d);
        let mut span = Span {
            rank: 0,
            doubt: 0.0,
        };
        let mut spans = vec![span];
        for column in w.column_iter() {
            if let Some(share) = extend(&mut vectors, span.rank, column.into_owned()) {
                span.rank += 1;
                span.doubt += (f64::EPSILON / share).powi(2) * d as f64;
            }
            spans.push(span);
        }
        Self { vectors, spans }
    }

    /// The basis itself, one vector a column.
    pub fn vectors(&self) -> &DMatrix<f64> {
        &self.vectors
    }

    /// The rank of the first `columns` columns: that many vectors span what they span.
    ///
    /// # Panics
    /// If there are not so many.
    pub fn rank(&self, columns: usize) -> usize {
        self.spans[columns].rank
    }

    /// By what angle rounding may have turned the span of the first `columns` columns, in radians, a root of a sum of
    /// squares: `2⁻⁵²√d` over the share of a column that earlier ones do not have. A column of which hardly anything is
    /// left points anywhere.
    ///
    /// # Panics
    /// If there are not so many.
    pub fn doubt(&self, columns: usize) -> f64 {
        self.spans[columns].doubt.sqrt()
    }
}

/// Adds what of `column` lies outside the first `rank` columns of `basis`; the share of its length, if it is one.
fn extend(basis: &mut DMatrix<f64>, rank: usize, column: DVector<f64>) -> Option<f64> {
    let d = basis.nrows();
    let largest = column.amax();
    if rank == d || largest == 0.0 {
        return None;
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
    if norm <= DEPENDENT * d as f64 * length {
        return None;
    }
    basis.set_column(rank, &(rest / norm));
    Some(norm / length)
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
        let nested = NestedBasis::of_space(&w);
        let basis = nested.vectors();
        assert_eq!([0, 1, 2, 3].map(|n| nested.rank(n)), [0, 1, 1, 2]);
        assert!((basis.tr_mul(basis) - DMatrix::identity(4, 4)).norm() < 1e-14);
        for n in 0..=3 {
            let span = basis.columns(0, nested.rank(n));
            let inside = span * span.tr_mul(&w);
            assert!((inside - &w).columns(0, n).norm() < 1e-14);
        }
    }

    /// A column turned by a small angle out of the earlier ones keeps its direction to `2⁻⁵²√d` over that angle, and
    /// the basis says so.
    #[test]
    fn what_rounding_may_have_turned_is_known() {
        let mut previous = 0.0;
        for share in [1e-2, 1e-6, 1e-10] {
            let w = DMatrix::from_column_slice(3, 2, &[1.0, 1.0, 1.0, 1.0, 1.0, 1.0 + share]);
            let nested = NestedBasis::of_space(&w);
            assert_eq!(nested.rank(2), 2);
            // (−1, −1, 2)/√6, whatever the share.
            let found = nested.vectors().column(1).into_owned();
            let expected = DVector::from_vec(vec![-1.0, -1.0, 2.0]) / 6.0_f64.sqrt();
            let turned = (&found - expected).norm();
            assert!(turned <= nested.doubt(2), "{turned} {}", nested.doubt(2));
            assert!(nested.doubt(2) > previous);
            previous = nested.doubt(2);
            assert!(
                (nested.vectors().tr_mul(nested.vectors()) - DMatrix::identity(3, 3)).norm()
                    < 1e-14
            );
        }
        let w = DMatrix::from_column_slice(3, 2, &[0.1, 0.2, 0.3, 0.3, 0.6, 0.9]);
        assert_eq!(NestedBasis::of_space(&w).rank(2), 1);
    }
}
