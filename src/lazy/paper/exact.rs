//! Exact random features at finite N and d, averaged over draws.

use std::ops::ControlFlow;

use super::data::{Exact, Point};
use super::preset::Preset;
use super::theory::FEATURES;
use crate::lazy::exact::{ExactPlan, RunError};
use crate::lazy::problem::{Problem, Target};

/// Exact risks of all random features of a figure. `watch` hears which share of them is there;
/// when it breaks, `None` is returned.
///
/// # Errors
/// If memory or threads do not suffice, or a risk is not known.
pub fn exact_curves(
    preset: &Preset,
    problem: &Problem,
    seed: u64,
    threads: usize,
    mut watch: impl FnMut(f64) -> ControlFlow<()>,
) -> Result<Option<Vec<Exact>>, RunError> {
    let dim = problem.dim() as f64;
    let rho: Vec<f64> = preset.exact.iter().map(|&n| n as f64 / dim).collect();
    let total = (preset.activations.len() * FEATURES.len() * preset.draws) as f64;
    let mut done = 0;
    let mut out = Vec::new();
    for &activation in &preset.activations {
        for (subject, name, covariance) in &FEATURES {
            let plan = ExactPlan {
                problem: problem.clone(),
                covariance: covariance.clone(),
                activation,
                rho: rho.clone(),
                seed,
                draws: preset.draws,
            };
            let curve = plan.run(threads, |draws| watch((done + draws) as f64 / total))?;
            done += curve.draws;
            if curve.draws < preset.draws {
                return Ok(None);
            }
            if let Some(unknown) = curve.unknown
                && curve.points.iter().any(|point| point.rf.is_none())
            {
                return Err(unknown.into());
            }
            let points = curve.points.iter().filter_map(|point| {
                let moments = point.rf?;
                Some(Point {
                    rho: point.rho,
                    neurons: point.neurons,
                    mean: moments.mean,
                    sd: moments.sd,
                })
            });
            out.push(Exact {
                subject: *subject,
                weights: (*name).into(),
                activation: activation.name().into(),
                draws: curve.draws,
                seed,
                points: points.collect(),
            });
        }
    }
    Ok(Some(out))
}
