//! That the Containerfile builds what is here with the Rust that is promised: no container engine takes part in the tests.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::workspace;

/// Its version of Rust is that of Cargo.toml, and what it copies is there and not ignored.
pub(super) fn check() -> Result<()> {
    let read = |name: &str| {
        fs::read_to_string(workspace::path(name)).with_context(|| format!("cannot read {name}"))
    };
    let manifest = read("Cargo.toml")?;
    let found = faults(
        &read("Containerfile")?,
        &read(".containerignore")?,
        manifest_version(&manifest).context("Cargo.toml has no rust-version")?,
        workspace::root(),
    );
    if !found.is_empty() {
        bail!(
            "the Containerfile is not what it should be: {}",
            found.join("; ")
        );
    }
    Ok(())
}

fn manifest_version(manifest: &str) -> Option<&str> {
    let line = |line| str::strip_prefix(line, "rust-version = \"")?.strip_suffix('"');
    manifest.lines().find_map(line)
}

fn faults(containerfile: &str, ignored: &str, rust: &str, root: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    let image = containerfile
        .lines()
        .find_map(|line| line.strip_prefix("ARG RUST=")?.split_once("rust:"));
    match image.and_then(|(_, tag)| tag.split('-').next()) {
        Some(version) if version == rust => {}
        Some(version) => faults.push(format!(
            "it builds with Rust {version}, but rust-version in Cargo.toml is {rust}"
        )),
        None => faults.push("its line “ARG RUST=…rust:VERSION” is missing".to_owned()),
    }
    let copies = containerfile
        .lines()
        .filter_map(|line| line.strip_prefix("COPY "))
        .filter(|words| !words.starts_with("--from="));
    let mut copied = Vec::new();
    for words in copies {
        let mut words: Vec<&str> = words.split_whitespace().collect();
        words.pop();
        copied.extend(words);
    }
    for &file in &copied {
        if !root.join(file).exists() {
            faults.push(format!("it copies {file}, which is not there"));
        }
        if !ignored
            .lines()
            .any(|line| line.strip_prefix('!') == Some(file))
        {
            faults.push(format!(
                "it copies {file}, which .containerignore leaves out"
            ));
        }
    }
    if copied.is_empty() {
        faults.push("it copies nothing".to_owned());
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "ARG RUST=docker.io/library/rust:1.90-slim-bookworm\nFROM ${RUST} AS build\n\
        COPY Cargo.toml Cargo.lock ./\nCOPY --from=build /a /b\n";

    #[test]
    fn what_does_not_fit_is_named() {
        let ignored = "*\n!Cargo.toml\n!Cargo.lock\n";
        let faults = |file: &str, ignored: &str, rust: &str| {
            super::faults(file, ignored, rust, workspace::root()).join("; ")
        };
        assert_eq!(faults(FILE, ignored, "1.90"), "");
        assert!(faults(FILE, ignored, "1.91").contains("Rust 1.90, but"));
        assert!(faults(FILE, "*\n!Cargo.toml\n", "1.90").contains("copies Cargo.lock, which .c"));
        let gone = FILE.replace("Cargo.lock", "Cargo.gone");
        assert!(faults(&gone, ignored, "1.90").contains("Cargo.gone, which is not there"));
        assert!(
            faults("FROM scratch\n", ignored, "1.90").contains("is missing; it copies nothing")
        );
    }

    #[test]
    fn the_promised_version_is_read() {
        assert_eq!(
            manifest_version("a = 1\nrust-version = \"1.90\"\n"),
            Some("1.90")
        );
        assert_eq!(manifest_version("rust-version.workspace = true\n"), None);
    }
}
