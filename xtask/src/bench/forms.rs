//! Our wasm in each of its forms, and the lines of the figures.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Measuring;
use crate::browser::Browser;
use crate::check::node;
use crate::{package, process, workspace};

/// What was found.
pub(crate) struct Forms {
    pub(super) version: String,
    pub(super) steps: Vec<Step>,
    /// Milliseconds that the lines of each figure take.
    pub(super) theory: Vec<(String, f64)>,
}

/// A size, and what a step costs there.
pub(super) struct Step {
    pub(super) dim: u64,
    pub(super) neurons: u64,
    /// Milliseconds: with relaxed vectors, and without.
    pub(super) ms: [f64; 2],
}

impl Step {
    /// Operations in its products, with batches of 100.
    pub(super) fn operations(&self) -> f64 {
        (4 * self.neurons * self.dim * 100) as f64
    }
}

/// Measures every size and figure.
pub(crate) fn measure(measuring: &Measuring) -> Result<Forms> {
    package::build()?;
    let (mut node, browser) = (node::command()?, Browser::find()?);
    node.arg(workspace::path("benches/peers/forms.mjs"))
        .env("CHROME", browser.chrome())
        .env("ROUNDS", measuring.rounds.to_string())
        .env("SECONDS", measuring.seconds.to_string());
    let lines = process::output(&mut node)?;
    let mut found = Forms {
        version: String::new(),
        steps: Vec::new(),
        theory: Vec::new(),
    };
    for line in lines.lines() {
        add(&mut found, line).with_context(|| format!("not what was asked for: {line}"))?;
    }
    Ok(found)
}

/// Takes in one line of the script.
fn add(found: &mut Forms, line: &str) -> Result<()> {
    let said: Value = serde_json::from_str(line)?;
    let ms = |value: &Value| value.as_f64().context("a time is missing");
    if let Some(figure) = said["figure"].as_str() {
        found.theory.push((figure.to_owned(), ms(&said["ms"])?));
        return Ok(());
    }
    said["version"]
        .as_str()
        .unwrap_or_default()
        .clone_into(&mut found.version);
    let [relaxed, usual] = [0, 1].map(|form| ms(&said["ms"][form]));
    found.steps.push(Step {
        dim: said["dim"].as_u64().unwrap_or(0),
        neurons: said["neurons"].as_u64().unwrap_or(0),
        ms: [relaxed?, usual?],
    });
    Ok(())
}
