//! What runs and targets need of memory, in bytes. Every estimate is an upper one, good to a factor of two or so; a test
//! runs each command under all kinds of limits.

use super::resolve::neurons;
use crate::lazy::setting::{ProblemName, Settings};
use crate::lazy::train::{Regime, TrainSettings};
use crate::linalg::Symmetric;
use crate::setting::Weights;
use crate::spectrum::Source;

/// A real number.
const REAL: f64 = 8.0;

/// A target, its limits, and the covariance of weights: nothing to speak of where all is diagonal, and some matrices
/// for eigenvalue problems and changes of basis where it is not.
pub(crate) fn of_target(settings: &Settings) -> f64 {
    let d = settings.dim() as f64;
    let form = is_full(&settings.spectrum.source);
    let target: f64 = match settings.problem_name() {
        ProblemName::Quadratic if form => 7.0,
        ProblemName::Mixture if form || is_full(&settings.sigma) => 14.0,
        // A family is turned, or as good as not.
        ProblemName::Mixture if settings.is_rotated => 14.0,
        _ => 0.0,
    };
    let weights = match &settings.weights {
        Weights::Given(Symmetric::Full(_)) => 7.0,
        _ => 0.0,
    };
    REAL * ((target + weights) * d * d + 50.0 * d)
}

fn is_full(source: &Source) -> bool {
    matches!(source, Source::Given(Symmetric::Full(_)))
}

/// Exact risks of one draw of so many neurons: U, L and its inverse (N² each), the weights in three forms, and the d×d matrices of
/// NT. A mixture has a kernel for each class, and its NT is solved by iterations.
pub(crate) fn of_draw(is_mixture: bool, dim: usize, neurons: usize) -> f64 {
    let (d, n) = (dim as f64, neurons as f64);
    let (kernels, squares) = if is_mixture { (4.6, 13.0) } else { (3.5, 5.0) };
    REAL * (kernels * n * n + 3.0 * n * d + squares * d * d)
}

/// The best network of a laziness from one start of so many neurons: the weights as they are drawn, and then some matrices that are
/// `d×d`, or narrower.
pub(crate) fn of_lazy_optimum(dim: usize, neurons: usize) -> f64 {
    let (d, n) = (dim as f64, neurons as f64);
    let width = n.min(d);
    REAL * (2.5 * n * d + 9.0 * d * d + 8.0 * width * d + 6.0 * width * width)
}

/// A run with its target and its optimum; only the target if it is larger than any run may be, which is said once that is made.
pub(crate) fn of_run(settings: &Settings) -> f64 {
    let (neurons, dim) = (neurons(settings), settings.dim());
    let train = TrainSettings {
        batch: settings.batch,
        protocol: settings.protocol,
        second_layer: settings.second_layer,
        activation: settings.activation,
        laziness: settings.laziness.first().copied(),
        ..TrainSettings::new(settings.regime, neurons)
    };
    let is_mixture = settings.problem_name() == ProblemName::Mixture;
    if train.check_size(dim, is_mixture).is_err() {
        return of_target(settings);
    }
    let training = train.bytes(dim, is_mixture);
    let optimum = match settings.regime {
        Regime::Rf => of_draw(is_mixture, 0, neurons),
        Regime::Nt => of_draw(is_mixture, dim, 0) + REAL * 3.0 * (dim * neurons.min(dim)) as f64,
        Regime::Nn if settings.laziness.is_empty() => 0.0,
        Regime::Nn => of_lazy_optimum(dim, neurons),
    };
    // Its numbers are put together and then written; the optimum comes later.
    let checkpoint = 0.7 * training;
    of_target(settings) + training + f64::max(optimum, checkpoint)
}

/// A run, as a refusal begins.
pub(crate) fn run_in_words(settings: &Settings) -> String {
    format!(
        "a run of {} with {} neurons in {} dimensions, batch {}, needs",
        settings.regime,
        neurons(settings),
        settings.dim(),
        settings.batch
    )
}

/// A target, as a refusal begins.
pub(crate) fn target_in_words(settings: &Settings) -> String {
    format!("a target in {} dimensions needs", settings.dim())
}
