//! `cargo xtask wasm-test-runner`

use std::ffi::OsString;
use std::iter;

use anyhow::Result;
use clap::Args;

use crate::glue::{self, Tool};

/// Runs a test binary compiled for wasm32, in a headless browser or in Node.js.
///
/// Cargo calls this, told to by .cargo/config.toml, in `cargo test --target wasm32-unknown-unknown`. It is
/// wasm-bindgen-test-runner and takes its arguments and environment variables.
#[derive(Debug, Args)]
pub(crate) struct WasmTestRunner {
    /// The wasm file, then options such as --nocapture and a filter.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    arguments: Vec<OsString>,
}

impl WasmTestRunner {
    pub(crate) fn run(self) -> Result<()> {
        let program = OsString::from("wasm-bindgen-test-runner");
        glue::run(Tool::TestRunner, iter::once(program).chain(self.arguments))
    }
}
