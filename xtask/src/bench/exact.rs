//! Exact risks of random features beside NumPy.

use anyhow::{Context, Result};
use serde_json::json;

use super::native::built;
use super::program::Program;
use super::{Measuring, median, peers};
use crate::{process, workspace};

/// Sizes that are measured: features, and directions of the target.
const SIZES: [(u64, u64); 3] = [(512, 64), (2048, 1), (4096, 1)];

/// The input dimension of all.
const DIM: u64 = 20;

/// What was found.
pub(crate) struct Exact {
    /// What NumPy says of itself.
    pub(super) version: String,
    pub(super) rows: Vec<ExactRow>,
}

/// A size, and the milliseconds that a solve takes.
pub(super) struct ExactRow {
    pub(super) features: u64,
    pub(super) directions: u64,
    pub(super) ours: f64,
    pub(super) numpy: f64,
}

/// Measures every size, both sides in turn, NumPy with all the threads that its BLAS takes.
pub(crate) fn measure(measuring: &Measuring) -> Result<Exact> {
    let mut ours = Program::start("our program", &mut process::program(built("exact")?))?;
    let mut command = process::program(peers::python()?);
    command
        .arg("-B")
        .arg(workspace::path("benches/peers/numpy_peer.py"));
    let mut numpy = Program::start("NumPy", &mut command)?;
    let mut rows = Vec::new();
    for (features, directions) in SIZES {
        let request = json!({ "features": features, "dim": DIM, "directions": directions });
        let mut times = [Vec::new(), Vec::new()];
        // The first of each warms up.
        for round in 0..=measuring.rounds.max(2) {
            for (side, times) in [&mut ours, &mut numpy].into_iter().zip(&mut times) {
                let seconds = side.ask(&request)?["seconds"].as_f64();
                let seconds = seconds.context("a time is missing")?;
                if round > 0 {
                    times.push(1e3 * seconds);
                }
            }
        }
        let [ours, numpy] = times.map(median);
        println!(
            "r = {features:<5} ours {ours:.1} ms, NumPy {numpy:.1}: {:.1} times",
            numpy / ours
        );
        rows.push(ExactRow {
            features,
            directions,
            ours,
            numpy,
        });
    }
    let version = numpy.version.clone();
    Ok(Exact { version, rows })
}
