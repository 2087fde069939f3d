//! Tests of the crate as wasm, in a real browser and its workers.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Surroundings;
use crate::part::Part;
use crate::{package, process, toolchain, workspace};

pub(crate) fn parts(surroundings: &Surroundings) -> Vec<Part<'_>> {
    vec![
        Part::new("wasm tests", || {
            tests(surroundings, package::VECTORS, workspace::vectors_target())
        }),
        // What most browsers get has products of its own; results must not depend on it.
        Part::new("wasm tests with relaxed SIMD", || {
            tests(surroundings, package::RELAXED, workspace::relaxed_target())
        }),
    ]
}

/// Runs the files `tests/wasm_*.rs`; each says itself whether it runs in a page or in a worker.
fn tests(surroundings: &Surroundings, flags: &str, target: PathBuf) -> Result<()> {
    toolchain::ensure_wasm()?;
    let browser = surroundings.browser()?;
    // This very program, not `cargo run`: that would compile it with the flags meant for wasm.
    let own = env::current_exe().context("this program's own path is unknown")?;
    let runner = format!(
        "target.{}.runner = ['{}', 'wasm-test-runner']",
        toolchain::WASM,
        own.display()
    );
    let mut command = process::cargo_with_flags(flags);
    command
        .args(["test", "--package", "lazy-limits", "--no-fail-fast"])
        .args(["--target", toolchain::WASM, "--test", "wasm_*"])
        .arg("--target-dir")
        .arg(target)
        .args(["--config", &runner])
        .args(surroundings.filter());
    process::run(browser.drive(&mut command)?)
}
