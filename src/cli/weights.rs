//! What there is to say about weights and target, whichever command is asked.

use lazy_limits::activation::Activation;
use lazy_limits::problem::Problem;
use lazy_limits::setting::{Settings, Weights};

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
            "{sigma} is odd, so its random features learn nothing of a quadratic target"
        ));
    } else if settings.weights == Weights::Best && sigma != Activation::Quadratic {
        report.note("“best” weights are those for σ = x² − 1");
    }
}

/// Remarks without which the line of NN would be misread.
pub(crate) fn note_network(problem: &Problem, report: &mut Report) {
    if let Problem::Quadratic(quadratic) = problem
        && !quadratic.is_positive()
    {
        report.note(
            "B has negative eigenvalues; the optimum of NN is then the least risk, and Theorem 3 does not promise that training reaches it",
        );
    }
}
