//! Random features of a mixture: the best second layer for first-layer weights given.

use nalgebra::{DMatrix, DVector};

use crate::activation::Activation;
use crate::linalg::{NestedCholesky, add_product, normal, transposed};
use crate::problem::{Mixture, Target};

use super::random_features::centred_kernel;

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
}

impl MixtureFeatures {
    /// Weights are `d×N`, columns are neurons, in working coordinates. Costs 2N²d + N³/3.
    ///
    /// # Panics
    /// If `w` has not `d` rows.
    pub fn new(problem: &Mixture, w: &DMatrix<f64>, activation: Activation) -> Self {
        assert_eq!(w.nrows(), problem.dim(), "weights have d rows");
        let n = w.ncols();
        let mut weighted = w.clone();
        for mut column in weighted.column_iter_mut() {
            column.component_mul_assign(problem.eigenvalues());
        }
        let gram = |other: &DMatrix<f64>| {
            let mut out = DMatrix::zeros(n, n);
            add_product(&mut out, 0.0, 1.0, transposed(w), normal(other));
            out
        };
        let (inner, contrast) = (gram(w), gram(&weighted));
        let (u, v) = if activation == Activation::Quadratic {
            quadratic(inner, &contrast)
        } else {
            let (mut u, plus) = centred_kernel(&inner - &contrast, activation);
            let (other, minus) = centred_kernel(inner + contrast, activation);
            u += other;
            u *= 0.5;
            let v = plus.iter().zip(&minus).map(|(p, m)| 0.5 * (p - m));
            (u, DVector::from_iterator(n, v))
        };
        Self {
            factor: NestedCholesky::new(u.clone()),
            u,
            v,
        }
    }

    /// The number of neurons.
    pub fn neurons(&self) -> usize {
        self.v.len()
    }

    /// The risks of the first 1, 2, … N neurons: `1 − VᵀU⁻¹V`. They do not increase.
    pub fn risks(&self) -> Vec<f64> {
        let y = self.factor.solve_lower(&self.v);
        let mut explained = 0.0;
        y.iter()
            .map(|value| {
                explained += value * value;
                (1.0 - explained).max(0.0)
            })
            .collect()
    }

    /// The risk of `Σ_i a_i (σ(⟨w_i,x⟩) − λ₀)` for any coefficients `a`: `1 + aᵀUa − 2aᵀV`.
    ///
    /// # Panics
    /// If the number of coefficients is not N.
    pub fn risk_of(&self, coefficients: &DVector<f64>) -> f64 {
        1.0 + coefficients.dot(&(&self.u * coefficients)) - 2.0 * coefficients.dot(&self.v)
    }
}

/// U and V for σ = x² − 1, in whose means of the classes nothing cancels:
/// `U_ij = 2(p_ij² + r_ij²) + (p_ii − 1)(p_jj − 1) + r_ii r_jj` and `V_i = −r_ii` with `p = W̃ᵀW̃` and
/// `r = W̃ᵀDW̃`.
fn quadratic(inner: DMatrix<f64>, contrast: &DMatrix<f64>) -> (DMatrix<f64>, DVector<f64>) {
    let n = inner.ncols();
    let excess: Vec<f64> = (0..n).map(|i| inner[(i, i)] - 1.0).collect();
    let response = contrast.diagonal();
    let mut u = inner;
    for j in 0..n {
        for i in 0..n {
            let (p, r) = (u[(i, j)], contrast[(i, j)]);
            u[(i, j)] = 2.0 * (p * p + r * r) + excess[i] * excess[j] + response[i] * response[j];
        }
    }
    (u, -response)
}
