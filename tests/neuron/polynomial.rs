//! The demonstration of Theorem 3.1.
#![allow(clippy::float_cmp)] // some values are known to the last bit

use lazy_limits::experiment::{End, Plan, RunNumbers};
use lazy_limits::neuron::polynomial::{
    Judgement, Layers, POLYNOMIAL, PolynomialSettings, Sign, SoftplusNetwork,
};
use lazy_limits::setting::{Parameters, Scope};
use lazy_limits::stream::{Purpose, Stream};
use serde_json::{Map, json};

const DIM: usize = 5;

fn settings(features: usize, layers: Layers, seed: u64) -> PolynomialSettings {
    let mut settings = PolynomialSettings::new(Scope::TRAIN);
    (settings.features, settings.layers, settings.seed) = (features, layers, seed);
    settings
}

fn trained(settings: PolynomialSettings) -> Judgement {
    let steps = settings.steps;
    let mut network = SoftplusNetwork::new(settings);
    while network.step() < steps {
        network.advance();
    }
    network.judge()
}

#[test]
fn labels_are_signs_of_the_polynomials() {
    let product = [[1.0, 2.0, -9.0], [-1.0, -2.0, -9.0], [-1.0, 2.0, 9.0]];
    assert_eq!(product.map(|x| Sign::Product.label(&x)), [1.0, 1.0, -1.0]);
    let saddle = [[2.0, 1.0, -2.0], [1.0, 2.0, 2.0], [1.0, 2.0, 4.0]];
    assert_eq!(saddle.map(|x| Sign::Saddle.label(&x)), [1.0, -1.0, 1.0]);
}

/// Before any step the output is 0: no sign, and a hinge loss of 1.
#[test]
fn a_network_starts_at_zero_from_weights_of_the_recipe() {
    let network = SoftplusNetwork::new(settings(4000, Layers::All, 3));
    let Judgement { error, hinge } = network.judge();
    assert_eq!([error, hinge], [1.0, 1.0]);
    let (hidden, output) = network.numbers().split_at(4000 * (DIM + 1));
    assert!(output.iter().all(|&u| u == 0.0));
    let mean_square = |bias: bool| {
        let mine = |index: &usize| (index % (DIM + 1) == DIM) == bias;
        let chosen: Vec<usize> = (0..hidden.len()).filter(mine).collect();
        let sum: f64 = chosen.iter().map(|&index| hidden[index].powi(2)).sum();
        sum / chosen.len() as f64
    };
    // A mean of n squares of normals has the relative standard deviation √(2/n): here .01 and .022, times 5.
    assert!((mean_square(false) * 5.0 - 1.0).abs() < 0.05);
    assert!((mean_square(true) * 4.0 - 1.0).abs() < 0.11);
    // Nested.
    let narrow = SoftplusNetwork::new(settings(40, Layers::All, 3));
    assert_eq!(narrow.numbers()[..240], network.numbers()[..240]);
}

/// The mean hinge loss of a batch, straight from its definition.
fn batch_loss(settings: &PolynomialSettings, numbers: &[f64], step: u64) -> f64 {
    let r = settings.features;
    let mut inputs = vec![0.0; settings.batch * DIM];
    Stream::new(settings.seed, Purpose::Batch, step).fill_normal(&mut inputs);
    let losses = inputs.chunks_exact(DIM).map(|x| {
        let neuron = |i: usize| {
            let at = &numbers[i * (DIM + 1)..];
            let z: f64 = (0..DIM).map(|k| at[k] * f64::from(x[k])).sum();
            numbers[r * (DIM + 1) + i] * (z + at[DIM]).exp().ln_1p()
        };
        let output = (0..r).map(neuron).sum::<f64>() / (r as f64).sqrt();
        (1.0 - settings.polynomial.label(x) * output).max(0.0)
    });
    losses.sum::<f64>() / settings.batch as f64
}

/// Every number moves by minus the step size, 1 in the first half of the run and falling to 0 in the second, times the slope of the
/// loss, which central differences have to 10⁻⁹: no margin of these batches is within 10⁻⁶ of the kink.
#[test]
fn steps_go_down_the_gradient() {
    for layers in Layers::ALL {
        let mut settings = settings(4, layers, 5);
        (settings.steps, settings.polynomial) = (8, Sign::Saddle);
        let mut network = SoftplusNetwork::new(settings.clone());
        for (step, size) in [1.0, 1.0, 1.0, 1.0, 1.0, 0.75, 0.5, 0.25]
            .into_iter()
            .enumerate()
        {
            let before = network.numbers().to_vec();
            network.advance();
            for index in 0..before.len() {
                let loss = |by: f64| {
                    let mut moved = before.clone();
                    moved[index] += by;
                    batch_loss(&settings, &moved, step as u64)
                };
                let is_trained = layers == Layers::All || index >= 4 * (DIM + 1);
                let slope = (loss(1e-6) - loss(-1e-6)) / 2e-6;
                let expected = if is_trained { -size * slope } else { 0.0 };
                let found = network.numbers()[index] - before[index];
                assert!(
                    (found - expected).abs() < 1e-8,
                    "{layers:?} {step} {index}: {found} {expected}"
                );
            }
        }
        let last = network.numbers().to_vec();
        network.advance();
        assert_eq!((network.step(), network.numbers()), (8, &last[..]));
    }
}

