//! The least risk of all predictors of a mixture.

use crate::activation::gaussian_average;
use crate::elementary;
use crate::lazy::problem::Mixture;

/// The Bayes risk of a mixture as d → ∞: `1 − E tanh²((F + √(2F)·G)/2)` with `F = ‖Δ̃‖_F²`, G standard
/// normal. The log-likelihood ratio is a sum of many small terms and tends to `N(yF, 2F)`. Error
/// about 1e-15. At a given d see [`crate::lazy::finite::bayes`].
///
/// No network with x² reaches it: a quadratic function attains `2/(2 + F)` at best.
pub fn bayes(problem: &Mixture) -> f64 {
    let norm = problem.squared_norm();
    // 1 − tanh² as it is computed without cancellation.
    gaussian_average((0.5 * norm).sqrt(), |x| {
        elementary::cosh(0.5 * norm + x).powi(-2)
    })
    .min(1.0)
}
