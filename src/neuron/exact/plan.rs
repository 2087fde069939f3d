//! Exact risks averaged over draws of features and directions of targets, on all cores.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{
    FeatureKind, MeanAndSd, NestedFeatures, UnknownRisk, random_directions, target_directions,
};
use crate::neuron::problem::SingleNeuron;
use crate::numbers::digits;
use crate::runner::{MemoryError, jobs, memory};

/// NT is solved for as long as it has no more features than this, rd: beyond, a draw takes seconds and half a gigabyte.
pub const MAX_TANGENT_FEATURES: usize = 4096;

/// Why risks cannot be averaged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeaturePlanError {
    /// The Gram matrix has r² entries.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The system gives no threads.
    #[error("no threads can be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Exact risks to be averaged over draws of random features, and directions of the target for each of them.
#[derive(Clone, Debug)]
pub struct FeaturePlan {
    /// The dimension d.
    pub dim: usize,
    /// The target, in every direction.
    pub target: SingleNeuron,
    /// Numbers of neurons, in any order.
    pub features: Vec<usize>,
    /// Whether the constant is a feature too.
    pub has_constant: bool,
    /// Seed of features and directions.
    pub seed: u64,
    /// Draws of features.
    pub draws: usize,
    /// Directions for each draw.
    pub directions: usize,
}

/// The risks of so many neurons, over draws and directions alike. None where no draw was finished, or the risk of one is not
/// known.
#[derive(Clone, Debug, PartialEq)]
pub struct AverageOfDraws {
    /// The number r of neurons.
    pub neurons: usize,
    /// RF: the features `relu(⟨w,x⟩)`.
    pub rf: Option<MeanAndSd>,
    /// NT: the features `1(⟨w,x⟩ > 0)x`; none either beyond [`MAX_TANGENT_FEATURES`].
    pub nt: Option<MeanAndSd>,
    /// The mean of `r·max|u_i|` of the best combination of RF.
    pub size: Option<f64>,
}

/// What [`FeaturePlan::run`] has found.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnAverages {
    /// One for each number of neurons, in the order asked for.
    pub points: Vec<AverageOfDraws>,
    /// Draws that were finished.
    pub draws: usize,
    /// Why risks are not known, of RF and of NT, for the fewest neurons of which one is not.
    pub unknown: [Option<UnknownRisk>; 2],
}

/// Of one draw and one number of neurons: risk and size of RF, and risk of NT where it is solved for, in each direction.
type DrawnPoint = (
    Result<Vec<(f64, f64)>, UnknownRisk>,
    Option<Result<Vec<f64>, UnknownRisk>>,
);

/// Whether NT is solved for at so many neurons.
pub(crate) fn has_tangent(dim: usize, neurons: usize) -> bool {
    neurons.saturating_mul(dim) <= MAX_TANGENT_FEATURES
}

/// What the solves of up to so many neurons, of which so many have NT too, take of memory for so many directions, in bytes.
pub(crate) fn bytes(dim: usize, neurons: f64, tangent: usize, directions: usize) -> f64 {
    const REAL: f64 = 8.0;
    let (d, m) = (dim as f64, directions as f64);
    let solve = |features: f64| 1.1 * features * features + 3.0 * features * m;
    let nt = tangent as f64 * d;
    REAL * (solve(neurons).max(solve(nt)) + 3.0 * (neurons + m) * d + 4.0 * neurons * m)
}

/// What needs that, as a refusal begins.
pub(crate) fn in_words(dim: usize, neurons: f64) -> String {
    format!("r = {} neurons at d = {dim} need", digits(neurons))
}

impl FeaturePlan {
    fn widest(&self) -> usize {
        self.features.iter().copied().max().unwrap_or(0)
    }

    /// The most neurons of which NT is solved for.
    fn widest_tangent(&self) -> usize {
        let each = self.features.iter().copied();
        let solved = each.filter(|&neurons| has_tangent(self.dim, neurons));
        solved.max().unwrap_or(0)
    }

