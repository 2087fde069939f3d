//! The neural tangent regime of a mixture, σ = x².

use nalgebra::DMatrix;

use crate::linalg::{add_product, nested_basis, normal, ranks as ranks_of, transposed};
use crate::problem::{Mixture, Target};

/// The residual at which conjugate gradients stop, relative to the right-hand side. What they
/// are asked for is then right to about its square.
const TOLERANCE: f64 = 1e-10;

/// `I + D⊗D` has condition 1.1 for the paper's Δ at d = 64 and at most 2 for one of one sign, so a
/// dozen steps do. So many are needed only where `Δ̃` has eigenvalues beyond 0.999 of both signs; if
/// they do not suffice, the answer is the risk of a predictor that is not quite the best.
const MOST_STEPS: usize = 400;

/// Exact NT risks of a mixture for the first `widths` neurons of `w` (`d×N` in working
/// coordinates, where the classes are `N(0, I − yD)`); widths beyond N count as N.
///
/// With `P⊥` the projection off the span of the neurons, NT is `⟨xxᵀ − I, Q⟩` plus a constant with Q in
/// `L = {Q = Qᵀ : P⊥QP⊥ = 0}`. Its least risk is `2/(2 + ⟨D,Q⟩)` for the Q in L with
/// `P_L(Q + DQD) = P_L D`, found by conjugate gradients. As d → ∞ the entries of D vanish, and
/// with them `DQD`: that is Theorem 5 of Ghorbani et al. 2019. Neurons that span the space leave
/// the risk of a network of d.
///
/// One orthonormal basis serves all widths: in it `P_L` only drops a block of zeros. Each solution
/// starts the next wider one. A step costs at most `2d³`.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn mixture_tangent(problem: &Mixture, w: &DMatrix<f64>, widths: &[usize]) -> Vec<f64> {
    let d = problem.dim();
    assert_eq!(w.nrows(), d, "weights have d rows");
    let widest = widths.iter().copied().max().unwrap_or(0).min(w.ncols());
    let (basis, ranks) = nested_basis(&w.columns(0, widest).into_owned());
    let form = turned(problem, &basis);
    let descending: Vec<f64> = widths.iter().map(|&width| -(width as f64)).collect();
    let mut risks = vec![1.0; widths.len()];
    let mut solution = DMatrix::zeros(0, d);
    let mut captured = 0.0;
    for index in ranks_of(&descending) {
        let rank = ranks[widths[index].min(widest)];
        if rank == d {
            risks[index] = problem.network_exact(d);
            continue;
        }
        if rank > solution.nrows() {
            let space = Space::new(&form, rank);
            solution = space.embed(&solution);
            captured = space.solve(&mut solution).max(captured);
        }
        risks[index] = 2.0 / (2.0 + captured);
    }
    risks
}

/// D in another basis, `VᵀDV`.
fn turned(problem: &Mixture, basis: &DMatrix<f64>) -> DMatrix<f64> {
    let d = problem.dim();
    let mut scaled = basis.clone();
    for mut column in scaled.column_iter_mut() {
        column.component_mul_assign(problem.eigenvalues());
    }
    let mut out = DMatrix::zeros(d, d);
    add_product(&mut out, 0.0, 1.0, transposed(basis), normal(&scaled));
    out
}

/// The space L in a basis whose first r vectors span the neurons: symmetric matrices without the
/// block beyond r. Of each, the first r rows are kept, `r×d`.
struct Space<'a> {
    form: &'a DMatrix<f64>,
    rows: DMatrix<f64>,
    /// The first r columns of `rows`, and the others.
    within: DMatrix<f64>,
    across: DMatrix<f64>,
}

impl<'a> Space<'a> {
    fn new(form: &'a DMatrix<f64>, rank: usize) -> Self {
        let rows = form.rows(0, rank).into_owned();
        Self {
            form,
            within: rows.columns(0, rank).into_owned(),
            across: rows.columns(rank, form.ncols() - rank).into_owned(),
            rows,
        }
    }

    fn rank(&self) -> usize {
        self.rows.nrows()
    }

    /// An element of a narrower space as one of this.
    fn embed(&self, narrow: &DMatrix<f64>) -> DMatrix<f64> {
        let (known, d) = narrow.shape();
        DMatrix::from_fn(self.rank(), d, |i, j| {
            if i < known {
                narrow[(i, j)]
            } else if j < known {
                narrow[(j, i)]
            } else {
                0.0
            }
        })
    }

    /// `⟨Q,R⟩` of the whole matrices: the part across counts twice.
    fn inner(&self, q: &DMatrix<f64>, r: &DMatrix<f64>) -> f64 {
        let within = self.rank() * self.rank();
        2.0 * q.dot(r) - dot(&q.as_slice()[..within], &r.as_slice()[..within])
    }

    /// `P_L(Q + DQD)`.
    fn apply(&self, q: &DMatrix<f64>) -> DMatrix<f64> {
        let rank = self.rank();
        // The first rows of DQ, from Q's two blocks and its block below the diagonal.
        let mut left = DMatrix::zeros(rank, q.ncols());
        add_product(&mut left, 0.0, 1.0, normal(&self.within), normal(q));
        let outer = q.columns(rank, q.ncols() - rank).into_owned();
        let mut below = DMatrix::zeros(rank, rank);
        add_product(
            &mut below,
            0.0,
            1.0,
            normal(&self.across),
            transposed(&outer),
        );
        let mut head = left.columns_mut(0, rank);
        head += below;
        let mut out = q.clone();
        add_product(&mut out, 1.0, 1.0, normal(&left), normal(self.form));
        out
    }

    /// Solves `P_L(Q + DQD) = P_L D` from the start given; `⟨D,Q⟩` of the solution.
    fn solve(&self, q: &mut DMatrix<f64>) -> f64 {
        let mut rest = &self.rows - self.apply(q);
        let mut direction = rest.clone();
        let mut square = self.inner(&rest, &rest);
        let enough = TOLERANCE * TOLERANCE * self.inner(&self.rows, &self.rows);
        for _ in 0..MOST_STEPS {
            if square <= enough {
                break;
            }
            let image = self.apply(&direction);
            let step = square / self.inner(&direction, &image);
            add(q, step, &direction);
            add(&mut rest, -step, &image);
            let next = self.inner(&rest, &rest);
            direction *= next / square;
            direction += &rest;
            square = next;
        }
        // ⟨D,Q⟩²/⟨Q, Q + DQD⟩ has an error of second order and never exceeds the solution's: it is
        // what the best multiple of this Q attains.
        let response = self.inner(&self.rows, q);
        let spread = self.inner(q, &self.apply(q));
        if spread > 0.0 {
            response * response / spread
        } else {
            0.0
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// `a ← a + factor·b`.
fn add(a: &mut DMatrix<f64>, factor: f64, b: &DMatrix<f64>) {
    for (x, y) in a.iter_mut().zip(b) {
        *x += factor * y;
    }
}
