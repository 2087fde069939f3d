//! How many steps of SGD this machine makes in a second with all its cores busy, beside other programs.
//!
//! `cargo xtask bench` starts it, and one like it for each peer (`benches/peers`). It says its version in a line of
//! JSON, then answers each line of its input by one of its output:
//!
//! - `{"op":"prepare","slot":S,"problem":"qf","regime":"nn","protocol":"theorem","neurons":45,"runs":6}` makes ready
//!   what is called S from then on: on every core a cohort of that many runs, which differ in step size as those of a
//!   sweep do and share their samples;
//! - `{"op":"measure","slot":S,"seconds":0.5}` advances them for so long: `{"rate": steps of runs a second}`;
//! - `{"op":"forget"}` drops them all;
//! - `{"op":"parts","slot":S,"widths":[45],"seconds":0.5}` does so in slices of a few milliseconds, in turn with the two
//!   products of a step of each of these widths alone and with the drawing of its inputs, so that a moment in which the
//!   machine is slow meets all of them: `{"steps": of runs a second, "operations": [floating-point, a second, by width],
//!   "batches": a second}`, the rate of each in its median slice, all cores together.

use std::collections::HashMap;
use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::sync::Barrier;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use lazy_limits::lazy::setting::{ProblemName, Settings};
use lazy_limits::linalg::{add_product, normal, transposed};
use lazy_limits::problem::Problem;
use lazy_limits::setting::{Parameters, Scope};
use lazy_limits::stream::{Purpose, Stream};
use lazy_limits::train::{Protocol, Regime, TrainSettings, TrainState, Trainer, advance_together};
use nalgebra::DMatrix;
use serde_json::{Value, json};

const DIM: usize = 450;
const BATCH: usize = 100;

/// Steps of a run, and where it is entered: past the start, where exact risks are recorded every few steps.
const STEPS: u64 = 10_000_000;
const FIRST: u64 = 1_000_001;

/// The runs of one core.
type Cohort = Vec<Trainer>;

/// A piece of work, which says how much it was.
type Work<'a> = Box<dyn FnMut() -> f64 + Send + 'a>;

/// How long a slice is: many steps, and short beside what slows a machine down.
const SLICE: Duration = Duration::from_millis(8);

fn main() -> Result<(), Box<dyn Error>> {
    let mut slots = HashMap::new();
    say(&json!({ "version": env!("CARGO_PKG_VERSION") }))?;
    for line in stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let answer = answer(&request, &mut slots);
        say(&answer.unwrap_or_else(|error| json!({ "error": error.to_string() })))?;
    }
    Ok(())
}

fn say(line: &Value) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

fn answer(
    request: &Value,
    slots: &mut HashMap<String, Vec<Cohort>>,
) -> Result<Value, Box<dyn Error>> {
    let slot = || request["slot"].as_str().ok_or("no slot is named");
    let seconds = request["seconds"].as_f64().unwrap_or(0.5);
    let time = Duration::from_secs_f64(seconds);
    let rate = match request["op"].as_str().unwrap_or_default() {
        "prepare" => {
            let mut cohorts = (0..cores())
                .map(|core| cohort(request, core as u64))
                .collect::<Result<Vec<_>, _>>()?;
            // Caches and clocks settle.
            advance(&mut cohorts, time / 5);
            slots.insert(slot()?.to_owned(), cohorts);
            return Ok(json!({}));
        }
        "forget" => {
            slots.clear();
            return Ok(json!({}));
        }
        "measure" => advance(slots.get_mut(slot()?).ok_or("no such slot")?, time),
        "parts" => {
            let widths: Vec<usize> = serde_json::from_value(request["widths"].clone())?;
            let cohorts = slots.get_mut(slot()?).ok_or("no such slot")?;
            return Ok(parts(cohorts, &widths, time));
        }
        _ => return Err("no such operation".into()),
    };
    Ok(json!({ "rate": rate }))
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, Into::into)
}

fn width(request: &Value) -> Result<usize, &'static str> {
    let neurons = request["neurons"].as_u64().ok_or("no width is given")?;
    Ok(neurons as usize)
}

