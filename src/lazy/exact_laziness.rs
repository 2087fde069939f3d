//! Exact least risks of networks of any laziness, averaged over draws of their start, on all cores (ours).

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use nalgebra::DMatrix;

use super::exact::{MAX_WEIGHT, Moments, RunError, Solved, moments};
use super::finite::{self, LazyStart, SolveError};
use super::limit;
use super::problem::{Quadratic, Target};
use super::training::memory::of_lazy_optimum;
use crate::runner::{MemoryError, jobs, memory};

/// What one start comes to at one laziness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LazyValue {
    /// The least risk.
    pub risk: f64,
    /// How far the nearest network of that risk is, `‖W − W₀‖_F/‖W₀‖_F`; not a number for a start at 0.
    pub movement: f64,
    /// `‖P_N V_N‖_F²/N`; see [`LazyOptimum`](finite::LazyOptimum).
    pub alignment: f64,
}

/// How many optima of that size fit into memory at once, of up to `threads`.
fn fitting(problem: &Quadratic, neurons: usize, threads: usize) -> Result<usize, MemoryError> {
    let dim = problem.dim();
    let what = || format!("N = {neurons} neurons at d = {dim} need");
    memory::on_threads(what, of_lazy_optimum(dim, neurons), 0.0, threads)
}

fn value(start: &LazyStart, alpha: f64) -> LazyValue {
    let optimum = start.optimum(alpha);
    LazyValue {
        risk: optimum.risk,
        movement: optimum.movement,
        alignment: optimum.alignment,
    }
}

/// What a network given, `d×N` in working coordinates, comes to as a start at each laziness, and the exact NT risk at it.
///
/// # Errors
/// If it does not fit into memory, or a weight exceeds 10⁷⁰.
///
/// # Panics
/// If `w` has not `d` rows, or there are none.
pub fn lazy_of(
    problem: &Quadratic,
    w: DMatrix<f64>,
    laziness: &[f64],
) -> Result<(Vec<LazyValue>, Result<f64, SolveError>), RunError> {
    fitting(problem, w.ncols(), 1)?;
    if w.amax() > MAX_WEIGHT {
        return Err(RunError::Large);
    }
    let nt = finite::neural_tangent(problem, &w);
    let start = LazyStart::new(problem, w);
    let values = laziness.iter().map(|&alpha| value(&start, alpha));
    Ok((values.collect(), nt))
}

/// A curve of exact least risks to be averaged over draws of where networks start.
#[derive(Clone, Debug)]
pub struct LazyPlan {
    /// The target.
    pub problem: Quadratic,
    /// The values of ρ; the width is `max(1, round(ρd))`.
    pub rho: Vec<f64>,
    /// The values of the laziness α, 10⁻¹² … 10¹².
    pub laziness: Vec<f64>,
    /// Seed of the weights.
    pub seed: u64,
    /// Number of draws.
    pub draws: usize,
}

/// What networks of one width and laziness come to. `None` where no draw was finished, or a value of one is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct LazyCurvePoint {
    /// ρ as asked for.
    pub rho: f64,
    /// The laziness α.
    pub laziness: f64,
    /// The width N.
    pub neurons: usize,
    /// The least risk.
    pub risk: Option<Moments>,
    /// The movement of the nearest network of that risk.
    pub movement: Option<Moments>,
    /// The alignment of a network of that risk.
    pub alignment: Option<Moments>,
    /// The network of Theorem 3, α → 0; it has no weights to draw.
    pub nn: f64,
    /// Neural tangent at the same starts, α → ∞.
    pub nt: Option<Moments>,
}

/// What [`LazyPlan::run`] has found.
#[derive(Clone, Debug, PartialEq)]
pub struct LazyCurve {
    /// One for each ρ and laziness, in the order asked for: all of the first ρ first.
    pub points: Vec<LazyCurvePoint>,
    /// Draws that were finished.
    pub draws: usize,
    /// Why risks of NT are not known, of the narrowest network of which one is not.
    pub unknown: Option<SolveError>,
}

impl LazyPlan {
    /// ρ, N and α of every point.
    fn places(&self) -> Vec<(f64, usize, f64)> {
        let dim = self.problem.dim();
        let of_rho = |&rho: &f64| {
            let neurons = limit::neurons(rho, dim);
            self.laziness
                .iter()
                .map(move |&alpha| (rho, neurons, alpha))
        };
        self.rho.iter().flat_map(of_rho).collect()
    }

    /// How many optima there are to be found: what `watch` of [`run`](Self::run) counts.
    pub fn optima(&self) -> usize {
        self.draws * self.rho.len() * self.laziness.len()
    }

    /// Runs the draws on up to `threads` threads, fewer where memory is short. `watch` hears the number of optima found
    /// several times a second; when it breaks, the draws that are done are returned at once. The result depends on seed and
    /// draws, not on threads.
    ///
    /// # Errors
    /// If a single optimum does not fit into memory, or no thread can be started.
    pub fn run(
        self,
        threads: usize,
        watch: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<LazyCurve, RunError> {
        let places = self.places();
        let widest = places.iter().map(|place| place.1).max().unwrap_or(0);
        let at_once = fitting(&self.problem, widest, threads)?;
        let plan = self.clone();
        let solve = move |index: usize, stop: &AtomicBool| {
            let places = plan.places();
            let (_, neurons, alpha) = places[index % places.len()];
            let draw = (index / places.len()) as u64;
            (!stop.load(Ordering::Relaxed)).then(|| plan.solve(draw, neurons, alpha))
        };
        let solved = jobs::done(at_once, self.optima(), solve, watch)?;
        // Draws of which all is known.
        let draws: Vec<Vec<(LazyValue, Solved)>> = solved
            .chunks(places.len().max(1))
            .filter_map(|draw| draw.iter().copied().collect())
            .collect();
        Ok(self.average(&places, &draws))
    }

    fn solve(&self, draw: u64, neurons: usize, alpha: f64) -> (LazyValue, Solved) {
        let start = LazyStart::drawn(&self.problem, neurons, self.seed, draw);
        let nt = if neurons < self.problem.dim() {
            finite::neural_tangent(&self.problem, start.weights())
        } else {
            // It learns everything, whatever the weights.
            Ok(0.0)
        };
        (value(&start, alpha), nt)
    }

    fn average(
        &self,
        places: &[(f64, usize, f64)],
        draws: &[Vec<(LazyValue, Solved)>],
    ) -> LazyCurve {
        let points = places.iter().enumerate();
        let points = points.map(|(index, &(rho, neurons, laziness))| {
            let values = draws.iter().map(|draw| draw[index].0);
            LazyCurvePoint {
                rho,
                laziness,
                neurons,
                risk: Moments::of(values.clone().map(|value| value.risk)),
                movement: Moments::of(values.clone().map(|value| value.movement)),
                alignment: Moments::of(values.map(|value| value.alignment)),
                nn: self.problem.network_exact(neurons),
                nt: moments(draws.iter().map(|draw| draw[index].1)),
            }
        });
        LazyCurve {
            points: points.collect(),
            draws: draws.len(),
            unknown: draws
                .iter()
                .flatten()
                .filter_map(|(_, nt)| nt.err())
                .min_by_key(SolveError::neurons),
        }
    }
}
