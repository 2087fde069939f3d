//! Documentation that is made from the code is up to date.
#![cfg(not(target_arch = "wasm32"))]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use lazy_limits::paper::{Reported, report};

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Checks a document, or writes it anew where that is asked for.
fn is_up_to_date(document: &str, expected: &str) {
    let path = at(document);
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    // A checkout may have turned line ends.
    assert!(
        written.replace("\r\n", "\n") == expected,
        "{document} is out of date: run UPDATE_DOCS=1 cargo test --test docs"
    );
}

#[test]
fn settings_are_documented_as_they_are() {
    is_up_to_date("docs/settings.md", &lazy_limits::lazy::setting::reference());
}

#[test]
fn the_reproduction_is_that_of_the_results_shipped() {
    let figures = ["quadratic", "mixture", "activation"].map(|name| {
        let text = fs::read_to_string(at(&format!("www/data/{name}.json"))).unwrap();
        Reported::from_json(&text).unwrap()
    });
    is_up_to_date("docs/reproduction.md", &report(&figures));
}
