//! What a figure is made of, at full size and in a minute.

use serde_json::{Map, Value, json};

use crate::activation::Activation;
use crate::experiment::sweep::{Sweep, SweepError};
use crate::full_size::PresetSize;
use crate::lazy::figure::FigureName;
use crate::lazy::setting::{ProblemName, Settings};
use crate::lazy::train::SecondLayer;
use crate::setting::{Parameters, Scope, SettingError, VERSION};

/// Factors of the automatic step size of constant steps, which leave less noise the smaller they
/// are, and diverge at four times it.
const CONSTANT: [f64; 6] = [0.0625, 0.125, 0.25, 0.5, 1.0, 2.0];

/// Seeds beyond the first, from which the networks that are shown in detail are trained again, where
/// there is an optimum that their spread is about.
const REPEATS: [u64; 4] = [2, 3, 4, 5];

/// A figure of risk against width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WidthFigure {
    /// Quadratic targets.
    Quadratic,
    /// Mixtures of two Gaussians.
    Mixture,
    /// Quadratic targets, learnt with other activations.
    Activation,
}

impl WidthFigure {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Quadratic, Self::Mixture, Self::Activation];

    /// The name of the figure, which is that of the page's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quadratic => FigureName::Quadratic,
            Self::Mixture => FigureName::Mixture,
            Self::Activation => FigureName::Activation,
        }
        .name()
    }

    /// The figure of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.name() == name)
    }
}

/// A figure at a size: everything that it is made of.
#[derive(Clone, Debug)]
pub struct Preset {
    /// Which figure.
    pub figure: WidthFigure,
    /// At which size.
    pub size: PresetSize,
    /// The target, as settings of a plan.
    target: Map<String, Value>,
    /// Steps of each network.
    pub steps: u64,
    /// Widths of NN and of NT.
    pub widths: [Vec<usize>; 2],
    /// Widths whose risk is drawn against samples.
    pub shown: [usize; 3],
    /// Widths of random features that are solved exactly.
    pub exact: Vec<usize>,
    /// Widths of random features that are fitted to samples, and to how many.
    fitted: (Vec<usize>, u64),
    /// Draws of weights that exact random features are averaged over.
    pub draws: usize,
    /// What is trained; more than one only in the figure about it.
    pub activations: Vec<Activation>,
    /// The ends of the axis of ρ.
    pub rho: (f64, f64),
}

impl Preset {
    /// A figure at a size.
    pub fn new(figure: WidthFigure, size: PresetSize) -> Self {
        match (figure, size) {
            (WidthFigure::Activation, size) => Self::activation(size),
            (figure, PresetSize::Paper) => Self::paper(figure),
            (figure, PresetSize::Quick) => Self::quick(figure),
        }
    }

    fn paper(figure: WidthFigure) -> Self {
        // The authors' widths: int(30·1.5^x) at 25 values of x from 0 to 12.5.
        let theirs: Vec<usize> = (0..25)
            .map(|k| (30.0 * 1.5_f64.powf(12.5 * f64::from(k) / 24.0)) as usize)
            .collect();
        let shown = [90, 225, 360];
        let (target, steps) = match figure {
            WidthFigure::Mixture => (json!({"problem": "mg", "dim": 450}), 140_000),
            _ => (
                json!({"problem": "qf", "dim": 450, "spectrum": "paper"}),
                200_000,
            ),
        };
        Self {
            figure,
            size: PresetSize::Paper,
            target: object(target),
            steps,
            exact: with(
                theirs.iter().copied().filter(|&n| n < 2100).collect(),
                &shown,
            ),
            widths: [
                with(theirs, &shown),
                with((1..=15).map(|k| 30 * k).collect(), &shown),
            ],
            shown,
            fitted: (vec![90, 225, 450, 900], 500_000),
            draws: 10,
            activations: vec![Activation::Quadratic],
            rho: (0.05, 12.0),
        }
    }

    fn quick(figure: WidthFigure) -> Self {
        let problem = match figure {
            WidthFigure::Mixture => "mg",
            _ => "qf",
        };
        Self {
            figure,
            size: PresetSize::Quick,
            target: object(json!({"problem": problem, "dim": 64})),
            steps: 3000,
            widths: [vec![6, 13, 32, 51, 96, 256], vec![6, 13, 32, 51, 64]],
            shown: [13, 32, 51],
            exact: vec![4, 6, 9, 13, 20, 32, 51, 80, 128, 205, 330, 530],
            fitted: (vec![13, 51, 128], 20_000),
            draws: 10,
            activations: vec![Activation::Quadratic],
            rho: (0.05, 12.0),
        }
    }

