//! `lazy-limits risk`: limits as N, d → ∞.

use crate::cli::report::{Column, Report, number};
use crate::lazy::limit;
use crate::lazy::problem::{Problem, Target, WeightCovariance};
use serde_json::Value;

use super::input::Input;
use super::{laziness, weights};

/// The curves of all regimes.
struct Curves<'a> {
    input: &'a Input<'a>,
    /// Random features, with the weights as ρ → ∞ where they depend on ρ.
    features: limit::RandomFeatures,
    tangent: limit::NeuralTangent,
}

impl<'a> Curves<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        // As ρ → ∞ the best weights are aligned.
        let last = match &input.covariance {
            WeightCovariance::Best => &WeightCovariance::Aligned,
            other => other,
        };
        Self {
            input,
            features: features(input, last, 1.0),
            tangent: limit::NeuralTangent::new(&input.problem),
        }
    }

    /// A row; mixtures have three columns more.
    fn row(&self, rho: f64) -> Vec<Value> {
        let Input {
            problem,
            covariance,
            ..
        } = self.input;
        let neurons = limit::neurons(rho, problem.dim());
        let best =
            (*covariance == WeightCovariance::Best).then(|| features(self.input, covariance, rho));
        let features = best.as_ref().unwrap_or(&self.features);
        let mut row = vec![number(rho), neurons.into(), number(features.psi(rho))];
        if problem.mixture().is_some() {
            let kappa = 1.0 - self.tangent.left(rho);
            row.extend([features.zeta1(), features.zeta2(), kappa].map(number));
        }
        let nn = limit::network(problem, neurons);
        row.extend([features.risk(rho), self.tangent.risk(rho), nn].map(number));
        row
    }

    fn columns(&self) -> Vec<Column> {
        let mixture = self.input.problem.mixture();
        let theorems = match mixture {
            None => ["Theorem 1", "Theorem 2", "Theorem 3"],
            Some(_) => ["Theorem 4", "Theorem 5", "Theorem 6"],
        };
        let infinity = self.features.risk_at_infinity();
        let mut columns = vec![
            Column::new("rho", "ρ", "neurons per dimension, N/d"),
            Column::new("neurons", "N", "max(1, round(ρd))"),
            Column::new("psi", "ψ", "root of Eq. (9)"),
        ];
        if mixture.is_some() {
            columns.extend([
                Column::new("zeta1", "ζ₁", "d·Tr(ΣΓΣΓ)/2"),
                Column::new("zeta2", "ζ₂", "d·Tr(ΔΓ)²/4"),
                Column::new("kappa", "κ", "share of F that NT captures"),
            ]);
        }
        let [rf, nt, nn] = theorems;
        let rf = format!("random features ({rf}); {infinity:.4} as ρ → ∞");
        let nt = format!("neural tangent, σ = x² ({nt})");
        let nn = format!("network of N neurons, σ = x² ({nn})");
        columns.extend([
            Column::new("rf", "RF", &rf),
            Column::new("nt", "NT", &nt),
            Column::new("nn", "NN", &nn),
        ]);
        columns
    }
}

fn features(input: &Input<'_>, weights: &WeightCovariance, rho: f64) -> limit::RandomFeatures {
    let gamma = weights.at(&input.problem, rho);
    limit::RandomFeatures::new(&input.problem, &gamma, input.settings.activation)
}

pub(super) fn report(input: &Input<'_>) -> Report {
    let Input {
        settings, problem, ..
    } = input;
    input.notes.say();
    if let Some(quadratic) = laziness::asked(input) {
        return laziness::limits(input, quadratic);
    }
    let mut report = weights::curve("risk", "limits of the risk as N, d → ∞", input);
    report.say(weights::features(settings));
    let curves = Curves::new(input);
    let infinity = curves.features.risk_at_infinity();
    report.fact("rf_infinity", number(infinity));
    if let Problem::Mixture(mixture) = problem {
        report.fact("bayes", number(limit::bayes(mixture)));
        weights::conclude_bayes(mixture, &mut report);
    }
    let rows = settings.rho.iter().map(|&rho| curves.row(rho)).collect();
    report.table(curves.columns(), rows);
    weights::note_features(settings, &mut report);
    weights::note_network(problem, &mut report);
    if problem.mixture().is_some() && !curves.tangent.is_uniform() {
        report.note(
            "Theorem 5 has no mean over weights for this Σ; NT is that of weights isotropic in the coordinates of Σ, by deterministic equivalents",
        );
    }
    report
}
