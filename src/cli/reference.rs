//! The reference documentation of all parameters.

use crate::part::PARTS;

/// `docs/settings.md`, in Markdown, made from the tables of all parts.
pub fn reference() -> String {
    let sections = PARTS.iter().map(|part| (part.program.reference)());
    "# Settings\n\n\
     Every parameter of the command line, of `<lazy-limits>` and its URL hash, and of plans in JSON. This page is made\n\
     from the tables of the parts, such as that in `src/lazy/setting/table.rs`; to write it anew, run\n\
     `UPDATE_DOCS=1 cargo test --test docs`.\n"
        .to_owned()
        + &sections.collect::<String>()
}