    /// ReLU, which can learn a quadratic target, and tanh, which cannot, so that it is trained at
    /// the automatic step size only, at three widths. Their networks have no lift: NT, whose steps
    /// cost most, is left at twice the dimension.
    fn activation(size: PresetSize) -> Self {
        let (dim, spectrum, steps, nn, shown) = match size {
            PresetSize::Paper => (
                450,
                "paper",
                200_000,
                vec![45, 90, 150, 225, 300, 450, 675, 900, 1350, 1800],
                [90, 225, 450],
            ),
            PresetSize::Quick => (32, "exponential", 1000, vec![4, 8, 16, 32], [8, 16, 32]),
        };
        let nt = nn
            .iter()
            .copied()
            .filter(|&n| n <= 2 * dim as usize)
            .collect();
        Self {
            figure: WidthFigure::Activation,
            size,
            target: object(json!({"problem": "qf", "dim": dim, "spectrum": spectrum})),
            steps,
            exact: [0.06, 0.12, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0]
                .iter()
                .map(|rho| (rho * f64::from(dim)) as usize)
                .collect(),
            widths: [nn, nt],
            shown,
            fitted: (
                vec![dim as usize / 2, 2 * dim as usize],
                match size {
                    PresetSize::Paper => 500_000,
                    PresetSize::Quick => 10_000,
                },
            ),
            draws: 10,
            activations: vec![Activation::Relu, Activation::Tanh],
            rho: (0.05, 12.0),
        }
    }

    /// The target's settings, in the place of `exact`.
    ///
    /// # Errors
    /// Never: presets are settings.
    pub fn settings(&self) -> Result<Settings, SettingError> {
        let mut target = self.target.clone();
        let problem = target.remove("problem");
        let problem = problem.as_ref().and_then(Value::as_str);
        let name = problem.and_then(ProblemName::from_name);
        let name = name.unwrap_or(ProblemName::Quadratic);
        Settings::from_json(Scope::EXACT.of(name), &target)
    }

    /// Factors of the automatic step size, beside 1, that decaying steps start from: of NN and of NT.
    ///
    /// NN on a quadratic target is on the optimum from the automatic one. The small eigenvalues of NT near
    /// N = d want larger steps; noise, of other directions or of labels, wants smaller ones. Of other activations
    /// there is noise of either.
    const fn decaying(&self) -> [&'static [f64]; 2] {
        match self.figure {
            WidthFigure::Quadratic => [&[], &[0.25, 0.5, 2.0, 4.0]],
            WidthFigure::Mixture => [&[0.25, 0.5, 2.0], &[0.125, 0.25, 0.5, 2.0]],
            WidthFigure::Activation => [&[0.5, 2.0]; 2],
        }
    }

    /// All runs. Those at the automatic step size that decays come first, the widest of them last:
    /// they make a figure, and what comes after them only makes it better. Where nothing is solved to compare
    /// them with, in the figure about activations, there are neither other seeds nor constant steps.
    ///
    /// # Errors
    /// Never: presets are plans.
    pub fn sweep(&self) -> Result<Sweep, SweepError> {
        let [nn, nt] = &self.widths;
        let (wide, narrow): (Vec<usize>, Vec<usize>) = nn.iter().partition(|&&n| self.is_wide(n));
        let all = self.activations.as_slice();
        let learning: Vec<Activation> = all
            .iter()
            .copied()
            .filter(|sigma| !sigma.is_odd())
            .collect();
        let vary = |scales: &[f64]| json!({"step-scale": scales});
        let auto = vary(&[1.0]);
        let is_solved = self.figure != WidthFigure::Activation;
        let mut groups = self.networks("linear", all, [&narrow, nt], &auto);
        groups.extend(all.iter().map(|&sigma| self.fits(sigma)));
        if is_solved {
            let seeds = json!({"seed": REPEATS});
            groups.extend(self.networks("linear", all, [&self.shown; 2], &seeds));
        }
        groups.extend(self.networks("linear", all, [&wide, &[]], &auto));
        let [of_nn, of_nt] = self.decaying();
        let sought = if of_nn.is_empty() { &[] } else { nn.as_slice() };
        groups.extend(self.networks("linear", &learning, [sought, &[]], &vary(of_nn)));
        groups.extend(self.networks("linear", &learning, [&[], nt], &vary(of_nt)));
        if is_solved {
            groups.extend(self.networks("constant", all, [nn, nt], &vary(&CONSTANT)));
        }
        let name = format!("{} {}", self.figure.name(), self.size.name());
        Sweep::from_object(object(
            json!({"schema": VERSION, "name": name, "groups": groups}),
        ))
    }

