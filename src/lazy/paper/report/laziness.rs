//! The figure on laziness, which is not the paper's: networks against the best ones of their laziness.

use std::fmt::Write as _;

use super::networks::is_close;
use super::{CLOSE, CLOSE_RELATIVELY};
use crate::full_size::markdown::{MarkdownTable, difference, rho, risk};
use crate::lazy::paper::laziness::{LazinessData, LazinessPreset, LazyDot, LimitLine, limit_lines};
use crate::numbers::significant;
use crate::setting::SettingError;

/// How much less than the least movement, over it, is rounding.
const ROUNDING: f64 = 1e-6;

/// The figure that was read, and what theory says about it.
#[derive(Debug)]
pub struct LazinessReported {
    data: LazinessData,
    limits: Vec<LimitLine>,
}

impl LazinessReported {
    pub(super) fn new(data: LazinessData, preset: &LazinessPreset) -> Result<Self, SettingError> {
        let problem = preset.settings()?.problem()?;
        let limits = limit_lines(preset, &problem);
        Ok(Self { data, limits })
    }

    /// The dots with their final risk and exact optimum.
    fn known(&self) -> impl Iterator<Item = (&LazyDot, f64, f64)> {
        let dots = self.data.dots.iter();
        dots.filter_map(|dot| Some((dot, dot.risk?, dot.optimum?)))
    }

    fn limit(&self, dot: &LazyDot) -> Option<f64> {
        let line = self
            .limits
            .iter()
            .find(|line| line.neurons == dot.neurons)?;
        let points = line.laziness.iter().zip(&line.risk);
        let mut at = points.filter(|(laziness, _)| (**laziness / dot.laziness - 1.0).abs() < 1e-9);
        at.next().map(|(_, risk)| *risk)
    }
}

/// The section: where the numbers are from, what theory says and what was found, and a row for every network.
pub(super) fn section(figure: &LazinessReported) -> String {
    let mut out = String::from(
        "\n## Beyond the paper: laziness\n\nNetworks f(x) = α(Σ⟨wᵢ,x⟩² − Σ⟨wᵢ⁰,x⟩²) + c, which start at 0 and lie between NN (α → 0) and NT at W₀ \
         (α → ∞). *Exact* is the least risk of this α at the weights that the run started from, what the N largest eigenvalues \
         of B + αW₀W₀ᵀ leave; *movement* is ‖W − W₀‖/‖W₀‖, *least* that of the nearest weights of the least risk; *alignment* is how much of the \
         span of the neurons lies among B's N leading directions. No paper has these; they are ours.\n\n",
    );
    out += &provenance(&figure.data);
    out += &statements(figure);
    out += &networks(figure);
    out
}

fn provenance(data: &LazinessData) -> String {
    let source = &data.provenance;
    let [done, all] = data.runs;
    let mut out = format!(
        "d = {}, {} steps of {} samples at the automatic step size that decays, seed {}. {done} of {all} runs are finished; they \
         took {:.1} hours of computing (one core) on {}. Program {}, random streams {}. Made by `lazy-limits figure {} --preset {}`.\n",
        data.dim,
        data.steps,
        data.batch,
        data.seed,
        source.seconds.total() / 3600.0,
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

fn statements(figure: &LazinessReported) -> String {
    let mut table = MarkdownTable::new(&["theory", "here", "difference", "what explains it"]);
    let known: Vec<_> = figure.known().collect();
    let close = known
        .iter()
        .filter(|(_, risk, optimum)| is_close(*risk, *optimum));
    let nearly = known.iter().filter(|(_, risk, optimum)| {
        (risk - optimum).abs() <= CLOSE.max(CLOSE_RELATIVELY * optimum)
    });
    let farthest = known
        .iter()
        .map(|(dot, risk, optimum)| (risk - optimum, *dot))
        .max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    if let Some((worst, dot)) = farthest {
        table.row(&[
            "SGD attains the least risk of its laziness".to_owned(),
            format!(
                "{} of {} dots within {CLOSE} and {:.0} %, {} within one of the two",
                close.count(),
                known.len(),
                100.0 * CLOSE_RELATIVELY,
                nearly.count()
            ),
            format!("at most {worst:+.5} ({})", place(dot)),
            "finitely many steps: see below".to_owned(),
        ]);
    }
    let moved = figure.data.dots.iter().filter_map(|dot| {
        let ratio = dot.movement? / dot.least_movement?;
        Some((ratio, dot))
    });
    let moved: Vec<_> = moved.collect();
    if let Some((shortest, dot)) = moved.iter().min_by(|a, b| a.0.total_cmp(&b.0)) {
        let far = moved.iter().filter(|(ratio, _)| *ratio >= 1.0 - ROUNDING);
        table.row(&[
            "with the least risk they move at least as far as the nearest weights that have it"
                .to_owned(),
            format!("{} of {} dots do", far.count(), moved.len()),
            format!("{shortest:.3} times as far or more ({})", place(dot)),
            "what stops short of the least risk may stop short of its weights".to_owned(),
        ]);
    }
    let turned = figure.data.dots.iter().filter_map(|dot| {
        let gap = dot.alignment? - dot.best_alignment?;
        Some((gap, dot))
    });
    if let Some((worst, dot)) = turned.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs())) {
        table.row(&[
            "their neurons look where those of the nearest best network do".to_owned(),
            format!("{} dots", moved.len()),
            format!("at most {worst:+.5} ({})", place(dot)),
            "finitely many steps".to_owned(),
        ]);
    }
    for (line, limit) in figure.data.exact.iter().zip(&figure.limits) {
        let gaps = line.risk.iter().zip(&limit.risk);
        let gaps = gaps.map(|(exact, limit)| exact - limit).zip(&line.laziness);
        if let Some((worst, alpha)) = gaps.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs())) {
            table.row(&[
                format!("exact risks follow the limit, ρ = {}", short(line.rho)),
                format!("{} values of α", line.laziness.len()),
                format!("at most {worst:+.5} (α = {})", significant(*alpha, 3)),
                "finite d, and one draw of the weights".to_owned(),
            ]);
        }
    }
    for line in &figure.data.exact {
        for (says, end, index) in [
            ("the rich end is NN", line.nn, 0),
            ("the lazy end is NT at W₀", line.nt, line.risk.len() - 1),
        ] {
            let (alpha, here) = (line.laziness[index], line.risk[index]);
            table.row(&[
                format!("{says}: {end:.5} at ρ = {}", short(line.rho)),
                format!("{here:.5} at α = {}", significant(alpha, 3)),
                format!("{:+.5}", here - end),
                "finite α".to_owned(),
            ]);
        }
    }
    table.finish()
}

