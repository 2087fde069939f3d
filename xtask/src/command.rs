//! What the task runner can be asked to do, one file each.

mod address;
mod bench;
mod build;
mod pack;
mod quick;
mod results;
mod serve;
pub(crate) mod site;
mod step_sizes;
mod test;
mod wasm_test_runner;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Builds, serves, tests and measures Lazy Limits.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask serve --open        build the page and look at it
  cargo xtask quick               what says most in half a minute
  cargo xtask test                everything that continuous integration checks
  cargo xtask test native lint    only what needs neither browser nor Node.js
  cargo xtask build --site site   a directory to put on any web server
  cargo xtask pack                the package for npm
  cargo xtask bench               how fast training is beside JAX and TensorFlow";

#[derive(Debug, Subcommand)]
enum Command {
    Bench(bench::Bench),
    Build(build::Build),
    Pack(pack::Pack),
    Quick(quick::Quick),
    Results(results::Results),
    Serve(serve::Serve),
    StepSizes(step_sizes::StepSizes),
    Test(test::Test),
    WasmTestRunner(wasm_test_runner::WasmTestRunner),
}

impl Cli {
    pub(crate) fn run(self) -> Result<ExitCode> {
        match self.command {
            Command::Bench(bench) => bench.run()?,
            Command::Build(build) => build.run()?,
            Command::Pack(pack) => pack.run()?,
            Command::Quick(_) => return Ok(quick::Quick::run()),
            Command::Results(results) => results.run()?,
            Command::Serve(serve) => serve.run()?,
            Command::StepSizes(step_sizes) => step_sizes.run()?,
            Command::Test(test) => return Ok(test.run()),
            Command::WasmTestRunner(runner) => runner.run()?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
