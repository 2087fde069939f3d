//! Debian's and Ubuntu's packages of browsers.

use anyhow::{Context, Result};

use crate::apt::{install, is_ubuntu};

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

/// Installs Chromium's shell without a window.
pub(crate) fn install_headless_shell() -> Result<()> {
    install(&["chromium-headless-shell"])
        .context("chromium-headless-shell could not be installed: tests of pages take longer")
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
