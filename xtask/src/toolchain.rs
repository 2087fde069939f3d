//! The parts of the Rust toolchain that the work needs.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// The page's and the workers' compilation target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that [`WASM`] can be compiled for, adding it with rustup where it is missing.
pub(crate) fn ensure_wasm() -> Result<()> {
    // rustc is asked, not rustup: a toolchain from elsewhere may well have the target.
    let libraries =
        process::output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))
            .context("no Rust compiler found: install Rust from https://rustup.rs")?;
    if Path::new(&libraries).is_dir() {
        return Ok(());
    }
    let Ok(rustup) = which::which("rustup") else {
        bail!(
            "the compilation target {WASM} is missing and there is no rustup to add it: install it with the system's \
             package manager, or Rust from https://rustup.rs"
        );
    };
    process::run(Command::new(rustup).args(["target", "add", WASM]))
}

/// Makes sure that `cargo fmt` or `cargo clippy` is there, adding it with rustup where it is missing.
pub(crate) fn ensure_component(component: &str, subcommand: &str) -> Result<()> {
    let present = process::cargo()
        .args([subcommand, "--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    if present {
        return Ok(());
    }
    let Ok(rustup) = which::which("rustup") else {
        bail!(
            "`cargo {subcommand}` is missing and there is no rustup to add it: install {component} with the system's \
             package manager, or Rust from https://rustup.rs"
        );
    };
    process::run(Command::new(rustup).args(["component", "add", component]))
}
