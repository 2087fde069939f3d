//! Installing browsers on Debian and Ubuntu, as continuous integration and containers need it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Whether this is a Debian-like system, in the hands of root.
pub(crate) fn is_usable() -> bool {
    is_root() && which::which("apt-get").is_ok()
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    // A process's own directory belongs to whom it runs as.
    fs::metadata("/proc/self").is_ok_and(|directory| directory.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// Installs Chromium, its driver, and fonts for the screenshots.
pub(crate) fn install_chromium() -> Result<()> {
    let packages = if is_ubuntu() {
        ["chromium-browser", "chromium-chromedriver", FONTS]
    } else {
        ["chromium", "chromium-driver", FONTS]
    };
    install(&packages).context(
        "Chromium could not be installed; install it by hand, or set CHROME and CHROMEDRIVER",
    )
}

/// Installs Firefox, where there is one to install: Ubuntu's packages hold none.
pub(crate) fn install_firefox() -> Result<()> {
    if is_ubuntu() {
        return Ok(());
    }
    install(&["firefox-esr", FONTS])
        .context("Firefox could not be installed; install it by hand, or set FIREFOX")
}

/// Installs WebKitGTK's small browser and its driver, and a display without a screen, which that browser needs.
pub(crate) fn install_webkit() -> Result<()> {
    install(&["webkit2gtk-driver", "xvfb", "xauth", FONTS]).context(
        "WebKitGTK could not be installed; install it by hand, or set MINIBROWSER and WEBKITWEBDRIVER",
    )
}

const FONTS: &str = "fonts-liberation";

/// Installs packages without those that they recommend, which are far more than is needed.
fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .arg("--quiet=2");
        command
    };
    process::run(apt().arg("update"))?;
    process::run(
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
}

fn is_ubuntu() -> bool {
    fs::read_to_string(Path::new("/etc/os-release"))
        .is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"))
}
