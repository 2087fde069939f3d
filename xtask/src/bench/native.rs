//! Ours, JAX and TensorFlow, each in every mode that could be its best, with all cores busy.

use std::thread;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::program::Program;
use super::rows::{Product, Row, SIX};
use super::{Measuring, median, peers};
use crate::{process, workspace};

/// A program, in the processes that it takes to keep all cores busy.
struct Side {
    /// One that uses all cores itself.
    wide: Program,
    /// One a core, each confined to its own; none of a program that uses them all by itself.
    narrow: Vec<Program>,
}

/// A way of keeping all cores busy.
struct Mode {
    /// Whose.
    side: usize,
    name: &'static str,
    is_narrow: bool,
    runs: usize,
    samples: &'static str,
}

const fn mode(side: usize, name: &'static str, is_narrow: bool, runs: usize) -> Mode {
    Mode {
        side,
        name,
        is_narrow,
        runs,
        samples: "shared",
    }
}

/// In the order of measuring: ours at the start and in the midst of theirs.
const MODES: [Mode; 11] = [
    mode(0, "6 runs a core", false, SIX),
    mode(1, "1 run, all cores", false, 1),
    mode(1, "1 run a core", true, 1),
    mode(1, "6 runs, all cores", false, SIX),
    mode(1, "6 runs a core", true, SIX),
    Mode {
        samples: "own",
        ..mode(1, "6 runs a core, own samples", true, SIX)
    },
    mode(0, "1 run a core", false, 1),
    mode(2, "1 run, all cores", false, 1),
    mode(2, "1 run a core", true, 1),
    mode(2, "6 runs, all cores", false, SIX),
    mode(2, "6 runs a core", true, SIX),
];

/// Rows that are made ready together and then measured without a break: about three minutes.
const ROWS_AT_ONCE: usize = 10;

/// A time and how it was reached.
#[derive(Clone, Copy)]
pub(super) struct Time {
    /// Milliseconds a step of a run: wall time over all steps of all runs.
    pub(super) ms: f64,
    pub(super) mode: &'static str,
    pub(super) runs: usize,
}

/// What was found for a row.
pub(crate) struct Outcome {
    pub(super) row: Row,
    /// Of each side, the best.
    pub(super) best: [Time; 3],
    /// Of each side, the best of those that share no samples between runs.
    pub(super) alone: [Time; 3],
    /// Milliseconds that the products of our best step take by themselves on a core, over the number of cores.
    pub(super) products: f64,
    /// Operations in them.
    pub(super) operations: f64,
    /// The same for the drawing of the inputs.
    pub(super) sampling: f64,
}

/// All rows.
pub(crate) struct Native {
    pub(super) versions: Vec<String>,
    pub(super) outcomes: Vec<Outcome>,
}

/// Measures every row.
pub(crate) fn measure(measuring: &Measuring) -> Result<Native> {
    let mut sides = start()?;
    let versions = sides.iter().map(|side| side.wide.version.clone()).collect();
    let mut outcomes = Vec::new();
    for rows in Row::all().chunks(ROWS_AT_ONCE) {
        rows.iter().try_for_each(|row| prepare(&mut sides, row))?;
        for &row in rows {
            let outcome = row_outcome(measuring, &mut sides, row)?;
            let [ours, jax, tensorflow] = outcome.best.map(|time| time.ms);
            println!(
                "{:<14} N = {:<4}  ours {ours:.4} ms, JAX {jax:.4}, TensorFlow {tensorflow:.4}: {:.1} times",
                row.name(),
                row.neurons,
                jax.min(tensorflow) / ours
            );
            outcomes.push(outcome);
        }
        for mode in &MODES {
            ask_all(&mut sides, mode, &json!({ "op": "forget" }))?;
        }
    }
    Ok(Native { versions, outcomes })
}

