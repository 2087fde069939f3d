//! Exact finite-size risks averaged over draws of weights, on all cores.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use nalgebra::DMatrix;

use crate::activation::Activation;
use crate::lazy::finite::SolveError;
use crate::lazy::problem::{Problem, Target, WeightCovariance, covariant_weights};
use crate::lazy::training::memory::of_draw;
use crate::lazy::{finite, limit};
use crate::runner::MemoryError;
use crate::runner::{jobs, memory};

/// The largest weight of a network given: U has fourth powers of lengths.
pub(super) const MAX_WEIGHT: f64 = 1e70;

/// Why a run cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// U has N² entries.
    #[error("{0}; fewer neurons or dimensions would fit")]
    Memory(#[from] MemoryError),
    /// The squares of squares of weights would overflow.
    #[error("it has weights beyond 10⁷⁰; lengths near 1 are usual")]
    Large,
    /// A solver cannot vouch for a risk.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// The system gives no threads.
    #[error("no threads can be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// How many exact solves of that size fit into memory at once, of up to `threads`.
fn fitting(problem: &Problem, neurons: usize, threads: usize) -> Result<usize, MemoryError> {
    let dim = problem.dim();
    let what = || format!("N = {neurons} neurons at d = {dim} need");
    let needed = of_draw(problem.mixture().is_some(), dim, neurons);
    memory::on_threads(what, needed, 0.0, threads)
}

/// An exact risk, or why it is not known.
pub(super) type Solved = Result<f64, SolveError>;

/// Exact RF and NT risks of a network given, `d×N` in working coordinates, as far as they are known.
///
/// # Errors
/// If it does not fit into memory, or a weight exceeds 10⁷⁰.
///
/// # Panics
/// If `w` has not `d` rows.
pub fn exact_of(
    problem: &Problem,
    w: DMatrix<f64>,
    activation: Activation,
) -> Result<[Result<f64, SolveError>; 2], RunError> {
    fitting(problem, w.ncols(), 1)?;
    if w.amax() > MAX_WEIGHT {
        return Err(RunError::Large);
    }
    let nt = finite::nt_risk(problem, &w);
    let risks = finite::rf_risks(problem, w, activation);
    // No neurons learn nothing.
    Ok([risks.last().copied().unwrap_or(Ok(1.0)), nt])
}

/// A curve of exact risks to be averaged over draws.
#[derive(Clone, Debug)]
pub struct ExactPlan {
    /// The target.
    pub problem: Problem,
    /// Covariance of random-feature weights; those of NT are isotropic.
    pub covariance: WeightCovariance,
    /// Activation of random features; NT and NN use x².
    pub activation: Activation,
    /// The values of ρ; the width is `max(1, round(ρd))`.
    pub rho: Vec<f64>,
    /// Seed of the weights.
    pub seed: u64,
    /// Number of draws.
    pub draws: usize,
}

/// Mean and spread over draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// The sample standard deviation (divisor K − 1); `None` for a single draw.
    pub sd: Option<f64>,
}

impl Moments {
    /// Those of values; `None` for no values.
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        let count = values.clone().count();
        if count == 0 {
            return None;
        }
        let mean = values.clone().sum::<f64>() / count as f64;
        let squares: f64 = values.map(|value| (value - mean).powi(2)).sum();
        let sd = (count > 1).then(|| (squares / (count - 1) as f64).sqrt());
        Some(Self { mean, sd })
    }
}

/// The risks at one width. `None` where no draw was finished, or the risk of one is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct ExactPoint {
    /// ρ as asked for.
    pub rho: f64,
    /// The width N.
    pub neurons: usize,
    /// Random features.
    pub rf: Option<Moments>,
    /// Neural tangent at isotropic weights.
    pub nt: Option<Moments>,
    /// The mean of the latter over all weights, in closed form where there is one.
    pub nt_mean: Option<f64>,
    /// The network; it has no weights to draw.
    pub nn: f64,
}

