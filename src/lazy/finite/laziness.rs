//! The least risk of networks of any laziness α, how far they have to move for it, and what they then look at (ours).

use nalgebra::{DMatrix, DVector};

use crate::lazy::problem::{Quadratic, standard_weights};
use crate::linalg::{
    NestedCholesky, add_product, normal, orthonormal_basis, product, ranks, transposed,
};

/// Where networks start that are trained with their output scaled by α and their start taken away,
/// `f(x) = α(Σ⟨w_i,x⟩² − Σ⟨w_i⁰,x⟩²) + c`: at 0, whatever α.
///
/// With `W̃ = √α·W` such a network is NN on the target `T = B + αW₀W₀ᵀ`, so that its least risk is what the N largest
/// eigenvalues of T leave: NN's as α → 0, and NT's at W₀ as α → ∞ (ours: no paper has this line).
#[derive(Clone, Debug)]
pub struct LazyStart {
    problem: Quadratic,
    neurons: usize,
    /// `d×min(N,d)`: the weights, or from N = d on a factor of `W₀W₀ᵀ`. The distance between two networks `AW₀`
    /// is that between their factors, as the rows of what maps a factor to its weights are orthonormal.
    layer: DMatrix<f64>,
}

/// What the best network of a laziness comes to, of those the one nearest to its start.
#[derive(Clone, Debug, PartialEq)]
pub struct LazyOptimum {
    /// The least risk, `Σ_{i>N} λ_i(T)²/‖B‖_F²`; negative eigenvalues are left over, too.
    pub risk: f64,
    /// `‖W − W₀‖_F/‖W₀‖_F` of the nearest weights of that risk: no run that reaches it can have moved less.
    pub movement: f64,
    /// `‖P_N V_N‖_F²/N`: how much of the span of T's N leading eigenvectors lies in that of B's; N/d for a random
    /// one, 1 from N = d on. Of equal eigenvalues of B each counts with the share of them that is among its N
    /// largest.
    pub alignment: f64,
    /// These weights, `d×N` in the eigenbasis of B; from N = d on, as of the start, a factor of `WWᵀ`.
    pub weights: DMatrix<f64>,
}

impl LazyStart {
    /// The largest laziness that an optimum can be asked for, at which risks are those of NT.
    pub const LAZIEST: f64 = 1e12;

    /// Of weights that are given, `d×N` in the eigenbasis of B.
    ///
    /// # Panics
    /// If they have not `d` rows, or there are none.
    pub fn new(problem: &Quadratic, w: DMatrix<f64>) -> Self {
        let (dim, neurons) = w.shape();
        assert_eq!(dim, problem.dim(), "weights have d rows");
        assert!(neurons > 0, "a network has neurons");
        let layer = if neurons < dim {
            w
        } else {
            let mut gram = DMatrix::zeros(dim, dim);
            add_product(&mut gram, 0.0, 1.0, normal(&w), transposed(&w));
            NestedCholesky::new(gram).into_factor()
        };
        Self {
            problem: problem.clone(),
            neurons,
            layer,
        }
    }

    /// Of weights drawn as NN starts: independent, of variance `Σ|λ_i(B)|/(Nd)`.
    pub fn drawn(problem: &Quadratic, neurons: usize, seed: u64, draw: u64) -> Self {
        let scale = start_variance(problem, neurons).sqrt();
        let w = standard_weights(seed, draw, problem.dim(), neurons);
        Self::new(problem, w.map(|value| f64::from(value) * scale))
    }

    /// The width N.
    pub fn neurons(&self) -> usize {
        self.neurons
    }

    /// The weights, or a factor; as [`LazyOptimum::weights`].
    pub fn weights(&self) -> &DMatrix<f64> {
        &self.layer
    }

