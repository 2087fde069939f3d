//! Tests on the machine itself.

use anyhow::Result;

use super::Surroundings;
use crate::part::Part;
use crate::process::{cargo, run};
use crate::workspace;

pub(crate) fn parts(surroundings: &Surroundings) -> Vec<Part<'_>> {
    vec![
        Part::new("native tests", || native(surroundings)),
        Part::new("task runner's tests", || task_runner(surroundings)),
    ]
}

/// Everything `cargo test` finds, the documentation's examples included.
fn native(surroundings: &Surroundings) -> Result<()> {
    run(cargo()
        .args(["test", "--no-fail-fast"])
        .args(workspace::LIBRARIES)
        .args(surroundings.filter()))
}

fn task_runner(surroundings: &Surroundings) -> Result<()> {
    run(cargo()
        .args(["test", "--package", "xtask", "--profile", "xtask"])
        .args(surroundings.filter()))
}
