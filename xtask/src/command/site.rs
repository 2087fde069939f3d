//! The files that make up the page, and a copy of them for a web server.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{bundle, package, served, shown, workspace};

/// Every file that the page may load.
pub(crate) fn files() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(workspace::root())? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            files.push(path); // a chapter, or the figure alone
        }
    }
    collect(&workspace::path("www"), &mut files)?;
    files.sort();
    Ok(files)
}

/// Makes the site in `directory`: its scripts bundled and minified, all else copied. Without Node.js scripts are copied too.
pub(crate) fn build_to(directory: &Path) -> Result<()> {
    let bundled = bundle::is_possible("The scripts of the site are copies, and not bundled");
    // A bundle holds all of them but those that are bundles.
    let is_in_bundle =
        |file: &Path| file.extension().is_some_and(|end| end == "js") && !bundle::is_made(file);
    let mut files = files()?;
    files.retain(|file| !(bundled && is_in_bundle(file)));
    copy(&files, directory)?;
    if bundled {
        bundle::site(directory)?;
    }
    Ok(())
}

fn copy(files: &[PathBuf], directory: &Path) -> Result<()> {
    for file in files {
        let copy = directory.join(file.strip_prefix(workspace::root())?);
        fs::create_dir_all(copy.parent().unwrap_or(directory))?;
        served::read(file)
            .and_then(|contents| fs::write(&copy, contents))
            .with_context(|| format!("cannot copy {} to {}", shown(file), copy.display()))?;
    }
    Ok(())
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(directory).with_context(|| format!("cannot read {}", shown(directory)))?;
    for entry in entries {
        let path = entry?.path();
        if !is_for_readers(&path) || package::is_of_tests(&path) {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Hidden files, tests and type declarations are for those who work on the page, not for those who read it.
fn is_for_readers(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let for_developers = name.starts_with('.')
        || name == "tests"
        || [".test.js", ".test.mjs", ".d.ts"]
            .iter()
            .any(|end| name.ends_with(end));
    !for_developers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_get_no_tests_nor_declarations() {
        for path in [
            "www/tests",
            "www/pool.test.js",
            "www/pkg/lazy/lazy_limits.d.ts",
            "www/.gitignore",
        ] {
            assert!(!is_for_readers(Path::new(path)), "{path}");
        }
        for path in [
            "index.html",
            "www/pool.js",
            "www/pkg/lazy/lazy_limits_bg.wasm",
        ] {
            assert!(is_for_readers(Path::new(path)), "{path}");
        }
    }
}
