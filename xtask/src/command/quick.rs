//! `cargo xtask quick`

use std::process::ExitCode;

use clap::Args;

use crate::{check, part};

/// Runs the checks that say most in little time, for between one edit and the next.
///
/// Formatting, clippy of the library, its unit tests, reference values and laws, and types of the page's JavaScript:
/// about half a minute after a small change. Goes on after a failure, as `cargo xtask test` does, which is what has to
/// pass in the end.
#[derive(Debug, Args)]
pub(crate) struct Quick {}

impl Quick {
    pub(crate) fn run() -> ExitCode {
        if part::run_all(check::quick()) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
