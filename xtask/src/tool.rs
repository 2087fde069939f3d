//! Programs from crates.io that the tests use, each in one fixed version.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, workspace};

/// Where they are installed.
pub(crate) fn directory() -> PathBuf {
    workspace::target().join("tools")
}

/// The program in the PATH if it is that version, else our own, built once.
pub(crate) fn find_or_install(name: &str, version: &str) -> Result<PathBuf> {
    if let Ok(found) = which::which(name)
        && is(&found, name, version)
    {
        return Ok(found);
    }
    let own = directory()
        .join("bin")
        .join(name)
        .with_extension(env::consts::EXE_EXTENSION);
    if !is(&own, name, version) {
        // They do little themselves: compiling them unoptimised, for no debugger, takes a fraction of the time.
        process::run(
            process::cargo()
                .env("CARGO_PROFILE_DEV_DEBUG", "false")
                .args(["install", "--locked", "--debug", name, "--version", version])
                .arg("--root")
                .arg(directory()),
        )
        .with_context(|| format!("{name} could not be installed"))?;
    }
    Ok(own)
}

fn is(program: &Path, name: &str, version: &str) -> bool {
    process::output(Command::new(program).arg("--version"))
        .is_ok_and(|said| says(&said, name, version))
}

/// Whether a program's own words name this version; some say on what they were built, too.
fn says(said: &str, name: &str, version: &str) -> bool {
    let mut words = said.split_whitespace();
    (words.next(), words.next()) == (Some(name), Some(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_programs_say() {
        let geckodriver = "geckodriver 0.37.0\n\nThe source code of this program is available";
        assert!(says(geckodriver, "geckodriver", "0.37.0"));
        assert!(!says(geckodriver, "geckodriver", "0.37"));
        assert!(says("wasm-pack 0.15.1", "wasm-pack", "0.15.1"));
        assert!(!says("", "wasm-pack", "0.15.1"));
    }
}
