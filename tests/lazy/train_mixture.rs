//! Runs that learn a mixture, as the program makes them.

use lazy_limits::activation::Activation;
use lazy_limits::finite;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Problem, Target};
use lazy_limits::spectrum::random_rotation;
use lazy_limits::train::{
    Protocol, Regime, SecondLayer, TrainError, TrainSettings, Trainer, report_steps,
};

fn white(contrast: impl IntoIterator<Item = f64>) -> Problem {
    let delta = Symmetric::diagonal(contrast);
    let sigma = Symmetric::diagonal(vec![1.0; delta.dim()]);
    Mixture::new(&sigma, &delta).unwrap().into()
}

/// The levels of the paper in turn.
fn paper(dim: usize) -> Problem {
    let root = (dim as f64).sqrt();
    white((0..dim).map(|i| [2.0, 1.5, 1.0][i % 3] / root))
}

/// ±1.5/√d in turn.
fn two_signed(dim: usize) -> Problem {
    let size = 1.5 / (dim as f64).sqrt();
    white((0..dim).map(|i| if i % 2 == 0 { size } else { -size }))
}

/// Σ of 1 and 0.2 in turn, and a Δ that does not commute with it.
fn turned(dim: usize) -> Problem {
    let sigma = Symmetric::diagonal((0..dim).map(|i| if i % 2 == 0 { 1.0 } else { 0.2 }));
    let delta = Symmetric::diagonal((0..dim).map(|i| 0.15 * (i as f64).cos()));
    let delta = delta.in_basis(&random_rotation(4, dim));
    Mixture::new(&sigma, &delta).unwrap().into()
}

fn finished(problem: &Problem, settings: TrainSettings) -> Trainer {
    let mut trainer = Trainer::new(problem, settings).unwrap();
    trainer.advance(u64::MAX);
    trainer
}

/// Small runs of every regime, explicit and lifted.
fn small_runs() -> impl Iterator<Item = TrainSettings> {
    let kinds = [
        (Regime::Rf, SecondLayer::Trained),
        (Regime::Nt, SecondLayer::Trained),
        (Regime::Nn, SecondLayer::Trained),
        (Regime::Nn, SecondLayer::Fixed),
    ];
    kinds.into_iter().flat_map(|(regime, second_layer)| {
        [5, 12, 60].map(|neurons| TrainSettings {
            second_layer,
            steps: 60,
            batch: 20,
            seed: 9,
            ..TrainSettings::new(regime, neurons)
        })
    })
}

#[test]
fn a_run_is_its_settings_bit_for_bit_and_can_be_broken_off() {
    for problem in [two_signed(12), turned(12)] {
        for settings in small_runs() {
            let once = finished(&problem, settings.clone());
            let mut first = Trainer::new(&problem, settings.clone()).unwrap();
            while first.step() < 23 {
                first.advance(4);
                first.risk();
                first.learned();
            }
            let mut second = Trainer::restore(&problem, settings, &first.state()).unwrap();
            second.advance(u64::MAX);
            assert_eq!(once.state(), second.state());
            assert_eq!(once.risk(), second.risk());
            assert_eq!(once.kernel(), second.kernel());
        }
    }
}

/// A run falls to about `√(ε·Tr H/b)·√(p/(bT))` of the risk above its minimum: p = d² is more than
/// any of these have of directions, and `ε·Tr H/b` is at most about 0.35, which makes 0.017. Twice that
/// is allowed, and nothing below the minimum.
#[test]
fn networks_reach_their_exact_minimum() {
    let d = 20;
    for (problem, name) in [
        (paper(d), "paper"),
        (two_signed(d), "two-signed"),
        (turned(d), "turned"),
        (
            white((0..d).map(|i| if i < 4 { -0.6 } else { 0.0 })),
            "low-rank",
        ),
    ] {
        for (regime, second_layer, neurons) in [
            (Regime::Nn, SecondLayer::Trained, 1),
            (Regime::Nn, SecondLayer::Trained, 10),
            (Regime::Nn, SecondLayer::Trained, 50),
            (Regime::Nn, SecondLayer::Fixed, 1),
            (Regime::Nn, SecondLayer::Fixed, 10),
            (Regime::Nn, SecondLayer::Fixed, 80),
            (Regime::Nt, SecondLayer::Trained, 1),
            (Regime::Nt, SecondLayer::Trained, 10),
            (Regime::Nt, SecondLayer::Trained, 60),
        ] {
            // Which sign one neuron finds is chance.
            if name == "turned" && regime == Regime::Nn && second_layer == SecondLayer::Trained {
                continue;
            }
            let settings = TrainSettings {
                second_layer,
                steps: 5000,
                ..TrainSettings::new(regime, neurons)
            };
            let trainer = finished(&problem, settings);
            let minimum = match trainer.fixed_weights() {
                Some(w) => finite::nt_risk(&problem, &w).unwrap(),
                None => problem.network_exact(neurons),
            };
            let risk = trainer.risk().unwrap();
            let ratio = risk / minimum;
            let run = format!("{name} {regime} {second_layer} {neurons}: {risk}, {ratio}");
            assert!(ratio > 1.0 - 1e-6, "{run}");
            assert!(ratio < 1.035, "{run}");
        }
    }
}

/// Linearised, N neurons span forms of rank 2N: where Δ has both signs, NT ends below the least risk
/// that any network of that width has.
#[test]
fn with_both_signs_nt_can_be_below_nn() {
    let problem = two_signed(20);
    let settings = TrainSettings {
        steps: 6000,
        ..TrainSettings::new(Regime::Nt, 10)
    };
    let nt = finished(&problem, settings).risk().unwrap();
    assert!(nt < 0.95 * problem.network_exact(10), "{nt}");
}

