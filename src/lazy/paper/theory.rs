//! The lines of a figure: limits as N, d → ∞, and exact values that need no draws.

use super::data::{Curve, TheoryLine};
use super::preset::Preset;
use crate::activation::Activation;
use crate::figure::{Origin, Subject};
use crate::lazy::finite;
use crate::lazy::limit::{self, NeuralTangent, RandomFeatures};
use crate::lazy::problem::{Problem, Target, WeightCovariance};

/// Points of a smooth line.
const POINTS: usize = 160;

/// The random features of a figure: what they stand for, their name, and their weights.
pub(super) const FEATURES: [(Subject, &str, WeightCovariance); 3] = [
    (Subject::RF_BEST, "best", WeightCovariance::Best),
    (Subject::RF_ALIGNED, "aligned", WeightCovariance::Aligned),
    (Subject::RF, "isotropic", WeightCovariance::Isotropic),
];

/// All lines. NT and NN have formulas for x² only, and are then there once, whatever is trained.
pub(super) fn lines(preset: &Preset, problem: &Problem) -> Vec<TheoryLine> {
    let (min, max) = preset.rho;
    let rhos: Vec<f64> = (0..=POINTS)
        .map(|k| min * (max / min).powf(k as f64 / POINTS as f64))
        .collect();
    let mut lines = Vec::new();
    for &activation in &preset.activations {
        for (subject, name, covariance) in &FEATURES {
            let risk = |&rho: &f64| {
                let gamma = covariance.at(problem, rho);
                RandomFeatures::new(problem, &gamma, activation).risk(rho)
            };
            let label = format!("RF {name}");
            let mut line = line(*subject, Origin::Limit, &label, activation);
            line.weights = Some((*name).into());
            line.curve = curve(&rhos, rhos.iter().map(risk));
            lines.push(line);
        }
    }
    let quadratic = Activation::Quadratic;
    let tangent = NeuralTangent::new(problem);
    let mut nt = line(Subject::NT, Origin::Limit, "NT", quadratic);
    nt.curve = curve(&rhos, rhos.iter().map(|&rho| tangent.risk(rho)));
    lines.push(nt);
    let dim = problem.dim();
    let first = ((min * dim as f64).ceil() as usize).max(1);
    let mut widths: Vec<usize> = (first..=dim).collect();
    widths.push((max * dim as f64) as usize);
    let by_width: Vec<f64> = widths.iter().map(|&n| n as f64 / dim as f64).collect();
    let mut nn = line(Subject::NN, Origin::Limit, "NN", quadratic);
    nn.curve = curve(
        &by_width,
        widths.iter().map(|&n| limit::network(problem, n)),
    );
    lines.push(nn);
    let mut exact = line(Subject::NN, Origin::Exact, "NN at this d", quadratic);
    exact.curve = curve(&by_width, widths.iter().map(|&n| problem.network_exact(n)));
    lines.push(exact);
    let means: Option<Vec<f64>> = widths
        .iter()
        .map(|&n| finite::nt_mean_risk(problem, n))
        .collect();
    if let Some(means) = means {
        let mut exact = line(
            Subject::NT,
            Origin::Exact,
            "NT at this d, mean over weights",
            quadratic,
        );
        exact.curve = curve(&by_width, means.into_iter());
        lines.push(exact);
    }
    if let Some(mixture) = problem.mixture() {
        for (kind, name, risk) in [
            (Origin::Limit, "Bayes", limit::bayes(mixture)),
            (Origin::Exact, "Bayes at this d", finite::bayes(mixture)),
        ] {
            let mut bayes = line(Subject::BAYES, kind, name, quadratic);
            bayes.curve = curve(&[min, max], [risk; 2].into_iter());
            lines.push(bayes);
        }
    }
    lines
}

fn line(subject: Subject, kind: Origin, name: &str, activation: Activation) -> TheoryLine {
    TheoryLine {
        subject,
        limit: kind == Origin::Limit,
        name: name.to_owned(),
        weights: None,
        activation: activation.name().into(),
        curve: Curve::default(),
    }
}

fn curve(rhos: &[f64], risks: impl Iterator<Item = f64>) -> Curve {
    Curve {
        rho: rhos.to_vec(),
        risk: risks.collect(),
    }
}
