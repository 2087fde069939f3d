//! The tables of the section.

use std::fmt::Write as _;

use super::data::{DrawnCurve, DrawnMean, PolynomialDot, TrainedNeuron};
use super::plate::{RISKS, found};
use super::report::NeuronReported;
use super::theory::KnownTarget;
use crate::full_size::markdown::{MarkdownTable, risk};
use crate::neuron::exact::MeanAndSd;
use crate::neuron::line::ExpectedRisk;
use crate::neuron::problem::SingleNeuron;
use crate::neuron::tangent_line::{ExpectedTangentRisk, LEAST_NEURONS};
use crate::neuron::wave::Waves;

/// Dimensions of which λ₁ is listed.
const WAVES: [u32; 13] = [2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50, 60];

/// All of them.
pub(super) fn tables(figure: &NeuronReported) -> String {
    let mut out = String::new();
    let mut put = |title: &str, words: &str, table: MarkdownTable| {
        let table = table.finish();
        if !table.is_empty() {
            let _ = write!(out, "\n### {title}\n\n{words}\n{table}");
        }
    };
    put(
        "Random features",
        "No bias. Beside the mean stands the standard deviation over draws and directions; the ratio is that of the mean to the line, with its standard \
         error over draws.",
        features(figure, true),
    );
    put(
        "Random features and a target with a bias",
        "Features without a bias cannot see all of it: the *floor* is the risk that no number of them goes below on average over their draws.",
        features(figure, false),
    );
    put(
        "Tangent features",
        "r neurons have rd features. *RF* is the line of as many random ones, *any* the bound for as many. The line of NT is drawn from 8 neurons on.",
        tangent(figure),
    );
    put(
        "Features for a risk",
        "*Found* is between two widths that were drawn, in logarithms. 1/(25s²) over E y² is an error of 1/50 for a target of norm s.",
        needed(figure),
    );
    put(
        "One neuron, trained",
        "SGD on one neuron relu(⟨w,x⟩), batches of fresh samples, from several seeds: the median, and the least and the largest.",
        trained(figure),
    );
    put(
        "Signs of polynomials",
        "d = 5; share of wrong signs, and hinge loss, at the end, means over seeds.",
        polynomials(figure),
    );
    put(
        "The wave",
        "ψ(s⟨w,x⟩) for w of norm 1: λ₁ is the largest average of ⟨f,ψ_w⟩² over directions that any f of norm 1 has. With r fixed features the average risk, \
         over ‖ψ‖², is at least 1 − rλ₁/‖ψ‖²; below *r for half* it is more than a half.",
        waves(),
    );
    out
}

/// Mean ± sd.
fn spread(point: &DrawnMean) -> String {
    match point.sd {
        Some(sd) => format!("{} ± {}", risk(Some(point.mean)), risk(Some(sd))),
        None => risk(Some(point.mean)),
    }
}

/// How often the mean has what the line says, ± its standard error.
fn ratio(point: &DrawnMean, line: Option<f64>) -> String {
    match (line, point.error) {
        (None, _) => "–".to_owned(),
        (Some(line), Some(error)) => format!("{:.3} ± {:.3}", point.mean / line, error / line),
        (Some(line), None) => format!("{:.3}", point.mean / line),
    }
}

/// A number of features in a cell.
pub(super) fn count(value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if value < 1e5 => format!("{value:.0}"),
        Some(value) => format!("{value:.1e}"),
    }
}

fn features(figure: &NeuronReported, is_plain: bool) -> MarkdownTable {
    let mut heads = vec!["d", "r", "exact", "line", "ratio", "any"];
    if is_plain {
        heads.push("r·max\\|u\\|");
    } else {
        heads.insert(1, "b");
        heads.push("floor");
    }
    let mut table = MarkdownTable::new(&heads);
    let drawn = figure.drawn("rf");
    for (curve, theory) in drawn.filter(|(curve, _)| (curve.bias == 0.0) == is_plain) {
        // With a bias every other width is enough.
        let told = |point: &&DrawnMean| is_plain || point.neurons.ilog2().is_multiple_of(2);
        for point in curve.points.iter().filter(told) {
            let r = point.neurons as f64;
            let line = theory.rf.risk(r);
            let mut cells = vec![
                curve.dim.to_string(),
                point.neurons.to_string(),
                spread(point),
                risk(line),
                ratio(point, line),
                risk(Some(theory.any(r))),
            ];
            if is_plain {
                cells.push(
                    point
                        .size
                        .map_or("–".to_owned(), |size| format!("{size:.1}")),
                );
            } else {
                cells.insert(1, curve.bias.to_string());
                cells.push(risk(Some(theory.rf.floor())));
            }
            table.row(&cells);
        }
    }
    table
}

fn tangent(figure: &NeuronReported) -> MarkdownTable {
    let mut table = MarkdownTable::new(&["d", "r", "rd", "exact", "line", "ratio", "RF", "any"]);
    for (curve, theory) in figure.drawn("nt") {
        let own = ExpectedTangentRisk::new(curve.dim as f64, true);
        for point in &curve.points {
            let all = point.neurons * curve.dim;
            let r = point.neurons as f64;
            let line = own.as_ref().filter(|_| r >= LEAST_NEURONS);
            let line = line.and_then(|line| line.risk(r));
            table.row(&[
                curve.dim.to_string(),
                point.neurons.to_string(),
                all.to_string(),
                spread(point),
                risk(line),
                ratio(point, line),
                risk(theory.rf.risk(all as f64)),
                risk(Some(theory.any(all as f64))),
            ]);
        }
    }
    table
}

