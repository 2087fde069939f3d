//! What theory says of a state, and what is asked of workers.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::{NeuronAnswer, Seen, readings};
use crate::figure::{
    KeyedNumbers, LiveRun, Readings, Role, Scene, SeededRun, Sheet, Solution, WantedRun,
};
use crate::neuron::bound::AnyFeatures;
use crate::neuron::line::{ExpectedRisk, LEAST_DIM};
use crate::neuron::problem::SingleNeuron;
use crate::neuron::setting::{MAX_PAGE_FEATURES, MAX_PAGE_NORM, NeuronSettings};
use crate::neuron::tangent_line::{ExpectedTangentRisk, LEAST_NEURONS};
use crate::neuron::training::NEURON;
use crate::setting::{Parameters, SettingError};

/// Points of a line from one power of ten to the next.
const DENSITY: u32 = 8;

/// Powers of ten that a line has.
const DECADES: u32 = 12;

/// Dimensions whose lines are drawn faintly, besides the one that is looked at.
const OTHERS: [f64; 3] = [5.0, 10.0, 40.0];

/// Steps of the neuron that is trained: 10 000 samples.
const STEPS: u64 = 100;

/// The same of one that is rarely awake, and has a bias to learn.
const LATE_STEPS: u64 = 1000;

/// Milliseconds from one report of it to the next, which makes about two seconds.
const PACE: u32 = 45;

/// Where a line ends as long as nothing beyond is looked at.
const USUAL_END: f64 = 1e6;

/// One neuron, and what random features make of it.
pub struct NeuronScene {
    /// The target.
    pub(super) neuron: SingleNeuron,
    /// Expected risks of random features, in dimensions where the line can be trusted.
    pub(super) features: Option<ExpectedRisk>,
    /// The least risk of any features.
    pub(super) any: AnyFeatures,
    /// Expected risks of the tangent's features, where there is a line.
    pub(super) tangent: Option<ExpectedTangentRisk>,
    /// Numbers of features with the risks of the three.
    pub(super) lines: [Vec<(f64, f64)>; 3],
    /// In other dimensions, d with the line of random features.
    pub(super) others: Vec<(f64, Vec<(f64, f64)>)>,
    /// The risk that is an error of 1/50 for a target of this norm.
    pub(super) threshold: f64,
    /// How many any features, and random ones, have it.
    pub(super) needed: [Option<f64>; 2],
    /// Where the axis of features ends.
    pub(super) end: f64,
    /// Whether the last change has moved that.
    pub(super) is_rescaled: bool,
}

impl NeuronScene {
    fn of(settings: &NeuronSettings) -> Option<Self> {
        let neuron = SingleNeuron {
            norm: settings.norm,
            bias: settings.bias,
        };
        let features = trusted_line(settings.dim, &neuron);
        let any = AnyFeatures::new(settings.dim, &neuron)?;
        let tangent = (features.is_some() && neuron.bias == 0.0)
            .then(|| ExpectedTangentRisk::new(settings.dim, true))
            .flatten();
        // Of NT the axis has parameters, d of them a neuron.
        let neurons = grid(LEAST_NEURONS).take_while(|neurons| *neurons <= 1e5);
        let lines = [
            features.as_ref().map(curve_of).unwrap_or_default(),
            grid(1.0).map(|r| (r, any_with_constant(&any, r))).collect(),
            tangent
                .iter()
                .flat_map(|line| neurons.clone().zip(line.curve(neurons.clone())))
                .filter_map(|(neurons, risk)| Some((neurons * settings.dim, risk?)))
                .collect(),
        ];
        let others = OTHERS.iter();
        let others = others
            .filter_map(|&dim| Some((dim, curve_of(&trusted_line(dim, &neuron)?))))
            .collect();
        let mut scene = Self {
            neuron,
            features,
            any,
            tangent,
            lines,
            others,
            threshold: 0.0,
            needed: [None; 2],
            end: 0.0,
            is_rescaled: false,
        };
        scene.cross();
        Some(scene)
    }

    /// The expected risk of so many random features.
    pub(super) fn random(&self, features: f64) -> Option<f64> {
        self.features.as_ref()?.risk(features)
    }

    /// The least risk of so many features of any kind and the constant.
    pub(super) fn least(&self, features: f64) -> f64 {
        any_with_constant(&self.any, features)
    }

    /// Finds where the lines have the threshold's risk.
    fn cross(&mut self) {
        self.threshold = self.neuron.threshold();
        self.needed = [
            self.any.features_for(self.threshold),
            self.features
                .as_ref()
                .and_then(|line| line.features_for(self.threshold)),
        ];
        let furthest = self
            .needed
            .iter()
            .flatten()
            .fold(0.0, |most: f64, r| most.max(*r));
        let end = (10.0 * furthest).clamp(USUAL_END, MAX_PAGE_FEATURES);
        self.is_rescaled = self.end.total_cmp(&end).is_ne();
        self.end = end;
    }
}

