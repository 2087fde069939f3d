//! Runs as the program and the page make them.

use lazy_limits::activation::Activation;
use lazy_limits::finite::{self, QuadraticFeatures};
use lazy_limits::limit;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Problem, Quadratic, Target, WeightCovariance};
use lazy_limits::train::{
    Protocol, Regime, Schedule, TrainError, TrainSettings, TrainState, Trainer,
};

/// Exponential quantiles.
fn problem(dim: usize) -> Quadratic {
    let quantile = |i: usize| -((i as f64 + 0.5) / dim as f64).ln();
    Quadratic::new(&Symmetric::diagonal((0..dim).map(quantile))).unwrap()
}

fn started(problem: &Quadratic, settings: TrainSettings) -> Trainer {
    Trainer::new(&problem.clone().into(), settings).unwrap()
}

fn finished(problem: &Quadratic, settings: TrainSettings) -> Trainer {
    let mut trainer = started(problem, settings);
    trainer.advance(u64::MAX);
    trainer
}

/// Small runs of every regime and protocol, explicit and lifted.
fn small_runs() -> impl Iterator<Item = TrainSettings> {
    let kinds = [
        (Regime::Rf, Protocol::Theorem),
        (Regime::Nt, Protocol::Theorem),
        (Regime::Nt, Protocol::Published),
        (Regime::Nn, Protocol::Theorem),
        (Regime::Nn, Protocol::Published),
    ];
    kinds.into_iter().flat_map(|(regime, protocol)| {
        [5, 12, 30].map(|neurons| TrainSettings {
            protocol,
            steps: 60,
            batch: 20,
            seed: 9,
            ..TrainSettings::new(regime, neurons)
        })
    })
}

#[test]
fn a_run_is_its_settings_bit_for_bit() {
    let problem = problem(12);
    for settings in small_runs() {
        let once = finished(&problem, settings.clone());
        // Looked at, in slices.
        let mut again = started(&problem, settings);
        while again.advance(8) > 0 {
            again.risk();
            again.learned();
        }
        assert_eq!(once.state(), again.state());
        assert_eq!(once.risk(), again.risk());
        assert_eq!(once.samples(), 1200);
    }
}

#[test]
fn a_restored_run_goes_on_bit_for_bit() {
    let problem = problem(12);
    for settings in small_runs() {
        let mut whole = started(&problem, settings.clone());
        whole.advance(23);
        if settings.regime != Regime::Rf {
            whole.set_step_size(0.0123).unwrap();
        }
        let state = whole.state();
        let mut broken = Trainer::restore(&problem.clone().into(), settings, &state).unwrap();
        assert_eq!(broken.state(), state);
        whole.advance(u64::MAX);
        broken.advance(u64::MAX);
        assert_eq!(whole.state(), broken.state());
        assert_eq!(whole.risk(), broken.risk());
        assert_eq!(whole.step_sizes(), broken.step_sizes());
    }
}

/// The risk never falls below the exact minimum (the matrix is the best of its rank, the
/// projection the best in its space), and ends near it. With a constant step its excess would be
/// about `ε·Tr H/b` (at most 0.7 by the automatic rule) of the minimum; the step falls to 0 over
/// thousands of relaxation times, which leaves a few per cent of that: a tenth is allowed, and
/// where the minimum is 0 what is left of the exponential approach.
#[test]
fn networks_reach_their_exact_minimum() {
    let problem = problem(40);
    for (regime, protocol, neurons) in [
        (Regime::Nn, Protocol::Theorem, 20),
        (Regime::Nn, Protocol::Theorem, 60),
        (Regime::Nn, Protocol::Published, 20),
        (Regime::Nt, Protocol::Theorem, 20),
        (Regime::Nt, Protocol::Theorem, 120),
        (Regime::Nt, Protocol::Published, 80),
    ] {
        let settings = TrainSettings {
            protocol,
            steps: 8_000,
            ..TrainSettings::new(regime, neurons)
        };
        let trainer = finished(&problem, settings);
        let minimum = match trainer.fixed_weights() {
            Some(w) => finite::neural_tangent(&problem, &w).unwrap(),
            None => limit::network(&problem, neurons),
        };
        let risk = trainer.risk().unwrap();
        let name = format!("{regime} {protocol} {neurons}: {risk}, exact {minimum}");
        assert!(risk > minimum - 1e-6, "{name}");
        assert!(risk < 1.1 * minimum + 2e-3, "{name}");
        // What is learnt has that distance from B.
        let mean_square = (trainer.learned()
            - Symmetric::to_matrix(&Symmetric::Diagonal(problem.eigenvalues().clone())))
        .norm_squared()
            / problem.squared_norm();
        assert!((mean_square - risk).abs() < 0.01, "{name}: {mean_square}");
    }
}

