//! What workers find: features that are drawn, and the best that these make of the target.

use serde_json::{Map, Value};

use crate::figure::Solution;
use crate::neuron::exact::{
    FeatureKind, NestedFeatures, NestedFit, random_directions, target_directions,
};
use crate::neuron::problem::{SingleNeuron, cumulative, density};
use crate::neuron::setting::PAGE_DIMS;
use crate::setting::SettingError;

/// Directions of the target that risks are averaged over; the first is the target's own.
const DIRECTIONS: usize = 64;

/// Powers of two: random features, and neurons of NT.
const MOST_FEATURES: u32 = 9;
const MOST_NEURONS: u32 = 5;

/// The largest system that is solved for NT, in parameters.
const MOST_PARAMETERS: usize = 640;

/// Places along the target's direction where functions are looked at.
pub(super) const PROFILE: [f64; 49] = profile();

const fn profile() -> [f64; 49] {
    let mut places = [0.0; 49];
    let mut index = 0;
    while index < places.len() {
        places[index] = index as f64 / 8.0 - 3.0;
        index += 1;
    }
    places
}

/// The risk of features that were drawn; NaN where the solver cannot vouch for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnRisk {
    /// How many features of RF, or neurons of NT.
    pub features: f64,
    /// The mean over directions.
    pub mean: f64,
    /// That of the target's own direction.
    pub own: f64,
}

/// What a worker has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NeuronAnswer {
    /// Of random features, upwards.
    pub features: Vec<DrawnRisk>,
    /// Of the tangent's features, by neurons, upwards.
    pub tangent: Vec<DrawnRisk>,
    /// For each number of random features, the best of their combinations along the target's direction, averaged over all others:
    /// values at the places that functions are looked at.
    pub profiles: Vec<Vec<f64>>,
    /// Why some risks are not known, in a sentence.
    pub unknown: Option<String>,
}

impl NeuronAnswer {
    /// Draws and solves what an [order](crate::figure::Scene::order) asks for: `dim`, a whole number, `bias`, that of the neuron of norm
    /// 1, and `seed`.
    ///
    /// # Errors
    /// If one of them is missing, or no such number.
    pub fn compute(order: &Map<String, Value>) -> Result<Solution, SettingError> {
        let number = |key: &str| {
            let number = order.get(key).and_then(Value::as_f64);
            number.ok_or_else(|| SettingError::Shape(format!("its {key}")))
        };
        let (dim, bias, seed) = (number("dim")?, number("bias")?, number("seed")?);
        if !(PAGE_DIMS.0..=PAGE_DIMS.1).contains(&dim) {
            return Err(SettingError::Shape("its dim".to_owned()));
        }
        let (dim, seed) = (dim as usize, seed as u64);
        let neuron = SingleNeuron { norm: 1.0, bias };
        let targets = target_directions(seed, 0, dim, DIRECTIONS);
        let mut answer = Self::default();
        for (kind, most) in [
            (FeatureKind::Relu, MOST_FEATURES),
            (FeatureKind::Tangent, MOST_NEURONS),
        ] {
            let is_small =
                |neurons: &usize| kind == FeatureKind::Relu || neurons * dim <= MOST_PARAMETERS;
            let widths = (0..=most).map(|power| 1 << power).filter(is_small);
            let widths: Vec<usize> = widths.collect();
            let weights = random_directions(seed, 0, dim, widths.last().copied().unwrap_or(1));
            let refused = |error: &dyn std::fmt::Display| SettingError::Shape(error.to_string());
            let features =
                NestedFeatures::new(weights, kind, true).map_err(|error| refused(&error))?;
            let fit = features
                .fit(&neuron, &targets)
                .map_err(|error| refused(&error))?;
            let drawn = widths.iter().map(|&neurons| answer.drawn(&fit, neurons));
            let drawn: Vec<DrawnRisk> = drawn.collect();
            if kind == FeatureKind::Tangent {
                answer.tangent = drawn;
                continue;
            }
            answer.features = drawn;
            let own = targets.column(0);
            let cosines: Vec<f64> = features
                .directions()
                .column_iter()
                .map(|w| w.dot(&own))
                .collect();
            answer.profiles = widths
                .iter()
                .map(|&neurons| along(&fit, neurons, &cosines))
                .collect();
        }
        Ok(answer.into())
    }

    fn drawn(&mut self, fit: &NestedFit<'_>, neurons: usize) -> DrawnRisk {
        let mean = fit.mean_risk(neurons);
        if let Err(error) = &mean {
            self.unknown.get_or_insert_with(|| error.to_string());
        }
        let mean = mean.ok().flatten().map(|mean| mean.mean);
        DrawnRisk {
            features: neurons as f64,
            mean: mean.unwrap_or(f64::NAN),
            own: fit.risk(neurons, 0).unwrap_or(f64::NAN),
        }
    }
}

/// `E[f(x) | ⟨w*,x⟩ = t]` of the best f, which the first neurons combine to: each is `E relu(ρt + √(1−ρ²)g)` there.
fn along(fit: &NestedFit<'_>, neurons: usize, cosines: &[f64]) -> Vec<f64> {
    let combination = fit.combination(neurons, 0);
    let places = PROFILE.iter();
    let value = |t: f64| {
        let pairs = combination.coefficients.iter().zip(cosines);
        let sum: f64 = pairs
            .map(|(u, cosine)| {
                let (mean, sd) = (cosine * t, (1.0 - cosine * cosine).max(1e-30).sqrt());
                u * (mean * cumulative(mean / sd) + sd * density(mean / sd))
            })
            .sum();
        combination.constant + sum
    };
    places.map(|&t| value(t)).collect()
}

/// Numbers of risks in lists: features, means, own.
fn flat(drawn: &[DrawnRisk]) -> [Vec<f64>; 3] {
    let list = |of: fn(&DrawnRisk) -> f64| drawn.iter().map(of).collect();
    [
        list(|one| one.features),
        list(|one| one.mean),
        list(|one| one.own),
    ]
}

fn together(lists: &[Vec<f64>]) -> Vec<DrawnRisk> {
    let [features, mean, own] = lists else {
        return Vec::new();
    };
    let all = features.iter().zip(mean).zip(own);
    all.map(|((&features, &mean), &own)| DrawnRisk {
        features,
        mean,
        own,
    })
    .collect()
}

impl From<NeuronAnswer> for Solution {
    fn from(answer: NeuronAnswer) -> Self {
        let mut lists = flat(&answer.features).to_vec();
        lists.extend(flat(&answer.tangent));
        lists.extend(answer.profiles);
        Self {
            lists,
            unknown: answer.unknown,
        }
    }
}

impl From<Solution> for NeuronAnswer {
    fn from(solution: Solution) -> Self {
        let lists = solution.lists;
        Self {
            features: together(lists.get(..3).unwrap_or_default()),
            tangent: together(lists.get(3..6).unwrap_or_default()),
            profiles: lists.get(6..).unwrap_or_default().to_vec(),
            unknown: solution.unknown,
        }
    }
}