fn networks(figure: &LazinessReported) -> String {
    let mut table = MarkdownTable::new(&[
        "N",
        "ρ",
        "α",
        "limit",
        "exact",
        "trained",
        "difference",
        "ratio",
        "movement",
        "least",
        "alignment",
        "of the best",
        "close",
    ]);
    for dot in &figure.data.dots {
        let pair = dot.risk.zip(dot.optimum);
        table.row(&[
            dot.neurons.to_string(),
            rho(dot.rho),
            significant(dot.laziness, 3),
            risk(figure.limit(dot)),
            risk(dot.optimum),
            match dot.diverged_at {
                Some(step) => format!("diverged at {step}"),
                None => risk(dot.risk),
            },
            difference(pair.map(|(risk, optimum)| risk - optimum)),
            match pair {
                Some((risk, optimum)) if optimum > CLOSE => format!("{:.3}", risk / optimum),
                _ => "–".to_owned(),
            },
            risk(dot.movement),
            risk(dot.least_movement),
            risk(dot.alignment),
            risk(dot.best_alignment),
            match pair {
                Some((risk, optimum)) if is_close(risk, optimum) => "yes",
                Some(_) => "no",
                None => "–",
            }
            .to_owned(),
        ]);
    }
    let note = format!(
        "\n### Networks by laziness\n\n*Close*: within {CLOSE} of the exact optimum, and within {:.0} % of it where it exceeds \
         {CLOSE}.{}\n",
        100.0 * CLOSE_RELATIVELY,
        outside(figure)
    );
    note + &table.finish()
}

/// The dots that are not close, and why.
fn outside(figure: &LazinessReported) -> String {
    let far = figure
        .known()
        .filter(|(_, risk, optimum)| !is_close(*risk, *optimum));
    let far: Vec<String> = far
        .map(|(dot, risk, optimum)| {
            let ratio = risk / optimum;
            format!("{} ({:+.5}, ratio {ratio:.3})", place(dot), risk - optimum)
        })
        .collect();
    if far.is_empty() {
        return String::new();
    }
    format!(
        " Not close: {}. Both reasons are finitely many steps. The last of them leave noise, which is a share of the risk itself, \
         much the same at every α, so that it exceeds {CLOSE} where the least risk is large; in narrow networks smaller steps \
         would leave less of it. In wider ones the slowest directions are still on their way besides, and only more steps \
         would leave less. Ratios where the least risk exceeds {CLOSE}: {}.",
        far.join("; "),
        ratios(figure).join(", ")
    )
}

/// From where to where the ratios of trained and least risk are, by width.
fn ratios(figure: &LazinessReported) -> Vec<String> {
    let of = |neurons: usize| {
        let own = figure
            .known()
            .filter(|(dot, _, optimum)| dot.neurons == neurons && *optimum > CLOSE);
        let ratios: Vec<f64> = own.map(|(_, risk, optimum)| risk / optimum).collect();
        let least = ratios.iter().copied().reduce(f64::min)?;
        let most = ratios.iter().copied().reduce(f64::max)?;
        Some(format!("{least:.3} to {most:.3} at N = {neurons}"))
    };
    let lines = figure.data.exact.iter();
    lines.filter_map(|line| of(line.neurons)).collect()
}

fn place(dot: &LazyDot) -> String {
    format!("N = {}, α = {}", dot.neurons, significant(dot.laziness, 3))
}

fn short(rho: f64) -> String {
    format!("{rho:.1}")
}
