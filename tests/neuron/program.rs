//! The program, as these tests run it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run of the program left.
pub(crate) struct Left {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Left {
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        serde_json::from_str(&self.stdout).expect("standard output is JSON")
    }

    /// Asserts exit 2, nothing on standard output, and one line that has all of `parts`.
    pub(crate) fn refused(&self, parts: &[&str]) {
        let Self {
            code,
            stdout,
            stderr,
        } = self;
        assert_eq!((*code, stdout.as_str()), (Some(2), ""), "{stderr}");
        assert!(stderr.starts_with("error: "), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        for part in parts {
            assert!(stderr.contains(part), "{part} is not in {stderr}");
        }
    }
}

/// Runs a command line written with blanks.
pub(crate) fn line(text: &str) -> Left {
    let output = Command::new(env!("CARGO_BIN_EXE_lazy-limits"))
        .args(text.split_whitespace())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Left {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What a command line that succeeds prints.
pub(crate) fn told(text: &str) -> String {
    let left = line(text);
    assert_eq!(left.code, Some(0), "{text}: {}", left.stderr);
    left.stdout
}

/// The same as JSON.
pub(crate) fn json(text: &str) -> Value {
    line(&format!("{text} --format json")).json()
}

/// A file for one test; `name` must be its own.
pub(crate) fn file(name: &str, content: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path.display().to_string()
}
