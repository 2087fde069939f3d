//! The browser that most tests run in, and the driver by which wasm tests steer it.

pub(crate) mod driven;
mod packages;
mod places;
mod version;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{apt, workspace};

/// Keeps Chromium from calling its maker's hosts, which delays tests and fails where there is no such network.
const QUIET: [&str; 4] = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];

/// Chromium, or a browser made from it, that for pages which nobody looks at, and the driver if there is one.
pub(crate) struct Browser {
    chrome: PathBuf,
    headless: PathBuf,
    driver: Option<PathBuf>,
}

impl Browser {
    /// Finds them; on Debian and Ubuntu, when run by root, installs what is missing.
    pub(crate) fn find() -> Result<Self> {
        if (places::chrome()?.is_none() || places::driver()?.is_none()) && apt::is_usable() {
            packages::install_chromium()?;
        }
        let chrome = places::chrome()?.context(
            "no Chromium or Chrome found: install one (Debian: `apt-get install chromium chromium-driver`), or set \
             CHROME to the program's path",
        )?;
        let driver = places::driver()?;
        if places::headless()?.is_none() && apt::is_usable() && !apt::is_ubuntu() {
            // Without it, pages are opened by the browser itself.
            if let Err(error) = packages::install_headless_shell() {
                println!("{error:#}");
            }
        }
        let headless = places::headless()?.unwrap_or_else(|| chrome.clone());
        Ok(Self {
            chrome,
            headless,
            driver,
        })
    }

    /// With a window, or without one, as readers have it.
    pub(crate) fn chrome(&self) -> &Path {
        &self.chrome
    }

    /// For pages that nobody looks at: Chromium's shell without any window, which opens one in half the time, or else the browser.
    pub(crate) fn headless(&self) -> &Path {
        &self.headless
    }

    /// The driver, which only wasm tests need; it has the browser's major version.
    pub(crate) fn driver(&self) -> Result<&Path> {
        let driver = self.driver.as_deref().context(
            "no chromedriver found: install the one that belongs to the browser (Debian: `apt-get install \
             chromium-driver`; others: https://googlechromelabs.github.io/chrome-for-testing/), or set CHROMEDRIVER \
             to the program's path",
        )?;
        self.check_versions(driver)?;
        Ok(driver)
    }

    /// A driver refuses a browser of another major version, with a message few would understand.
    fn check_versions(&self, driver: &Path) -> Result<()> {
        let chrome_version = version::of(&self.chrome)?;
        let driver_version = version::of(driver)?;
        if chrome_version.major() != driver_version.major() {
            bail!(
                "the browser {} is version {chrome_version} but its driver {} is version {driver_version}: install \
                 two of the same major version, or set CHROME and CHROMEDRIVER to two that match",
                self.chrome.display(),
                driver.display()
            );
        }
        Ok(())
    }

    /// Tells wasm-bindgen's test runner, somewhere below `command`, which browser and driver to use.
    pub(crate) fn drive<'command>(
        &self,
        command: &'command mut Command,
    ) -> Result<&'command mut Command> {
        let driver = self.driver()?;
        let capabilities = workspace::target().join("webdriver.json");
        fs::create_dir_all(workspace::target())?;
        let options = json!({ "goog:chromeOptions": { "binary": self.chrome, "args": QUIET } });
        fs::write(&capabilities, options.to_string())?;
        // Drivers of other browsers, and drivers elsewhere, would be preferred to ours.
        for browser in ["GECKO", "SAFARI", "CHROME", "MSEDGE"] {
            command.env_remove(format!("{browser}DRIVER"));
            command.env_remove(format!("{browser}DRIVER_REMOTE"));
        }
        Ok(command
            .env("CHROMEDRIVER", driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities))
    }
}
