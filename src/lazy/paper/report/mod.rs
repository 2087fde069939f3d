//! A figure's results against theory, as a document.

mod errata;
mod fits;
mod laziness;
mod networks;
mod statements;

use std::fmt::Write as _;

pub use laziness::LazinessReported;

use super::data::{BestRun, FigureData, Seconds};
use super::laziness::LazinessPreset;
use super::preset::Preset;
use crate::figure::Subject;
use crate::full_size::{FigureHead, PresetSize, ReportError};
use crate::lazy::limit::{self, NeuralTangent};
use crate::lazy::paper::WidthFigure;
use crate::lazy::problem::{Problem, Target};
use crate::setting::SettingError;

/// How far trained networks may be from the exact optimum at their N and d: so much, and where the
/// optimum itself exceeds it, also so much of it.
const CLOSE: f64 = 0.01;
const CLOSE_RELATIVELY: f64 = 0.1;

/// A figure that was read, and what theory says about it.
#[derive(Debug)]
pub enum Reported {
    /// One of risk against width, the paper's.
    Width(Box<WidthReported>),
    /// The one on laziness, ours.
    Laziness(Box<LazinessReported>),
}

impl Reported {
    /// Reads the JSON of a figure.
    ///
    /// # Errors
    /// If it is none.
    pub fn from_json(text: &str) -> Result<Self, ReportError> {
        let head = FigureHead::from_json(text)?;
        let size = PresetSize::from_name(&head.preset);
        match (size, WidthFigure::from_name(&head.figure)) {
            (Some(size), Some(width)) => {
                let preset = Preset::new(width, size);
                let read = WidthReported::new(FigureData::from_json(text)?, preset)?;
                Ok(Self::Width(Box::new(read)))
            }
            (Some(size), None) if head.figure == LazinessPreset::NAME => {
                let preset = LazinessPreset::new(size);
                let read = LazinessReported::new(serde_json::from_str(text)?, &preset)?;
                Ok(Self::Laziness(Box::new(read)))
            }
            _ => Err(head.unknown()),
        }
    }
}

/// A figure of risk against width that was read, and what theory says about it.
#[derive(Debug)]
pub struct WidthReported {
    data: FigureData,
    preset: Preset,
    problem: Problem,
    tangent: NeuralTangent,
}

impl WidthReported {
    fn new(data: FigureData, preset: Preset) -> Result<Self, SettingError> {
        let problem = preset.settings()?.problem()?;
        let tangent = NeuralTangent::new(&problem);
        Ok(Self {
            data,
            preset,
            problem,
            tangent,
        })
    }

    /// The limit of NT or NN at a width, for x².
    fn limit(&self, subject: Subject, neurons: usize) -> f64 {
        if subject == Subject::NN {
            return limit::network(&self.problem, neurons);
        }
        let rho = neurons as f64 / self.problem.dim() as f64;
        self.tangent.risk(rho)
    }

    /// Networks trained with a schedule.
    fn trained(&self, schedule: &str) -> impl Iterator<Item = &BestRun> {
        let dots = self.data.dots.iter();
        dots.filter(move |dot| dot.schedule.as_deref() == Some(schedule))
    }

    /// Differences of the final risk from the exact optimum over the seeds: at the automatic step
    /// size that decays.
    fn over_seeds(&self, subject: Subject, activation: &str, neurons: usize) -> Vec<f64> {
        let first = self.trained("linear").find(|dot| {
            dot.subject == subject && dot.activation == activation && dot.neurons == neurons
        });
        let first = first.and_then(|dot| {
            let auto = dot
                .grid
                .iter()
                .find(|run| run.step_scale.total_cmp(&1.0).is_eq())?;
            Some((auto.risk?, dot.optimum?))
        });
        let again = self.data.repeats.iter().filter(|run| {
            run.subject == subject && run.activation == activation && run.neurons == neurons
        });
        let again = again.filter_map(|run| Some((run.risk?, run.optimum?)));
        let all = first.into_iter().chain(again);
        all.map(|(risk, optimum)| risk - optimum).collect()
    }
}

/// The document: what was run, the paper's statements beside the numbers here, tables, and the
/// errors found in the paper's text.
pub fn report(figures: &[Reported]) -> String {
    let mut out = String::from(
        "# Reproduction\n\nThe paper's figures, run again: each statement beside the number found here, the difference, \
         and what explains it. Risks are normalised: 1 is the best constant. *Limit* is the closed form for N, d → ∞, \
         *exact* the population optimum at this very N and d (for NT at the weights drawn), *trained* what one pass of \
         SGD reached. The paper is Ghorbani, Mei, Misiakiewicz, Montanari, “Limitations of lazy training of two-layers \
         neural networks” (NeurIPS 2019).\n",
    );
    for figure in figures {
        match figure {
            Reported::Width(figure) => out += &section(figure),
            Reported::Laziness(figure) => out += &laziness::section(figure),
        }
    }
    let of_the_paper = figures.iter().filter_map(|figure| match figure {
        Reported::Width(figure) => Some(&**figure),
        Reported::Laziness(_) => None,
    });
    out += &errata::errata(of_the_paper);
    out
}

fn section(figure: &WidthReported) -> String {
    let mut out = format!("\n## {}\n\n", heading(figure));
    out += &provenance(figure);
    out += &statements::statements(figure);
    out += &networks::decaying(figure);
    out += &networks::sizes(figure);
    out += &networks::seeds(figure);
    out += &networks::constant(figure);
    out += &fits::fits(figure);
    out
}

fn heading(figure: &WidthReported) -> &'static str {
    match figure.preset.figure {
        WidthFigure::Quadratic => "Figure 1: a quadratic target",
        WidthFigure::Mixture => "Figure 2: a mixture of two Gaussians",
        WidthFigure::Activation => "Figure 3 of the poster: other activations",
    }
}

fn provenance(figure: &WidthReported) -> String {
    let data = &figure.data;
    let source = &data.provenance;
    let [done, all] = data.runs;
    let mut out = format!(
        "d = {}, {} steps of {} samples, seed {}. {done} of {all} runs are finished{}; they took {:.1} hours of computing \
         (one core: {}) on {}. Program {}, random streams {}. Made by `lazy-limits figure {} --preset {}`.\n",
        data.dim,
        data.steps,
        data.batch,
        data.seed,
        if data.complete {
            ""
        } else {
            ", so that step sizes are the best of those tried so far"
        },
        source.seconds.total() / 3600.0,
        shares(&source.seconds),
        source.machines_in_words(),
        source.version,
        source.streams,
        data.figure,
        data.preset,
    );
    for note in &data.notes {
        let _ = write!(out, "\nNote: {note}.\n");
    }
    out
}

/// Hours by what was computed.
fn shares(seconds: &Seconds) -> String {
    [
        ("decaying steps of the automatic size", seconds.decaying),
        ("of other sizes", seconds.other_sizes),
        ("from other seeds", seconds.repeats),
        ("constant steps", seconds.constant),
        ("least squares", seconds.fits),
    ]
    .map(|(name, seconds)| format!("{name} {:.1}", seconds / 3600.0))
    .join(", ")
}

/// A regime, with its activation where it is not x².
fn label(subject: Subject, activation: &str) -> String {
    let name = subject.name();
    if activation == "quadratic" {
        name.to_owned()
    } else {
        format!("{name}, {activation}")
    }
}
