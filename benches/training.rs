//! How fast training is, and whether the automatic step size converges everywhere.
//!
//! `cargo bench --bench training -- speed` prints milliseconds a step at d = 450;
//! `… -- scan [FACTOR [DIMENSIONS]]` trains at many sizes and spectra with the automatic step size
//! times FACTOR (default 1; DIMENSIONS as 1,2,5) and prints final risks beside the exact minimum;
//! `… -- run REGIME PROTOCOL SCHEDULE D N B STEPS [EPSILON]` makes one run on exponential
//! quantiles.
//!
//! For a mixture: `… -- scan-mg [FACTOR [DIMENSIONS]]`, and `… -- run-mg REGIME LAYER DELTA D N B
//! STEPS [FACTOR]` with FACTOR times the automatic step size.

use std::time::Instant;

use lazy_limits::finite;
use lazy_limits::linalg::Symmetric;
use lazy_limits::problem::{Mixture, Problem, Quadratic, Target};
use lazy_limits::train::{
    Protocol, Regime, Schedule, SecondLayer, TrainSettings, Trainer, report_steps,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = std::env::args().skip(1);
    // Cargo's own, which tells benchmarks from tests.
    let arguments: Vec<String> = arguments.filter(|word| word != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["speed"] => speed(),
        ["scan"] => scan(1.0, &[1, 2, 5, 20, 64]),
        ["scan", factor] => scan(factor.parse()?, &[1, 2, 5, 20, 64]),
        ["scan", factor, dims] => {
            let dims: Result<Vec<usize>, _> = dims.split(',').map(str::parse).collect();
            scan(factor.parse()?, &dims?)
        }
        [
            "run",
            regime,
            protocol,
            schedule,
            dim,
            neurons,
            batch,
            steps,
            ref rest @ ..,
        ] => {
            let settings = TrainSettings {
                protocol: Protocol::from_name(protocol).ok_or("no such protocol")?,
                schedule: Schedule::from_name(schedule).ok_or("no such schedule")?,
                batch: batch.parse()?,
                steps: steps.parse()?,
                step_size: rest.first().map(|value| value.parse()).transpose()?,
                ..TrainSettings::new(
                    Regime::from_name(regime).ok_or("no such regime")?,
                    neurons.parse()?,
                )
            };
            run(&problem("exponential", dim.parse()?), settings)
        }
        ["scan-mg"] => scan_mixtures(1.0, &[1, 2, 5, 20, 64]),
        ["scan-mg", factor] => scan_mixtures(factor.parse()?, &[1, 2, 5, 20, 64]),
        ["scan-mg", factor, dims] => {
            let dims: Result<Vec<usize>, _> = dims.split(',').map(str::parse).collect();
            scan_mixtures(factor.parse()?, &dims?)
        }
        [
            "run-mg",
            regime,
            layer,
            delta,
            dim,
            neurons,
            batch,
            steps,
            ref rest @ ..,
        ] => {
            let settings = TrainSettings {
                second_layer: SecondLayer::from_name(layer).ok_or("no such second layer")?,
                batch: batch.parse()?,
                steps: steps.parse()?,
                ..TrainSettings::new(
                    Regime::from_name(regime).ok_or("no such regime")?,
                    neurons.parse()?,
                )
            };
            let problem = mixture(delta, dim.parse()?);
            let factor = rest.first().map_or(Ok(1.0), |value| value.parse())?;
            let automatic = Trainer::new(&problem, settings.clone())?.step_size();
            let step_size = automatic.map(|value| value * factor);
            run(
                &problem,
                TrainSettings {
                    step_size,
                    ..settings
                },
            )
        }
        _ => Err("speed, scan, run, scan-mg or run-mg is expected".into()),
    }
}

const SPECTRA: [&str; 5] = ["identity", "exponential", "spike", "power1", "power2"];

fn problem(spectrum: &str, dim: usize) -> Problem {
    let d = dim as f64;
    let value = |i: usize| match spectrum {
        "identity" => 1.0,
        "exponential" => -((i as f64 + 0.5) / d).ln(),
        "spike" => f64::from(u8::from(i == 0)) * d + 0.1,
        "power1" => 1.0 / (i + 1) as f64,
        _ => 1.0 / ((i + 1) as f64).powi(2),
    };
    Quadratic::new(&Symmetric::diagonal((0..dim).map(value)))
        .expect("spectra are targets")
        .into()
}

const DELTAS: [&str; 6] = ["paper", "flat", "two-signed", "low-rank", "spike", "skew"];

fn mixture(delta: &str, dim: usize) -> Problem {
    let d = dim as f64;
    let bound = |value: f64| value.clamp(-0.95, 0.95);
    let value = |i: usize| match delta {
        "paper" => bound([2.0, 1.5, 1.0][i % 3] / d.sqrt()),
        "flat" => bound(1.55 / d.sqrt()),
        "two-signed" if i.is_multiple_of(2) => bound(1.55 / d.sqrt()),
        "two-signed" => bound(-1.55 / d.sqrt()),
        "low-rank" => f64::from(u8::from(i < 10)) * 0.5,
        "spike" => f64::from(u8::from(i == 0)) * 0.95 + 1e-3,
        // A few large ones of one sign, many small ones of the other.
        _ => {
            if i.is_multiple_of(10) {
                0.6
            } else {
                bound(-1.0 / d.sqrt())
            }
        }
    };
    let delta = Symmetric::diagonal((0..dim).map(value));
    let sigma = Symmetric::diagonal(vec![1.0; dim]);
    Mixture::new(&sigma, &delta)
        .expect("these are mixtures")
        .into()
}

