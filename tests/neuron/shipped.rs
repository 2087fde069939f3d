//! What the page ships of the figure, held against what must hold of it.

use lazy_limits::experiment::sweep::Job;
use lazy_limits::full_size::PresetSize;
use lazy_limits::neuron::bound::AnyFeatures;
use lazy_limits::neuron::exact::{
    FeatureKind, NestedFeatures, random_directions, target_directions,
};
use lazy_limits::neuron::line::ExpectedRisk;
use lazy_limits::neuron::paper::{NeuronFigureData, NeuronPreset};
use lazy_limits::neuron::problem::SingleNeuron;

const SHIPPED: &str = include_str!("../../www/data/neuron.json");

fn shipped() -> NeuronFigureData {
    serde_json::from_str(SHIPPED).unwrap()
}

#[test]
fn every_run_of_the_plan_is_there_and_none_diverged() {
    let data = shipped();
    let sweep = NeuronPreset::new(PresetSize::Paper).sweep().unwrap();
    assert!(data.complete && data.notes.is_empty(), "{:?}", data.notes);
    let mut planned: Vec<&str> = sweep.jobs().iter().map(Job::id).collect();
    let drawn = data.drawn.iter().map(|curve| &*curve.run);
    let trained = data.trained.iter().map(|neuron| &*neuron.run);
    let polynomials = data.polynomials.iter().map(|network| &*network.run);
    let mut runs: Vec<&str> = drawn.chain(trained).chain(polynomials).collect();
    planned.sort_unstable();
    runs.sort_unstable();
    assert_eq!(runs, planned);
}

#[test]
fn exact_values_are_those_of_the_core() {
    // One draw of sixteen neurons again, of those that the first run of its kind averages: its mean is as far from the
    // average as draws differ, and the average of all ten is it.
    let data = shipped();
    let mut drawn = data.drawn.iter();
    let curve = drawn.find(|curve| curve.dim == 10 && curve.bias == 0.0 && curve.regime == "rf");
    let curve = curve.unwrap();
    let point = curve
        .points
        .iter()
        .find(|point| point.neurons == 16)
        .unwrap();
    let means = (0..10).map(|draw| {
        let weights = random_directions(1, draw, 10, 16);
        let features = NestedFeatures::new(weights, FeatureKind::Relu, true).unwrap();
        let targets = target_directions(1, draw, 10, curve.directions);
        let fit = features.fit(&SingleNeuron::PLAIN, &targets).unwrap();
        fit.mean_risk(16).unwrap().unwrap().mean
    });
    // Numbers are shipped with six digits.
    let mean = means.sum::<f64>() / 10.0;
    assert!(
        (point.mean / mean - 1.0).abs() < 1e-5,
        "{} {mean}",
        point.mean
    );
}

#[test]
fn random_features_are_on_the_line_and_nothing_is_below_the_bound() {
    for curve in shipped().drawn {
        let target = SingleNeuron {
            norm: 1.0,
            bias: curve.bias,
        };
        let d = curve.dim as f64;
        let line = ExpectedRisk::new(d, &target, true).unwrap();
        let bound = AnyFeatures::new(d, &target).unwrap();
        for point in &curve.points {
            let r = point.neurons as f64;
            // Standard errors of ten means are themselves wrong by a quarter.
            let error = point.error.unwrap();
            let features = if curve.regime == "nt" { r * d } else { r };
            assert!(
                point.mean + 5.0 * error > bound.risk(features + 1.0),
                "{d} {point:?}"
            );
            if curve.regime == "rf" {
                let expected = line.risk(r).unwrap();
                // What the line may be off by, where it is worst, d = 5.
                let off = if curve.dim == 5 { 0.15 } else { 0.04 };
                let gap = (point.mean - expected).abs();
                assert!(
                    gap < off * expected + 5.0 * error,
                    "{d} {point:?} {expected}"
                );
            }
        }
    }
}

#[test]
fn one_neuron_learns_from_every_seed() {
    let data = shipped();
    assert_eq!(data.trained.len(), 100);
    for neuron in &data.trained {
        assert!(neuron.samples_to_1e8.unwrap() <= 20_000, "{neuron:?}");
        assert!(neuron.risk.unwrap() < 1e-24, "{neuron:?}");
    }
}

#[test]
fn all_layers_learn_signs_that_the_last_one_does_not() {
    let data = shipped();
    for network in data
        .polynomials
        .iter()
        .filter(|network| network.features == 20)
    {
        let error = network.error.unwrap();
        assert!(
            if network.layers == "all" {
                error < 0.04
            } else {
                error > 0.1
            },
            "{network:?}"
        );
    }
}