/// What [`ExactPlan::run`] has found.
#[derive(Clone, Debug, PartialEq)]
pub struct ExactCurve {
    /// One for each ρ, in the order asked for.
    pub points: Vec<ExactPoint>,
    /// Draws that were finished.
    pub draws: usize,
    /// Why risks are not known, of the narrowest network of which one is not.
    pub unknown: Option<SolveError>,
}

/// The RF and NT risks of one draw, for each ρ.
type DrawRisks = Vec<(Solved, Solved)>;

impl ExactPlan {
    fn widths(&self) -> Vec<usize> {
        let dim = self.problem.dim();
        self.rho.iter().map(|&r| limit::neurons(r, dim)).collect()
    }

    /// Runs the draws on up to `threads` threads, fewer where memory is short. `watch` hears the
    /// number of finished draws several times a second; when it breaks, what is done is returned
    /// at once. The result depends on seed and draws, not on threads.
    ///
    /// # Errors
    /// If a single draw does not fit into memory, or no thread can be started.
    pub fn run(
        self,
        threads: usize,
        watch: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<ExactCurve, RunError> {
        let widest = self.widths().into_iter().max().unwrap_or(0);
        let at_once = fitting(&self.problem, widest, threads)?;
        let plan = self.clone();
        let draws = jobs::done(
            at_once,
            self.draws,
            move |index, stop| plan.draw(index as u64, stop),
            watch,
        )?;
        Ok(self.average(&draws))
    }

    /// RF and NT risks for draw `index`; `None` if `stop` was set meanwhile.
    fn draw(&self, index: u64, stop: &AtomicBool) -> Option<DrawRisks> {
        let widths = self.widths();
        let rf = self.random_features(index, &widths, stop)?;
        let d = self.problem.dim();
        // From d neurons on NT learns everything, whatever the weights.
        let widest = widths.iter().copied().filter(|&n| n < d).max().unwrap_or(0);
        let w = covariant_weights(self.seed, index, &self.problem.isotropic(), widest);
        let below: Vec<usize> = widths.iter().copied().filter(|&n| n < d).collect();
        let mut nt = finite::nt_risks(&self.problem, &w, &below).into_iter();
        let all = self.problem.network_exact(d);
        let draw = widths.iter().zip(rf).map(|(&n, rf)| {
            let nt = if n < d { nt.next() } else { None };
            (rf, nt.unwrap_or(Ok(all)))
        });
        let draw = draw.collect();
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        Some(draw)
    }

    fn random_features(
        &self,
        index: u64,
        widths: &[usize],
        stop: &AtomicBool,
    ) -> Option<Vec<Solved>> {
        let risks = |rho: f64, neurons: usize| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let gamma = self.covariance.at(&self.problem, rho);
            let w = covariant_weights(self.seed, index, &gamma, neurons);
            Some(finite::rf_risks(&self.problem, w, self.activation))
        };
        if self.covariance == WeightCovariance::Best {
            // Another Γ at each ρ: a factorisation each.
            let each = self.rho.iter().zip(widths);
            return each.map(|(&rho, &n)| Some(risks(rho, n)?[n - 1])).collect();
        }
        let widest = widths.iter().copied().max()?;
        let all = risks(1.0, widest)?;
        Some(widths.iter().map(|&n| all[n - 1]).collect())
    }

    fn average(&self, draws: &[Option<DrawRisks>]) -> ExactCurve {
        let points = self.rho.iter().zip(self.widths()).enumerate();
        let points = points.map(|(index, (&rho, neurons))| {
            let risks = draws.iter().flatten().map(|draw| draw[index]);
            ExactPoint {
                rho,
                neurons,
                rf: moments(risks.clone().map(|(rf, _)| rf)),
                nt: moments(risks.map(|(_, nt)| nt)),
                nt_mean: finite::nt_mean_risk(&self.problem, neurons),
                nn: self.problem.network_exact(neurons),
            }
        });
        let solved = draws
            .iter()
            .flatten()
            .flatten()
            .flat_map(|&(rf, nt)| [rf, nt]);
        ExactCurve {
            points: points.collect(),
            draws: draws.iter().flatten().count(),
            unknown: solved
                .filter_map(Result::err)
                .min_by_key(SolveError::neurons),
        }
    }
}

