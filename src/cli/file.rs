//! Numbers from files and from standard input.

use std::ffi::OsStr;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read};

use lazy_limits::linalg::Symmetric;
use lazy_limits::runner::require;
use lazy_limits::spectrum::{matrix_from_text, rows_from_text};
use nalgebra::DMatrix;

use super::failure::{Failure, short};

/// The longest text read: room for the most numbers a matrix may have, at full precision.
const LONGEST: usize = 512 << 20;

/// A FILE argument of some option: `-` is standard input.
pub(crate) struct Source<'a> {
    key: &'a str,
    path: &'a OsStr,
}

impl<'a> Source<'a> {
    pub(crate) fn new(key: &'a str, path: &'a OsStr) -> Self {
        Self { key, path }
    }

    /// How messages name it.
    pub(crate) fn name(&self) -> String {
        if self.path == "-" {
            "standard input".to_owned()
        } else {
            format!("the file “{}”", short(&self.path.to_string_lossy()))
        }
    }

    /// The path as given.
    pub(crate) fn path(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    pub(crate) fn refusal(&self, what: &str, reason: impl Display) -> Failure {
        Failure::Usage(format!("--{}: {} {what}: {reason}", self.key, self.name()))
    }

    /// The whole text.
    pub(crate) fn text(&self) -> Result<String, Failure> {
        let read = |reader: &mut dyn Read| {
            read_text(reader, LONGEST).map_err(|error| self.refusal("cannot be read", error))
        };
        if self.path == "-" {
            return read(&mut io::stdin().lock());
        }
        match File::open(self.path) {
            Ok(mut file) => read(&mut file),
            Err(error) => Err(self.refusal("cannot be read", error)),
        }
    }

    /// The text as numbers, if they fit into memory.
    fn numbers(&self) -> Result<String, Failure> {
        let text = self.text()?;
        let gaps = text
            .bytes()
            .filter(|&b| b == b',' || b.is_ascii_whitespace());
        // As rows, and as the matrix of them.
        let needed = 32.0 * gaps.count() as f64;
        require(|| "it needs".to_owned(), needed)
            .map_err(|error| self.refusal("cannot be used", error))?;
        Ok(text)
    }

    /// A vector (a diagonal) or a symmetric matrix.
    pub(crate) fn matrix(&self) -> Result<Symmetric, Failure> {
        matrix_from_text(&self.numbers()?).map_err(|error| self.refusal("cannot be used", error))
    }

    /// A network, `d×N`: each line is a neuron.
    pub(crate) fn network(&self) -> Result<DMatrix<f64>, Failure> {
        let unusable = |reason: String| self.refusal("cannot be used", reason);
        let rows = rows_from_text(&self.numbers()?).map_err(|error| unusable(error.to_string()))?;
        let dim = rows[0].len();
        if let Some(odd) = rows.iter().position(|row| row.len() != dim) {
            return Err(unusable(format!(
                "neuron {} has {} numbers and neuron 1 has {dim}; every line must have d numbers",
                odd + 1,
                rows[odd].len()
            )));
        }
        let entries = rows.iter().flatten().copied();
        Ok(DMatrix::from_iterator(dim, rows.len(), entries))
    }
}

/// The whole text; ends early at what is no text, so that a device does not fill the memory.
fn read_text(reader: &mut dyn Read, longest: usize) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        let count = match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.to_string()),
        };
        if chunk[..count].contains(&0) {
            return Err("it is not text".to_owned());
        }
        if bytes.len() + count > bytes.capacity() {
            let more = (2 * bytes.capacity()) as f64;
            require(|| "it needs".to_owned(), more).map_err(|error| error.to_string())?;
        }
        bytes.extend_from_slice(&chunk[..count]);
        if bytes.len() > longest {
            return Err(format!("it is longer than {} MB", longest >> 20));
        }
    }
    // Editors of some systems begin a text with this mark.
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .map(<[u8]>::to_vec)
        .unwrap_or(bytes);
    String::from_utf8(bytes).map_err(|_| "it is not text (UTF-8)".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_read() {
        let read = |reader: &mut dyn Read| read_text(reader, 3 << 20);
        assert_eq!(read(&mut &b"\xef\xbb\xbf1,2"[..]), Ok("1,2".to_owned()));
        for (mut bytes, part) in [(&b"1\x002"[..], "not text"), (b"1 \xff", "UTF-8")] {
            let error = read(&mut bytes).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
        let endless = read(&mut io::repeat(b'1')).unwrap_err();
        assert!(endless.contains("longer than 3 MB"), "{endless}");
    }
}
