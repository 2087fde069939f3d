//! `lazy-limits risk`: limits as N, d → ∞.

use lazy_limits::limit;
use lazy_limits::problem::Target;
use lazy_limits::problem::WeightCovariance;

use super::input::Input;
use super::report::{Column, Report, number};
use super::weights;

pub(crate) fn report(input: &Input<'_>) -> Report {
    let Input {
        settings,
        problem,
        covariance,
        ..
    } = input;
    let sigma = settings.activation;
    let title = "Quadratic target (qf): limits of the risk as N, d → ∞";
    let mut report = Report::curve("risk", title, input);
    report.say(weights::describe(settings));
    // As ρ → ∞ the best weights are aligned.
    let last = match covariance {
        WeightCovariance::Best => WeightCovariance::Aligned,
        other => other.clone(),
    };
    let features = |rho: f64, covariance: &WeightCovariance| {
        limit::RandomFeatures::new(problem, &covariance.at(problem, rho), sigma)
    };
    let at_infinity = features(1.0, &last);
    let rf_infinity = at_infinity.risk_at_infinity();
    report.fact("rf_infinity", number(rf_infinity));
    let rows = settings.rho.iter().map(|&rho| {
        let neurons = limit::neurons(rho, problem.dim());
        let (psi, rf) = if *covariance == WeightCovariance::Best {
            let best = features(rho, covariance);
            (best.psi(rho), best.risk(rho))
        } else {
            (at_infinity.psi(rho), at_infinity.risk(rho))
        };
        vec![
            number(rho),
            neurons.into(),
            number(psi),
            number(rf),
            number(limit::neural_tangent(problem, rho)),
            number(limit::network(problem, neurons)),
        ]
    });
    let rows = rows.collect();
    let columns = vec![
        Column::new("rho", "ρ", "neurons per dimension, N/d"),
        Column::new("neurons", "N", "max(1, round(ρd))"),
        Column::new("psi", "ψ", "root of Eq. (9)"),
        Column::new(
            "rf",
            "RF",
            &format!("random features (Theorem 1); {rf_infinity:.4} as ρ → ∞"),
        ),
        Column::new("nt", "NT", "neural tangent, σ = x² (Theorem 2)"),
        Column::new("nn", "NN", "network of N neurons, σ = x² (Theorem 3)"),
    ];
    report.table(columns, rows);
    weights::note_features(&input.settings, &mut report);
    weights::note_network(&input.problem, &mut report);
    report
}