    /// The best network of laziness `alpha`, from 10⁻¹² to 10¹². Costs about `10d³`.
    ///
    /// What is left over are the smallest eigenvalues of T, which interlacing holds within those of B however large
    /// α is: they are found as the largest of `(T + 2‖B‖)⁻¹`. That inverse is made of the triangular factor of the
    /// columns `√αW₀` and `(B + 2‖B‖)^{1/2}`, so the large eigenvalues of T round nothing away: to about
    /// `√α·2⁻⁵²` of B.
    pub fn optimum(&self, alpha: f64) -> LazyOptimum {
        let (values, vectors) = self.left_over(alpha);
        // A sum of nothing is −0.
        let squares = values.iter().fold(0.0, |sum, value| sum + value * value);
        let (shift, weights) = self.nearest(alpha, &values, &vectors);
        LazyOptimum {
            risk: (squares / self.problem.squared_norm()).min(1.0),
            movement: shift / self.layer.norm(),
            alignment: alignment_beside(self.problem.eigenvalues(), &vectors, self.layer.ncols()),
            weights,
        }
    }

    /// The least risk at the lazy end, α → ∞: NT's at these weights, to the last digit that rounding leaves.
    pub fn tangent_risk(&self) -> f64 {
        self.optimum(Self::LAZIEST).risk
    }

    /// The eigenvalues of T that no network of this width has, smallest first, with their eigenvectors: the
    /// smallest d − N of them, and all that are negative.
    fn left_over(&self, alpha: f64) -> (Vec<f64>, DMatrix<f64>) {
        let eigenvalues = self.problem.eigenvalues();
        let (dim, width) = self.layer.shape();
        let shift = 2.0 * eigenvalues.amax();
        // Large rows first: they are gone before the small ones are touched.
        let mut rows = DMatrix::zeros(width + dim, dim);
        rows.rows_mut(0, width)
            .copy_from(&(self.layer.transpose() * alpha.sqrt()));
        for (i, value) in eigenvalues.iter().enumerate() {
            rows[(width + i, i)] = (value + shift).sqrt();
        }
        let triangle = rows.qr().unpack_r();
        let identity = DMatrix::identity(dim, dim);
        // Its diagonal is at least √‖B‖: the rows of B are independent whatever W₀ is.
        let root = triangle
            .solve_upper_triangular(&identity)
            .unwrap_or(identity);
        let inverse = product(normal(&root), transposed(&root));
        let eigen = inverse.symmetric_eigen();
        let order = ranks(eigen.eigenvalues.as_slice());
        let value = |place: usize| 1.0 / eigen.eigenvalues[place] - shift;
        let negative = order.iter().filter(|&&place| value(place) < 0.0).count();
        let kept = &order[..negative.max(dim - width)];
        let vectors = eigen.eigenvectors.select_columns(kept);
        (kept.iter().map(|&place| value(place)).collect(), vectors)
    }

    /// How far the nearest best weights are from the start, and they.
    ///
    /// Weights with `WWᵀ = K` are nearest to L where `W = KLZ⁻¹`, `Z = (LᵀKL)^{1/2}` (orthogonal Procrustes). With
    /// `K = LLᵀ + E`, `S = LᵀL` and `D = Z − S` they are `(EL − LD)Z⁻¹` away, which stays exact where they hardly
    /// move: D is made to fulfil `SD + DS + D² = LᵀEL`.
    fn nearest(&self, alpha: f64, values: &[f64], vectors: &DMatrix<f64>) -> (f64, DMatrix<f64>) {
        let l = &self.layer;
        // E = (B − what is left over)/α.
        let mut weighted = vectors.clone();
        for (mut column, value) in weighted.column_iter_mut().zip(values) {
            column *= *value;
        }
        let mut e_l = DMatrix::zeros(l.nrows(), l.ncols());
        let inner = product(transposed(vectors), normal(l));
        add_product(
            &mut e_l,
            0.0,
            -1.0 / alpha,
            normal(&weighted),
            normal(&inner),
        );
        for (row, value) in self.problem.eigenvalues().iter().enumerate() {
            let mut of_row = e_l.row_mut(row);
            of_row += l.row(row) * (*value / alpha);
        }
        let s = symmetric_product(l, l);
        let f = symmetric_product(l, &e_l);
        let square = product(normal(&s), normal(&s)) + &f;
        let eigen = ((&square + square.transpose()) * 0.5).symmetric_eigen();
        let roots = eigen.eigenvalues.map(|value| value.max(0.0).sqrt());
        // Directions that no best network has, as many as negative eigenvalues take from it, or that rounding cannot tell
        // from these.
        let floor = roots.amax() * LOST;
        let mut inverse = DVector::zeros(roots.len());
        for &place in ranks(roots.as_slice())
            .iter()
            .take(l.nrows() - values.len())
        {
            if roots[place] > floor {
                inverse[place] = 1.0 / roots[place];
            }
        }
        let u = &eigen.eigenvectors;
        let times = |a: &DMatrix<f64>, b: &DMatrix<f64>| product(normal(a), normal(b));
        let in_basis = |matrix: &DMatrix<f64>| product(transposed(u), normal(&times(matrix, u)));
        let (s, f) = (in_basis(&s), in_basis(&f));
        // In the eigenbasis of Z. Two steps of Newton take away what the root has rounded.
        let mut d = DMatrix::from_diagonal(&roots) - &s;
        for _ in 0..2 {
            let half = times(&s, &d);
            let gap = &f - &half - half.transpose() - times(&d, &d);
            d += gap.map_with_location(|i, j, gap| {
                if inverse[i] > 0.0 && inverse[j] > 0.0 {
                    gap / (roots[i] + roots[j])
                } else {
                    0.0
                }
            });
        }
        let l_u = times(l, u);
        let mut moved = times(&e_l, u) - times(&l_u, &d);
        for (i, mut column) in moved.column_iter_mut().enumerate() {
            column *= inverse[i];
            if inverse[i] == 0.0 {
                column -= l_u.column(i);
            }
        }
        let moved = product(normal(&moved), transposed(u));
        (moved.norm(), l + moved)
    }
}

