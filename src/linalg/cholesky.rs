//! A Cholesky factorisation whose leading blocks are those of the leading submatrices, and
//! which passes over pivots that vanish.

use std::ops::Range;

use lazy_limits_kernels::Number;
use nalgebra::{DMatrix, DVector};

use super::part::{MatrixPart, subtract_product};
use super::{add_product, normal, transposed};

/// Columns factorised at a time; the rest of the work is matrix products.
const BLOCK: usize = 64;

/// Columns whose products with all earlier ones are made at a time, for matrices of that size: what is multiplied is put in
/// order for the processor less often.
const WIDE: usize = if cfg!(target_arch = "wasm32") {
    BLOCK
} else {
    256
};
const LARGE: usize = 1024;

/// A pivot below this part of its diagonal entry counts as zero: its column depends on the
/// earlier ones to rounding.
const TOLERANCE: f64 = 1e-10;

/// `U = LLᵀ` for a positive semidefinite `U`, `L` lower triangular.
///
/// The leading `n×n` block of `L` factorises the leading block of `U`, so one factorisation
/// answers for every `n`. Where a pivot vanishes (`U` is singular there) the column of `L` is
/// zero and the corresponding unknown is zero.
#[derive(Clone, Debug)]
pub struct NestedCholesky {
    l: DMatrix<f64>,
}

impl NestedCholesky {
    /// Factorises `u`; only its lower triangle is read. Pivots below 10⁻¹⁰ of their diagonal entry count as zero.
    ///
    /// # Panics
    /// If `u` is not square.
    pub fn new(u: DMatrix<f64>) -> Self {
        Self::with_tolerance(u, TOLERANCE)
    }

    /// The same, where pivots below that part of their diagonal entry count as zero.
    ///
    /// # Panics
    /// If `u` is not square.
    pub fn with_tolerance(mut u: DMatrix<f64>, tolerance: f64) -> Self {
        assert!(
            u.is_square(),
            "a Cholesky factorisation takes a square matrix"
        );
        let n = u.nrows();
        let diagonal = u.diagonal();
        let wide = if n < LARGE { BLOCK } else { WIDE };
        for inner in (0..n).step_by(BLOCK) {
            let start = inner - inner % wide;
            // Left-looking: columns minus what those finished explain of them.
            if inner == start {
                subtract_explained(&mut u, 0..start, start..(start + wide).min(n));
            }
            let width = BLOCK.min(n - inner);
            subtract_explained(&mut u, start..inner, inner..inner + width);
            factorise_panel(&mut u, inner, width, &diagonal, tolerance);
        }
        u.fill_upper_triangle(0.0, 1);
        Self { l: u }
    }

    /// `L` itself, `n×n`, zero above its diagonal.
    pub fn into_factor(self) -> DMatrix<f64> {
        self.l
    }

