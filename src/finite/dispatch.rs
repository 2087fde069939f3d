//! Exact risks of whichever problem.

use nalgebra::DMatrix;

use crate::activation::Activation;
use crate::problem::Problem;

use super::{
    MixtureFeatures, RandomFeatures, mixture_tangent, neural_tangent, neural_tangent_mean,
};

/// Exact RF risks of the first 1, 2, … N neurons of `w` (`d×N`, in working coordinates).
///
/// # Panics
/// If `w` has not `d` rows.
pub fn rf_risks(problem: &Problem, w: DMatrix<f64>, activation: Activation) -> Vec<f64> {
    match problem {
        Problem::Quadratic(quadratic) => RandomFeatures::new(w, activation).risks(quadratic),
        Problem::Mixture(mixture) => MixtureFeatures::new(mixture, &w, activation).risks(),
    }
}

/// Exact NT risk at weights `w` (`d×N`, in working coordinates), σ = x².
///
/// # Panics
/// If `w` has not `d` rows.
pub fn nt_risk(problem: &Problem, w: &DMatrix<f64>) -> f64 {
    nt_risks(problem, w, &[w.ncols()])[0]
}

/// Exact NT risks at the first `widths` neurons of `w` (`d×N`, in working coordinates), σ = x²;
/// widths beyond N count as N. For a mixture they share most of the work.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn nt_risks(problem: &Problem, w: &DMatrix<f64>, widths: &[usize]) -> Vec<f64> {
    match problem {
        Problem::Quadratic(quadratic) => widths
            .iter()
            .map(|&n| {
                let first = w.columns(0, n.min(w.ncols())).into_owned();
                neural_tangent(quadratic, &first)
            })
            .collect(),
        Problem::Mixture(mixture) => mixture_tangent(mixture, w, widths),
    }
}

/// The mean of [`nt_risk`] over isotropic weights; `None` for a mixture, where there is no formula.
pub fn nt_mean_risk(problem: &Problem, neurons: usize) -> Option<f64> {
    match problem {
        Problem::Quadratic(quadratic) => Some(neural_tangent_mean(quadratic, neurons)),
        Problem::Mixture(_) => None,
    }
}
