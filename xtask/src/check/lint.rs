//! Formatting, clippy and documentation.

use anyhow::Result;

use crate::part::Part;
use crate::process::{cargo, run};
use crate::toolchain;

pub(crate) fn parts() -> Vec<Part<'static>> {
    vec![
        Part::new("formatting", formatting),
        Part::new("clippy, native", clippy_native),
        Part::new("clippy, wasm", clippy_wasm),
        Part::new("clippy, task runner", clippy_task_runner),
        Part::new("documentation", documentation),
    ]
}

fn formatting() -> Result<()> {
    toolchain::ensure_component("rustfmt", "fmt")?;
    run(cargo().args(["fmt", "--all", "--check"]))
}

fn clippy(arguments: &[&str]) -> Result<()> {
    toolchain::ensure_component("clippy", "clippy")?;
    run(cargo()
        .arg("clippy")
        .args(arguments)
        .args(["--", "-D", "warnings"]))
}

fn clippy_native() -> Result<()> {
    clippy(&["--package", "lazy-limits", "--all-targets"])?;
    // As a library, for those who want neither program nor page.
    clippy(&["--package", "lazy-limits", "--lib", "--no-default-features"])
}

fn clippy_wasm() -> Result<()> {
    toolchain::ensure_wasm()?;
    clippy(&[
        "--package",
        "lazy-limits",
        "--target",
        toolchain::WASM,
        "--all-targets",
    ])
}

/// In its own profile, whose dependencies are partly there since this program was built.
fn clippy_task_runner() -> Result<()> {
    clippy(&["--package", "xtask", "--profile", "xtask", "--all-targets"])
}

fn documentation() -> Result<()> {
    run(cargo()
        .args(["doc", "--package", "lazy-limits", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings"))
}