    /// Whether the pivot of a row vanishes: it depends on the earlier ones to rounding.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn is_dependent(&self, row: usize) -> bool {
        self.l[(row, row)] <= 0.0
    }

    /// Hands the rows of `L⁻¹` to `take`, the first row first and each as far as its diagonal; nothing for a row whose
    /// pivot vanishes. With `Ly = v` the solution of the leading n×n system is the sum of `y_i` times row i over the first
    /// n. Costs n³/3.
    pub fn inverse_rows(&self, take: &mut dyn FnMut(usize, Option<&[f64]>)) {
        let n = self.l.nrows();
        // Row i is column i, so that it lies together.
        let mut rows = DMatrix::<f64>::zeros(n, n);
        for start in (0..n).step_by(BLOCK) {
            let width = BLOCK.min(n - start);
            if start > 0 {
                let finished = block(&rows, (0, 0), (start, start));
                let beside = block(&self.l, (start, 0), (width, start));
                let mut panel = DMatrix::zeros(start, width);
                add_product(
                    &mut panel,
                    0.0,
                    -1.0,
                    normal(&finished),
                    transposed(&beside),
                );
                rows.view_mut((0, start), (start, width)).copy_from(&panel);
            }
            for i in start..start + width {
                let pivot = self.l[(i, i)];
                if pivot <= 0.0 {
                    rows.column_mut(i).fill(0.0);
                    take(i, None);
                    continue;
                }
                for k in start..i {
                    let factor = self.l[(i, k)];
                    let (known, row) = columns(&mut rows, k, i);
                    f64::add_scaled(row, -factor, known);
                }
                rows[(i, i)] += 1.0;
                let mut row = rows.column_mut(i);
                row /= pivot;
                take(i, Some(&row.as_slice()[..=i]));
            }
        }
    }

    /// The solution `y` of `Ly = v`, zero where `U` is singular. For every `n`,
    /// `Σ_{i<n} y_i²` is `vᵀU⁺v` of the leading `n×n` block (for `v` in its range).
    ///
    /// # Panics
    /// If the length of `v` is not the size of `U`.
    pub fn solve_lower(&self, v: &DVector<f64>) -> DVector<f64> {
        let mut y = v.clone();
        for j in 0..y.len() {
            let pivot = self.l[(j, j)];
            y[j] = if pivot > 0.0 { y[j] / pivot } else { 0.0 };
            let value = y[j];
            if value != 0.0 {
                let tail = y.len() - j - 1;
                y.rows_mut(j + 1, tail).axpy(
                    -value,
                    &self.l.view((j + 1, j), (tail, 1)).column(0),
                    1.0,
                );
            }
        }
        y
    }

    /// [`solve_lower`](Self::solve_lower) for each column of `v`.
    ///
    /// # Panics
    /// If the columns of `v` are not as long as `U`.
    pub fn solve_lower_each(&self, mut v: DMatrix<f64>) -> DMatrix<f64> {
        let n = self.l.nrows();
        assert_eq!(v.nrows(), n, "a right-hand side is as long as the matrix");
        let columns = v.ncols();
        let l = self.l.as_slice();
        let mut above = Vec::new();
        for start in (0..n).step_by(BLOCK) {
            let width = BLOCK.min(n - start);
            for column in v.as_mut_slice().chunks_mut(n) {
                for j in start..start + width {
                    let pivot = self.l[(j, j)];
                    let value = if pivot > 0.0 { column[j] / pivot } else { 0.0 };
                    column[j] = value;
                    let (rows, at) = (j + 1..start + width, j * n);
                    f64::add_scaled(
                        &mut column[rows.clone()],
                        -value,
                        &l[at + rows.start..at + rows.end],
                    );
                }
            }
            let below = start + width;
            if below < n && columns > 0 {
                above.clear();
                for column in v.as_slice().chunks(n) {
                    above.extend_from_slice(&column[start..below]);
                }
                let known = MatrixPart::new(&above, (width, columns), width);
                let factor = MatrixPart::new(&l[start * n + below..], (n - below, width), n);
                subtract_product((&mut v.as_mut_slice()[below..], n), factor, known, false);
            }
        }
        v
    }

    /// The solution of the leading system of `y.len()` unknowns in place, `y` being the beginning of what
    /// [`solve_lower`](Self::solve_lower) has found; zero where `U` is singular.
    ///
    /// # Panics
    /// If `y` is longer than `U`.
    pub fn solve_leading(&self, y: &mut [f64]) {
        let (rows, n) = (self.l.nrows(), y.len());
        assert!(n <= rows, "there are no more unknowns than rows");
        for j in (0..n).rev() {
            let column = &self.l.as_slice()[j * rows..][..n];
            y[j] = if column[j] > 0.0 {
                (y[j] - f64::dot(&column[j + 1..], &y[j + 1..])) / column[j]
            } else {
                0.0
            };
        }
    }

    /// A solution `x` of `LLᵀx = v`, zero where `U` is singular.
    ///
    /// # Panics
    /// If the length of `v` is not the size of `U`.
    pub fn solve(&self, v: &DVector<f64>) -> DVector<f64> {
        let mut x = self.solve_lower(v);
        for j in (0..x.len()).rev() {
            let pivot = self.l[(j, j)];
            let tail = x.len() - j - 1;
            let known = self
                .l
                .view((j + 1, j), (tail, 1))
                .column(0)
                .dot(&x.rows(j + 1, tail));
            x[j] = if pivot > 0.0 {
                (x[j] - known) / pivot
            } else {
                0.0
            };
        }
        x
    }
}

/// A copy of the block of `shape` that begins `at` a row and a column, column by column: nalgebra copies views number by number.
fn block(matrix: &DMatrix<f64>, at: (usize, usize), shape: (usize, usize)) -> DMatrix<f64> {
    let from = at.0 + at.1 * matrix.nrows();
    MatrixPart::new(&matrix.as_slice()[from..], shape, matrix.nrows()).copied()
}

/// A column, and a later one to be changed.
fn columns(matrix: &mut DMatrix<f64>, one: usize, later: usize) -> (&[f64], &mut [f64]) {
    let rows = matrix.nrows();
    let (before, from) = matrix.as_mut_slice().split_at_mut(later * rows);
    (&before[one * rows..][..rows], &mut from[..rows])
}

/// Takes off columns `panel`, from the diagonal on, what the finished columns `known` explain of them.
fn subtract_explained(u: &mut DMatrix<f64>, known: Range<usize>, panel: Range<usize>) {
    if known.is_empty() {
        return;
    }
    let n = u.nrows();
    let (start, inner) = (panel.start, known.len());
    let (before, from) = u.as_mut_slice().split_at_mut(start * n);
    let finished = &before[known.start * n + start..];
    let below = MatrixPart::new(finished, (n - start, inner), n);
    let beside = MatrixPart::new(finished, (panel.len(), inner), n);
    subtract_product((&mut from[start..], n), below, beside, true);
}