/// Never in practice: the page has no dimension nor bias for which there is no theory.
fn unknown() -> SettingError {
    SettingError::Shape("the target".to_owned())
}

/// Numbers of features at equal distances on the axis, from `least` on.
fn grid(least: f64) -> impl Iterator<Item = f64> + Clone {
    let powers = (0..=DENSITY * DECADES).map(|k| f64::from(k) / f64::from(DENSITY));
    powers.map(move |power| least * 10_f64.powf(power))
}

fn trusted_line(dim: f64, neuron: &SingleNeuron) -> Option<ExpectedRisk> {
    (dim >= LEAST_DIM)
        .then(|| ExpectedRisk::new(dim, neuron, true))
        .flatten()
}

fn curve_of(line: &ExpectedRisk) -> Vec<(f64, f64)> {
    let points = grid(1.0).zip(line.curve(grid(1.0)));
    points.filter_map(|(r, risk)| Some((r, risk?))).collect()
}

/// The least risk of r features and the constant, which is one more.
fn any_with_constant(any: &AnyFeatures, features: f64) -> f64 {
    any.risk(features + 1.0)
}

impl Scene for NeuronScene {
    type Settings = NeuronSettings;
    type Facts = SeededRun;
    type Answer = NeuronAnswer;

    fn new(_: &'static Sheet<Self>, settings: &NeuronSettings) -> Result<Self, SettingError> {
        Self::of(settings).ok_or_else(unknown)
    }

    fn follow(
        &mut self,
        _: &'static Sheet<Self>,
        from: &NeuronSettings,
        to: &NeuronSettings,
    ) -> Result<(), SettingError> {
        let end = self.end;
        let shift = |settings: &NeuronSettings| settings.bias / settings.norm;
        if from.dim.total_cmp(&to.dim).is_ne() || shift(from).total_cmp(&shift(to)).is_ne() {
            *self = Self::of(to).ok_or_else(unknown)?;
        }
        self.neuron = SingleNeuron {
            norm: to.norm,
            bias: to.bias,
        };
        self.end = end;
        self.cross();
        Ok(())
    }

    fn wanted(seen: &Seen) -> Vec<WantedRun<SeededRun>> {
        let settings = seen.settings();
        let mut trained = NeuronSettings::new(NeuronSettings::TRAIN);
        trained.dim = seen.whole_dim();
        // That of norm 1 has the same risk: it is s times smaller.
        trained.bias = seen.scene.neuron.shift();
        trained.seed = settings.seed;
        let facts = SeededRun(settings.seed);
        trained.steps = if trained.bias < 0.0 {
            LATE_STEPS
        } else {
            STEPS
        };
        let run = WantedRun::new(Role::Handle, facts, NEURON.name, &trained);
        vec![run.paced(PACE)]
    }

    fn order(seen: &Seen) -> Option<Map<String, Value>> {
        let mut order = Map::new();
        order.insert("dim".to_owned(), seen.whole_dim().into());
        order.insert("bias".to_owned(), seen.scene.neuron.shift().into());
        order.insert("seed".to_owned(), seen.settings().seed.into());
        Some(order)
    }

    fn solve(order: Map<String, Value>) -> Result<Solution, SettingError> {
        NeuronAnswer::compute(&order)
    }

    fn readings(seen: &Seen) -> Readings {
        readings::readings(seen)
    }

    fn numbers(seen: &Seen) -> KeyedNumbers {
        readings::numbers(seen)
    }
}

impl Seen {
    /// The dimension of what is drawn at random: a whole one.
    pub(super) fn whole_dim(&self) -> f64 {
        self.settings().dim.round()
    }

    /// Features at the handle.
    pub(super) fn features(&self) -> f64 {
        self.settings().features[0]
    }

    /// The neuron's run.
    pub(super) fn neuron_run(&self) -> Option<&LiveRun<SeededRun>> {
        self.runs().iter().next()
    }

    /// What the neuron's run has come to: samples and risk.
    pub(super) fn trained(&self) -> Option<(f64, f64)> {
        self.neuron_run()?.curve(0).last().copied()
    }
}

/// The norm with which an error of 1/50 is that risk, for a target of this bias.
pub(super) fn norm_of(threshold: f64, bias: f64) -> f64 {
    let risk = |norm: f64| SingleNeuron { norm, bias }.threshold();
    let range: RangeInclusive<f64> = 1.0..=MAX_PAGE_NORM;
    let (mut low, mut high) = (range.start().ln(), range.end().ln());
    // E y² grows with the norm: its slope is 2sΦ(b/s).
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if risk(middle.exp()) > threshold {
            low = middle;
        } else {
            high = middle;
        }
    }
    high.exp().clamp(*range.start(), *range.end())
}
