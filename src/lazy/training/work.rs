//! How much work a run is, before it is run.

use crate::experiment::sweep::Work;
use crate::lazy::problem::{Problem, Target};
use crate::lazy::train::{Regime, SecondLayer, TrainSettings, report_steps};

/// What drawing one normal variate costs, in multiplications of a product.
const VARIATE: f64 = 60.0;

/// What one value of an activation and of its slope cost.
const ACTIVATION: f64 = 60.0;

/// What a multiplication costs in double precision, in those of single precision.
const DOUBLE: f64 = 2.0;

/// The work of a run of these settings on this target.
pub(super) fn work(problem: &Problem, train: &TrainSettings) -> Work {
    let d = problem.dim() as f64;
    let (n, b) = (train.neurons as f64, train.batch as f64);
    let is_mixture = matches!(problem, Problem::Mixture(_));
    let least = n.min(d);
    let steps = train.steps as f64;
    let draw = b * d * VARIATE;
    if train.regime == Regime::Rf {
        let kernels = if is_mixture { 3.0 } else { 2.0 };
        return Work {
            step: draw + b * n * (d + ACTIVATION) + DOUBLE * b * n * n / 2.0,
            report: DOUBLE * (n * n * n / 3.0 + kernels * n * n * d),
            end: DOUBLE * (n * n * n / 3.0 + kernels * n * n * d),
            steps,
            reports: 1.0,
        };
    }
    let (step, report) = if train.is_activated() {
        let tangent = if train.regime == Regime::Nt { 2.0 } else { 1.0 };
        let kernel = n * n * (d + ACTIVATION);
        (
            b * n * (3.0 * tangent * d + ACTIVATION),
            DOUBLE * (3.0 * tangent * kernel + d * d * n),
        )
    } else {
        let width = match (train.regime, train.second_layer, is_mixture) {
            (Regime::Nn, SecondLayer::Trained, true) => n,
            (Regime::Nn, SecondLayer::Fixed, true) => n.min(2.0 * d),
            _ => least,
        };
        let passes = if train.regime == Regime::Nt { 4.0 } else { 2.0 };
        // Its risk, and the span of its neurons; lifted, the span is all.
        let span = if width < d { d * width * width } else { 0.0 };
        (b * d * width * passes, DOUBLE * (d * d * width + span))
    };
    let end = match (train.regime, problem) {
        // A few factorisations and eigenvalue problems.
        _ if train.laziness.is_some() => 20.0 * DOUBLE * d * d * d,
        // The exact optimum of NT on a mixture is found by iterations.
        (Regime::Nt, Problem::Mixture(_)) => 30.0 * DOUBLE * d * d * (d + least),
        (Regime::Nt, Problem::Quadratic(_)) => DOUBLE * d * least * (d + least),
        _ => 0.0,
    };
    Work {
        step: step + draw,
        report,
        end,
        steps,
        reports: report_steps(train.steps).len() as f64,
    }
}
