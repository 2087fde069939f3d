//! Ours, JAX and TensorFlow, each in every mode that could be its best, with all cores busy.

use std::path::PathBuf;
use std::thread;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::program::Program;
use super::rows::{Row, SIX};
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
    /// What our best step is made of.
    pub(super) parts: Parts,
}

/// What a step of a run is made of, in milliseconds on a core over the number of cores.
pub(super) struct Parts {
    /// All of it.
    pub(super) step: f64,
    /// Its products by themselves.
    pub(super) products: f64,
    /// Operations in them.
    pub(super) operations: f64,
    /// The drawing of its inputs.
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

/// Builds a program of ours in `benches` and returns where it is.
pub(super) fn built(name: &str) -> Result<PathBuf> {
    built_as(name, &["--release", "--bench", name])
}

/// Builds a program of ours as these options of cargo say, and returns where it is, which only cargo knows.
pub(super) fn built_as(name: &str, options: &[&str]) -> Result<PathBuf> {
    let mut command = process::cargo();
    command.args(["build", "--package", "lazy-limits"]);
    command.args(options);
    process::run(&mut command)?;
    let messages = process::output(command.args(["--message-format", "json"]))?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .with_context(|| format!("cargo made no program {name}"))
}

/// Builds ours, installs theirs and starts all.
fn start() -> Result<[Side; 3]> {
    let python = peers::python()?;
    let ours = Side {
        wide: Program::start("our program", &mut process::program(built("throughput")?))?,
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
    let mut rates = vec![Vec::new(); MODES.len()];
    for _ in 0..measuring.rounds {
        for (mode, rates) in MODES.iter().zip(&mut rates) {
            let request = json!({ "op": "measure", "slot": slot(&row, mode), "seconds": seconds });
            rates.push(ask_all(sides, mode, &request)?);
        }
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
    Ok(Outcome {
        row,
        best,
        alone,
        parts: parts(measuring, &mut sides[0].wide, row, best[0])?,
    })
}

/// What a step of ours is made of, in the mode in which it took that time.
fn parts(measuring: &Measuring, ours: &mut Program, row: Row, time: Time) -> Result<Parts> {
    let is_it = |mode: &&Mode| mode.side == 0 && mode.name == time.mode;
    let mode = MODES
        .iter()
        .find(is_it)
        .context("the mode is one of ours")?;
    let products = row.products(mode.runs);
    let widths: Vec<usize> = products.iter().map(|product| product.neurons).collect();
    let rates = ours.ask(&json!({
        "op": "parts", "slot": slot(&row, mode), "widths": widths,
        "seconds": measuring.seconds * (2 * measuring.rounds) as f64,
    }))?;
    let rate = |rate: &Value| rate.as_f64().context("the answer has no rate");
    let mut took = 0.0;
    for (k, product) in products.iter().enumerate() {
        took += product.operations / rate(&rates["operations"][k])?;
    }
    Ok(Parts {
        step: 1e3 / rate(&rates["steps"])?,
        products: 1e3 * took,
        operations: products.iter().map(|product| product.operations).sum(),
        sampling: 1e3 / rate(&rates["batches"])? / mode.runs as f64,
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

/// The best time of a side in the modes of at most that many runs together.
fn fastest(times: &[(usize, Time)], side: usize, runs: usize) -> Time {
    let of_side = times
        .iter()
        .filter(|&&(whose, time)| whose == side && time.runs <= runs);
    let best = of_side.min_by(|one, other| one.1.ms.total_cmp(&other.1.ms));
    best.expect("every side has a mode with one run").1
}
