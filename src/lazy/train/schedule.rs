//! How the step size changes over a run, and when a run is looked at.

use crate::lazy::setting::{Regime, Schedule};

impl Schedule {
    /// The part of the initial step size in force at `step`, counted from 0, of `steps`: in
    /// (0, 1] for `step < steps`.
    pub fn factor(self, regime: Regime, step: u64, steps: u64) -> f64 {
        let done = step as f64 / steps.max(1) as f64;
        match self {
            Self::Linear => (2.0 - 2.0 * done).min(1.0),
            Self::Constant => 1.0,
            Self::Published => {
                let (first, second) = match regime {
                    Regime::Nn => (0.85, 0.925),
                    Regime::Nt | Regime::Rf => (0.8, 0.9),
                };
                if done < first {
                    1.0
                } else if done < second {
                    1.0 / 10.0
                } else {
                    1.0 / 15.0
                }
            }
        }
    }
}

/// The steps at which a run of `steps` steps is looked at, upwards: 0 and `steps` always; first
/// one after another, then each about 15 % later than the last, finally a hundredth of the run
/// apart, so that the decay in the second half is seen. About 150 for a long run.
pub fn report_steps(steps: u64) -> Vec<u64> {
    let mut reports = vec![0];
    let mut step = 0;
    while step < steps {
        step = next_report(step, steps);
        reports.push(step);
    }
    reports
}

/// The report after the one at `step`.
pub(super) fn next_report(step: u64, steps: u64) -> u64 {
    let widest = (steps / 100).max(1);
    let gap = (step / 7).clamp(1, widest);
    (step + gap).min(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linear_is_constant_for_half_and_falls_to_nothing() {
        let factor = |step| Schedule::Linear.factor(Regime::Nn, step, 1000);
        for (step, expected) in [(0, 1.0), (499, 1.0), (500, 1.0), (750, 0.5), (999, 0.002)] {
            assert!((factor(step) - expected).abs() < 1e-15, "{step}");
        }
    }

    /// The noise that a report states, against the variance of a linear iteration, step by step: a
    /// direction of curvature λ, to which every sample adds noise of variance λ, keeps λ·variance;
    /// the best estimate from T samples keeps 1/T.
    #[test]
    fn a_linear_decay_leaves_noise_by_the_root_of_the_step() {
        let (steps, curvature) = (100_000_u64, 0.5);
        for first in [1e-3, 4e-3, 16e-3] {
            let mut variance = 0.0;
            for step in 0..steps {
                let rate = first * Schedule::Linear.factor(Regime::Nt, step, steps);
                let kept = 1.0 - rate * curvature;
                variance = kept * kept * variance + rate * rate * curvature;
            }
            let times_the_best = curvature * variance * steps as f64;
            let theory = (std::f64::consts::PI / 8.0 * first * curvature * steps as f64).sqrt();
            // What the sum and the ends of the integral neglect is of the order of ελ and 1/(ελT).
            assert!(
                (times_the_best / theory - 1.0).abs() < 0.02,
                "{first}: {times_the_best} {theory}"
            );
        }
    }

    #[test]
    fn published_steps_differ_between_the_regimes() {
        let factor = |regime, step| Schedule::Published.factor(regime, step, 1000);
        for (regime, [last, tenth, later, fifteenth]) in [
            (Regime::Nn, [849, 850, 924, 925]),
            (Regime::Nt, [799, 800, 899, 900]),
        ] {
            for (step, divisor) in [(last, 1.0), (tenth, 10.0), (later, 10.0), (fifteenth, 15.0)] {
                assert!(
                    (factor(regime, step) * divisor - 1.0).abs() < 1e-15,
                    "{step}"
                );
            }
        }
    }

    #[test]
    fn reports_are_dense_early_and_never_far_apart() {
        for steps in [0, 1, 2, 7, 99, 100, 101, 3000, 200_000, 1_000_000_000] {
            let reports = report_steps(steps);
            assert_eq!((reports[0], reports[reports.len() - 1]), (0, steps));
            for pair in reports.windows(2) {
                let gap = pair[1] - pair[0];
                assert!(gap >= 1 && gap <= (steps / 100).max(1), "{pair:?}");
                assert!(gap == 1 || gap <= pair[0].div_ceil(6), "{pair:?}");
            }
            assert!(reports.len() < 260, "{} of {steps}", reports.len());
        }
    }
}
