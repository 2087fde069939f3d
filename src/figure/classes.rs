//! What a classifier sees of a mixture: its answers for samples of either class, beside the
//! log-likelihood ratio, which is all there is to know.

use nalgebra::DMatrix;

use super::bars::learned_diagonal;
use super::explorable::Explorable;
use super::{Axis, Frame, Subject, Table};
use crate::problem::Mixture;
use crate::stream::{Purpose, Stream};
use crate::train::Regime;

/// Samples of each class.
const SAMPLES: usize = 400;

/// Bars of a histogram.
const BINS: usize = 36;

const REGIMES: [Regime; 3] = [Regime::Rf, Regime::Nt, Regime::Nn];

/// Histograms side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// One a regime, and the log-likelihood ratio.
    pub histograms: Vec<Histogram>,
}

/// The answers for either class.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Who answers.
    pub subject: Subject,
    /// Its title.
    pub label: String,
    /// What is answered.
    pub x: Axis,
    /// Shares; each histogram has its own, as one that is blind is a single bar.
    pub y: Axis,
    /// For the samples of y = +1 and of y = −1: the share in each of equally wide bars.
    pub shares: [Vec<f64>; 2],
    /// Whether a trained network answers; else the one that theory expects.
    pub trained: bool,
}

impl Classes {
    /// The plot area of one of the histograms in a picture of all.
    pub fn frame(&self, index: usize, width: f64, height: f64) -> Frame {
        let margins = [24.0, 8.0, 38.0, 12.0];
        Frame::in_row(index, self.histograms.len(), width, height, margins)
    }
}

/// Samples of a mixture in working coordinates, one a column: y = +1 first, then y = −1. They come
/// from a batch that no run gets to.
fn samples(mixture: &Mixture, seed: u64) -> DMatrix<f32> {
    let s = mixture.eigenvalues();
    let mut x = DMatrix::zeros(s.len(), 2 * SAMPLES);
    Stream::new(seed, Purpose::Batch, u64::MAX).fill_normal(x.as_mut_slice());
    for (index, mut sample) in x.column_iter_mut().enumerate() {
        let sign = if index < SAMPLES { 1.0 } else { -1.0 };
        for (value, s) in sample.iter_mut().zip(s) {
            *value *= (1.0 - sign * s).sqrt() as f32;
        }
    }
    x
}

/// One number for each sample.
struct Answers {
    subject: Subject,
    label: String,
    values: Vec<f64>,
    trained: bool,
}

/// `f(x) = −½R⟨xxᵀ − I, Q₀⟩`, R the risk and `Q₀` what has been learnt of `Δ̃`.
fn answers(state: &Explorable, regime: Regime, x: &DMatrix<f32>) -> Answers {
    let run = state.run_at_handle(regime);
    let learned = run.and_then(|run| Some((run.learned.as_ref()?, run.risk()?)));
    let dim = state.dim();
    let values = match learned {
        Some((matrix, risk)) if matrix.len() == dim * dim => {
            let form = DMatrix::from_column_slice(dim, dim, matrix);
            let trace = f64::from(form.trace());
            let product = form * x;
            let products = product.column_iter().zip(x.column_iter());
            products
                .map(|(qx, x)| -0.5 * risk * (f64::from(qx.dot(&x)) - trace))
                .collect()
        }
        _ => {
            let risk = learned.map_or_else(|| limit(state, regime), |(_, risk)| risk);
            let diagonal = learned_diagonal(state, regime).0;
            x.column_iter()
                .map(|x| {
                    let terms = x.iter().zip(&diagonal);
                    let form: f64 = terms.map(|(x, q)| q * (f64::from(x * x) - 1.0)).sum();
                    -0.5 * risk * form
                })
                .collect()
        }
    };
    Answers {
        subject: regime.into(),
        label: regime.name().to_ascii_uppercase(),
        values,
        trained: learned.is_some(),
    }
}

fn limit(state: &Explorable, regime: Regime) -> f64 {
    let risks = state.risks().limit;
    let network = match regime {
        Regime::Rf => None,
        Regime::Nt => risks.nt,
        Regime::Nn => risks.nn,
    };
    network.unwrap_or(risks.rf)
}

