//! Builds, serves and tests Lazy Limits, with nothing to install but cargo.

mod apt;
mod bench;
mod browser;
mod bundle;
mod check;
mod command;
mod glue;
mod package;
mod part;
mod process;
mod python;
mod served;
mod server;
mod size;
mod tool;
mod toolchain;
mod workspace;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let outcome = match glue::impersonated(&env::args_os().next().unwrap_or_default()) {
        Some(tool) => glue::run(tool, env::args_os()).map(|()| ExitCode::SUCCESS),
        None => command::Cli::parse().run(),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// How a path is shown: from the workspace's root where possible, since that is where commands are typed.
fn shown(path: &Path) -> String {
    path.strip_prefix(workspace::root())
        .unwrap_or(path)
        .display()
        .to_string()
}
