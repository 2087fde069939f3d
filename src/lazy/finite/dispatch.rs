//! Exact risks of whichever problem.

use nalgebra::DMatrix;

use crate::activation::Activation;
use crate::lazy::problem::Problem;

use super::{
    MixtureFeatures, QuadraticFeatures, SolveError, mixture_tangent, neural_tangent_mean,
    neural_tangents,
};

/// Exact RF risks of the first 1, 2, … N neurons of `w` (`d×N`, in working coordinates).
///
/// # Errors
/// For each number of neurons, if its risk is not known to 10⁻⁶.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn rf_risks(
    problem: &Problem,
    w: DMatrix<f64>,
    activation: Activation,
) -> Vec<Result<f64, SolveError>> {
    match problem {
        Problem::Quadratic(quadratic) => QuadraticFeatures::new(w, activation).risks(quadratic),
        Problem::Mixture(mixture) => MixtureFeatures::new(mixture, &w, activation).risks(),
    }
}

/// Exact NT risk at weights `w` (`d×N`, in working coordinates), σ = x².
///
/// # Errors
/// If it is not known to 10⁻⁹.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn nt_risk(problem: &Problem, w: &DMatrix<f64>) -> Result<f64, SolveError> {
    nt_risks(problem, w, &[w.ncols()])[0]
}

/// Exact NT risks at the first `widths` neurons of `w` (`d×N`, in working coordinates), σ = x²;
/// widths beyond N count as N. They share most of the work.
///
/// # Errors
/// For each width, if its risk is not known to 10⁻⁹.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn nt_risks(
    problem: &Problem,
    w: &DMatrix<f64>,
    widths: &[usize],
) -> Vec<Result<f64, SolveError>> {
    match problem {
        Problem::Quadratic(quadratic) => neural_tangents(quadratic, w, widths),
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