fn needed(figure: &NeuronReported) -> MarkdownTable {
    let mut table = MarkdownTable::new(&["d", "norm s", "risk over E y²", "any", "line", "found"]);
    let drawn: Vec<(&DrawnCurve, KnownTarget)> = figure
        .drawn("rf")
        .filter(|(curve, _)| curve.bias == 0.0)
        .collect();
    for (curve, theory) in drawn {
        let d = curve.dim as f64;
        let fixed = RISKS.iter().map(|(risk, _)| (1.0, *risk));
        let mut norms = vec![1.0, 5.0, d, d * d];
        norms.dedup();
        let of_norms = norms.into_iter().map(|s| (s, threshold(s)));
        for (s, goal) in fixed.chain(of_norms) {
            table.row(&[
                curve.dim.to_string(),
                s.to_string(),
                risk(Some(goal)),
                count(theory.any_needed(goal)),
                count(theory.rf.features_for(goal)),
                count(found(curve, goal)),
            ]);
        }
    }
    table
}

/// The error 1/50 for a target of norm s without a bias, over its E y² = s²/2.
pub(super) fn threshold(norm: f64) -> f64 {
    SingleNeuron { norm, bias: 0.0 }.threshold()
}

/// The median, with the least and the largest.
fn middle(mut values: Vec<f64>, write: impl Fn(f64) -> String) -> String {
    values.sort_by(f64::total_cmp);
    let [Some(first), Some(last)] = [values.first(), values.last()].map(Option::<&f64>::copied)
    else {
        return "–".to_owned();
    };
    let median = values[values.len() / 2];
    format!("{} ({} to {})", write(median), write(first), write(last))
}

fn trained(figure: &NeuronReported) -> MarkdownTable {
    let mut table = MarkdownTable::new(&[
        "d",
        "seeds",
        "risk at the start",
        "batches to 1e-8",
        "batches",
        "risk at the end",
    ]);
    for dim in figure.dims() {
        let own: Vec<&TrainedNeuron> = figure
            .data
            .trained
            .iter()
            .filter(|neuron| neuron.dim == dim)
            .collect();
        let batches = |samples: u64, batch: usize| samples as f64 / batch as f64;
        let to = own
            .iter()
            .filter_map(|neuron| Some(batches(neuron.samples_to_1e8?, neuron.batch)));
        let to: Vec<f64> = to.collect();
        let arrived = to.len();
        let mut reached = middle(to, |value| format!("{value:.0}"));
        if arrived < own.len() {
            let _ = write!(reached, ", {} never", own.len() - arrived);
        }
        let small = |value: f64| format!("{value:.1e}");
        table.row(&[
            dim.to_string(),
            own.len().to_string(),
            middle(own.iter().map(|neuron| neuron.first).collect(), |value| {
                format!("{value:.2}")
            }),
            reached,
            middle(
                own.iter()
                    .map(|neuron| batches(neuron.samples, neuron.batch))
                    .collect(),
                |value| format!("{value:.0}"),
            ),
            middle(own.iter().filter_map(|neuron| neuron.risk).collect(), small),
        ]);
    }
    table
}

fn polynomials(figure: &NeuronReported) -> MarkdownTable {
    let mut table = MarkdownTable::new(&[
        "P",
        "r",
        "layers trained",
        "seeds",
        "wrong signs",
        "hinge loss",
    ]);
    let mut rest: Vec<&PolynomialDot> = figure.data.polynomials.iter().collect();
    while let Some(&first) = rest.first() {
        let is_same = |one: &PolynomialDot| {
            (&one.polynomial, one.features, &one.layers)
                == (&first.polynomial, first.features, &first.layers)
        };
        let (same, others): (Vec<_>, Vec<_>) = rest.iter().partition(|one| is_same(one));
        rest = others;
        let mean = |of: fn(&PolynomialDot) -> Option<f64>| {
            let values: Vec<f64> = same.iter().filter_map(|one| of(one)).collect();
            risk(MeanAndSd::of(&values).map(|both| both.mean))
        };
        table.row(&[
            first.polynomial.clone(),
            first.features.to_string(),
            first.layers.clone(),
            same.len().to_string(),
            mean(|one| one.error),
            mean(|one| one.hinge),
        ]);
    }
    table
}

fn waves() -> MarkdownTable {
    let mut table = MarkdownTable::new(&[
        "d",
        "λ₁ at s = d",
        "‖ψ‖²",
        "r for half",
        "λ₁ at s = 1",
        "λ₁ at s = 4",
    ]);
    let exponent = |log: f64| {
        let whole = log.floor();
        format!("{:.2}e{whole}", 10_f64.powf(log - whole))
    };
    for dim in WAVES {
        let d = f64::from(dim);
        let [own, one, four] = [d, 1.0, 4.0].map(|norm| Waves::new(d, norm));
        let Some(own) = own else { continue };
        let lambda = |waves: Option<Waves>| {
            waves.map_or("–".to_owned(), |waves| {
                exponent(waves.log10_largest_eigenvalue())
            })
        };
        let half = (0.5 * own.mean_square()).log10() - own.log10_largest_eigenvalue();
        table.row(&[
            dim.to_string(),
            lambda(Some(own)),
            format!("{:.4}", own.mean_square()),
            exponent(half),
            lambda(one),
            lambda(four),
        ]);
    }
    table
}

/// The floor of a target with a bias; for the claims.
pub(super) fn floor(dim: usize, bias: f64) -> Option<f64> {
    let target = SingleNeuron { norm: 1.0, bias };
    ExpectedRisk::new(dim as f64, &target, true).map(|line| line.floor())
}
