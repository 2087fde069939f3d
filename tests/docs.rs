//! Documentation that is made from the code is up to date.
#![cfg(not(target_arch = "wasm32"))]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use lazy_limits::chart::Still;
use lazy_limits::neuron::paper::{NeuronPreset, NeuronReported};
use lazy_limits::paper::{Reported, report, still};
use lazy_limits::{cli, neuron, part};

/// Of the page, by the names of their figures: those that come with results,
const CHAPTERS: [&str; 4] = ["quadratic", "mixture", "activation", "laziness"];

/// and the others, with what stands above their stills.
const WITHOUT_RESULTS: [(&str, &str); 1] = [("neuron", "One neuron, a thousand random ones")];

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
    is_up_to_date("docs/settings.md", &cli::reference());
}

#[test]
fn the_reproduction_is_that_of_the_results_shipped() {
    let figures = CHAPTERS.map(|name| Reported::from_json(&shipped(name)).unwrap());
    let neuron = NeuronReported::from_json(&shipped(NeuronPreset::NAME)).unwrap();
    let document = report(&figures) + &neuron::paper::report(&[neuron]);
    is_up_to_date("docs/reproduction.md", &document);
}

/// A chapter's still, or another than that which is there.
fn still_is_up_to_date(chapter: &str, still: &Still) {
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

#[test]
fn the_stills_of_the_chapters_are_those_of_the_results_shipped() {
    for chapter in CHAPTERS {
        still_is_up_to_date(chapter, &still(&shipped(chapter)).unwrap());
    }
}

#[test]
fn the_stills_of_other_chapters_are_those_of_their_figures() {
    for (chapter, title) in WITHOUT_RESULTS {
        let seen = part::open(chapter).unwrap();
        still_is_up_to_date(chapter, &Still::of_figure(title, &*seen).unwrap());
    }
}
