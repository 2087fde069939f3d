//! Errors found in the paper's text, with what shows them.

use std::fmt::Write as _;

use serde_json::json;

use super::{WidthReported, fits};
use crate::figure::Subject;
use crate::full_size::markdown::{MarkdownTable, rho, with_error};
use crate::lazy::finite;
use crate::lazy::limit::{self, NeuralTangent};
use crate::lazy::paper::WidthFigure;
use crate::lazy::problem::{Mixture, Target};
use crate::lazy::setting::{ProblemName, Settings};
use crate::setting::{Parameters, Scope};

/// The section; empty where there are no figures of the paper.
pub(super) fn errata<'a>(figures: impl Iterator<Item = &'a WidthReported>) -> String {
    let mut out = String::new();
    for figure in figures {
        if out.is_empty() {
            out += "\n## Errors in the paper's text\n";
        }
        match figure.preset.figure {
            WidthFigure::Quadratic => tangent(figure, &mut out),
            WidthFigure::Mixture => {
                features(figure, &mut out);
                order(figure, &mut out);
                classes(figure, &mut out);
            }
            WidthFigure::Activation => {}
        }
    }
    out
}

/// Eq. (13) of the paper, row NT.
fn tangent(figure: &WidthReported, out: &mut String) {
    let (problem, d) = (&figure.problem, figure.data.dim);
    let tau = problem.form().trace_ratio();
    let _ = write!(
        out,
        "\n### Equation (13), NT\n\nIt prints (1−ρ)₊² + ρ(1−ρ)₊ + τ, with τ = Tr(B)²/(d‖B‖²_F). The second plus is a product: \
         (1−ρ)₊² + ρ(1−ρ)₊·τ, which is Theorem 2. The exact mean over the weights at d = {d} decides:\n"
    );
    let mut table = MarkdownTable::new(&["ρ", "exact mean", "Theorem 2", "as printed"]);
    for &neurons in &figure.preset.shown {
        let r = neurons as f64 / d as f64;
        let Some(mean) = finite::nt_mean_risk(problem, neurons) else {
            continue;
        };
        let left = (1.0 - r).max(0.0);
        table.row(&[
            rho(r),
            format!("{mean:.5}"),
            format!("{:.5}", figure.limit(Subject::NT, neurons)),
            format!("{:.5}", left * left + r * left + tau),
        ]);
    }
    *out += &table.finish();
}

/// Eq. (17), row RF.
fn features(figure: &WidthReported, out: &mut String) {
    let d = figure.data.dim as f64;
    let square = figure.problem.form().trace().powi(2) / d;
    let _ = write!(
        out,
        "\n### Equation (17) and the poster, RF\n\nThey print the factor ρ/(1+2ρ). Theorem 4, and Equation (16) for ρ → ∞, \
         give ρ/(1+ρ), and so do exact risks at d = {d} (mean of draws):\n"
    );
    let mut table = MarkdownTable::new(&["ρ", "exact", "Theorem 4", "as printed"]);
    let isotropic = figure
        .data
        .exact
        .iter()
        .find(|exact| exact.subject == Subject::RF);
    if let Some(exact) = isotropic {
        for point in exact.points.iter().step_by(4) {
            let printed = 1.0 / (1.0 + point.rho / (1.0 + 2.0 * point.rho) * square / 2.0);
            let Some(limit) = fits::limit(figure, exact.subject, &exact.activation, point.rho)
            else {
                continue;
            };
            table.row(&[
                rho(point.rho),
                with_error(point.mean, fits::error(exact, point)),
                format!("{limit:.5}"),
                format!("{printed:.5}"),
            ]);
        }
    }
    *out += &table.finish();
}

/// NN is not below NT for every Δ.
fn order(figure: &WidthReported, out: &mut String) {
    *out += "\n### NN below NT\n\nThe text has NN strictly below NT for mixtures. That holds where all eigenvalues of Δ have \
             one sign; the rank of NT's form is up to 2N, so for a Δ of both signs NT can be lower at the same N. \
             Limits for a flat Δ of zero trace (`--delta two-signed`):\n";
    let target = json!({"dim": figure.data.dim, "delta": "two-signed"});
    let target = target.as_object().cloned().unwrap_or_default();
    let settings = Settings::from_json(Scope::EXACT.of(ProblemName::Mixture), &target);
    let Ok(Ok(problem)) = settings.map(|settings| settings.problem()) else {
        return;
    };
    let tangent = NeuralTangent::new(&problem);
    let mut table = MarkdownTable::new(&["ρ", "NT", "NN"]);
    for r in [0.25, 0.5, 0.75] {
        let nn = limit::network(&problem, limit::neurons(r, problem.dim()));
        table.row(&[
            rho(r),
            format!("{:.5}", tangent.risk(r)),
            format!("{nn:.5}"),
        ]);
    }
    *out += &table.finish();
}

/// The poster's classes are the other way round.
fn classes(figure: &WidthReported, out: &mut String) {
    let Some(mixture) = figure.problem.mixture() else {
        return;
    };
    *out += "\n### The poster's classes\n\nThe poster gives y = +1 the covariance I + Δ, the paper Σ − Δ. The risks are the \
             same; at ρ = ½:\n";
    let mut table = MarkdownTable::new(&["Δ", "NT", "NN", "Bayes at this d"]);
    let negative = mixture.with_eigenvalues(-mixture.eigenvalues());
    let mut row = |name: &str, mixture: &Mixture| {
        let nn = limit::network(mixture, limit::neurons(0.5, mixture.dim()));
        table.row(&[
            name.to_owned(),
            format!("{:.5}", NeuralTangent::new(mixture).risk(0.5)),
            format!("{nn:.5}"),
            format!("{:.5}", finite::bayes(mixture)),
        ]);
    };
    row("as in the paper", mixture);
    if let Ok(negative) = &negative {
        row("its negative", negative);
    }
    *out += &table.finish();
}
