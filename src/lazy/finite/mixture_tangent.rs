//! The neural tangent regime of a mixture, σ = x².

use nalgebra::DMatrix;

use crate::lazy::problem::{Mixture, Target};
use crate::linalg::{NestedBasis, add_product, normal, ranks as ranks_of, transposed};

use super::SolveError;
use super::neural_tangent::TOLERANCE;

/// The error in what is captured at which conjugate gradients stop, relative to it.
const ENOUGH: f64 = 1e-14;

/// Most multiplications and additions for one width, a few minutes' worth; and most steps at any size.
///
/// `I + D⊗D` has condition 1.1 for the paper's Δ at d = 64 and at most 2 for one of one sign, so that eight steps do.
/// Where `Δ̃` has eigenvalues near both −1 and 1 it takes up to ten times d.
const MOST_WORK: f64 = 1e12;
const MOST_STEPS: f64 = 20_000.0;

/// Steps after which the residual is computed anew, not what the recursion has made of it.
const RECURSION: usize = 2000;

/// Exact NT risks of a mixture for the first `widths` neurons of `w` (`d×N` in working
/// coordinates, where the classes are `N(0, I − yD)`); widths beyond N count as N.
///
/// With `P⊥` the projection off the span of the neurons, NT is `⟨xxᵀ − I, Q⟩` plus a constant with Q in
/// `L = {Q = Qᵀ : P⊥QP⊥ = 0}`. Its least risk is `2/(2 + c)` where c, what is captured, is the largest
/// `2⟨D,Q⟩ − ⟨Q,𝓐Q⟩` over L with `𝓐Q = Q + DQD`. As d → ∞ the entries of D vanish, and with them `DQD`: that is
/// Theorem 5 of Ghorbani et al. 2019. Neurons that span the space leave the risk of a network of d.
///
/// It is found by conjugate gradients in the eigenbasis of D, where 𝓐 multiplies entry ij by `1 + s_is_j`: for
/// eigenvalues of opposite signs that is `c_i + |s_i|c_j` with the complements `c = 1 − |s|`, in which nothing cancels.
/// Any Q of L captures at most c, and short of it by at most `⟨r,𝓐⁻¹r⟩` with the residual `r = P_L(D − 𝓐Q)`, since
/// `(P_L𝓐P_L)⁻¹ ≤ P_L𝓐⁻¹P_L`: that, and a bound for rounding, is what a risk given may be wrong by, 10⁻⁹ at most.
///
/// Each solution starts the next wider one, of whose space it is an element: risks do not increase with the width, and
/// none is below that of a network of d. A step costs at most `3d³`.
///
/// # Errors
/// For each width, [`SolveError`] where more than 10⁻⁹ of its risk cannot be vouched for.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn mixture_tangent(
    problem: &Mixture,
    w: &DMatrix<f64>,
    widths: &[usize],
) -> Vec<Result<f64, SolveError>> {
    let d = problem.dim();
    assert_eq!(w.nrows(), d, "weights have d rows");
    let widest = widths.iter().copied().max().unwrap_or(0).min(w.ncols());
    let basis = NestedBasis::of_space(&w.columns(0, widest).into_owned());
    let spread = Spread::new(problem);
    let descending: Vec<f64> = widths.iter().map(|&width| -(width as f64)).collect();
    let mut risks = vec![Ok(1.0); widths.len()];
    let mut found = CapturedForm::nothing(d);
    let mut known_rank = 0;
    for index in ranks_of(&descending) {
        let neurons = widths[index].min(widest);
        let rank = basis.rank(neurons);
        if rank == d {
            risks[index] = Ok(problem.network_exact(d));
            continue;
        }
        if rank > known_rank {
            let space = Space::new(&basis, rank, basis.doubt(neurons));
            found = spread.solve(&space, found);
            known_rank = rank;
        }
        risks[index] = found.risk(problem, neurons);
    }
    risks
}

