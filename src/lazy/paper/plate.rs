//! A figure's data as charts.

use super::data::{self, FigureData, Trajectory};
use super::preset::Preset;
use super::preset::WidthFigure;
use crate::activation::Activation;
use crate::figure::{Axis, Chart, Dot, Key, Line, Mark, Origin, Plate, Subject};
use crate::full_size::incomplete;

/// The figure as it is drawn.
pub fn plate(preset: &Preset, data: &FigureData) -> Plate {
    let d = data.dim;
    let what = match preset.figure {
        WidthFigure::Quadratic => "Quadratic target",
        WidthFigure::Mixture => "Mixture of two Gaussians",
        WidthFigure::Activation => "Quadratic target, other activations",
    };
    let frames = match preset.figure {
        WidthFigure::Activation => preset
            .activations
            .iter()
            .map(|&sigma| (caption(sigma), against_rho(preset, data, sigma.name())))
            .collect(),
        _ => vec![
            (
                "risk against width".to_owned(),
                against_rho(preset, data, "quadratic"),
            ),
            (
                "risk against samples, step size decaying".to_owned(),
                against_samples(preset, data),
            ),
        ],
    };
    Plate {
        title: format!(
            "{what}, d = {d}, {} steps of {} samples",
            data.steps, data.batch
        ),
        frames,
        keys: keys(preset.figure),
        note: incomplete(data.runs),
    }
}

fn caption(sigma: Activation) -> String {
    if sigma.hermite().lambda2 == 0.0 {
        format!("σ = {sigma}, odd: blind to an even target")
    } else {
        format!("σ = {sigma}")
    }
}

fn keys(figure: WidthFigure) -> Vec<Key> {
    let key = |subject, mark, text: &str| Key {
        subject,
        mark,
        text: text.to_owned(),
    };
    let (strong, faint) = match figure {
        WidthFigure::Activation => ("limit of RF", "limits of NT and NN with x²"),
        _ => ("limit of large N and d", "exact at this d"),
    };
    let decaying = Mark::Dot { hollow: false };
    let hollow = Mark::Dot { hollow: true };
    let mut keys = vec![
        key(Subject::NN, decaying, "NN, SGD, decaying step"),
        key(Subject::NN, hollow, "NN, constant step"),
        key(Subject::NT, decaying, "NT, SGD, decaying step"),
        key(Subject::NT, hollow, "NT, constant step"),
        key(Subject::RF, Mark::Spread, "RF exact, mean ± sd of draws"),
        key(Subject::RF, hollow, "RF, least squares"),
        key(Subject::BAYES, Mark::Strong, strong),
        key(Subject::BAYES, Mark::Faint, faint),
    ];
    if figure == WidthFigure::Activation {
        // There steps always decay.
        keys.retain(|key| key.subject == Subject::RF || key.mark != hollow);
    }
    keys
}

/// Risk against ρ: the lines and dots of an activation.
fn against_rho(preset: &Preset, data: &FigureData, activation: &str) -> Chart {
    let is_other = activation != "quadratic";
    let lines = data.lines.iter().filter_map(|line| {
        let own = line.activation == activation;
        // Formulas of x² are a faint background where something else is trained.
        let background = is_other && line.limit && line.activation == "quadratic";
        (own || background).then(|| Line {
            subject: line.subject,
            kind: if line.limit && own {
                Origin::Limit
            } else {
                Origin::Exact
            },
            label: (line.limit && own).then(|| line.name.clone()),
            points: points(&line.curve.rho, &line.curve.risk),
        })
    });
    let dot = |subject, x, y, sd, finished| Dot {
        subject,
        x,
        y,
        range: (y - sd, y + sd),
        finished,
        settled: true,
    };
    let exact = data
        .exact
        .iter()
        .filter(|exact| exact.activation == activation);
    let exact = exact.flat_map(|exact| {
        exact.points.iter().map(|point| {
            let sd = point.sd.unwrap_or_default();
            dot(exact.subject, point.rho, point.mean, sd, true)
        })
    });
    let own = data.dots.iter().filter(|dot| dot.activation == activation);
    let trained = own.filter_map(|trained| {
        let filled = trained.schedule.as_deref() == Some("linear");
        Some(dot(
            trained.subject,
            trained.rho,
            trained.risk?,
            0.0,
            filled,
        ))
    });
    let mut dots: Vec<Dot> = exact.chain(trained).collect();
    // Filled dots over hollow ones, which are often behind them.
    dots.sort_by_key(|dot| dot.finished);
    let x = Axis {
        label: "ρ = N/d, neurons per dimension".to_owned(),
        min: preset.rho.0,
        max: preset.rho.1,
        log: true,
    };
    Chart {
        lines: lines.collect(),
        dots,
        ..Chart::new(x, risk_axis(data))
    }
}

/// Risk against samples, with the exact optimum of each network.
fn against_samples(preset: &Preset, data: &FigureData) -> Chart {
    let first = data.batch as f64;
    let last = (preset.steps * data.batch as u64) as f64;
    let mut lines = Vec::new();
    for path in &data.trajectories {
        if let Some(optimum) = path.optimum {
            lines.push(Line {
                subject: path.subject,
                kind: Origin::Exact,
                label: None,
                points: vec![(first, optimum), (last, optimum)],
            });
        }
    }
    lines.extend(data.trajectories.iter().map(|path| {
        Line {
            subject: path.subject,
            kind: Origin::Run,
            label: Some(label(path)),
            points: path
                .samples
                .iter()
                .zip(&path.risk)
                .filter(|(samples, _)| **samples > 0)
                .map(|(&samples, &risk)| (samples as f64, risk))
                .collect(),
        }
    }));
    let x = Axis {
        label: "samples seen (each once)".to_owned(),
        min: first,
        max: last,
        log: true,
    };
    Chart {
        lines,
        ..Chart::new(x, risk_axis(data))
    }
}

fn label(path: &Trajectory) -> String {
    let name = data::name(path.subject).to_uppercase();
    let rho = format!("{:.2}", path.rho);
    let rho = rho.trim_end_matches('0').trim_end_matches('.');
    format!("{name}, ρ = {rho}")
}

fn points(x: &[f64], y: &[f64]) -> Vec<(f64, f64)> {
    x.iter().copied().zip(y.iter().copied()).collect()
}

fn risk_axis(data: &FigureData) -> Axis {
    // Of a mixture nobody comes near 0: not even Bayes.
    let (label, min) = match &*data.problem {
        "qf" => ("normalised risk", 0.0),
        _ => ("risk", 0.35),
    };
    Axis {
        label: label.to_owned(),
        min,
        max: 1.04,
        log: false,
    }
}
