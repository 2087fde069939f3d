//! The table of rooms in `docs/architecture.md`, held against what each room uses.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by name, each with the rooms that it may know, as the table says: `above` are those of all rows before, what a
/// known room may know is known too, and rooms of one row know those before them in it.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, names, _, knows, _] = cells[..] else {
            panic!("a row of three cells: {row}")
        };
        let mut known: BTreeSet<String> = BTreeSet::new();
        if knows.contains("above") && !knows.contains('`') {
            known.extend(rooms.keys().cloned());
        }
        for name in quoted(knows) {
            let more = rooms
                .get(name)
                .unwrap_or_else(|| panic!("{names} knows {name}, which is no room above"));
            known.extend(more.iter().cloned());
            known.insert(name.to_owned());
        }
        for name in quoted(names) {
            let name = name.trim_end_matches('/');
            rooms.insert(name.to_owned(), known.clone());
            known.insert(name.to_owned());
        }
    }
    rooms
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All source files below a directory.
fn sources(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect()
}

/// Whether a file has tests alone.
fn is_test(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("tests")
}

/// The modules of the crate that a text names, comments aside: `crate::a::B`, `crate::{a, b::C}`.
fn used(text: &str) -> BTreeSet<String> {
    let code: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let word = |text: &str| -> String {
        let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
        text.trim_start().chars().take_while(is_word).collect()
    };
    let mut names = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => {
                names.insert(word(rest));
            }
            Some(list) => {
                // Commas of inner lists give words that are no modules; none is used at the top.
                let list = list.split('}').next().unwrap_or_default();
                names.extend(list.split(',').map(word));
            }
        }
    }
    names
}

#[test]
fn rooms_know_only_what_the_table_allows() {
    let rooms = table();
    assert!(rooms.len() > 12, "the table is read: {rooms:?}");
    for (room, known) in &rooms {
        let directory = root().join("src").join(room);
        if !directory.is_dir() {
            continue; // a crate or a program of its own
        }
        // Tests may take any part as an example.
        for file in sources(&directory).iter().filter(|file| !is_test(file)) {
            let text = fs::read_to_string(file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for name in used(code) {
                assert!(
                    name == *room || known.contains(&name),
                    "{} uses crate::{name}, which `{room}` may not know",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn every_room_stands_in_the_table() {
    let rooms = table();
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("pub mod ") {
            let name = name.trim_end_matches(';');
            assert!(rooms.contains_key(name), "{name} is no room of the table");
        }
    }
}

#[test]
fn names_are_found_however_they_are_imported() {
    let text = "use crate::{finite, stream};\n/// See [`crate::cli`].\nlet a = crate::linalg::falling(b);\n";
    let found: Vec<String> = used(text).into_iter().collect();
    assert_eq!(found, ["finite", "linalg", "stream"]);
}

/// The type that a line of code declares, if it does.
fn declared(line: &str) -> Option<&str> {
    let line = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
        Some(rest) => rest.trim_start(),
        None => line,
    };
    let kinds = ["struct ", "enum ", "trait ", "type "];
    let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    let end = rest.find(|c: char| !c.is_alphanumeric())?;
    let name = &rest[..end];
    name.starts_with(char::is_uppercase).then_some(name)
}

/// A name stands for one thing: whoever reads it in a sentence or a message knows which.
#[test]
fn no_two_types_share_a_name() {
    let mut places: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for directory in ["src", "kernels/src"] {
        let files = sources(&root().join(directory)).into_iter();
        for file in files.filter(|file| !is_test(file)) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for name in code.lines().filter_map(declared) {
                let files = places.entry(name.to_owned()).or_default();
                files.insert(file.clone());
            }
        }
    }
    assert!(places.len() > 150, "{} types are found", places.len());
    let shared: Vec<_> = places.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(shared.is_empty(), "{shared:#?}");
}

/// Which problem or figure it is, the first paper asks itself; others ask it by name, of whatever part.
#[test]
fn names_of_the_first_paper_are_asked_in_its_folder_alone() {
    let own = root().join("src/lazy");
    let files = sources(&root().join("src"));
    assert!(files.iter().any(|file| file.starts_with(&own)));
    for file in files.iter().filter(|file| !file.starts_with(&own)) {
        let text = fs::read_to_string(file).unwrap();
        for name in ["FigureName", "ProblemName"] {
            let asks = text.lines().find(|line| line.contains(name));
            assert_eq!(asks, None, "{}", file.display());
        }
    }
}