/// What a matrix of L captures.
struct CapturedForm {
    solution: DMatrix<f64>,
    /// `2⟨D,Q⟩ − ⟨Q,𝓐Q⟩`, and that of every narrower width at least.
    captured: f64,
    /// By how much the best may exceed it, and it the truth.
    error: f64,
    /// The part of that which comes from not knowing L.
    doubt: f64,
}

impl CapturedForm {
    fn nothing(d: usize) -> Self {
        Self {
            solution: DMatrix::zeros(d, d),
            captured: 0.0,
            error: 0.0,
            doubt: 0.0,
        }
    }

    fn risk(&self, problem: &Mixture, neurons: usize) -> Result<f64, SolveError> {
        let risk = 2.0 / (2.0 + self.captured);
        // dR/dc = −R²/2.
        let scale = 0.5 * risk * risk;
        let error = scale * self.error;
        if error <= TOLERANCE {
            // Both are known to within the error; in truth the one is not below the other.
            return Ok(risk.max(problem.network_exact(problem.dim())));
        }
        Err(if scale * self.doubt > 0.5 * error {
            SolveError::Span { neurons, error }
        } else {
            SolveError::Tangent { neurons, error }
        })
    }
}

/// `𝓐 = I + D⊗D` in the eigenbasis of D, and D.
struct Spread<'a> {
    eigenvalues: &'a [f64],
    /// `1 + s_is_j`.
    factors: DMatrix<f64>,
    least: f64,
}

impl<'a> Spread<'a> {
    fn new(problem: &'a Mixture) -> Self {
        let (s, c) = (problem.eigenvalues(), problem.complements());
        let factors = DMatrix::from_fn(s.len(), s.len(), |i, j| {
            if s[i] * s[j] < 0.0 {
                // The smaller complement last, so that both orders give the same bits.
                let (i, j) = if c[i] < c[j] { (j, i) } else { (i, j) };
                c[i] + s[i].abs() * c[j]
            } else {
                1.0 + s[i] * s[j]
            }
        });
        Self {
            eigenvalues: s.as_slice(),
            least: factors.min(),
            factors,
        }
    }

    /// `D − 𝓐Q`.
    fn rest(&self, q: &DMatrix<f64>) -> DMatrix<f64> {
        let mut rest = -self.factors.component_mul(q);
        for (i, s) in self.eigenvalues.iter().enumerate() {
            rest[(i, i)] += s;
        }
        rest
    }

    /// `⟨D,Q⟩`.
    fn response(&self, q: &DMatrix<f64>) -> f64 {
        let diagonal = self.eigenvalues.iter().enumerate();
        diagonal.map(|(i, s)| s * q[(i, i)]).sum()
    }

    /// `⟨r,𝓐⁻¹r⟩`.
    fn shortfall(&self, r: &DMatrix<f64>) -> f64 {
        let factors = self.factors.as_slice();
        r.iter().zip(factors).map(|(r, a)| r * r / a).sum()
    }

    /// Conjugate gradients in a space, from a matrix of a narrower one.
    fn solve(&self, space: &Space, narrower: CapturedForm) -> CapturedForm {
        let d = self.eigenvalues.len();
        let most = (MOST_WORK / (3.0 * (d as f64).powi(3))).min(MOST_STEPS) as usize;
        let mut q = narrower.solution;
        let nothing = DMatrix::zeros(q.nrows(), q.ncols());
        let mut rest = self.rest(&nothing);
        space.project(&mut rest);
        // P_L D itself, times its best factor, captures half its square at least.
        let enough = ENOUGH * 0.5 * rest.norm_squared();
        let (mut best, mut steps) = (f64::INFINITY, 0);
        loop {
            rest = self.rest(&q);
            space.project(&mut rest);
            let short = self.shortfall(&rest);
            // What rounding leaves, no new beginning takes away.
            if short <= enough || short > 0.5 * best || steps >= most {
                break;
            }
            best = short;
            steps += self.descend(space, &mut q, rest, enough, (most - steps).min(RECURSION));
            space.project(&mut q);
        }
        self.judge(space, q, narrower.captured)
    }

