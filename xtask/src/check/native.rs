//! Tests on the machine itself.

use anyhow::Result;

use super::Surroundings;
use crate::part::{End, Part};
use crate::process::{cargo, run};
use crate::workspace;

pub(crate) fn parts(surroundings: &Surroundings) -> Vec<Part<'_>> {
    vec![
        Part::new("native tests", || native(surroundings)),
        Part::skippable("numerical tests in vectors of 256 bits", || {
            narrow(surroundings)
        }),
        Part::new("a part of its own", || toy(surroundings)),
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

/// What any part gets for its folder alone, with one that is compiled for that.
fn toy(surroundings: &Surroundings) -> Result<()> {
    run(cargo()
        .args(["test", "--no-fail-fast", "--package", "lazy-limits"])
        .args(["--features", "toy", "--test", "toy"])
        .args(surroundings.filter()))
}

/// Compiles what the next two run: together, on all cores.
pub(super) fn compile_quick() -> Result<()> {
    quick(&["--lib", "--test", "lazy", "--no-run"])
}

/// The tests within the library.
pub(super) fn unit() -> Result<()> {
    quick(&["--lib"])
}

/// Of the tests of what the paper says, those that take no training.
pub(super) fn values() -> Result<()> {
    quick(&["--test", "lazy", "--", "laws::", "reference::"])
}

/// Always of the same packages: with others, cargo would compile some of what they depend on in another way.
fn quick(arguments: &[&str]) -> Result<()> {
    run(cargo()
        .arg("test")
        .args(workspace::LIBRARIES)
        .args(arguments))
}

/// The tests whose numbers come from products and loops.
const NUMERICAL: [&str; 3] = ["lazy", "neuron", "solvers"];

/// The numerical tests once more as a machine without AVX-512 computes them, on one that has it.
fn narrow(surroundings: &Surroundings) -> Result<End> {
    if !has_wide_vectors() {
        return Ok(End::Skipped(
            "this processor has no others, so that the native tests were in these".to_owned(),
        ));
    }
    let chosen = NUMERICAL.iter().flat_map(|name| ["--test", name]);
    run(cargo()
        .args(["test", "--no-fail-fast", "--package", "lazy-limits"])
        .args(["--no-default-features", "--features", "cli,lazy,neuron"])
        .args(chosen)
        .args(surroundings.filter()))?;
    Ok(End::Passed)
}

/// Whether the feature `avx512` makes a difference here.
fn has_wide_vectors() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("avx512f");
    #[cfg(not(target_arch = "x86_64"))]
    false
}

fn task_runner(surroundings: &Surroundings) -> Result<()> {
    run(cargo()
        .args(["test", "--package", "xtask", "--profile", "xtask"])
        .args(surroundings.filter()))
}
