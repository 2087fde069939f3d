//! Where browsers and drivers are usually found.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

const CHROME_NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// The browser: what `CHROME` says, else the first in the PATH, else in the system's usual places.
pub(crate) fn chrome() -> Result<Option<PathBuf>> {
    if let Some(path) = told_by("CHROME")? {
        return Ok(Some(path));
    }
    Ok(in_path(&CHROME_NAMES).or_else(|| first_file(usual_chrome())))
}

/// The browser for pages that nobody looks at: what `CHROME` says, else Chromium's shell without any window in the PATH.
pub(crate) fn headless() -> Result<Option<PathBuf>> {
    Ok(told_by("CHROME")?.or_else(|| in_path(&["chromium-headless-shell"])))
}

/// The driver: what `CHROMEDRIVER` says, else the first in the PATH, else in the system's usual places.
pub(crate) fn driver() -> Result<Option<PathBuf>> {
    if let Some(path) = told_by("CHROMEDRIVER")? {
        return Ok(Some(path));
    }
    Ok(in_path(&["chromedriver"]).or_else(|| first_file(usual_driver())))
}

/// Firefox: what `FIREFOX` says, else the first in the PATH, else in the system's usual places.
pub(crate) fn firefox() -> Result<Option<PathBuf>> {
    if let Some(path) = told_by("FIREFOX")? {
        return Ok(Some(path));
    }
    Ok(in_path(&["firefox-esr", "firefox"]).or_else(|| first_file(usual_firefox())))
}

/// Firefox's driver: what `GECKODRIVER` says, else the first in the PATH.
pub(crate) fn geckodriver() -> Result<Option<PathBuf>> {
    Ok(told_by("GECKODRIVER")?.or_else(|| in_path(&["geckodriver"])))
}

/// WebKitGTK's small browser: what `MINIBROWSER` says, else in the usual places, which are in nobody's PATH.
pub(crate) fn mini_browser() -> Result<Option<PathBuf>> {
    if let Some(path) = told_by("MINIBROWSER")? {
        return Ok(Some(path));
    }
    Ok(in_path(&["MiniBrowser"]).or_else(|| first_file(usual_mini_browser())))
}

/// WebKitGTK's driver: what `WEBKITWEBDRIVER` says, else the first in the PATH.
pub(crate) fn webkit_driver() -> Result<Option<PathBuf>> {
    Ok(told_by("WEBKITWEBDRIVER")?.or_else(|| in_path(&["WebKitWebDriver"])))
}

/// A path given in the environment must be right: anything else in its stead would be a surprise.
fn told_by(variable: &str) -> Result<Option<PathBuf>> {
    let Some(path) = env::var_os(variable).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    match which::which(&path) {
        Ok(path) => Ok(Some(path)),
        Err(_) => bail!(
            "{variable} is set to {}, where there is no program",
            path.display()
        ),
    }
}

fn in_path(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| which::which(name).ok())
}

fn first_file(candidates: Vec<PathBuf>) -> Option<PathBuf> {
    candidates.into_iter().find(|path| path.is_file())
}

fn usual_chrome() -> Vec<PathBuf> {
    if cfg!(target_os = "macos") {
        let mut directories = vec![PathBuf::from("/")];
        directories.extend(env::home_dir());
        let programs = [
            "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
            "Applications/Chromium.app/Contents/MacOS/Chromium",
        ];
        below(&directories, &programs)
    } else if cfg!(windows) {
        let programs = [
            r"Google\Chrome\Application\chrome.exe",
            r"Chromium\Application\chrome.exe",
        ];
        below(&windows_program_directories(), &programs)
    } else {
        [
            "/usr/lib/chromium/chromium",
            "/usr/lib/chromium-browser/chromium-browser",
            "/opt/google/chrome/chrome",
            "/snap/bin/chromium",
        ]
        .map(PathBuf::from)
        .into()
    }
}

fn usual_firefox() -> Vec<PathBuf> {
    if cfg!(target_os = "macos") {
        let mut directories = vec![PathBuf::from("/")];
        directories.extend(env::home_dir());
        below(
            &directories,
            &["Applications/Firefox.app/Contents/MacOS/firefox"],
        )
    } else if cfg!(windows) {
        below(
            &windows_program_directories(),
            &[r"Mozilla Firefox\firefox.exe"],
        )
    } else {
        Vec::new()
    }
}

/// Below the libraries, in a directory of the system's architecture (Debian) or none (Fedora, Arch).
fn usual_mini_browser() -> Vec<PathBuf> {
    let libraries = ["/usr/lib", "/usr/libexec", "/usr/lib64"].map(PathBuf::from);
    let architectures = fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    let directories: Vec<PathBuf> = libraries.into_iter().chain(architectures).collect();
    below(
        &directories,
        &[
            "webkitgtk-6.0/MiniBrowser",
            "webkit2gtk-4.1/MiniBrowser",
            "webkit2gtk-4.0/MiniBrowser",
        ],
    )
}

fn usual_driver() -> Vec<PathBuf> {
    if cfg!(target_os = "macos") {
        [
            "/opt/homebrew/bin/chromedriver",
            "/usr/local/bin/chromedriver",
        ]
        .map(PathBuf::from)
        .into()
    } else if cfg!(windows) {
        let mut directories = windows_program_directories();
        directories.extend(
            env::var_os("ProgramData").map(|data| PathBuf::from(data).join(r"chocolatey\bin")),
        );
        below(
            &directories,
            &["chromedriver.exe", r"chromedriver\chromedriver.exe"],
        )
    } else {
        [
            "/usr/lib/chromium/chromedriver",
            "/usr/lib/chromium-browser/chromedriver",
            "/snap/bin/chromium.chromedriver",
        ]
        .map(PathBuf::from)
        .into()
    }
}

fn windows_program_directories() -> Vec<PathBuf> {
    ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
        .into_iter()
        .filter_map(env::var_os)
        .map(PathBuf::from)
        .collect()
}

/// Every one of `programs` in every one of `directories`.
fn below(directories: &[PathBuf], programs: &[&str]) -> Vec<PathBuf> {
    directories
        .iter()
        .flat_map(|directory| programs.iter().map(|program| directory.join(program)))
        .collect()
}