/// Unblocked factorisation of columns `start..start + width`, over all rows below, where pivots up to that part of their diagonal entry vanish.
fn factorise_panel(
    u: &mut DMatrix<f64>,
    start: usize,
    width: usize,
    diagonal: &DVector<f64>,
    tolerance: f64,
) {
    let n = u.nrows();
    for j in start..start + width {
        let pivot = u[(j, j)];
        let mut column = u.view_mut((j, j), (n - j, 1));
        if pivot <= tolerance * diagonal[j].abs() {
            column.fill(0.0);
            continue;
        }
        column /= pivot.sqrt();
        for k in j + 1..start + width {
            let factor = u[(k, j)];
            let (left, right) = columns(u, j, k);
            f64::add_scaled(&mut right[k..], -factor, &left[k..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gram(n: usize, rank: usize) -> (DMatrix<f64>, DMatrix<f64>) {
        let features = DMatrix::from_fn(n, rank, |i, j| {
            let k = (i * 31 + j * 17) % 101;
            (k as f64 * 0.7).sin() + f64::from(u8::from(i == j))
        });
        (&features * features.transpose(), features)
    }

    #[test]
    fn leading_blocks_solve_leading_systems() {
        let (u, _) = gram(150, 150);
        let v = DVector::from_fn(150, |i, _| (i as f64).cos());
        let factor = NestedCholesky::new(u.clone());
        let y = factor.solve_lower(&v);
        let l = factor.into_factor();
        assert!((&l * l.transpose() - &u).amax() < 1e-12 * u.amax());
        for n in [1, 2, 63, 64, 65, 149, 150] {
            let block = u.view((0, 0), (n, n)).clone_owned();
            let head = v.rows(0, n).clone_owned();
            let expected = head.dot(&block.lu().solve(&head).unwrap());
            let sum = y.rows(0, n).norm_squared();
            assert!((sum / expected - 1.0).abs() < 1e-8, "{n}: {sum} {expected}");
        }
    }

    /// In wide and narrow panels, with many right-hand sides and with one.
    #[test]
    fn many_right_hand_sides_are_solved_as_one_is() {
        for n in [1_usize, 63, 64, 150, 1200] {
            for rank in [n, n.div_ceil(2)] {
                let (u, _) = gram(n, rank);
                let factor = NestedCholesky::with_tolerance(u, 1e-9);
                let dependent = (0..n).filter(|&row| factor.is_dependent(row)).count();
                assert_eq!(dependent, n - rank, "{n}");
                let v = DMatrix::from_fn(n, 3, |i, j| ((i + 7 * j) as f64).cos());
                let y = factor.solve_lower_each(v.clone());
                for (one, each) in v.column_iter().zip(y.column_iter()) {
                    let alone = factor.solve_lower(&one.into_owned());
                    assert!((&alone - each).norm() < 1e-9 * alone.norm(), "{n}");
                    let mut leading = alone.as_slice().to_vec();
                    factor.solve_leading(&mut leading);
                    let expected = factor.solve(&one.into_owned());
                    let difference = DVector::from_vec(leading) - &expected;
                    assert!(difference.norm() < 1e-9 * expected.norm(), "{n}");
                }
            }
        }
    }

    #[test]
    fn a_leading_system_is_solved_without_the_rest() {
        let (u, _) = gram(150, 150);
        let v = DVector::from_fn(150, |i, _| (i as f64).cos());
        let factor = NestedCholesky::new(u.clone());
        let y = factor.solve_lower(&v);
        for n in [0, 1, 64, 100, 150] {
            let mut solution = y.as_slice()[..n].to_vec();
            factor.solve_leading(&mut solution);
            let product = u.view((0, 0), (n, n)) * DVector::from_vec(solution);
            assert!((product - v.rows(0, n)).norm() < 1e-8, "{n}");
        }
    }

    #[test]
    fn rows_of_the_inverse_invert() {
        for rank in [100, 150] {
            let (u, _) = gram(150, rank);
            let factor = NestedCholesky::new(u);
            let mut inverse = DMatrix::<f64>::zeros(150, 150);
            let mut dependent = Vec::new();
            factor.inverse_rows(&mut |i, row| match row {
                Some(row) => (0..=i).for_each(|k| inverse[(i, k)] = row[k]),
                None => dependent.push(i),
            });
            assert_eq!(dependent.len(), 150 - rank);
            assert!(dependent.iter().all(|&i| factor.is_dependent(i)));
            let mut product = inverse * factor.into_factor();
            for i in dependent {
                product[(i, i)] = 1.0;
            }
            assert!((product - DMatrix::identity(150, 150)).amax() < 1e-8);
        }
    }

    #[test]
    fn singular_systems_are_solved_in_their_range() {
        let (u, features) = gram(120, 40);
        let v = &features * DVector::from_element(40, 1.0);
        let factor = NestedCholesky::new(u.clone());
        // vᵀU⁺v of v = F·1 is ‖1‖² as long as F has full column rank.
        assert!((factor.solve_lower(&v).norm_squared() - 40.0).abs() < 1e-6);
        assert!((&u * factor.solve(&v) - &v).norm() < 1e-6 * v.norm());
    }
}
