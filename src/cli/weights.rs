//! What there is to say about weights and target, whichever command is asked.

use crate::activation::Activation;
use crate::lazy::problem::{Mixture, Problem};
use crate::lazy::setting::{ProblemName, Settings};
use crate::lazy::train::Regime;
use crate::lazy::{finite, limit};
use crate::setting::Weights;

use super::report::Report;

/// The random features in a few words.
pub(crate) fn describe(settings: &Settings) -> String {
    let weights = match &settings.weights {
        Weights::Isotropic if settings.mix > 0.0 => format!("mixed ({} aligned)", settings.mix),
        Weights::Isotropic => "isotropic".to_owned(),
        Weights::Aligned => "aligned".to_owned(),
        Weights::Best => "best".to_owned(),
        Weights::Given(_) => "given".to_owned(),
    };
    format!("RF weights {weights}, σ = {}", settings.activation)
}

/// Remarks without which the line of RF would be misread.
pub(crate) fn note_features(settings: &Settings, report: &mut Report) {
    let sigma = settings.activation;
    if sigma.hermite().lambda2 == 0.0 {
        report.note(format!(
            "{sigma} is odd, so its random features learn nothing of {}",
            match settings.problem_name() {
                ProblemName::Quadratic => "a quadratic target",
                ProblemName::Mixture => "a mixture whose classes are symmetric",
            }
        ));
    } else if settings.weights == Weights::Best && sigma != Activation::Quadratic {
        report.note("“best” weights are those for σ = x² − 1");
    }
}

/// Remarks on NT or NN of a quadratic target with another activation than x².
pub(crate) fn note_activated(sigma: Activation, regime: Regime, report: &mut Report) {
    if sigma.hermite().lambda2 == 0.0 {
        report.note(format!(
            "{sigma} is odd, and so is a network of it whatever its weights: it learns nothing of a quadratic target, which is even"
        ));
    }
    report.note(format!(
        "there is no formula for the optimum of {regime} with σ = {sigma}; the theorems are about x²"
    ));
}

/// Remarks without which the line of NN would be misread.
pub(crate) fn note_network(problem: &Problem, report: &mut Report) {
    match problem {
        Problem::Quadratic(quadratic) if !quadratic.is_positive() => report.note(
            "B has negative eigenvalues; the optimum of NN is then the least risk, and Theorem 3 does not promise that training reaches it",
        ),
        Problem::Mixture(mixture) if !mixture.has_one_sign() => report.note(
            "Δ has eigenvalues of both signs, so NT can be below NN at the same N: linearised, N neurons span forms of rank 2N",
        ),
        _ => {}
    }
}

/// The first line of a report.
pub(crate) fn title(problem: &Problem, what: &str) -> String {
    match problem {
        Problem::Quadratic(_) => format!("Quadratic target (qf): {what}"),
        Problem::Mixture(_) => format!("Mixture of two Gaussians (mg): {what}"),
    }
}

/// What no predictor beats, and what none of these reaches.
pub(crate) fn conclude_bayes(mixture: &Mixture, report: &mut Report) {
    let best = 2.0 / (2.0 + mixture.squared_norm());
    report.conclude(format!(
        "Bayes {:.4} as d → ∞, {:.4} at this d: never reached, since a quadratic function attains 2/(2 + F) = {best:.4} at best",
        limit::bayes(mixture),
        finite::bayes(mixture),
    ));
}
