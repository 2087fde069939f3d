//! That the crate also works with wasm-pack, for those who use it.

use std::env;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Surroundings;
use crate::part::Part;
use crate::{glue, process, shown, tool, toolchain, workspace};

const VERSION: &str = "0.15.1";

pub(crate) fn parts(surroundings: &Surroundings) -> Vec<Part<'_>> {
    vec![
        Part::new("wasm-pack build", build),
        Part::new("wasm-pack test", || test(surroundings)),
    ]
}

fn build() -> Result<()> {
    let directory = workspace::target().join("wasm-pack");
    process::run(
        command()?
            .args(["build", "--target", "web", "--out-dir"])
            .arg(&directory),
    )?;
    for file in [
        "lazy_limits.js",
        "lazy_limits.d.ts",
        "lazy_limits_bg.wasm",
        "package.json",
    ] {
        if !directory.join(file).is_file() {
            bail!("wasm-pack made no {file} in {}", shown(&directory));
        }
    }
    Ok(())
}

fn test(surroundings: &Surroundings) -> Result<()> {
    if workspace::target().to_string_lossy().contains(' ') {
        bail!(
            "wasm-pack cannot test in a directory whose path has a blank in it: it hands the test runner's path to \
             cargo as words"
        );
    }
    let browser = surroundings.browser()?;
    let mut command = command()?;
    command
        .args(["test", "--headless", "--chrome", "--chromedriver"])
        .arg(browser.driver()?);
    process::run(browser.drive(&mut command)?)
}

/// A call of wasm-pack that finds this program as its wasm-bindgen.
fn command() -> Result<Command> {
    toolchain::ensure_wasm()?;
    let program = tool::find_or_install("wasm-pack", VERSION)?;
    let tools = tool::directory();
    let glue = glue::install(tools.join("wasm-bindgen"))?;
    let inherited = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([glue].into_iter().chain(env::split_paths(&inherited)))
        .context("the PATH cannot be extended")?;
    let mut command = process::program(program);
    command
        .env("PATH", path)
        .env("WASM_PACK_CACHE", tools.join("cache"));
    Ok(command)
}
