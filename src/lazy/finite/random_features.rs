//! Random features: the best second layer for first-layer weights given.

use nalgebra::{DMatrix, DVector};

use crate::activation::{Activation, Profile};
use crate::lazy::problem::{Quadratic, remaining_sums};
use crate::linalg::{NestedCholesky, add_product, falling, normal, transposed};

use super::SolveError;
use super::explained::Accuracy;

/// The population least-squares problem of random features with weights `W`, for all widths at
/// once: `U_ij = E[σ(⟨w_i,x⟩)σ(⟨w_j,x⟩)]`, factorised so that the first n neurons are solved by
/// the first n rows.
///
/// Activations are centred by `λ₀ = E σ(G)`, one constant for all neurons (Ghorbani et al. 2019,
/// §2.1). U does not depend on the target, so a changed spectrum costs one triangular solve.
/// For σ = x² − 1 the rank of U is at most `d(d+1)/2 + 1`: neurons beyond it add nothing.
#[derive(Clone, Debug)]
pub struct QuadraticFeatures {
    w: DMatrix<f64>,
    u: DMatrix<f64>,
    factor: NestedCholesky,
    curvatures: Vec<f64>,
    accuracy: Accuracy,
    activation: Activation,
}

impl QuadraticFeatures {
    /// Weights are `d×N`, columns are neurons, in the eigenbasis of the targets to come. Neurons
    /// of length 0 are constant features. Costs N²d + N³/3.
    pub fn new(w: DMatrix<f64>, activation: Activation) -> Self {
        let n = w.ncols();
        let mut gram = DMatrix::zeros(n, n);
        add_product(&mut gram, 0.0, 1.0, transposed(&w), normal(&w));
        let norms = lengths(&gram);
        let kernel = Kernel::new(gram, activation);
        let accuracy = kernel.accuracy(&w, activation);
        let u = kernel.centred;
        Self {
            factor: NestedCholesky::new(u.clone()),
            curvatures: norms.iter().map(|&s| activation.curvature_at(s)).collect(),
            u,
            w,
            accuracy,
            activation,
        }
    }

    /// The number of neurons.
    pub fn neurons(&self) -> usize {
        self.w.ncols()
    }

    /// `V_i = E[f*(x)σ(⟨w_i,x⟩)] = E[σ''(‖w_i‖G)]⟨w_i,Bw_i⟩`.
    fn responses(&self, problem: &Quadratic) -> DVector<f64> {
        let eigenvalues = problem.eigenvalues();
        DVector::from_iterator(
            self.neurons(),
            self.w
                .column_iter()
                .zip(&self.curvatures)
                .map(|(w, curvature)| {
                    let form: f64 = w.iter().zip(eigenvalues).map(|(x, b)| b * x * x).sum();
                    if form == 0.0 { 0.0 } else { curvature * form }
                }),
        )
    }

    /// The normalised risks of the first 1, 2, … N neurons: `1 − VᵀU⁻¹V/(2‖B‖_F²)`. They do
    /// not increase. Costs N³/3.
    ///
    /// # Errors
    /// For each number of neurons, if its risk is not known to 10⁻⁶: features that depend on others to rounding, but are
    /// not known to, may add something that is lost in it.
    ///
    /// # Panics
    /// If the target's dimension is not that of the weights.
    pub fn risks(&self, problem: &Quadratic) -> Vec<Result<f64, SolveError>> {
        let total = 2.0 * problem.squared_norm();
        let is_quadratic = self.activation == Activation::Quadratic;
        // Of rank N, whatever the signs of the second layer: the largest eigenvalues in size.
        let left = if is_quadratic {
            remaining_sums(0.0, falling(problem.eigenvalues().iter().map(|b| b * b)))
        } else {
            Vec::new()
        };
        let floor = |neurons: usize| {
            left.get(neurons)
                .map_or(0.0, |left| left / problem.squared_norm())
        };
        self.accuracy
            .risks(&self.factor, &self.responses(problem), total, floor)
    }

