//! The version of a browser or driver.

use std::fmt;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;

use anyhow::{Context, Result};

use crate::process;

/// A version as Chromium counts: four numbers, of which the first tells what works with what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version([u32; 4]);

impl Version {
    pub(crate) const fn major(&self) -> u32 {
        self.0[0]
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, build, patch] = self.0;
        write!(formatter, "{major}.{minor}.{build}.{patch}")
    }
}

impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let numbers: Vec<u32> = text
            .split('.')
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(drop)?;
        numbers.try_into().map(Self).map_err(drop)
    }
}

/// What version `program` is.
pub(crate) fn of(program: &Path) -> Result<Version> {
    // On Windows, `chrome.exe --version` opens a window and prints nothing; its directory tells instead.
    let version = if cfg!(windows) && program.file_stem().is_some_and(|name| name == "chrome") {
        newest_beside(program)
    } else {
        first_in(&process::output(Command::new(program).arg("--version"))?)
    };
    version.with_context(|| format!("cannot make out which version {} is", program.display()))
}

/// The first version in the words of a program.
fn first_in(words: &str) -> Option<Version> {
    words.split_whitespace().find_map(|word| word.parse().ok())
}

/// The newest of the directories beside `program` that are named after a version.
fn newest_beside(program: &Path) -> Option<Version> {
    program
        .parent()?
        .read_dir()
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_from_what_programs_say() {
        for (words, version) in [
            (
                "Chromium 156.0.8078.73 built on Debian GNU/Linux 12 (bookworm)",
                [156, 0, 8078, 73],
            ),
            ("Google Chrome 131.0.6778.85 ", [131, 0, 6778, 85]),
            (
                "ChromeDriver 156.0.8078.73 (3f4b0d6a7c8e9f0a-refs/branch-heads/8078@{#1})",
                [156, 0, 8078, 73],
            ),
        ] {
            assert_eq!(first_in(words), Some(Version(version)));
        }
        assert_eq!(first_in("no version 1.2 here"), None);
    }

    #[test]
    fn compared_by_number() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        assert!(version("100.0.1.2") > version("99.9.9.9"));
    }
}
