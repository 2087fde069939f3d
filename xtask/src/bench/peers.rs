//! The programs that ours is measured against, installed apart from everything else.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};

use crate::{process, python, workspace};

/// From PyPI.
const PYTHON: [&str; 2] = ["jax[cpu]==0.10.2", "tensorflow-cpu==2.21.0"];

/// From npm.
const NODE: [&str; 2] = [
    "@tensorflow/tfjs@4.22.0",
    "@tensorflow/tfjs-backend-wasm@4.22.0",
];

/// Where they lie: nothing else is there, so it can be thrown away at any time.
pub(crate) fn directory() -> PathBuf {
    workspace::target().join("peers")
}

/// The Python that has its packages, which are installed unless they are there.
pub(crate) fn python() -> Result<PathBuf> {
    let system = python::system().map_err(|missing| {
        anyhow!("for the native comparison {missing}, or measure only what runs in a browser: `cargo xtask bench browser`")
    })?;
    python::environment(&system, &directory().join("python"), &PYTHON)
}

/// Installs the packages of npm unless they are there; returns the directory that has them.
pub(crate) fn node() -> Result<PathBuf> {
    let directory = directory().join("node");
    let installed = directory.join("installed");
    let wanted = NODE.join("\n");
    if fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        return Ok(directory);
    }
    let npm = which::which("npm").ok().context(
        "the comparison in a browser needs Node.js with npm: get it from https://nodejs.org, or measure only what runs \
         without: `cargo xtask bench native`",
    )?;
    fs::create_dir_all(&directory)?;
    fs::write(directory.join("package.json"), "{ \"private\": true }\n")?;
    process::run(
        process::program(npm)
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts"])
            .args(NODE)
            .current_dir(&directory),
    )
    .context("TensorFlow.js cannot be installed with npm")?;
    fs::write(installed, wanted)?;
    Ok(directory)
}