    /// The normalised risk of `Σ_i a_i (σ(⟨w_i,x⟩) − λ₀)` for any coefficients `a`:
    /// `1 + (aᵀUa − 2aᵀV)/(2‖B‖_F²)`.
    ///
    /// # Panics
    /// If the number of coefficients is not N, or the dimensions differ.
    pub fn risk_of(&self, problem: &Quadratic, coefficients: &DVector<f64>) -> f64 {
        let v = self.responses(problem);
        let excess = coefficients.dot(&(&self.u * coefficients)) - 2.0 * coefficients.dot(&v);
        1.0 + excess / (2.0 * problem.squared_norm())
    }
}

/// The lengths of neurons from the diagonal of their Gram matrix.
fn lengths(gram: &DMatrix<f64>) -> Vec<f64> {
    let squares = gram.diagonal();
    squares.iter().map(|x| x.max(0.0).sqrt()).collect()
}

/// The kernel matrix of features whose inputs are Gaussian.
pub(crate) struct Kernel {
    /// `E[(σ(g_i) − λ₀)(σ(g_j) − λ₀)]`.
    pub(crate) centred: DMatrix<f64>,
    /// `E[σ(g_i) − λ₀]`.
    pub(crate) means: Vec<f64>,
    /// `E σ(g_i)²`, and what is taken off it.
    sizes: Vec<f64>,
    /// The squared Frobenius norm of what a series leaves out of the leading n×n block, for n = 1, 2, …
    missing_squares: Vec<f64>,
}

impl Kernel {
    /// For Gaussian g whose covariance is `gram`, of which only the lower triangle is read.
    pub(crate) fn new(mut gram: DMatrix<f64>, activation: Activation) -> Self {
        let n = gram.ncols();
        let centre = activation.hermite().mean;
        let norms = lengths(&gram);
        let profiles: Vec<Profile> = norms.iter().map(|&s| activation.profile(s)).collect();
        let means: Vec<f64> = norms.iter().map(|&s| activation.mean_at(s)).collect();
        let mut missing_squares = vec![0.0; n];
        let mut sizes = Vec::with_capacity(n);
        for j in 0..n {
            for i in j..n {
                let kernel = if i == j {
                    let square = profiles[i].squared(activation);
                    sizes.push(square + means[i] * means[i] + centre * centre);
                    square
                } else {
                    let missing = activation.kernel_error(&profiles[i], &profiles[j], gram[(i, j)]);
                    missing_squares[i] += 2.0 * missing * missing;
                    activation.kernel(&profiles[i], &profiles[j], gram[(i, j)])
                };
                let value = kernel - centre * (means[i] + means[j]) + centre * centre;
                gram[(i, j)] = value;
                gram[(j, i)] = value;
            }
        }
        for i in 1..n {
            missing_squares[i] += missing_squares[i - 1];
        }
        Self {
            centred: gram,
            means: means.into_iter().map(|mean| mean - centre).collect(),
            sizes,
            missing_squares,
        }
    }

    /// How exactly it is known, for features of the neurons `w`.
    pub(super) fn accuracy(&self, w: &DMatrix<f64>, activation: Activation) -> Accuracy {
        let dim = w.nrows();
        let is_quadratic = activation == Activation::Quadratic;
        let roots = self.missing_squares.iter().map(|square| square.sqrt());
        Accuracy {
            sizes: self.sizes.clone(),
            missing: roots.collect(),
            dim,
            // Quadratic forms and a constant.
            most: if is_quadratic {
                dim * (dim + 1) / 2 + 1
            } else {
                usize::MAX
            },
            is_copy: Accuracy::copies(w, is_quadratic),
        }
    }

    /// The mean of this kernel and another.
    pub(super) fn averaged(mut self, other: Self) -> Self {
        self.centred += other.centred;
        self.centred *= 0.5;
        let pairs = [
            (&mut self.sizes, &other.sizes),
            (&mut self.missing_squares, &other.missing_squares),
        ];
        for (mine, theirs) in pairs {
            for (a, b) in mine.iter_mut().zip(theirs) {
                *a = 0.5 * (*a + b);
            }
        }
        self
    }
}