    /// Some steps of conjugate gradients from the residual `rest`; their number.
    fn descend(
        &self,
        space: &Space,
        q: &mut DMatrix<f64>,
        mut rest: DMatrix<f64>,
        enough: f64,
        most: usize,
    ) -> usize {
        let mut direction = rest.clone();
        let mut square = rest.norm_squared();
        for step in 0..most {
            if square == 0.0 || self.shortfall(&rest) <= 0.25 * enough {
                return step + 1;
            }
            let mut image = self.factors.component_mul(&direction);
            // ⟨p,P_L𝓐p⟩ = ⟨p,𝓐p⟩ for p in L.
            let curvature = direction.dot(&image);
            space.project(&mut image);
            let length = square / curvature;
            add(q, length, &direction);
            add(&mut rest, -length, &image);
            let next = rest.norm_squared();
            direction *= next / square;
            direction += &rest;
            square = next;
        }
        most
    }

    /// What Q captures and how sure that is.
    fn judge(&self, space: &Space, q: DMatrix<f64>, narrower: f64) -> CapturedForm {
        let d = self.eigenvalues.len() as f64;
        let outside = self.rest(&q);
        let (size, length) = (outside.norm(), q.norm());
        let mut rest = outside;
        let captured = self.response(&q) + q.dot(&rest);
        space.project(&mut rest);
        // Products of d terms: what is projected is off by that share of its norm, in whatever direction.
        let rounding = d * f64::EPSILON;
        let share = rounding + space.doubt;
        let short = (self.shortfall(&rest).sqrt() + share * size / self.least.sqrt()).powi(2);
        // Off L, Q captures 2⟨D − 𝓐Q, E⟩ more or less than it may.
        let off = 2.0 * size * length;
        let error = short + share * off + rounding * captured.abs();
        let captured = captured.max(narrower);
        CapturedForm {
            solution: q,
            captured,
            error,
            doubt: space.doubt * off,
        }
    }
}

/// The space L of symmetric matrices without a block off the span of some neurons, in the eigenbasis of D.
struct Space {
    /// An orthonormal basis of the span or of what is off it, whichever has fewer vectors, `d×k`.
    vectors: DMatrix<f64>,
    is_span: bool,
    /// The angle by which the span may be wrong.
    doubt: f64,
}

impl Space {
    fn new(basis: &NestedBasis, rank: usize, doubt: f64) -> Self {
        let (vectors, left) = (basis.vectors(), basis.vectors().ncols() - rank);
        let is_span = rank <= left;
        Self {
            vectors: if is_span {
                vectors.columns(0, rank).into_owned()
            } else {
                vectors.columns(rank, left).into_owned()
            },
            is_span,
            doubt,
        }
    }

    /// `X ← P_L X = X − P⊥XP⊥` of a symmetric X: `PX + XP − PXP` with the projection P on the span.
    fn project(&self, x: &mut DMatrix<f64>) {
        let v = &self.vectors;
        let (d, k) = v.shape();
        let mut half = DMatrix::zeros(d, k);
        add_product(&mut half, 0.0, 1.0, normal(x), normal(v));
        let mut block = DMatrix::zeros(k, k);
        add_product(&mut block, 0.0, 1.0, transposed(v), normal(&half));
        if self.is_span {
            add_product(&mut half, 1.0, -0.5, normal(v), normal(&block));
            add_product(x, 0.0, 1.0, normal(&half), transposed(v));
            let other = x.transpose();
            *x += other;
        } else {
            add_product(&mut half, 0.0, 1.0, normal(v), normal(&block));
            add_product(x, 1.0, -1.0, normal(&half), transposed(v));
        }
    }
}

/// `a ← a + factor·b`.
fn add(a: &mut DMatrix<f64>, factor: f64, b: &DMatrix<f64>) {
    for (x, y) in a.iter_mut().zip(b) {
        *x += factor * y;
    }
}
