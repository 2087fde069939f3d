//! `cargo xtask test`

use std::process::ExitCode;

use clap::Args;

use crate::check::{Group, Surroundings};
use crate::part;

/// Sets up and runs every check there is, or some groups of them.
///
/// Goes on after a failure, says at the end how each part went, and fails if any did. Needs a Rust toolchain; for all
/// but `lint` and `native` a Chromium and its driver, found by CHROME and CHROMEDRIVER, in the PATH or in the usual
/// places, and installed on Debian when run by root; and for `page`, `notebook` and `browsers` Node.js 20 or later. `notebook`
/// uses Python 3.11 or later with venv, which gets what else is needed into the target directory; `browsers` uses
/// Firefox (FIREFOX, GECKODRIVER) and WebKitGTK (MINIBROWSER, WEBKITWEBDRIVER), installed likewise; one that is missing is
/// skipped, and said to be. `cluster` uses Slurm, when run by root, and GNU parallel, installed on Debian likewise, and Python.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// The groups to run [default: all].
    #[arg(value_enum, value_name = "GROUP")]
    groups: Vec<Group>,

    /// Runs only the tests (native, wasm and browsers) or test files (page) whose name contains TEXT.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,

    /// Rounds of tasks that die at random moments in `cluster`, each with a seed of its own.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    rounds: u64,
}

impl Test {
    pub(crate) fn run(self) -> ExitCode {
        let surroundings = Surroundings::new(self.only, self.rounds);
        let parts = Group::ALL
            .into_iter()
            .filter(|group| self.groups.is_empty() || self.groups.contains(group))
            .flat_map(|group| group.parts(&surroundings))
            .collect();
        if part::run_all(parts) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
