//! Where browsers and drivers are usually found.

use std::env;
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

/// The driver: what `CHROMEDRIVER` says, else the first in the PATH, else in the system's usual places.
pub(crate) fn driver() -> Result<Option<PathBuf>> {
    if let Some(path) = told_by("CHROMEDRIVER")? {
        return Ok(Some(path));
    }
    Ok(in_path(&["chromedriver"]).or_else(|| first_file(usual_driver())))
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
