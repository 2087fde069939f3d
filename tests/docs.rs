//! Documentation that is made from the code is up to date.
#![cfg(not(target_arch = "wasm32"))]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use lazy_limits::paper::{Reported, report, still};

/// Of the page, by the names of their figures.
const CHAPTERS: [&str; 4] = ["quadratic", "mixture", "activation", "laziness"];

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The results that come with the page.
fn shipped(chapter: &str) -> String {
    fs::read_to_string(at(&format!("www/data/{chapter}.json"))).unwrap()
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
    let figures = CHAPTERS.map(|name| Reported::from_json(&shipped(name)).unwrap());
    is_up_to_date("docs/reproduction.md", &report(&figures));
}

#[test]
fn the_stills_of_the_chapters_are_those_of_the_results_shipped() {
    for chapter in CHAPTERS {
        let still = still(&shipped(chapter)).unwrap();
        let (width, height) = (&still.png[16..20], &still.png[20..24]);
        assert_eq!(
            (width, height),
            (&1200_u32.to_be_bytes()[..], &630_u32.to_be_bytes()[..])
        );
        let png = at(&format!("www/pictures/{chapter}.png"));
        // Its pixels hang on rounding, and follow from the same: only the drawing is compared.
        if env::var_os("UPDATE_DOCS").is_some() {
            fs::create_dir_all(at("www/pictures")).unwrap();
            fs::write(&png, &still.png).unwrap();
        }
        assert!(
            png.exists(),
            "{chapter}.png is missing: run UPDATE_DOCS=1 cargo test --test docs"
        );
        is_up_to_date(&format!("www/pictures/{chapter}.svg"), &still.svg);
    }
}