/// Errors and hinge losses of an independent implementation, one draw each. All layers differ little from draw to draw; of 8 draws
/// of 20 frozen neurons the errors have a standard deviation of 0.07 and the hinge losses of 0.11, of 80 frozen ones of 0.035 and
/// 0.07, so that two means of two draws and of one are within three times 1.3 of these.
#[test]
fn polynomials_are_learnt_as_well_as_known() {
    let known = [
        (20, Layers::All, [0.003, 0.020], [0.01, 0.01]),
        (80, Layers::All, [0.002, 0.027], [0.01, 0.01]),
        (20, Layers::Output, [0.29, 0.72], [0.27, 0.43]),
        (80, Layers::Output, [0.10, 0.42], [0.14, 0.27]),
    ];
    let mut errors = Vec::new();
    for (features, layers, expected, tolerance) in known {
        let judged = [1, 2].map(|seed| trained(settings(features, layers, seed)));
        let error = judged.iter().map(|one| one.error).sum::<f64>() / 2.0;
        let hinge = judged.iter().map(|one| one.hinge).sum::<f64>() / 2.0;
        for (index, found) in [error, hinge].into_iter().enumerate() {
            assert!(
                (found - expected[index]).abs() < tolerance[index],
                "{features} {layers:?}: {found} {expected:?}"
            );
        }
        errors.push(error);
    }
    let [all, _, narrow, wide] = errors[..] else {
        panic!("{errors:?}")
    };
    assert!(wide < narrow && all < wide / 5.0, "{errors:?}");
}

fn plan(settings: serde_json::Value) -> Plan {
    let settings: Map<_, _> = serde_json::from_value(settings).unwrap();
    Plan::new(&POLYNOMIAL, &settings).unwrap()
}

#[test]
fn runs_report_some_twenty_times_and_at_their_end() {
    for (steps, count) in [(1, 1), (7, 7), (20, 20), (33, 20), (1000, 20)] {
        let mut run = plan(json!({"steps": steps, "features": 3}))
            .begin()
            .unwrap();
        while !run.is_finished() {
            let due = run.until_report();
            assert_eq!(run.advance(u64::MAX), due);
        }
        assert_eq!(
            (run.reports().len(), run.until_report()),
            (count, 0),
            "{steps}"
        );
        assert_eq!(run.reports()[count - 1].at, steps);
        assert_eq!(run.advance(5), 0);
    }
}

/// To the last bit: cut in pieces, saved and restored.
#[test]
fn a_restored_run_goes_on_as_if_it_had_never_been_stopped() {
    for layers in ["all", "output"] {
        let plan = plan(json!({"steps": 90, "features": 6, "layers": layers, "batch": 8}));
        let mut whole = plan.begin().unwrap();
        while !whole.is_finished() {
            whole.advance(u64::MAX);
        }
        let mut cut = plan.begin().unwrap();
        while !cut.is_finished() {
            cut.advance(7);
            cut = POLYNOMIAL.restore(&cut.checkpoint()).unwrap();
        }
        assert_eq!(cut.numbers(), whole.numbers());
        assert_eq!(cut.record(true), whole.record(true));
    }
}

#[test]
fn numbers_of_other_runs_are_refused() {
    let mut run = plan(json!({"steps": 9, "features": 6})).begin().unwrap();
    let right = run.numbers();
    for numbers in [
        RunNumbers {
            doubles: vec![0.0; 41],
            ..right.clone()
        },
        RunNumbers { step: 10, ..right },
    ] {
        let refused = run.load(numbers, Vec::new()).unwrap_err().to_string();
        assert!(refused.contains("6 neurons"), "{refused}");
    }
}

/// Never seen at these step sizes; a state that is beyond all bounds ends the run, and what it reports is no number.
#[test]
fn a_run_whose_numbers_are_beyond_all_bounds_has_diverged() {
    let mut run = plan(json!({"steps": 9, "features": 2})).begin().unwrap();
    let numbers = RunNumbers {
        step: 3,
        doubles: vec![2e100; 14],
        ..RunNumbers::default()
    };
    run.load(numbers, Vec::new()).unwrap();
    assert_eq!(run.advance(1), 1);
    assert_eq!(run.end(), Some(End::Diverged(4)));
    assert_eq!((run.advance(1), run.until_report()), (0, 0));
    assert_eq!(run.reports()[0].values, [None, None]);
    let restored = POLYNOMIAL.restore(&run.checkpoint()).unwrap();
    assert_eq!(
        (restored.end(), restored.numbers()),
        (run.end(), run.numbers())
    );
}