    /// Groups of networks, NN and NT of these widths; of an activation that is blind to the target
    /// only those that are shown.
    fn networks(
        &self,
        schedule: &str,
        activations: &[Activation],
        widths: [&[usize]; 2],
        vary: &Value,
    ) -> Vec<Value> {
        let mut groups = Vec::new();
        for activation in activations {
            let is_blind = activation.is_odd();
            let shown = |n: &usize| !is_blind || self.shown.contains(n);
            let [nn, nt]: [Vec<usize>; 2] =
                widths.map(|widths| widths.iter().copied().filter(shown).collect());
            let (kept, trained) = nn.into_iter().partition(|&width| self.keeps_second(width));
            for (regime, widths, second_layer) in [
                ("nn", trained, None),
                ("nn", kept, Some(SecondLayer::Fixed)),
                ("nt", nt, None),
            ] {
                let mut group = self.target.clone();
                group.insert("regime".to_owned(), regime.into());
                group.insert("schedule".to_owned(), schedule.into());
                group.insert("steps".to_owned(), self.steps.into());
                group.insert("activation".to_owned(), activation.name().into());
                if let Some(second_layer) = second_layer {
                    group.insert("second-layer".to_owned(), second_layer.name().into());
                }
                let mut vary = vary.clone();
                vary["neurons"] = json!(widths);
                group.insert("vary".to_owned(), vary);
                if !widths.is_empty() {
                    groups.push(group.into());
                }
            }
        }
        groups
    }

    /// Whether NN of that width keeps its second layer, the signs of the optimum: a mixture's, where
    /// only so a step does not cost more with every neuron.
    pub fn keeps_second(&self, neurons: usize) -> bool {
        self.figure == WidthFigure::Mixture && self.is_wide(neurons)
    }

    fn is_wide(&self, neurons: usize) -> bool {
        self.target["dim"]
            .as_u64()
            .is_some_and(|dim| neurons as u64 > 2 * dim)
    }

    fn fits(&self, activation: Activation) -> Value {
        let (widths, samples) = &self.fitted;
        let mut group = self.target.clone();
        group.insert("regime".to_owned(), "rf".into());
        group.insert("samples".to_owned(), (*samples).into());
        group.insert("activation".to_owned(), activation.name().into());
        let weights = ["isotropic", "aligned", "best"];
        let vary = json!({"neurons": widths, "weights": weights});
        group.insert("vary".to_owned(), vary);
        group.into()
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// The widths of both, upwards.
fn with(mut widths: Vec<usize>, more: &[usize]) -> Vec<usize> {
    widths.extend(more);
    widths.sort_unstable();
    widths.dedup();
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lazy::training;

    #[test]
    fn presets_are_plans_of_which_the_first_make_a_figure() {
        for figure in WidthFigure::ALL {
            for size in [PresetSize::Paper, PresetSize::Quick] {
                let preset = Preset::new(figure, size);
                let sweep = preset.sweep().unwrap();
                let jobs = sweep.jobs();
                let [nn, nt] = &preset.widths;
                let dim = training::settings(jobs[0].plan()).unwrap().dim();
                let narrow = nn.iter().filter(|&&n| n <= 2 * dim);
                let learning = narrow.count() + nt.len();
                let blind = 2 * preset.shown.len();
                let first = learning + blind * (preset.activations.len() - 1);
                for job in &jobs[..first] {
                    let settings = training::settings(job.plan()).unwrap();
                    assert!(settings.step_scale.total_cmp(&1.0).is_eq());
                    assert_eq!(settings.schedule.name(), "linear");
                }
                for widths in &preset.widths {
                    assert!(preset.shown.iter().all(|width| widths.contains(width)));
                }
                let times = if figure == WidthFigure::Activation {
                    2
                } else {
                    6
                };
                assert!(jobs.len() > times * first);
                preset.settings().unwrap().problem().unwrap();
            }
        }
    }

    #[test]
    fn the_authors_widths_are_theirs() {
        let preset = Preset::new(WidthFigure::Quadratic, PresetSize::Paper);
        let [nn, nt] = &preset.widths;
        assert_eq!((nn.len(), nn[0], nn[nn.len() - 1]), (28, 30, 4767));
        assert_eq!((nt.len(), nt[0], nt[nt.len() - 1]), (16, 30, 450));
    }
}
