//! The `wasm-bindgen` programs, played by this one.
//!
//! wasm-pack wants `wasm-bindgen` and `wasm-bindgen-test-runner` of the exact version in the PATH and would else spend
//! minutes on building them. They are linked into this program already, so it acts as whichever it is called by the name of.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli::{wasm_bindgen, wasm_bindgen_test_runner};

/// One of wasm-bindgen's programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Bindgen,
    TestRunner,
}

impl Tool {
    const ALL: [Self; 2] = [Self::Bindgen, Self::TestRunner];

    const fn name(self) -> &'static str {
        match self {
            Self::Bindgen => "wasm-bindgen",
            Self::TestRunner => "wasm-bindgen-test-runner",
        }
    }
}

/// The tool that this process was called as, judged by the name of the program.
pub(crate) fn impersonated(program: &OsStr) -> Option<Tool> {
    let name = Path::new(program).file_stem()?;
    Tool::ALL.into_iter().find(|tool| name == tool.name())
}

/// Runs `tool`; the first of `arguments` is the program's name.
pub(crate) fn run(tool: Tool, arguments: impl IntoIterator<Item = OsString>) -> Result<()> {
    match tool {
        Tool::Bindgen => wasm_bindgen::run_cli_with_args(arguments),
        Tool::TestRunner => wasm_bindgen_test_runner::run_cli_with_args(arguments),
    }
}

/// Puts copies of this program under the tools' names into `directory`, and returns it.
pub(crate) fn install(directory: PathBuf) -> Result<PathBuf> {
    let own = std::env::current_exe().context("this program's own path is unknown")?;
    fs::create_dir_all(&directory)?;
    for tool in Tool::ALL {
        let copy = directory
            .join(tool.name())
            .with_extension(std::env::consts::EXE_EXTENSION);
        fs::copy(&own, &copy).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    Ok(directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_by_name_with_or_without_extension() {
        assert_eq!(
            impersonated(OsStr::new("/a b/wasm-bindgen")),
            Some(Tool::Bindgen)
        );
        assert_eq!(
            impersonated(OsStr::new("wasm-bindgen-test-runner.exe")),
            Some(Tool::TestRunner)
        );
        assert_eq!(impersonated(OsStr::new("target/xtask/xtask")), None);
    }
}
