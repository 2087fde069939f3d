//! What the figure is made of, at full size and in a minute.

use serde_json::{Map, Value, json};

use crate::experiment::sweep::{Sweep, SweepError};
use crate::full_size::PresetSize;
use crate::lazy::figure::FigureName;
use crate::lazy::setting::{MAX_PAGE_LAZINESS, MIN_PAGE_LAZINESS, ProblemName, Settings};
use crate::setting::{Parameters, Scope, SettingError, VERSION};

/// Values of the lines in each decade of α.
const PER_DECADE: i32 = 10;

/// Values of a line that are as close as that, as a ratio, are one.
const SAME: f64 = 1.05;

/// The figure at a size.
#[derive(Clone, Debug)]
pub struct LazinessPreset {
    /// At which size.
    pub size: PresetSize,
    /// The target, as settings of a plan.
    target: Map<String, Value>,
    /// Steps of each network.
    pub steps: u64,
    /// Its widths, upwards.
    pub widths: [usize; 3],
    /// Values of α at which networks are trained, upwards.
    pub laziness: Vec<f64>,
}

impl LazinessPreset {
    /// The name of the figure, which is that of the page's.
    pub const NAME: &str = FigureName::Laziness.name();

    /// The figure at a size.
    pub fn new(size: PresetSize) -> Self {
        let (target, steps, widths, laziness): (_, _, _, &[f64]) = match size {
            PresetSize::Paper => (
                json!({"dim": 450, "spectrum": "paper"}),
                200_000,
                [90, 225, 360],
                &[
                    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0,
                ],
            ),
            PresetSize::Quick => (
                json!({"dim": 64}),
                3000,
                [13, 32, 51],
                &[0.05, 0.5, 2.0, 10.0, 50.0],
            ),
        };
        Self {
            size,
            target: target.as_object().cloned().unwrap_or_default(),
            steps,
            widths,
            laziness: laziness.to_vec(),
        }
    }

    /// The target's settings, in the place of `exact`.
    ///
    /// # Errors
    /// Never: presets are settings.
    pub fn settings(&self) -> Result<Settings, SettingError> {
        Settings::from_json(Scope::EXACT.of(ProblemName::Quadratic), &self.target)
    }

    /// All runs, those of the middle width first: they show the whole way from NN to NT.
    ///
    /// # Errors
    /// Never: presets are plans.
    pub fn sweep(&self) -> Result<Sweep, SweepError> {
        let [narrow, middle, wide] = self.widths;
        let group = |widths: &[usize]| {
            let mut group = self.target.clone();
            let rest = json!({
                "problem": "qf",
                "regime": "nn",
                "schedule": "linear",
                "steps": self.steps,
                "activation": "quadratic",
                "vary": {"neurons": widths, "laziness": self.laziness},
            });
            group.extend(rest.as_object().cloned().unwrap_or_default());
            Value::from(group)
        };
        let plan = json!({
            "schema": VERSION,
            "name": format!("{} {}", Self::NAME, self.size.name()),
            "groups": [group(&[middle]), group(&[narrow, wide])],
        });
        Sweep::from_object(plan.as_object().cloned().unwrap_or_default())
    }

    /// Values of α on the lines, upwards: those of the networks, and between them ten in each decade.
    pub fn line(&self) -> Vec<f64> {
        let decades = (MAX_PAGE_LAZINESS / MIN_PAGE_LAZINESS).log10().round() as i32;
        let even = (0..=decades * PER_DECADE)
            .map(|k| MIN_PAGE_LAZINESS * 10_f64.powf(f64::from(k) / f64::from(PER_DECADE)));
        let is_new = |value: &f64| {
            let mut trained = self.laziness.iter();
            !trained.any(|alpha| (alpha / value).max(value / alpha) < SAME)
        };
        let mut line: Vec<f64> = even.filter(is_new).collect();
        line.extend(&self.laziness);
        line.sort_by(f64::total_cmp);
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lazy::training;

    #[test]
    fn presets_are_plans_whose_runs_keep_their_names() {
        // Directories of runs are found again by these.
        for (size, count, first, last) in [
            (
                PresetSize::Paper,
                39,
                "b7e15c4d249c393c",
                "041a33301f8d9e2e",
            ),
            (
                PresetSize::Quick,
                15,
                "074c72ff12372669",
                "9a620077a13c603f",
            ),
        ] {
            let preset = LazinessPreset::new(size);
            let sweep = preset.sweep().unwrap();
            let jobs = sweep.jobs();
            assert_eq!(jobs.len(), count);
            let ids = [jobs[0].id(), jobs[count - 1].id()];
            assert_eq!(ids, [first, last]);
            for job in jobs {
                let settings = training::settings(job.plan()).unwrap();
                assert_eq!(settings.laziness.len(), 1);
                assert!(settings.step_scale.total_cmp(&1.0).is_eq());
            }
            let middle = jobs[..preset.laziness.len()].iter();
            let widths = middle.map(|job| {
                let settings = training::settings(job.plan()).unwrap();
                training::neurons(&settings)
            });
            assert!(widths.into_iter().all(|width| width == preset.widths[1]));
            preset.settings().unwrap().problem().unwrap();
        }
    }

    #[test]
    fn lines_have_the_networks_and_ten_values_a_decade() {
        for size in [PresetSize::Paper, PresetSize::Quick] {
            let preset = LazinessPreset::new(size);
            let line = preset.line();
            assert!(line.len() >= 40, "{}", line.len());
            assert!(preset.laziness.iter().all(|alpha| line.contains(alpha)));
            for pair in line.windows(2) {
                assert!((1.1..1.6).contains(&(pair[1] / pair[0])), "{pair:?}");
            }
        }
    }
}
