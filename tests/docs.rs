//! Documentation that is made from the code is up to date.
#![cfg(not(target_arch = "wasm32"))]

#[test]
fn settings_are_documented_as_they_are() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/settings.md");
    let expected = lazy_limits::setting::reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &expected).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    // A checkout may have turned line ends.
    assert!(
        written.replace("\r\n", "\n") == expected,
        "docs/settings.md is out of date: run UPDATE_DOCS=1 cargo test --test docs"
    );
}
