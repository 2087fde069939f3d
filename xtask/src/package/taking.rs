//! What the page loads only when a figure is taken away: QR codes as a small wasm file of their own, and the program's version.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{DIRECTORY, FORMS, compile, generate, same_contents};
use crate::{shown, workspace};

/// Name of the package, and of every file made from it.
const NAME: &str = "qr";

/// The name that cargo gives its library.
const LIBRARY: &str = "lazy_limits_qr";

/// All that is made here.
pub(super) fn loaded() -> Vec<PathBuf> {
    let file = |name: &str| directory().join(name);
    vec![file("qr_bg.wasm"), file("qr.js"), version_file()]
}

/// Makes what is not there or out of date; `are_new` says whether the present state of this program made what is there.
pub(super) fn build(are_new: bool) -> Result<()> {
    let compiled = compile(&FORMS[0], &["--package", "lazy-limits-qr"], LIBRARY)?;
    let seen = workspace::target().join("packaged-qr.wasm");
    if !are_new || !same_contents(&compiled, &seen).unwrap_or(false) {
        let directory = directory();
        eprintln!("generating {}", shown(&directory));
        generate(&compiled, &directory, NAME)?;
        fs::copy(compiled, seen)?;
    }
    write_version(&version_file())
}

fn directory() -> PathBuf {
    workspace::path(DIRECTORY).join(NAME)
}

fn version_file() -> PathBuf {
    workspace::path(DIRECTORY).join("version.js")
}

/// Writes the version of the workspace, which is also this program's, as a module.
fn write_version(file: &Path) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let text = format!(
        "// Made from Cargo.toml.\n\n/** The version of the program that these files are of. */\nexport const VERSION = '{version}';\n"
    );
    if fs::read_to_string(file).is_ok_and(|kept| kept == text) {
        return Ok(());
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", shown(file)))
}
