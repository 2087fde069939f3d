//! Risk against samples, for the networks trained at the dragged ρ.

use super::explorable::{Explorable, in_words};
use super::risk::risk_name;
use super::{Axis, Chart, Kind, Line, Subject, Table};
use crate::train::Regime;

const TRAINED: [Regime; 2] = [Regime::Nt, Regime::Nn];

pub(super) fn chart(state: &Explorable) -> Chart {
    let settings = state.settings();
    let batch = settings.batch as f64;
    let x = Axis {
        label: "samples seen (each once)".to_owned(),
        min: batch,
        max: (settings.steps as f64 * batch).max(10.0 * batch),
        log: true,
    };
    let risks = state.risks();
    let across = |subject, kind, risk| Line {
        subject,
        kind,
        label: None,
        points: vec![(x.min, risk), (x.max, risk)],
    };
    let known = [
        (Subject::Nt, Kind::Limit, risks.limit.nt),
        (Subject::Nt, Kind::Exact, risks.exact.nt),
        (Subject::Nn, Kind::Limit, risks.limit.nn),
        (Subject::Nn, Kind::Exact, risks.exact.nn),
        (Subject::Bayes, Kind::Limit, risks.limit.bayes),
    ];
    let mut lines: Vec<Line> = known
        .into_iter()
        .filter_map(|(subject, kind, risk)| Some(across(subject, kind, risk?)))
        .collect();
    for regime in TRAINED {
        let curve = state.run_at_handle(regime).map(|run| &run.curve);
        let points: Vec<(f64, f64)> = curve
            .into_iter()
            .flatten()
            .copied()
            .filter(|&(samples, _)| samples > 0.0)
            .collect();
        lines.push(Line {
            subject: regime.into(),
            kind: Kind::Run,
            label: Some(regime.name().to_ascii_uppercase()),
            points,
        });
    }
    Chart {
        x,
        y: Axis {
            label: risk_name(state).to_owned(),
            min: 0.0,
            max: 1.04,
            log: false,
        },
        lines,
        dots: Vec::new(),
        handle: Vec::new(),
        crossings: Vec::new(),
    }
}

pub(super) fn describe(state: &Explorable) -> String {
    let risks = state.risks();
    let standing: Vec<String> = TRAINED
        .into_iter()
        .map(|regime| {
            let name = regime.name().to_ascii_uppercase();
            let last = state.run_at_handle(regime).and_then(|run| run.curve.last());
            match last {
                Some((samples, risk)) => format!("{name} is at {risk:.3} after {samples} samples"),
                None => format!("{name} has not started"),
            }
        })
        .collect();
    format!(
        "Risk against samples at ρ = {}, {} neurons: {}; the limits are NT {} and NN {}.",
        risks.rho,
        risks.neurons,
        standing.join(", "),
        in_words(risks.limit.nt),
        in_words(risks.limit.nn),
    )
}

pub(super) fn table(state: &Explorable) -> Table {
    let rows = TRAINED.into_iter().flat_map(|regime| {
        let curve = state.run_at_handle(regime).map(|run| run.curve.as_slice());
        curve
            .unwrap_or_default()
            .iter()
            .map(move |(samples, risk)| {
                vec![
                    regime.name().to_ascii_uppercase(),
                    samples.to_string(),
                    format!("{risk:.4}"),
                ]
            })
    });
    Table {
        columns: ["regime", "samples", "risk"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
