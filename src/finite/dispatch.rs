//! Exact risks of whichever problem.

use nalgebra::DMatrix;

use crate::activation::Activation;
use crate::problem::Problem;

use super::{RandomFeatures, neural_tangent, neural_tangent_mean};

/// Exact RF risks of the first 1, 2, … N neurons of `w` (`d×N`, in working coordinates).
///
/// # Panics
/// If `w` has not `d` rows.
pub fn rf_risks(problem: &Problem, w: DMatrix<f64>, activation: Activation) -> Vec<f64> {
    match problem {
        Problem::Quadratic(quadratic) => RandomFeatures::new(w, activation).risks(quadratic),
        Problem::Mixture(_) => vec![f64::NAN; w.ncols()],
    }
}

/// Exact NT risk at weights `w` (`d×N`, in working coordinates), σ = x².
///
/// # Panics
/// If `w` has not `d` rows.
pub fn nt_risk(problem: &Problem, w: &DMatrix<f64>) -> f64 {
    match problem {
        Problem::Quadratic(quadratic) => neural_tangent(quadratic, w),
        Problem::Mixture(_) => f64::NAN,
    }
}

/// The mean of [`nt_risk`] over isotropic weights; `None` for a mixture, where there is no formula.
pub fn nt_mean_risk(problem: &Problem, neurons: usize) -> Option<f64> {
    match problem {
        Problem::Quadratic(quadratic) => Some(neural_tangent_mean(quadratic, neurons)),
        Problem::Mixture(_) => None,
    }
}