fn optimum(problem: &Problem, trainer: &Trainer) -> f64 {
    match trainer.fixed_weights() {
        Some(w) => finite::nt_risk(problem, &w).expect("Gaussian weights are far from dependent"),
        None => problem.network_exact(trainer.settings().neurons),
    }
}

fn speed() -> Result<(), Box<dyn std::error::Error>> {
    let (quadratic, mixture) = (problem("exponential", 450), mixture("paper", 450));
    for neurons in [45, 225, 450, 900, 4500] {
        for regime in [Regime::Nn, Regime::Nt] {
            for protocol in Protocol::ALL {
                let settings = TrainSettings {
                    protocol,
                    ..TrainSettings::new(regime, neurons)
                };
                time(&format!("qf {regime} {protocol}"), &quadratic, settings)?;
            }
        }
        for (regime, second_layer) in [
            (Regime::Nn, SecondLayer::Trained),
            (Regime::Nn, SecondLayer::Fixed),
            (Regime::Nt, SecondLayer::Trained),
        ] {
            let settings = TrainSettings {
                second_layer,
                ..TrainSettings::new(regime, neurons)
            };
            time(&format!("mg {regime} {second_layer}"), &mixture, settings)?;
        }
    }
    Ok(())
}

fn time(
    name: &str,
    problem: &Problem,
    settings: TrainSettings,
) -> Result<(), Box<dyn std::error::Error>> {
    let settings = TrainSettings {
        steps: 1000,
        ..settings
    };
    let mut trainer = Trainer::new(problem, settings)?;
    // The fastest and the median of single steps: the first is what an idle machine does, and
    // leaves out the steps with an exact risk.
    let mut times: Vec<f64> = (0..400)
        .map(|_| {
            let start = Instant::now();
            trainer.advance(1);
            1e3 * start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "{name} N={}: {:.3} ms a step at best, median {:.3}",
        trainer.settings().neurons,
        times[0],
        times[200]
    );
    Ok(())
}

fn scan(factor: f64, dims: &[usize]) -> Result<(), Box<dyn std::error::Error>> {
    for regime in [Regime::Nn, Regime::Nt] {
        for protocol in Protocol::ALL {
            for spectrum in SPECTRA {
                for &dim in dims {
                    let settings = TrainSettings {
                        protocol,
                        ..TrainSettings::new(regime, 1)
                    };
                    let name = format!("{regime} {protocol:9} {spectrum:11}");
                    scan_widths(&name, &settings, &problem(spectrum, dim), factor)?;
                }
            }
        }
    }
    Ok(())
}

fn scan_mixtures(factor: f64, dims: &[usize]) -> Result<(), Box<dyn std::error::Error>> {
    for (regime, layers) in [
        (Regime::Nn, SecondLayer::ALL.as_slice()),
        (Regime::Nt, &[SecondLayer::Trained]),
    ] {
        for &second_layer in layers {
            for delta in DELTAS {
                for &dim in dims {
                    let settings = TrainSettings {
                        second_layer,
                        ..TrainSettings::new(regime, 1)
                    };
                    let name = format!("{regime} {second_layer} {delta:10}");
                    scan_widths(&name, &settings, &mixture(delta, dim), factor)?;
                }
            }
        }
    }
    Ok(())
}

fn scan_widths(
    name: &str,
    settings: &TrainSettings,
    problem: &Problem,
    factor: f64,
) -> Result<(), Box<dyn std::error::Error>> {
    let dim = problem.dim();
    let mut widths = vec![1, 2, dim.div_ceil(2), dim, 2 * dim, 5 * dim];
    widths.sort_unstable();
    widths.dedup();
    for neurons in widths {
        for (batch, steps) in [(1, 20_000), (100, 4_000)] {
            let settings = TrainSettings {
                neurons,
                batch,
                steps,
                ..settings.clone()
            };
            let epsilon = factor
                * Trainer::new(problem, settings.clone())?
                    .step_size()
                    .unwrap_or(0.0);
            let mut trainer = Trainer::new(
                problem,
                TrainSettings {
                    step_size: Some(epsilon),
                    ..settings
                },
            )?;
            let start = trainer.risk().unwrap_or(f64::INFINITY);
            let mut peak = start;
            for report in report_steps(steps).windows(2) {
                trainer.advance(report[1] - report[0]);
                peak = peak.max(trainer.risk().unwrap_or(f64::INFINITY));
            }
            let last = trainer.risk().unwrap_or(f64::INFINITY);
            let minimum = optimum(problem, &trainer);
            let verdict = match trainer.diverged_at() {
                Some(step) => format!("DIVERGED at {step}"),
                None if peak > 2.0 * start.max(1.0) => "CLIMBED".into(),
                None => String::new(),
            };
            println!(
                "{name} d={dim:3} N={neurons:4} b={batch:3} \
                 ε={epsilon:.2e} start {start:.3} peak {peak:.3} end {last:.4} \
                 exact {minimum:.4} excess {:.4} {verdict}",
                last - minimum
            );
        }
    }
    Ok(())
}

fn run(problem: &Problem, settings: TrainSettings) -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut trainer = Trainer::new(problem, settings)?;
    let minimum = optimum(problem, &trainer);
    println!("ε = {:?}, exact minimum {minimum:.5}", trainer.step_size());
    for (i, report) in report_steps(trainer.settings().steps)
        .windows(2)
        .enumerate()
    {
        trainer.advance(report[1] - report[0]);
        if i % 10 == 9 || trainer.is_finished() {
            println!(
                "{:9} {:.5}",
                trainer.step(),
                trainer.risk().unwrap_or(f64::NAN)
            );
        }
    }
    let last = trainer.risk().unwrap_or(f64::NAN);
    println!(
        "end {last:.5}, {:.4} of the minimum, {:?} diverged, {:.0} s",
        last / minimum,
        trainer.diverged_at(),
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