/// Fitted coefficients have excess risk about N/n of the minimum over n samples (least squares
/// in N unknowns; the residuals are not Gaussian, so twice that and its own spread is allowed).
#[test]
fn random_features_reach_their_exact_minimum() {
    let problem = problem(20);
    let gamma = WeightCovariance::Aligned;
    for activation in [Activation::Quadratic, Activation::Relu, Activation::Tanh] {
        for neurons in [10, 40] {
            let settings = TrainSettings {
                steps: 200,
                activation,
                covariance: gamma.clone(),
                ..TrainSettings::new(Regime::Rf, neurons)
            };
            let mut trainer = started(&problem, settings);
            assert_eq!(trainer.risk(), Some(1.0));
            trainer.advance(u64::MAX);
            let w = trainer.fixed_weights().unwrap();
            let exact = QuadraticFeatures::new(w, activation).risks(&problem)[neurons - 1].unwrap();
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

/// σ = x² − 1 has nothing but its quadratic part: the risk follows from B̂ and the mean, and the
/// mean from the features.
#[test]
fn quadratic_features_are_what_they_have_learnt() {
    let problem = problem(15);
    let settings = TrainSettings {
        steps: 100,
        ..TrainSettings::new(Regime::Rf, 10)
    };
    let trainer = finished(&problem, settings);
    let form = trainer.learned();
    let w = trainer.fixed_weights().unwrap();
    // Σ a_i w_iw_iᵀ determines a, the w_iw_iᵀ being independent: solve for it.
    let gram = w.transpose() * &w;
    let squares = gram.map(|value| value * value);
    let sides = (w.transpose() * &form * &w).diagonal();
    let a = squares.lu().solve(&sides).unwrap();
    let mean = form.trace() - a.sum();
    let risk = trainer.risk().unwrap();
    assert!((problem.risk(&form, mean) - risk).abs() < 1e-9);
}

#[test]
fn a_run_with_too_large_a_step_is_reported_as_diverged() {
    let problem = problem(20);
    for settings in small_runs().filter(|settings| settings.regime != Regime::Rf) {
        for factor in [50.0, 1e5] {
            let automatic = started(&problem, settings.clone());
            let step_size = automatic.step_size().map(|value| value * factor);
            let settings = TrainSettings {
                steps: 5000,
                step_size,
                ..settings.clone()
            };
            let trainer = finished(&problem, settings.clone());
            let at = trainer.diverged_at();
            assert!(at.is_some(), "{settings:?}");
            assert_eq!(at, Some(trainer.step()));
            assert!(trainer.is_finished());
            // Found as soon as it is beyond the limit, unless a single step destroys the numbers.
            match trainer.risk() {
                Some(risk) if factor > 50.0 => assert!(risk.is_finite() && risk > 100.0),
                Some(risk) => assert!(risk > 100.0 && risk < 1e20, "{risk:e} {settings:?}"),
                None => assert!(factor > 50.0, "{settings:?}"),
            }
        }
    }
}

#[test]
fn step_sizes_can_change_while_running() {
    let problem = problem(8);
    let settings = TrainSettings {
        steps: 100,
        step_size: Some(0.01),
        schedule: Schedule::Constant,
        ..TrainSettings::new(Regime::Nn, 4)
    };
    let mut trainer = started(&problem, settings.clone());
    trainer.advance(10);
    trainer.set_step_size(0.02).unwrap();
    trainer.set_step_size(0.005).unwrap();
    assert_eq!(trainer.step_sizes(), [(0, 0.01), (10, 0.005)]);
    assert_eq!(trainer.step_size(), Some(0.005));
    trainer.advance(u64::MAX);
    let unchanged = finished(&problem, settings);
    assert_ne!(trainer.state().singles, unchanged.state().singles);
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e7] {
        assert!(matches!(
            trainer.set_step_size(bad),
            Err(TrainError::StepSize { .. })
        ));
    }
}

#[test]
fn settings_that_cannot_be_are_refused_in_one_sentence() {
    let problem = Problem::from(problem(6));
    let good = TrainSettings::new(Regime::Nn, 3);
    let refused = [
        TrainSettings {
            neurons: 0,
            ..good.clone()
        },
        TrainSettings {
            steps: 0,
            ..good.clone()
        },
        TrainSettings {
            batch: 0,
            ..good.clone()
        },
        TrainSettings {
            seed: 1 << 53,
            ..good.clone()
        },
        TrainSettings {
            draw: 1 << 53,
            ..good.clone()
        },
        TrainSettings {
            step_size: Some(f64::NAN),
            ..good.clone()
        },
        TrainSettings {
            batch: 1 << 40,
            ..good.clone()
        },
        TrainSettings {
            covariance: WeightCovariance::Given(Symmetric::isotropic(5)),
            ..good.clone()
        },
        TrainSettings::new(Regime::Rf, 1_000_000),
    ];
    for settings in refused {
        let message = Trainer::new(&problem, settings).err().unwrap().to_string();
        assert!(message.len() < 160 && !message.contains('\n'), "{message}");
    }
    let huge = Quadratic::new(&Symmetric::diagonal([1e100, 2e100])).unwrap();
    let huge = Problem::from(huge);
    let published = TrainSettings {
        protocol: Protocol::Published,
        ..good.clone()
    };
    assert!(matches!(
        Trainer::new(&huge, published),
        Err(TrainError::Scale { .. })
    ));
    assert!(Trainer::new(&huge, good).is_ok());
}

#[test]
fn states_of_other_runs_are_refused() {
    let problem = problem(6);
    for regime in Regime::ALL {
        let settings = TrainSettings::new(regime, 3);
        let good = started(&problem, settings.clone()).state();
        let mut others = vec![
            TrainState {
                step: u64::MAX,
                ..good.clone()
            },
            TrainState {
                singles: vec![0.0; 7],
                ..good.clone()
            },
            TrainState {
                doubles: vec![],
                ..good.clone()
            },
        ];
        if regime != Regime::Rf {
            others.push(TrainState {
                step_sizes: vec![],
                ..good.clone()
            });
            others.push(TrainState {
                step_sizes: vec![(0, -1.0)],
                ..good.clone()
            });
        }
        for other in others {
            let problem = problem.clone().into();
            assert!(Trainer::restore(&problem, settings.clone(), &other).is_err());
        }
    }
}

/// Risks do not depend on the scale of B, and B̂ has that scale.
#[test]
fn a_multiple_of_b_is_the_same_run() {
    let problem = problem(10);
    let larger = Quadratic::new(&Symmetric::Diagonal(problem.eigenvalues() * 1024.0)).unwrap();
    for regime in Regime::ALL {
        let settings = TrainSettings {
            steps: 50,
            ..TrainSettings::new(regime, 6)
        };
        let (a, b) = (
            finished(&problem, settings.clone()),
            finished(&larger, settings),
        );
        assert!((a.risk().unwrap() - b.risk().unwrap()).abs() < 1e-12);
        assert!((a.learned() * 1024.0 - b.learned()).norm() < 1e-9);
    }
}
