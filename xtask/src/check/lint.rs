//! Formatting, clippy, documentation, what is depended on, and what is published.

use anyhow::{Context, Result, bail};

use super::{containerfile, oldest_rust};
use crate::part::Part;
use crate::process::{cargo, program, run};
use crate::{tool, toolchain, workspace};

const CARGO_DENY: &str = "0.20.2";

pub(crate) fn parts() -> Vec<Part<'static>> {
    vec![
        Part::new("formatting", formatting),
        Part::new("clippy, native", clippy_native),
        Part::new("clippy, wasm", clippy_wasm),
        Part::new("clippy, task runner", clippy_task_runner),
        Part::new("documentation", documentation),
        Part::new("the oldest Rust", oldest_rust::check),
        Part::new("the Containerfile", containerfile::check),
        Part::new("licences and sources of dependencies", dependencies),
        Part::new("what goes to crates.io", packages),
    ]
}

pub(super) fn formatting() -> Result<()> {
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

/// The library alone, as tests will compile it next.
pub(super) fn clippy_library() -> Result<()> {
    clippy(&[&workspace::LIBRARIES[..], &["--lib"]].concat())
}

fn clippy_native() -> Result<()> {
    clippy(&[&workspace::LIBRARIES[..], &["--all-targets"]].concat())?;
    // As a library, for those who want neither program nor page.
    clippy(&["--package", "lazy-limits", "--lib", "--no-default-features"])
}

fn clippy_wasm() -> Result<()> {
    toolchain::ensure_wasm()?;
    clippy(
        &[
            &workspace::LIBRARIES[..],
            &["--target", toolchain::WASM, "--all-targets"],
        ]
        .concat(),
    )
}

/// In its own profile, whose dependencies are partly there since this program was built.
fn clippy_task_runner() -> Result<()> {
    clippy(&["--package", "xtask", "--profile", "xtask", "--all-targets"])
}

/// Of both targets that docs.rs shows: the page's side of the library exists in one only.
fn documentation() -> Result<()> {
    toolchain::ensure_wasm()?;
    for target in [&[][..], &["--target", toolchain::WASM]] {
        run(cargo()
            .args(["doc", "--no-deps"])
            .args(workspace::LIBRARIES)
            .args(target)
            .env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// By `deny.toml`, which says why each is allowed, and why advisories are not among the checks.
fn dependencies() -> Result<()> {
    let deny = tool::find_or_install("cargo-deny", CARGO_DENY)?;
    run(program(deny).args([
        "--workspace",
        "--locked",
        "check",
        "licenses",
        "bans",
        "sources",
    ]))
}

/// Packed without a warning, such as of a target whose file is left out; that it compiles, other checks have seen.
fn packages() -> Result<()> {
    let mut command = cargo();
    command
        .args(["package", "--no-verify", "--allow-dirty", "--offline"])
        .args(workspace::LIBRARIES);
    let output = command.output().context("cannot start cargo")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || said.contains("warning:") {
        bail!("the crates cannot be packed as they are:\n{}", said.trim());
    }
    Ok(())
}