/// Runs that share their samples, as far from their start as need be.
fn cohort(request: &Value, seed: u64) -> Result<Cohort, Box<dyn Error>> {
    let word = |key: &str| request[key].as_str().unwrap_or_default();
    let name = ProblemName::from_name(word("problem")).ok_or("no such problem")?;
    let regime = Regime::from_name(word("regime")).ok_or("no such regime")?;
    let protocol = Protocol::from_name(word("protocol")).ok_or("no such protocol")?;
    let problem: Problem = Settings::new(Scope::TRAIN.of(name)).problem()?;
    (1..=request["runs"].as_u64().unwrap_or(1))
        .map(|run| {
            let settings = TrainSettings {
                steps: STEPS,
                batch: BATCH,
                // Too small for any to diverge.
                step_size: Some(1e-9 * run as f64),
                protocol,
                seed,
                ..TrainSettings::new(regime, width(request)?)
            };
            let start = Trainer::new(&problem, settings.clone())?.state();
            let state = TrainState {
                step: FIRST,
                ..start
            };
            Ok(Trainer::restore(&problem, settings, &state)?)
        })
        .collect()
}

/// Steps of runs a second.
fn advance(cohorts: &mut [Cohort], time: Duration) -> f64 {
    let rates = on_all_cores(cohorts, |cohort| rate(&mut step(cohort), time));
    rates.iter().sum()
}

/// What a step is made of: the rates of steps, of products and of sampling, in turn.
fn parts(cohorts: &mut [Cohort], widths: &[usize], time: Duration) -> Value {
    let rates = on_all_cores(cohorts, |cohort| {
        let mut works = vec![step(cohort), sampling()];
        works.extend(widths.iter().map(|&neurons| products(neurons)));
        let mut rates = vec![Vec::new(); works.len()];
        let start = Instant::now();
        while start.elapsed() < time {
            for (work, rates) in works.iter_mut().zip(&mut rates) {
                // Once before, so that it finds its matrices in the caches.
                work();
                rates.push(rate(work, SLICE));
            }
        }
        rates.into_iter().map(median).collect::<Vec<f64>>()
    });
    let sum = |part: usize| rates.iter().map(|rates| rates[part]).sum::<f64>();
    let operations: Vec<f64> = (0..widths.len()).map(|k| sum(2 + k)).collect();
    json!({ "steps": sum(0), "batches": sum(1), "operations": operations })
}

/// How much of some work is done a second, from so long a time.
fn rate(work: &mut Work<'_>, time: Duration) -> f64 {
    let start = Instant::now();
    let mut done = 0.0;
    while start.elapsed() < time {
        done += work();
    }
    done / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A step of each run.
fn step(cohort: &mut Cohort) -> Work<'_> {
    let runs = cohort.len() as f64;
    let mut runs_together: Vec<&mut Trainer> = cohort.iter_mut().collect();
    Box::new(move || {
        advance_together(&mut runs_together, 1);
        runs
    })
}

/// The two products of a step of N neurons: `WᵀX`, then `Z·Xᵀ` added to Wᵀ.
fn products<'a>(neurons: usize) -> Work<'a> {
    let (mut wt, x) = (matrix(neurons, DIM), matrix(DIM, BATCH));
    let mut z = matrix(neurons, BATCH);
    Box::new(move || {
        add_product(&mut z, 0.0, 1e-3, normal(&wt), normal(&x));
        add_product(&mut wt, 1.0, 1e-9, normal(&z), transposed(&x));
        4.0 * (neurons * DIM * BATCH) as f64
    })
}

/// The inputs of a step.
fn sampling<'a>() -> Work<'a> {
    let mut x = matrix(DIM, BATCH);
    let mut step = 0;
    Box::new(move || {
        step += 1;
        Stream::new(1, Purpose::Batch, step).fill_normal(x.as_mut_slice());
        1.0
    })
}

fn matrix(rows: usize, columns: usize) -> DMatrix<f32> {
    let mut out = DMatrix::zeros(rows, columns);
    Stream::new(1, Purpose::Weights, 0).fill_normal(out.as_mut_slice());
    out
}

/// What a function finds of each cohort, on a thread of its own, all at the same time.
fn on_all_cores<R: Send>(
    cohorts: &mut [Cohort],
    measure: impl Fn(&mut Cohort) -> R + Sync,
) -> Vec<R> {
    let together = Barrier::new(cohorts.len());
    let measure = |cohort| {
        together.wait();
        measure(cohort)
    };
    thread::scope(|scope| {
        let measure = &measure;
        let threads: Vec<_> = cohorts
            .iter_mut()
            .map(|cohort| scope.spawn(move || measure(cohort)))
            .collect();
        let found = threads.into_iter().map(ScopedJoinHandle::join);
        found.map(|found| found.expect("no work panics")).collect()
    })
}