/// Builds ours, installs theirs and starts all.
fn start() -> Result<[Side; 3]> {
    let python = peers::python()?;
    let build = [
        "build",
        "--release",
        "--package",
        "lazy-limits",
        "--example",
    ];
    process::run(process::cargo().args(build).arg("throughput"))?;
    let program = workspace::target().join("release/examples/throughput");
    let ours = Side {
        wide: Program::start("the throughput example", &mut process::program(program))?,
        narrow: Vec::new(),
    };
    let peer = |name: &str, file: &str| {
        let start = |core: Option<usize>| {
            let mut command = process::program(&python);
            // Nothing of theirs is left in the repository.
            command
                .arg("-B")
                .arg(workspace::path("benches/peers").join(file));
            command.args(core.map(|core| core.to_string()));
            Program::start(name, &mut command)
        };
        let cores = thread::available_parallelism().map_or(1, Into::into);
        Ok::<_, anyhow::Error>(Side {
            wide: start(None)?,
            narrow: (0..cores).map(Some).map(start).collect::<Result<_>>()?,
        })
    };
    Ok([
        ours,
        peer("JAX", "jax_peer.py")?,
        peer("TensorFlow", "tensorflow_peer.py")?,
    ])
}

/// Where each program keeps a row in a mode.
fn slot(row: &Row, mode: &Mode) -> String {
    format!("{}, {}, {}", row.name(), row.neurons, mode.name)
}

fn prepare(sides: &mut [Side; 3], row: &Row) -> Result<()> {
    for mode in &MODES {
        let request = row.request(&slot(row, mode), mode.runs, mode.samples);
        ask_all(sides, mode, &request)?;
    }
    Ok(())
}

fn row_outcome(measuring: &Measuring, sides: &mut [Side; 3], row: Row) -> Result<Outcome> {
    let seconds = measuring.seconds;
    let shapes = row.products(1);
    let mut rates = vec![Vec::new(); MODES.len()];
    let mut product_rates = vec![Vec::new(); shapes.len()];
    let mut sampling_rates = Vec::new();
    for _ in 0..measuring.rounds {
        for (mode, rates) in MODES.iter().zip(&mut rates) {
            let request = json!({ "op": "measure", "slot": slot(&row, mode), "seconds": seconds });
            rates.push(ask_all(sides, mode, &request)?);
        }
        let machine = &mut sides[0].wide;
        for (shape, rates) in shapes.iter().zip(&mut product_rates) {
            let request = json!({ "op": "products", "neurons": shape.neurons, "seconds": seconds });
            rates.push(rate(&machine.ask(&request)?)?);
        }
        let request = json!({ "op": "sampling", "seconds": seconds });
        sampling_rates.push(rate(&machine.ask(&request)?)?);
    }

    let times: Vec<(usize, Time)> = MODES
        .iter()
        .zip(rates)
        .map(|(mode, rates)| {
            let time = Time {
                ms: 1e3 / median(rates),
                mode: mode.name,
                runs: mode.runs,
            };
            (mode.side, time)
        })
        .collect();
    let best = [0, 1, 2].map(|side| fastest(&times, side, usize::MAX));
    let alone = [0, 1, 2].map(|side| fastest(&times, side, 1));
    let runs = best[0].runs;
    let products = row.products(runs);
    let rates = product_rates.into_iter().map(median);
    Ok(Outcome {
        row,
        best,
        alone,
        products: products
            .iter()
            .zip(rates)
            .map(|(product, rate)| 1e3 * product.operations / rate)
            .sum(),
        operations: products
            .iter()
            .map(|&Product { operations, .. }| operations)
            .sum(),
        sampling: 1e3 / median(sampling_rates) / runs as f64,
    })
}

/// Puts a question to every process that a mode takes, at the same time; the sum of the rates they answer.
fn ask_all(sides: &mut [Side; 3], mode: &Mode, request: &Value) -> Result<f64> {
    let side = &mut sides[mode.side];
    let programs = if mode.is_narrow {
        &mut side.narrow[..]
    } else {
        std::slice::from_mut(&mut side.wide)
    };
    for program in &mut *programs {
        program.send(request)?;
    }
    let mut sum = 0.0;
    for program in programs {
        let answer = program.receive()?;
        sum += answer["rate"].as_f64().unwrap_or(0.0);
    }
    Ok(sum)
}

fn rate(answer: &Value) -> Result<f64> {
    answer["rate"].as_f64().context("the answer has no rate")
}

/// The best time of a side in the modes of at most that many runs together.
fn fastest(times: &[(usize, Time)], side: usize, runs: usize) -> Time {
    let of_side = times
        .iter()
        .filter(|&&(whose, time)| whose == side && time.runs <= runs);
    let best = of_side.min_by(|one, other| one.1.ms.total_cmp(&other.1.ms));
    best.expect("every side has a mode with one run").1
}
