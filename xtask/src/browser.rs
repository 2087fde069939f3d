//! The browser that tests run in, and the driver by which wasm tests steer it.

mod apt;
mod places;
mod version;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::workspace;

/// Keeps Chromium from calling its maker's hosts, which delays tests and fails where there is no such network.
const QUIET: [&str; 4] = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];

/// Chromium, or a browser made from it, with a driver of the same major version.
pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Finds both; on Debian and Ubuntu, when run by root, installs them if they are missing.
    pub(crate) fn find() -> Result<Self> {
        if (places::chrome()?.is_none() || places::driver()?.is_none()) && apt::is_usable() {
            apt::install_chromium()?;
        }
        let chrome = places::chrome()?.context(
            "no Chromium or Chrome found: install one (Debian: `apt-get install chromium chromium-driver`), or set \
             CHROME to the program's path",
        )?;
        let driver = places::driver()?.context(
            "no chromedriver found: install the one that belongs to the browser (Debian: `apt-get install \
             chromium-driver`; others: https://googlechromelabs.github.io/chrome-for-testing/), or set CHROMEDRIVER \
             to the program's path",
        )?;
        let browser = Self { chrome, driver };
        browser.check_versions()?;
        Ok(browser)
    }

    /// A driver refuses a browser of another major version, with a message few would understand.
    fn check_versions(&self) -> Result<()> {
        let chrome = version::of(&self.chrome)?;
        let driver = version::of(&self.driver)?;
        eprintln!(
            "browser: {} ({chrome}), driver: {} ({driver})",
            self.chrome.display(),
            self.driver.display()
        );
        if chrome.major() != driver.major() {
            bail!(
                "the browser {} is version {chrome} but its driver {} is version {driver}: install two of the same \
                 major version, or set CHROME and CHROMEDRIVER to a pair that match",
                self.chrome.display(),
                self.driver.display()
            );
        }
        Ok(())
    }

    /// Tells wasm-bindgen's test runner, somewhere below `command`, which browser and driver to use.
    pub(crate) fn drive<'command>(
        &self,
        command: &'command mut Command,
    ) -> Result<&'command mut Command> {
        let capabilities = workspace::target().join("webdriver.json");
        fs::create_dir_all(workspace::target())?;
        let options = json!({ "goog:chromeOptions": { "binary": self.chrome, "args": QUIET } });
        fs::write(&capabilities, options.to_string())?;
        // Drivers of other browsers would be preferred to ours.
        for other in [
            "GECKODRIVER",
            "SAFARIDRIVER",
            "GECKODRIVER_REMOTE",
            "SAFARIDRIVER_REMOTE",
        ] {
            command.env_remove(other);
        }
        Ok(command
            .env("CHROMEDRIVER", &self.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities))
    }
}
