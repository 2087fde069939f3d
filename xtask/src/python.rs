//! Python with packages from PyPI, apart from everything else that is installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// The Python that there is, with what makes environments; or what is missing, in words that go on a sentence.
pub(crate) fn system() -> Result<PathBuf, &'static str> {
    let python = which::which("python3")
        .or_else(|_| which::which("python"))
        .map_err(|_| "there is no Python: get 3.11 or later from https://www.python.org")?;
    // Debian has them in a package of their own, python3-venv.
    process::output(Command::new(&python).args(["-c", "import venv, ensurepip"]))
        .map_err(|_| "Python has no venv and ensurepip: install python3-venv")?;
    Ok(python)
}

/// The Python of the environment in `directory`, made with these packages unless it is there with them.
pub(crate) fn environment(system: &Path, directory: &Path, packages: &[&str]) -> Result<PathBuf> {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = directory.join(folder).join("python");
    let installed = directory.join("installed");
    let wanted = packages.join("\n");
    if fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    process::run(process::program(system).args(["-m", "venv"]).arg(directory))?;
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    process::run(process::program(&python).args(pip).args(packages))
        .with_context(|| format!("{} cannot be installed with pip", packages.join(", ")))?;
    fs::write(installed, wanted)?;
    Ok(python)
}