/// A square root of this times the largest is lost in rounding: its square has as many digits.
const LOST: f64 = 1e-8;

/// `AᵀB`, which is symmetric, to the last bit.
fn symmetric_product(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let mut symmetric = product(transposed(a), normal(b));
    symmetric.fill_upper_triangle_with_lower_triangle();
    symmetric
}

/// The variance of the weights that NN starts at, `Σ|λ_i(B)|/(Nd)`: their squared norm is then about what that of the
/// best wide network is.
pub fn start_variance(problem: &Quadratic, neurons: usize) -> f64 {
    let trace: f64 = problem.eigenvalues().iter().map(|value| value.abs()).sum();
    trace / (problem.dim() * neurons) as f64
}

/// How much of each coordinate is among the `count` leading ones of B: 1, 0, and of equal eigenvalues between them the
/// same share for each.
fn leading(values: &DVector<f64>, count: usize) -> DVector<f64> {
    let order = ranks(values.as_slice());
    let mut shares = DVector::zeros(values.len());
    if count == 0 {
        return shares;
    }
    let last = values[order[count.min(values.len()) - 1]];
    let above = values.iter().filter(|&&value| value > last).count();
    let equal = values.iter().filter(|&&value| value >= last).count() - above;
    for (share, &value) in shares.iter_mut().zip(values) {
        if value > last {
            *share = 1.0;
        } else if value >= last {
            *share = (count.min(values.len()) - above) as f64 / equal as f64;
        }
    }
    shares
}

/// The alignment of the space of dimension `count` that is orthogonal to the first d − `count` of these orthonormal
/// vectors.
fn alignment_beside(values: &DVector<f64>, vectors: &DMatrix<f64>, count: usize) -> f64 {
    let dim = values.len();
    let shares = leading(values, count);
    let beside: f64 = vectors
        .columns(0, dim - count)
        .column_iter()
        .map(|vector| vector.zip_fold(&shares, 0.0, |sum: f64, v, share| sum + share * v * v))
        .sum();
    1.0 - beside / count as f64
}

/// `‖P_N V_N‖_F²/N` of the span of `weights` (`d×N`, from N = d on a factor) where the eigenvectors of the largest `values` (d)
/// lead, as [`LazyOptimum::alignment`] has it of the best network. None if there are no weights but 0.
///
/// # Panics
/// If the weights have not `d` rows.
pub fn alignment(values: &DVector<f64>, weights: &DMatrix<f64>) -> Option<f64> {
    assert_eq!(weights.nrows(), values.len(), "weights have d rows");
    let span = orthonormal_basis(weights);
    let shares = leading(values, span.ncols());
    let inside: f64 = span
        .column_iter()
        .map(|vector| vector.zip_fold(&shares, 0.0, |sum: f64, v, share| sum + share * v * v))
        .sum();
    (span.ncols() > 0).then(|| inside / span.ncols() as f64)
}