/// What is learnt is `Q₀ = Δ̃(1 + Δ̃²)⁻¹` at the optimum of a wide network. The risk grows by at least
/// twice the squared distance of the form from the best one, which bounds that of `−2Q/risk`.
#[test]
fn what_is_learnt_is_the_difference() {
    for problem in [paper(16), two_signed(16), turned(16)] {
        for second_layer in SecondLayer::ALL {
            let settings = TrainSettings {
                second_layer,
                steps: 4000,
                ..TrainSettings::new(Regime::Nn, 40)
            };
            let trainer = finished(&problem, settings);
            let (risk, least) = (trainer.risk().unwrap(), problem.network_exact(40));
            let best = problem.form().eigenvalues().map(|s| s / (1.0 + s * s));
            let best = Symmetric::Diagonal(best).to_matrix();
            let gap = (trainer.learned() - &best).norm();
            let distance = (0.5 * (risk - least)).sqrt();
            let bound = 2.0 / risk * distance + best.norm() * (1.0 - least / risk);
            assert!(gap < bound + 1e-5, "{gap} {bound}");
            assert!(gap < 0.3 * best.norm(), "{gap}");
        }
    }
}

/// As for a quadratic target: excess about N/n of the minimum over n samples.
#[test]
fn random_features_reach_their_exact_minimum() {
    for problem in [paper(20), turned(20)] {
        for activation in [Activation::Quadratic, Activation::Relu, Activation::Tanh] {
            for neurons in [10, 40] {
                let settings = TrainSettings {
                    steps: 200,
                    activation,
                    ..TrainSettings::new(Regime::Rf, neurons)
                };
                let mut trainer = Trainer::new(&problem, settings).unwrap();
                assert_eq!(trainer.risk(), Some(1.0));
                trainer.advance(u64::MAX);
                let w = trainer.fixed_weights().unwrap();
                let exact = finite::rf_risks(&problem, w, activation)[neurons - 1].unwrap();
                let risk = trainer.risk().unwrap();
                let excess = neurons as f64 / trainer.samples() as f64;
                assert!(risk >= exact - 1e-9, "{activation} {risk} {exact}");
                assert!(
                    risk < exact * (1.0 + 3.0 * excess) + 1e-9,
                    "{activation} {neurons}: {risk} {exact}"
                );
                assert!(trainer.learned().iter().all(|value| value.is_finite()));
            }
        }
    }
}

/// Where one neuron, one dimension or one sample is all there is, and where a class has hardly a
/// variance left.
#[test]
fn automatic_steps_are_stable_at_every_size() {
    for problem in [
        white([0.999_999]),
        white([-0.9, 0.9]),
        white((0..30).map(|i| if i == 0 { 0.99 } else { -0.01 })),
        paper(30),
        turned(7),
    ] {
        for settings in small_runs().filter(|settings| settings.regime != Regime::Rf) {
            for (neurons, batch) in [(1, 1), (1, 100), (40, 1), (40, 100)] {
                let settings = TrainSettings {
                    neurons,
                    batch,
                    steps: 3000,
                    ..settings.clone()
                };
                let mut trainer = Trainer::new(&problem, settings.clone()).unwrap();
                let mut peak = trainer.risk().unwrap();
                for report in report_steps(3000).windows(2) {
                    trainer.advance(report[1] - report[0]);
                    peak = peak.max(trainer.risk().unwrap());
                }
                assert!(peak < 3.0, "{peak} {settings:?}");
                let last = trainer.risk().unwrap();
                assert!(last < 1.01, "{last} {settings:?}");
            }
        }
    }
}

/// The labels are noise from the first step on, and a step multiplies the weights: a few neurons in
/// many dimensions must not grow by noise faster than by what there is to learn.
#[test]
fn few_neurons_do_not_grow_by_noise() {
    let problem = paper(300);
    for second_layer in SecondLayer::ALL {
        let settings = TrainSettings {
            second_layer,
            steps: 2000,
            ..TrainSettings::new(Regime::Nn, 1)
        };
        let mut trainer = Trainer::new(&problem, settings).unwrap();
        while trainer.advance(100) > 0 {
            assert!(trainer.risk().unwrap() < 1.005);
        }
        assert!(trainer.risk().unwrap() < 0.998);
    }
}

#[test]
fn a_run_with_too_large_a_step_is_reported_as_diverged() {
    let problem = paper(20);
    for settings in small_runs().filter(|settings| settings.regime != Regime::Rf) {
        let automatic = Trainer::new(&problem, settings.clone()).unwrap();
        let settings = TrainSettings {
            steps: 5000,
            step_size: automatic.step_size().map(|value| value * 200.0),
            ..settings
        };
        let trainer = finished(&problem, settings.clone());
        assert_eq!(trainer.diverged_at(), Some(trainer.step()), "{settings:?}");
        assert!(trainer.learned().nrows() == 20);
    }
}

#[test]
fn the_authors_protocol_is_refused_in_one_sentence() {
    let settings = TrainSettings {
        protocol: Protocol::Published,
        ..TrainSettings::new(Regime::Nn, 3)
    };
    let error = Trainer::new(&paper(6), settings.clone()).err().unwrap();
    assert_eq!(error, TrainError::MixtureProtocol);
    assert!(error.to_string().len() < 160);
    let features = TrainSettings {
        regime: Regime::Rf,
        ..settings
    };
    assert!(Trainer::new(&paper(6), features).is_ok());
}
