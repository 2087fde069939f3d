//! The lines of the figure: limits, and exact values at the weights drawn.

use std::ops::ControlFlow;

use super::data::{ExactLine, LimitLine};
use super::preset::LazinessPreset;
use crate::lazy::finite::LazyStart;
use crate::lazy::limit::{self, Laziness, NeuralTangent};
use crate::lazy::problem::{Problem, Target};

/// The best networks along the lines, from the weights that the networks of `seed` start from. `watch` hears which share
/// of them is there; when it breaks, `None` is returned.
pub fn exact_lines(
    preset: &LazinessPreset,
    problem: &Problem,
    seed: u64,
    mut watch: impl FnMut(f64) -> ControlFlow<()>,
) -> Option<Vec<ExactLine>> {
    let laziness = preset.line();
    let total = (preset.widths.len() * (laziness.len() + 1)) as f64;
    let mut done = 0.0;
    let mut lines = Vec::new();
    for neurons in preset.widths {
        let start = LazyStart::drawn(problem.form(), neurons, seed, 0);
        let mut optimum = |alpha: f64| {
            if watch(done / total).is_break() {
                return None;
            }
            done += 1.0;
            Some(start.optimum(alpha))
        };
        let nt = optimum(LazyStart::LAZIEST)?.risk;
        let best: Option<Vec<_>> = laziness.iter().map(|&alpha| optimum(alpha)).collect();
        let best = best?;
        lines.push(ExactLine {
            neurons,
            rho: neurons as f64 / problem.dim() as f64,
            nt,
            nn: problem.network_exact(neurons),
            laziness: laziness.clone(),
            risk: best.iter().map(|best| best.risk).collect(),
            movement: best.iter().map(|best| best.movement).collect(),
            alignment: best.iter().map(|best| best.alignment).collect(),
        });
    }
    Some(lines)
}

/// The limits along the lines.
pub fn limit_lines(preset: &LazinessPreset, problem: &Problem) -> Vec<LimitLine> {
    let limit = Laziness::new(problem.form());
    let tangent = NeuralTangent::new(problem);
    let line = |neurons: usize| {
        let rho = neurons as f64 / problem.dim() as f64;
        let points = preset.line().into_iter();
        let points = points.filter_map(|alpha| Some((alpha, limit.risk(rho, alpha)?)));
        let (laziness, risk) = points.unzip();
        LimitLine {
            neurons,
            rho,
            nt: tangent.risk(rho),
            nn: limit::network(problem, neurons),
            laziness,
            risk,
        }
    };
    preset.widths.map(line).into()
}
