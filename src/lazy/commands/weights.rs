//! What there is to say about target and weights, whichever command is asked.

use crate::activation::Activation;
use crate::cli::report::{Report, number};
use crate::lazy::problem::{Mixture, Problem, Target};
use crate::lazy::setting::{ProblemName, Settings};
use crate::lazy::train::Regime;
use crate::lazy::{finite, limit};
use crate::linalg::Symmetric;
use crate::setting::{Parameters, Weights};
use crate::spectrum::{Sampling, Source, Spectrum};

use super::input::{Input, NOT_OF_A_NETWORK, NOT_OF_LAZINESS};

/// A curve of `command`, with all that its JSON says before the rows.
pub(super) fn curve(command: &str, what: &str, input: &Input<'_>) -> Report {
    let Input {
        settings, problem, ..
    } = input;
    let mut asked = settings.to_json(true);
    if input.network.is_some() {
        // Nothing is drawn for a network that is given.
        asked.retain(|key, _| !NOT_OF_A_NETWORK.contains(&key.as_str()));
    }
    if !settings.laziness.is_empty() {
        asked.retain(|key, _| !NOT_OF_LAZINESS.contains(&key.as_str()));
    }
    let title = title(problem, what);
    let mut report = Report::answer(command, problem.name(), &title, target(settings, problem));
    report.fact("dim", problem.dim());
    report.fact("trace_ratio", number(problem.form().trace_ratio()));
    report.fact("seed", settings.seed);
    report.fact("settings", asked);
    report
}

/// The second line of a report.
pub(super) fn target(settings: &Settings, problem: &Problem) -> String {
    let form = problem.form();
    let (dim, ratio) = (problem.dim(), form.trace_ratio());
    match problem {
        Problem::Quadratic(_) => {
            let spectrum = describe(&settings.spectrum);
            format!("d = {dim} · trace ratio {ratio:.4} · spectrum {spectrum}")
        }
        Problem::Mixture(_) => format!(
            "d = {dim} · F = ‖Σ^-½ΔΣ^-½‖² = {:.4} · trace ratio {ratio:.4} · {}",
            form.squared_norm(),
            describe_mixture(settings)
        ),
    }
}

/// A spectrum in a few words.
fn describe(spectrum: &Spectrum) -> String {
    let mut text = match &spectrum.source {
        Source::Family(family) if family.name.is_distribution() => match spectrum.sampling {
            Sampling::Sampled => format!("{family} (sampled, spectrum seed {})", spectrum.seed),
            Sampling::Quantile => format!("{family} (quantiles)"),
        },
        Source::Family(family) => family.to_string(),
        Source::Given(Symmetric::Diagonal(_)) => "given numbers".to_owned(),
        Source::Given(Symmetric::Full(_)) => "given matrix".to_owned(),
    };
    if !spectrum.multipliers.is_empty() {
        text.push_str(" with multipliers");
    }
    text
}

/// Δ and Σ in a few words.
fn describe_mixture(settings: &Settings) -> String {
    let delta = &settings.spectrum;
    let sigma = Spectrum {
        source: settings.sigma.clone(),
        multipliers: Vec::new(),
        ..*delta
    };
    let turned = if settings.is_rotated {
        format!(", turned by spectrum seed {}", delta.seed)
    } else {
        String::new()
    };
    format!("Δ {}{turned} · Σ {}", describe(delta), describe(&sigma))
}

/// The random features in a few words.
pub(super) fn features(settings: &Settings) -> String {
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
pub(super) fn note_features(settings: &Settings, report: &mut Report) {
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
pub(super) fn note_activated(sigma: Activation, regime: Regime, report: &mut Report) {
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
pub(super) fn note_network(problem: &Problem, report: &mut Report) {
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
pub(super) fn title(problem: &Problem, what: &str) -> String {
    match problem {
        Problem::Quadratic(_) => format!("Quadratic target (qf): {what}"),
        Problem::Mixture(_) => format!("Mixture of two Gaussians (mg): {what}"),
    }
}

/// What no predictor beats, and what none of these reaches.
pub(super) fn conclude_bayes(mixture: &Mixture, report: &mut Report) {
    let best = 2.0 / (2.0 + mixture.squared_norm());
    report.conclude(format!(
        "Bayes {:.4} as d → ∞, {:.4} at this d: never reached, since a quadratic function attains 2/(2 + F) = {best:.4} at best",
        limit::bayes(mixture),
        finite::bayes(mixture),
    ));
}
