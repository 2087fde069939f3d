//! Laws of mixtures of two Gaussians: order and invariances of the risks, brute force at small d,
//! Monte Carlo, and the approach of exact values to their limits.

mod brute_force;
mod laws;
mod limits;

use lazy_limits::activation::Activation;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Problem, Target, WeightCovariance, covariant_weights};
use lazy_limits::{finite, limit};
use nalgebra::{DMatrix, DVector};

fn white(delta: &[f64]) -> Mixture {
    let sigma = Symmetric::diagonal(vec![1.0; delta.len()]);
    Mixture::new(&sigma, &Symmetric::diagonal(delta.iter().copied())).unwrap()
}

/// Σ and Δ that do not commute, with `Δ̃` of the eigenvalues given.
fn tilted(contrast: &[f64], seed: u64) -> (DMatrix<f64>, DMatrix<f64>) {
    let dim = contrast.len();
    let turn = |draw| {
        let gaussian = covariant_weights(seed, draw, &Symmetric::isotropic(dim), dim);
        gaussian.qr().q()
    };
    let (v, u) = (turn(100), turn(101));
    let roots = DVector::from_fn(dim, |i, _| 0.6 + 1.4 * (i as f64 + 0.5) / dim as f64);
    let root = &u * DMatrix::from_diagonal(&roots) * u.transpose();
    let inner = &v * DMatrix::from_diagonal(&DVector::from_column_slice(contrast)) * v.transpose();
    (&root * &root, &root * inner * &root)
}

fn symmetric(matrix: &DMatrix<f64>) -> Symmetric {
    Symmetric::Full((matrix + matrix.transpose()) * 0.5)
}

fn full(sigma: &DMatrix<f64>, delta: &DMatrix<f64>) -> Mixture {
    Mixture::new(&symmetric(sigma), &symmetric(delta)).unwrap()
}

fn rf_limit(problem: &Mixture, weights: &WeightCovariance, rho: f64, sigma: Activation) -> f64 {
    limit::RandomFeatures::new(problem, &weights.at(problem, rho), sigma).risk(rho)
}

/// Exact RF and NT at the first 1, 2, … neurons of a draw of isotropic weights; of RF those that are known, which are the
/// first ones but for few dimensions and smooth activations.
fn exact(problem: &Mixture, seed: u64, widest: usize, sigma: Activation) -> [Vec<f64>; 2] {
    let w = covariant_weights(seed, 0, &problem.isotropic(), widest);
    let widths: Vec<usize> = (1..=widest).collect();
    let problem = Problem::from(problem.clone());
    let nt = finite::nt_risks(&problem, &w, &widths);
    let rf = finite::rf_risks(&problem, w, sigma);
    let nt: Result<_, _> = nt.into_iter().collect();
    [rf.into_iter().flatten().collect(), nt.unwrap()]
}
