//! What the page loads only when a figure is taken away: QR codes as a small wasm file of their own, and how the program is
//! cited.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{DIRECTORY, FORMS, compile, generate, same_contents};
use crate::{shown, workspace};

/// Name of the package, and of every file made from it.
const NAME: &str = "qr";

/// The name that cargo gives its library.
const LIBRARY: &str = "lazy_limits_qr";

/// How the program is cited.
const CITATION: &str = "CITATION.cff";

/// All that is made here.
pub(super) fn loaded() -> Vec<PathBuf> {
    let file = |name: &str| directory().join(name);
    vec![file("qr_bg.wasm"), file("qr.js"), program_file()]
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
    write_program(&program_file(), are_new)
}

fn directory() -> PathBuf {
    workspace::path(DIRECTORY).join(NAME)
}

fn program_file() -> PathBuf {
    workspace::path(DIRECTORY).join("program.js")
}

/// Writes what the program is called and which version it is as a module, unless it is new and says that already.
fn write_program(file: &Path, is_new: bool) -> Result<()> {
    let citation = fs::read_to_string(workspace::path(CITATION))
        .with_context(|| format!("cannot read {CITATION}"))?;
    let [title, author, address] =
        ["title", "  - name", "repository-code"].map(|key| value(&citation, key));
    let text = format!(
        "// Made from Cargo.toml and {CITATION}.\n\n\
        /** The version of the program that these files are of. */\n\
        export const VERSION = '{}';\n\n\
        /** How it is cited. */\n\
        export const PROGRAM = {{ title: {}, author: {}, address: {} }};\n",
        env!("CARGO_PKG_VERSION"),
        serde_json::to_string(title?)?,
        serde_json::to_string(author?)?,
        serde_json::to_string(address?)?,
    );
    if is_new && fs::read_to_string(file).is_ok_and(|kept| kept == text) {
        return Ok(());
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", shown(file)))
}

/// The text on the first line of a citation that begins with this key, with as many spaces before it.
fn value<'a>(citation: &'a str, key: &str) -> Result<&'a str> {
    let mut lines = citation.lines();
    let Some(value) = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(": ")) else {
        bail!("{CITATION} has no line that begins with “{key}:”");
    };
    Ok(value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn the_first_value_of_a_key_is_taken_without_its_quotes() {
        let citation =
            "title: \"A: b\"\nauthors:\n  - name: The authors\npreferred-citation:\n  title: C\n";
        assert_eq!(value(citation, "title").unwrap(), "A: b");
        assert_eq!(value(citation, "  - name").unwrap(), "The authors");
        let missing = value(citation, "doi").unwrap_err().to_string();
        assert_eq!(missing, "CITATION.cff has no line that begins with “doi:”");
    }
}
