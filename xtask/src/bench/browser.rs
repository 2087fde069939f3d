//! Ours and TensorFlow.js in a browser, each in one worker.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Measuring, peers};
use crate::browser::Browser;
use crate::check::node;
use crate::{package, process, workspace};

/// What was found for a size.
pub(crate) struct Outcome {
    pub(super) dim: u64,
    pub(super) neurons: u64,
    pub(super) version: String,
    /// Milliseconds a step: ours, TensorFlow.js with formulas by hand and its own normal variates, with those
    /// by hand too, and with neither.
    pub(super) ms: [f64; 4],
}

/// Measures every size.
pub(crate) fn measure(measuring: &Measuring) -> Result<Vec<Outcome>> {
    package::build()?;
    let (mut node, browser, directory) = (node::command()?, Browser::find()?, peers::node()?);
    node.arg(workspace::path("benches/peers/browser.mjs"))
        .env("CHROME", browser.chrome())
        .env("PEERS", directory)
        .env("ROUNDS", measuring.rounds.to_string())
        .env("SECONDS", measuring.seconds.to_string());
    let lines = process::output(&mut node)?;
    lines.lines().map(outcome).collect()
}

fn outcome(line: &str) -> Result<Outcome> {
    let found: Value = serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))?;
    let ms = |name: &str| found["ms"][name].as_f64().context("a time is missing");
    let outcome = Outcome {
        dim: found["dim"].as_u64().unwrap_or(0),
        neurons: found["neurons"].as_u64().unwrap_or(0),
        version: found["version"].as_str().unwrap_or_default().to_owned(),
        ms: [
            ms("ours")?,
            ms("its tf.randomNormal")?,
            ms("samples by hand")?,
            ms("as usual")?,
        ],
    };
    let [ours, theirs, by_hand, usual] = outcome.ms;
    println!(
        "in a browser   d = {}, N = {}  ours {ours:.3} ms, TensorFlow.js {theirs:.3}, with samples by hand {by_hand:.3}, as \
         usual {usual:.3}",
        outcome.dim, outcome.neurons
    );
    Ok(outcome)
}
