//! What of a file is sent to readers.

use std::fs;
use std::io;
use std::path::Path;

use crate::bundle;

/// The bytes of a file as they are served: modules and style sheets without comments and indentation, which are a third of what a
/// reader would otherwise download. Lines stay where they are, so that messages name the line of the source.
pub(crate) fn read(file: &Path) -> io::Result<Vec<u8>> {
    let contents = fs::read(file)?;
    let extension = file.extension().unwrap_or_default();
    let has_comments = (extension == "js" || extension == "css") && !bundle::is_made(file);
    match std::str::from_utf8(&contents) {
        Ok(text) if has_comments => Ok(bare(text).into_bytes()),
        _ => Ok(contents),
    }
}

/// A text without documentation comments, without lines that are comments, and without indentation.
///
/// It knows no more of the language than our own modules and the generated glue need: in them, `/**` begins a comment
/// wherever it stands, `//` wherever it stands first in a line, and `/*` there makes one of the line if it ends with `*/`.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines() {
        let mut rest = line;
        let mut kept = String::new();
        loop {
            let mark = if in_comment { "*/" } else { "/**" };
            let Some((before, after)) = rest.split_once(mark) else {
                break;
            };
            if !in_comment {
                kept.push_str(before);
            }
            in_comment = !in_comment;
            rest = after;
        }
        if !in_comment {
            kept.push_str(rest);
        }
        let kept = kept.trim();
        let is_comment = kept.starts_with("//") || (kept.starts_with("/*") && kept.ends_with("*/"));
        if !is_comment {
            out.push_str(kept);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_lines_stay() {
        let text = "/* One line. */\n// What it does.\n/**\n * @param {number} x\n */\nfunction f(x) {\n    // Why.\n    return /** @type {any} */ (x); // kept\n}\nconst url = 'http://a/b';\n";
        let expected =
            "\n\n\n\n\nfunction f(x) {\n\nreturn  (x); // kept\n}\nconst url = 'http://a/b';\n";
        assert_eq!(bare(text), expected);
        assert_eq!(bare(text).lines().count(), text.lines().count());
    }

    /// What the rule above takes for a comment is one, in every module that is served.
    #[test]
    fn no_string_looks_like_a_comment() {
        let directory = crate::workspace::root().join("www");
        for entry in fs::read_dir(directory).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_none_or(|extension| extension != "js") {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            for (index, line) in text.lines().enumerate() {
                let before = line.split("/**").next().unwrap_or_default();
                let quotes = before.matches(['\'', '`', '"']).count();
                let is_open = line.contains("/**") && quotes % 2 == 1;
                assert!(!is_open, "{}:{}", file.display(), index + 1);
            }
        }
    }
}