/// `ln p₊(x) − ln p₋(x)`.
fn log_likelihood_ratios(mixture: &Mixture, x: &DMatrix<f32>) -> Answers {
    let s = mixture.eigenvalues();
    let ratio = |x: &[f32]| -> f64 {
        let terms = x.iter().zip(s);
        terms
            .map(|(&x, &s)| s.atanh() - f64::from(x * x) * s / (1.0 - s * s))
            .sum()
    };
    Answers {
        subject: Subject::Bayes,
        label: "log-likelihood ratio".to_owned(),
        values: x.as_slice().chunks_exact(s.len()).map(ratio).collect(),
        trained: false,
    }
}

/// All answers; none where there are no classes.
fn all(state: &Explorable) -> Vec<Answers> {
    let Some(mixture) = state.problem().mixture() else {
        return Vec::new();
    };
    let x = samples(mixture, state.settings().seed);
    let networks = REGIMES.into_iter().map(|regime| answers(state, regime, &x));
    networks
        .chain([log_likelihood_ratios(mixture, &x)])
        .collect()
}

/// An axis around 0 to the largest of `values`.
fn axis<'a>(label: &str, values: impl Iterator<Item = &'a f64>) -> Axis {
    let most = values.fold(1e-3, |most: f64, value| most.max(value.abs()));
    Axis {
        label: label.to_owned(),
        min: -1.02 * most,
        max: 1.02 * most,
        log: false,
    }
}

pub(super) fn classes(state: &Explorable) -> Classes {
    let all = all(state);
    let networks = all.iter().filter(|one| one.subject != Subject::Bayes);
    let answer = axis("f(x)", networks.flat_map(|one| &one.values));
    let histograms: Vec<Histogram> = all
        .into_iter()
        .map(|one| {
            let x = if one.subject == Subject::Bayes {
                axis("ln p₊(x)/p₋(x)", one.values.iter())
            } else {
                answer.clone()
            };
            let (plus, minus) = one.values.split_at(SAMPLES);
            let shares = [shares(&x, plus), shares(&x, minus)];
            let most = shares.iter().flatten().fold(0.0, |a: f64, &b| a.max(b));
            Histogram {
                subject: one.subject,
                label: one.label,
                y: Axis {
                    label: "share".to_owned(),
                    min: 0.0,
                    max: 1.12 * most,
                    log: false,
                },
                shares,
                x,
                trained: one.trained,
            }
        })
        .collect();
    Classes { histograms }
}

fn shares(axis: &Axis, values: &[f64]) -> Vec<f64> {
    let mut shares = vec![0.0; BINS];
    for &value in values {
        let bin = (axis.unit(value) * BINS as f64) as usize;
        shares[bin.min(BINS - 1)] += 1.0 / values.len() as f64;
    }
    shares
}

fn moments(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let square: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (square / (count - 1.0)).sqrt())
}

pub(super) fn describe(state: &Explorable) -> String {
    let parts: Vec<String> = all(state)
        .into_iter()
        .map(|one| {
            let (plus, minus) = one.values.split_at(SAMPLES);
            let ((high, _), (low, _)) = (moments(plus), moments(minus));
            format!("{} {high:.2} and {low:.2}", one.label)
        })
        .collect();
    format!(
        "Histograms of f(x) for {SAMPLES} samples of each class; means for y = +1 and y = −1: {}.",
        parts.join(", ")
    )
}

pub(super) fn table(state: &Explorable) -> Table {
    let rows = all(state).into_iter().flat_map(|one| {
        let (plus, minus) = one.values.split_at(SAMPLES);
        [("+1", plus), ("−1", minus)].map(|(class, values)| {
            let (mean, sd) = moments(values);
            vec![
                one.label.clone(),
                class.to_owned(),
                format!("{mean:.3}"),
                format!("{sd:.3}"),
            ]
        })
    });
    Table {
        columns: ["of", "y", "mean", "standard deviation"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
    }
}
