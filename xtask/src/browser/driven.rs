//! Browsers besides Chromium, and the drivers by which tests steer them.

use std::env;
use std::path::PathBuf;

use anyhow::Result;

use super::{packages, places};
use crate::{apt, tool};

const GECKODRIVER: &str = "0.37.0";

/// One of them, with all that driving it needs.
pub(crate) struct Driven {
    /// What the tests know it by.
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
    /// What puts a display without a screen around a program, if the browser needs one.
    pub(crate) display: Option<PathBuf>,
}

/// One of them, or a sentence that says what is missing.
pub(crate) type Found = Result<Driven, String>;

/// Finds Firefox, and its driver or else builds it; on Debian, when run by root, installs Firefox if it is missing.
pub(crate) fn firefox() -> Result<Found> {
    if places::firefox()?.is_none() && apt::is_usable() {
        packages::install_firefox()?;
    }
    let Some(program) = places::firefox()? else {
        return Ok(Err(
            "Firefox is not here: install it, or set FIREFOX to the program's path".into(),
        ));
    };
    let driver = match places::geckodriver()? {
        Some(driver) => driver,
        None => tool::find_or_install("geckodriver", GECKODRIVER)?,
    };
    Ok(Ok(Driven {
        name: "firefox",
        program,
        driver,
        // It can do without any.
        display: None,
    }))
}

/// Finds WebKitGTK, which stands in for Safari; on Debian and Ubuntu, when run by root, installs it if it is missing.
pub(crate) fn webkit() -> Result<Found> {
    let parts =
        || -> Result<_> { Ok((places::mini_browser()?, places::webkit_driver()?, display())) };
    let mut found = parts()?;
    if !matches!(found, (Some(_), Some(_), Some(_))) && apt::is_usable() {
        packages::install_webkit()?;
        found = parts()?;
    }
    let (Some(program), Some(driver), Some(display)) = found else {
        return Ok(Err(
            "WebKitGTK's MiniBrowser, its driver and a display are not all here: install them (Debian: `apt-get \
             install webkit2gtk-driver xvfb xauth`), or set MINIBROWSER and WEBKITWEBDRIVER to the programs' paths"
                .into(),
        ));
    };
    let display = match display {
        Display::There => None,
        Display::By(program) => Some(program),
    };
    Ok(Ok(Driven {
        name: "webkit",
        program,
        driver,
        display,
    }))
}

/// Something to draw windows on.
enum Display {
    There,
    /// It is made by this program.
    By(PathBuf),
}

fn display() -> Option<Display> {
    // Nobody wants windows to come up while he is at something else.
    if let Ok(program) = which::which("xvfb-run") {
        return Some(Display::By(program));
    }
    let is_there = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    is_there.then_some(Display::There)
}
