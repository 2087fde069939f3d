//! Node.js and the packages from npm that the page's tests use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

const OLDEST: u32 = 20;

/// A call of Node.js in the workspace, all packages being there.
pub(crate) fn command() -> Result<Command> {
    let node = which::which("node").ok().context(missing())?;
    let version = process::output(Command::new(&node).arg("--version"))?;
    if major(&version).is_none_or(|major| major < OLDEST) {
        bail!(
            "Node.js is {version}, but bundles and the page's tests need {OLDEST} or later: get it from https://nodejs.org"
        );
    }
    install_packages()?;
    Ok(process::program(node))
}

/// Installs what package-lock.json says, unless that has been done since it was last changed.
fn install_packages() -> Result<()> {
    let changed = |file: &str| modified(&workspace::path(file));
    // npm writes this file when it is done.
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some()
        && installed >= changed("package-lock.json")
        && installed >= changed("package.json")
    {
        return Ok(());
    }
    let npm: PathBuf = which::which("npm").ok().context(missing())?;
    process::run(process::program(npm).args(["ci", "--no-audit", "--no-fund"]))
}

fn missing() -> String {
    format!(
        "bundles, the page's tests and measurements need Node.js {OLDEST} or later with npm: get it from https://nodejs.org"
    )
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

/// The first number of a version such as `v20.1.0`.
fn major(version: &str) -> Option<u32> {
    version
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
