//! What a classifier sees of a mixture: its answers for samples of either class, beside the
//! log-likelihood ratio, which is all there is to know.

use crate::figure::{Axis, Classes, Histogram, Panel, Picture, Slowness, Subject, Table};
use crate::lazy::figure::capture::{REGIMES, title};
use crate::lazy::figure::scene::{Explorable, Theory};
use nalgebra::DMatrix;

use crate::lazy::problem::{Mixture, Problem};
use crate::lazy::train::Regime;
use crate::linalg::{add_product, normal};
use crate::stream::{Purpose, Stream};

/// Samples of each class.
const SAMPLES: usize = 400;

/// Dimensions beyond which histograms wait until the hand rests.
const MANY: usize = 128;

/// Bars of a histogram.
const BINS: usize = 36;

/// The answers for the two classes of a mixture; no histograms where there are none.
pub(in crate::lazy::figure) struct ClassesPanel;

impl Panel<Theory> for ClassesPanel {
    fn key(&self) -> &'static str {
        "classes"
    }

    fn title(&self) -> &'static str {
        "Answers for the two classes"
    }

    fn note(&self, _seen: &Explorable) -> String {
        "What each answers, f(x), for fresh samples of the two classes; and the log-likelihood ratio, which is all there is to know."
            .to_owned()
    }

    fn slowness(&self, seen: &Explorable) -> Slowness {
        if seen.front().dim() <= MANY {
            Slowness::Slow
        } else {
            Slowness::Waiting
        }
    }

    fn picture(&self, seen: &Explorable) -> Picture {
        Picture::Classes(classes(seen.front()))
    }

    fn table(&self, seen: &Explorable) -> Table {
        table(seen.front())
    }

    fn describe(&self, seen: &Explorable) -> String {
        describe(seen.front())
    }
}

/// What samples are made of: standard normal numbers, one sample a column, those of y = +1 first. Drawing
/// them takes longer than all else, so they are kept while only the mixture changes.
#[derive(Clone, Debug)]
pub(in crate::lazy::figure) struct KeptNormals {
    seed: u64,
    z: DMatrix<f32>,
}

impl KeptNormals {
    /// They come from a batch that no run gets to; none where there are no classes.
    pub(in crate::lazy::figure) fn new(problem: &Problem, seed: u64) -> Option<Self> {
        let mixture = problem.mixture()?;
        let mut z = DMatrix::zeros(mixture.eigenvalues().len(), 2 * SAMPLES);
        Stream::new(seed, Purpose::Batch, u64::MAX).fill_normal(z.as_mut_slice());
        Some(Self { seed, z })
    }

    /// Whether they serve this seed and dimension.
    pub(in crate::lazy::figure) fn are_for(&self, seed: u64, dim: usize) -> bool {
        self.seed == seed && self.z.nrows() == dim
    }

    /// The samples of a mixture in working coordinates.
    fn samples(&self, mixture: &Mixture) -> DMatrix<f32> {
        let roots = [1.0, -1.0].map(|y| {
            let root = |s: f64| (1.0 - y * s).sqrt() as f32;
            mixture.eigenvalues().map(root)
        });
        let mut x = self.z.clone();
        for (index, mut sample) in x.column_iter_mut().enumerate() {
            sample.component_mul_assign(&roots[usize::from(index >= SAMPLES)]);
        }
        x
    }
}

/// `Σ q_i x_i²` for each sample.
fn diagonal_forms(x: &DMatrix<f32>, q: impl Iterator<Item = f64>) -> Vec<f64> {
    let q: Vec<f32> = q.map(|value| value as f32).collect();
    x.as_slice()
        .chunks_exact(q.len())
        .map(|x| {
            let sum: f32 = x.iter().zip(&q).map(|(x, q)| q * x * x).sum();
            f64::from(sum)
        })
        .collect()
}

/// One number for each sample.
struct Answers {
    subject: Subject,
    label: String,
    values: Vec<f64>,
    origin: String,
}

/// `f(x) = −½R⟨xxᵀ − I, Q₀⟩`, R the risk and `Q₀` what has been learnt of `Δ̃`.
fn answers(state: &Explorable, regime: Regime, x: &DMatrix<f32>) -> Answers {
    let run = state.run_at_handle(regime);
    let learned = run.and_then(|run| Some((state.learned(run)?, run.last(0)?)));
    let dim = state.dim();
    let matrix = learned.and_then(|(learned, risk)| Some((learned.matrix()?, risk)));
    let values = if let Some((matrix, risk)) = matrix {
        let form = DMatrix::from_column_slice(dim, dim, matrix);
        let trace = f64::from(form.trace());
        let mut product = DMatrix::zeros(dim, x.ncols());
        add_product(&mut product, 0.0, 1.0, normal(&form), normal(x));
        let products = product.column_iter().zip(x.column_iter());
        products
            .map(|(qx, x)| -0.5 * risk * (f64::from(qx.dot(&x)) - trace))
            .collect()
    } else {
        let risk = learned.map_or_else(|| limit(state, regime), |(_, risk)| risk);
        let diagonal = state.learned_diagonal(regime).0;
        let trace: f64 = diagonal.iter().sum();
        let forms = diagonal_forms(x, diagonal.into_iter()).into_iter();
        forms.map(|form| -0.5 * risk * (form - trace)).collect()
    };
    Answers {
        subject: regime.into(),
        label: title(regime),
        values,
        origin: state.origin(learned.is_some()),
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
    let shift: f64 = s.iter().map(|s| s.atanh()).sum();
    let forms = diagonal_forms(x, s.iter().map(|s| s / (1.0 - s * s)));
    Answers {
        subject: Subject::BAYES,
        label: "log-likelihood ratio".to_owned(),
        values: forms.into_iter().map(|form| shift - form).collect(),
        origin: format!("d = {}", s.len()),
    }
}

/// All answers; none where there are no classes.
fn all(state: &Explorable) -> Vec<Answers> {
    let (Some(mixture), Some(normals)) = (state.problem().mixture(), &state.scene.normals) else {
        return Vec::new();
    };
    let x = normals.samples(mixture);
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

fn classes(state: &Explorable) -> Classes {
    let all = all(state);
    let networks = all.iter().filter(|one| one.subject != Subject::BAYES);
    let answer = axis("f(x)", networks.flat_map(|one| &one.values));
    let histograms: Vec<Histogram> = all
        .into_iter()
        .map(|one| {
            let x = if one.subject == Subject::BAYES {
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
                origin: one.origin,
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

fn describe(state: &Explorable) -> String {
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

fn table(state: &Explorable) -> Table {
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