/// The moments of risks that are all known.
pub(super) fn moments(risks: impl Iterator<Item = Solved>) -> Option<Moments> {
    let risks: Vec<f64> = risks.collect::<Result<_, _>>().ok()?;
    Moments::of(risks.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lazy::problem::{Mixture, Quadratic};
    use crate::linalg::Symmetric;

    fn plan(covariance: WeightCovariance) -> ExactPlan {
        ExactPlan {
            problem: Quadratic::new(&Symmetric::diagonal((1..=12).map(f64::from)))
                .unwrap()
                .into(),
            covariance,
            activation: Activation::Quadratic,
            rho: vec![2.0, 0.5],
            seed: 3,
            draws: 5,
        }
    }

    #[test]
    fn the_result_does_not_depend_on_threads() {
        for covariance in [WeightCovariance::Isotropic, WeightCovariance::Best] {
            let one = plan(covariance.clone()).run(1, |_| ControlFlow::Continue(()));
            let four = plan(covariance).run(4, |_| ControlFlow::Continue(()));
            assert_eq!(one.unwrap(), four.unwrap());
        }
    }

    #[test]
    fn a_point_is_what_the_library_says_of_each_draw() {
        let plan = plan(WeightCovariance::Aligned);
        let gamma = plan.covariance.at(&plan.problem, 0.5);
        let risks: Vec<f64> = (0..5)
            .map(|k| {
                let w = covariant_weights(3, k, &gamma, 6);
                finite::rf_risks(&plan.problem, w, Activation::Quadratic)[5].unwrap()
            })
            .collect();
        let mean = risks.iter().sum::<f64>() / 5.0;
        let sd = (risks.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / 4.0).sqrt();
        let curve = plan.run(2, |_| ControlFlow::Continue(())).unwrap();
        let rf = curve.points[1].rf.unwrap();
        assert!((rf.mean - mean).abs() < 1e-12);
        assert!((rf.sd.unwrap() - sd).abs() < 1e-12);
    }

    /// Widths in any order, some of them d or more, share one draw of weights.
    #[test]
    fn a_mixture_is_what_the_library_says_of_each_draw() {
        let sigma = Symmetric::diagonal((0..8).map(|i| 1.0 + 0.1 * f64::from(i)));
        let delta = Symmetric::diagonal((0..8).map(|i| 0.1 * f64::from(i - 3)));
        let mixture = Mixture::new(&sigma, &delta).unwrap();
        let plan = ExactPlan {
            problem: mixture.into(),
            rho: vec![2.0, 0.5, 1.0, 0.25],
            draws: 2,
            ..plan(WeightCovariance::Isotropic)
        };
        let problem = plan.problem.clone();
        let curve = plan.run(2, |_| ControlFlow::Continue(())).unwrap();
        for point in curve.points {
            let risks: Vec<f64> = (0..2)
                .map(|k| {
                    let w = covariant_weights(3, k, &problem.isotropic(), point.neurons);
                    finite::nt_risk(&problem, &w).unwrap()
                })
                .collect();
            let nt = point.nt.unwrap();
            assert!((nt.mean - 0.5 * (risks[0] + risks[1])).abs() < 1e-12);
            assert!(point.nt_mean.is_none() && point.rf.unwrap().mean < 1.0);
            assert_eq!(point.nn, problem.network_exact(point.neurons));
        }
    }

    #[test]
    fn a_watcher_ends_the_run() {
        let mut plan = plan(WeightCovariance::Isotropic);
        plan.draws = 100_000;
        let watch = |done| {
            if done >= 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let curve = plan.run(2, watch).unwrap();
        assert_eq!(curve.draws, 3);
        assert!(curve.points[0].rf.is_some());
    }

    #[test]
    fn what_does_not_fit_into_memory_is_refused() {
        let mut plan = plan(WeightCovariance::Isotropic);
        plan.rho = vec![1e6];
        let error = plan.run(1, |_| ControlFlow::Continue(())).unwrap_err();
        assert!(error.to_string().contains("N = 12000000"), "{error}");
    }
}
