//! Random features of a mixture: the best second layer for first-layer weights given.

use nalgebra::{DMatrix, DVector};

use crate::activation::Activation;
use crate::lazy::problem::{Mixture, Target};
use crate::linalg::{NestedCholesky, add_product, normal, transposed};

use super::SolveError;
use super::explained::Accuracy;
use super::random_features::Kernel;

/// The population least-squares problem of random features with weights `W` in a mixture, for all
/// widths at once: `U_ij = E[σ(⟨w_i,x⟩)σ(⟨w_j,x⟩)]`, the mean over both classes, and
/// `V_i = E[yσ(⟨w_i,x⟩)]`, half the difference of their means.
///
/// In working coordinates the classes give Gaussian features of covariances `W̃ᵀ(I ∓ D)W̃`.
/// Activations are centred by `λ₀ = E σ(G)`, one constant for all neurons (Ghorbani et al. 2019,
/// Theorem 4), and there is no offset.
#[derive(Clone, Debug)]
pub struct MixtureFeatures {
    u: DMatrix<f64>,
    v: DVector<f64>,
    factor: NestedCholesky,
    accuracy: Accuracy,
    /// The least risk of quadratic functions, for σ = x² − 1.
    floor: f64,
}

impl MixtureFeatures {
    /// Weights are `d×N`, columns are neurons, in working coordinates. Costs 2N²d + N³/3.
    ///
    /// # Panics
    /// If `w` has not `d` rows.
    pub fn new(problem: &Mixture, w: &DMatrix<f64>, activation: Activation) -> Self {
        assert_eq!(w.nrows(), problem.dim(), "weights have d rows");
        let is_quadratic = activation == Activation::Quadratic;
        let (u, v, accuracy) = if is_quadratic {
            let mut weighted = w.clone();
            for mut column in weighted.column_iter_mut() {
                column.component_mul_assign(problem.eigenvalues());
            }
            quadratic(product(w, w), &product(w, &weighted), w)
        } else {
            let [plus, minus] = [1.0, -1.0].map(|class| {
                // Lengths in a nearly singular class would be lost in a difference of `W̃ᵀW̃` and `W̃ᵀDW̃`.
                let roots = problem
                    .eigenvalues()
                    .zip_map(problem.complements(), |s, c| {
                        let variance = if class * s > 0.0 { c } else { 1.0 + s.abs() };
                        variance.sqrt()
                    });
                let mut scaled = w.clone();
                for mut column in scaled.column_iter_mut() {
                    column.component_mul_assign(&roots);
                }
                Kernel::new(product(&scaled, &scaled), activation)
            });
            let v = plus.means.iter().zip(&minus.means);
            let v = DVector::from_iterator(w.ncols(), v.map(|(p, m)| 0.5 * (p - m)));
            let both = plus.averaged(minus);
            let accuracy = both.accuracy(w, activation);
            (both.centred, v, accuracy)
        };
        Self {
            factor: NestedCholesky::new(u.clone()),
            floor: if is_quadratic {
                problem.network_exact(problem.dim())
            } else {
                0.0
            },
            u,
            v,
            accuracy,
        }
    }

    /// The number of neurons.
    pub fn neurons(&self) -> usize {
        self.v.len()
    }

    /// The risks of the first 1, 2, … N neurons: `1 − VᵀU⁻¹V`. They do not increase. Costs N³/3.
    ///
    /// # Errors
    /// For each number of neurons, if its risk is not known to 10⁻⁶: features that depend on others to rounding, but are
    /// not known to, may add something that is lost in it.
    pub fn risks(&self) -> Vec<Result<f64, SolveError>> {
        self.accuracy
            .risks(&self.factor, &self.v, 1.0, |_| self.floor)
    }

    /// The risk of `Σ_i a_i (σ(⟨w_i,x⟩) − λ₀)` for any coefficients `a`: `1 + aᵀUa − 2aᵀV`.
    ///
    /// # Panics
    /// If the number of coefficients is not N.
    pub fn risk_of(&self, coefficients: &DVector<f64>) -> f64 {
        1.0 + coefficients.dot(&(&self.u * coefficients)) - 2.0 * coefficients.dot(&self.v)
    }
}

/// `AᵀB`.
fn product(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let mut out = DMatrix::zeros(a.ncols(), b.ncols());
    add_product(&mut out, 0.0, 1.0, transposed(a), normal(b));
    out
}

/// U and V for σ = x² − 1, in whose means of the classes nothing cancels:
/// `U_ij = 2(p_ij² + r_ij²) + (p_ii − 1)(p_jj − 1) + r_ii r_jj` and `V_i = −r_ii` with `p = W̃ᵀW̃` and
/// `r = W̃ᵀDW̃`.
fn quadratic(
    inner: DMatrix<f64>,
    contrast: &DMatrix<f64>,
    w: &DMatrix<f64>,
) -> (DMatrix<f64>, DVector<f64>, Accuracy) {
    let n = inner.ncols();
    let excess: Vec<f64> = (0..n).map(|i| inner[(i, i)] - 1.0).collect();
    let response = contrast.diagonal();
    // Squares of lengths, their mean 1 apart, and responses to Δ̃ that do not exceed them.
    let sizes = (0..n).map(|i| (inner[(i, i)].abs() + 1.0).powi(2));
    let dim = w.nrows();
    let accuracy = Accuracy {
        sizes: sizes.collect(),
        missing: vec![0.0; n],
        dim,
        most: dim * (dim + 1) / 2 + 1,
        is_copy: Accuracy::copies(w, true),
    };
    let mut u = inner;
    for j in 0..n {
        for i in 0..n {
            let (p, r) = (u[(i, j)], contrast[(i, j)]);
            u[(i, j)] = 2.0 * (p * p + r * r) + excess[i] * excess[j] + response[i] * response[j];
        }
    }
    (u, -response, accuracy)
}