    /// Runs the draws on up to `threads` threads, fewer where memory is short. `watch` hears the number of finished draws
    /// several times a second; when it breaks, what is done is returned at once. The result depends on seed, draws and
    /// directions, not on threads.
    ///
    /// # Errors
    /// If a single draw does not fit into memory, or no thread can be started.
    pub fn run(
        self,
        threads: usize,
        watch: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<DrawnAverages, FeaturePlanError> {
        let widest = self.widest() as f64;
        let needed = bytes(self.dim, widest, self.widest_tangent(), self.directions);
        let what = || in_words(self.dim, widest);
        let at_once = memory::on_threads(what, needed, 0.0, threads)?;
        let plan = self.clone();
        let draws = jobs::done(
            at_once,
            self.draws,
            move |index, stop| plan.draw(index as u64, stop),
            watch,
        )?;
        let done: Vec<_> = draws.into_iter().flatten().collect();
        Ok(self.average(&done))
    }

    /// The risks of one draw; none if `stop` was set meanwhile.
    fn draw(&self, index: u64, stop: &AtomicBool) -> Option<Vec<DrawnPoint>> {
        let targets = target_directions(self.seed, index, self.dim, self.directions);
        let go_on = || (!stop.load(Ordering::Relaxed)).then_some(());
        let features = |kind, neurons: usize| {
            go_on()?;
            let weights = random_directions(self.seed, index, self.dim, neurons);
            // What is drawn has directions.
            NestedFeatures::new(weights, kind, self.has_constant).ok()
        };
        let each = 0..self.directions;
        let relu = features(FeatureKind::Relu, self.widest())?;
        let fit = relu.fit(&self.target, &targets);
        let mut rf = Vec::with_capacity(self.features.len());
        for &neurons in &self.features {
            go_on()?;
            rf.push(fit.as_ref().map_err(|&error| error).and_then(|fit| {
                let risks = each.clone().map(|at| fit.risk_and_size(neurons, at));
                risks.collect::<Result<Vec<_>, _>>()
            }));
        }
        drop(fit);
        drop(relu);
        let tangent = features(FeatureKind::Tangent, self.widest_tangent())?;
        let fit = tangent.fit(&self.target, &targets);
        let mut points = Vec::with_capacity(self.features.len());
        for (&neurons, rf) in self.features.iter().zip(rf) {
            go_on()?;
            let nt = has_tangent(self.dim, neurons).then(|| {
                fit.as_ref().map_err(|&error| error).and_then(|fit| {
                    let risks = each.clone().map(|at| fit.risk(neurons, at));
                    risks.collect::<Result<Vec<_>, _>>()
                })
            });
            points.push((rf, nt));
        }
        Some(points)
    }

    fn average(&self, draws: &[Vec<DrawnPoint>]) -> DrawnAverages {
        let mut unknown = [None, None];
        let mut order: Vec<usize> = (0..self.features.len()).collect();
        order.sort_by_key(|&at| self.features[at]);
        for draw in order
            .iter()
            .flat_map(|&at| draws.iter().map(move |draw| &draw[at]))
        {
            let (rf, nt) = draw;
            let errors = [
                rf.as_ref().err(),
                nt.as_ref().and_then(|nt| nt.as_ref().err()),
            ];
            for (known, error) in unknown.iter_mut().zip(errors) {
                *known = known.or(error.copied());
            }
        }
        let points = self.features.iter().enumerate().map(|(at, &neurons)| {
            let rf = together(draws.iter().map(|draw| Some(&draw[at].0)));
            let nt = together(draws.iter().map(|draw| draw[at].1.as_ref()));
            let of = |part: fn(&(f64, f64)) -> f64| {
                let values: Vec<f64> = rf.as_ref()?.iter().map(part).collect();
                MeanAndSd::of(&values)
            };
            AverageOfDraws {
                neurons,
                rf: of(|both| both.0),
                nt: nt.and_then(|risks| MeanAndSd::of(&risks)),
                size: of(|both| both.1).map(|sizes| sizes.mean),
            }
        });
        DrawnAverages {
            points: points.collect(),
            draws: draws.len(),
            unknown,
        }
    }
}

/// What all draws have found, if all is known.
fn together<'a, T: Clone + 'a>(
    draws: impl Iterator<Item = Option<&'a Result<Vec<T>, UnknownRisk>>>,
) -> Option<Vec<T>> {
    let mut all = Vec::new();
    for draw in draws {
        all.extend_from_slice(draw?.as_ref().ok()?);
    }
    Some(all)
}
