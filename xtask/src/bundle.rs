//! The page's scripts, put together by esbuild: for pages that are one file, and for a site.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::check::node;
use crate::{package, process, shown, workspace};

/// Where the scripts of pages that are one file lie, for the page to save such.
const SINGLE: &str = "www/pkg/single";

/// Among them, the module for notebooks.
const WIDGET: &str = "widget.js";

/// What they are made from, besides the page's own modules and the glue.
const INPUTS: [&str; 5] = [
    "xtask/node/bundle.mjs",
    "Cargo.toml",
    "LICENSE-MIT",
    "package-lock.json",
    "node_modules/.package-lock.json",
];

/// Whether a file is one of the scripts of pages that are one file, and has no comment to be rid of.
pub(crate) fn is_made(file: &Path) -> bool {
    file.starts_with(workspace::path(SINGLE))
}

/// Whether there is what bundles; if not, says in a line what is the matter and what cannot be had without.
pub(crate) fn is_possible(without: &str) -> bool {
    match node::command() {
        Ok(_) => true,
        Err(error) => {
            println!("{without}: {error:#}.");
            false
        }
    }
}

/// Makes the scripts of pages that are one file, unless they are newer than all that they are made from. Where they cannot be
/// made, says so in a line.
pub(crate) fn single_where_possible() -> Result<()> {
    if is_fresh()? {
        return Ok(());
    }
    if is_possible("Figures cannot be saved as one file here") {
        return single();
    }
    // Older ones would not fit the rest.
    let directory = workspace::path(SINGLE);
    if directory.exists() {
        fs::remove_dir_all(directory)?;
    }
    Ok(())
}

/// The same, where they are needed.
pub(crate) fn single() -> Result<()> {
    if is_fresh()? {
        return Ok(());
    }
    process::run(
        node::command()?
            .args(["xtask/node/bundle.mjs", "single", env!("CARGO_PKG_VERSION")])
            .args(package::PARTS),
    )
}

/// Puts the scripts of a site into `directory`, where all of its other files are.
pub(crate) fn site(directory: &Path) -> Result<()> {
    process::run(
        node::command()?
            .args(["xtask/node/bundle.mjs", "site"])
            .arg(directory),
    )
}

/// Writes a figure or chapters as one file each; `arguments` are those of `xtask/node/single.mjs`.
pub(crate) fn write_single(arguments: &[String], output: &Path) -> Result<()> {
    single()?;
    process::run(
        node::command()?
            .arg("xtask/node/single.mjs")
            .args(arguments)
            .arg("--output")
            .arg(output),
    )
}

/// Writes the module for notebooks.
pub(crate) fn write_widget(output: &Path) -> Result<()> {
    single()?;
    if let Some(directory) = output.parent() {
        fs::create_dir_all(directory)?;
    }
    let bytes = fs::copy(workspace::path(SINGLE).join(WIDGET), output)
        .with_context(|| format!("cannot write {}", output.display()))?;
    println!("{bytes} bytes in {}", output.display());
    Ok(())
}

fn is_fresh() -> Result<bool> {
    let mut outputs = vec![workspace::path(SINGLE).join(WIDGET)];
    for part in package::PARTS {
        let of_part = [format!("page-{part}.js"), format!("worker-{part}.js")];
        outputs.extend(of_part.map(|file| workspace::path(SINGLE).join(file)));
    }
    let oldest = outputs.iter().map(|file| modified(file).ok()).min();
    let Some(Some(oldest)) = oldest else {
        return Ok(false);
    };
    let mut inputs: Vec<PathBuf> = INPUTS.map(workspace::path).into();
    inputs.extend(package::loaded());
    scripts(&workspace::path("www"), &mut inputs)?;
    Ok(inputs
        .iter()
        .all(|file| modified(file).is_ok_and(|time| time <= oldest)))
}

/// Our own modules below `directory`.
fn scripts(directory: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(directory).with_context(|| format!("cannot read {}", shown(directory)))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("pkg") {
            scripts(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "js") {
            found.push(path);
        }
    }
    Ok(())
}

fn modified(file: &Path) -> std::io::Result<SystemTime> {
    fs::metadata(file)?.modified()
}
