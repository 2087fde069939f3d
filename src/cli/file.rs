//! Numbers from files and from standard input.

use std::ffi::OsStr;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::numbers::{Note, NumbersError, Rows, Shape, Understood};
use crate::runner::require;
use clap::{Arg, ArgAction};
use nalgebra::DMatrix;

use super::failure::{Failure, short};
use super::help;

/// The longest file read: room for the most numbers a matrix may have, at full precision.
const LONGEST: usize = 512 << 20;

/// The flag that averages matrices with their mirror images.
pub const SYMMETRIZE: &str = "symmetrize";

/// That flag, for commands that read matrices.
pub fn symmetrize() -> Arg {
    Arg::new(SYMMETRIZE)
        .long(SYMMETRIZE)
        .action(ArgAction::SetTrue)
        .help("Average a given matrix with its mirror image, however much they differ")
        .long_help(help::SYMMETRIZE)
}

/// How an asymmetric matrix may be used all the same.
pub fn symmetrize_hint(error: &NumbersError) -> String {
    match error {
        NumbersError::NotSymmetric { .. } => {
            format!("; --{SYMMETRIZE} averages it with its mirror image")
        }
        _ => String::new(),
    }
}

/// A FILE argument of some option: `-` is standard input.
pub struct InputFile<'a> {
    key: &'static str,
    path: &'a OsStr,
}

impl<'a> InputFile<'a> {
    /// The path that was given to the option `key`.
    pub fn new(key: &'static str, path: &'a OsStr) -> Self {
        Self { key, path }
    }

    /// The option.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// How messages name it.
    pub fn name(&self) -> String {
        if self.path == "-" {
            "standard input".to_owned()
        } else {
            named(Path::new(self.path))
        }
    }

    /// The path as given.
    pub fn path(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Why it is of no use: `what` is “cannot be read” or “cannot be used”.
    pub fn refusal(&self, what: &str, reason: impl Display) -> Failure {
        // A plan is no option.
        let dashes = if self.key == "plan" { "" } else { "--" };
        Failure::Usage(format!(
            "{dashes}{}: {} {what}: {reason}",
            self.key,
            self.name()
        ))
    }

    fn bytes(&self, is_hopeless: fn(&[u8]) -> bool) -> Result<Vec<u8>, Failure> {
        let read = |reader: &mut dyn Read| {
            read_bytes(reader, LONGEST, is_hopeless)
                .map_err(|error| self.refusal("cannot be read", error))
        };
        if self.path == "-" {
            return read(&mut io::stdin().lock());
        }
        match File::open(self.path) {
            Ok(mut file) => read(&mut file),
            Err(error) => Err(self.refusal("cannot be read", error)),
        }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> Result<String, Failure> {
        let bytes = self.bytes(|start| start.contains(&0))?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok(text.to_owned()),
            _ => Err(self.refusal("cannot be read", "it is not text in UTF-8")),
        }
    }

    /// The numbers in it.
    fn rows(&self) -> Result<Rows, Failure> {
        let bytes = self.bytes(Rows::is_hopeless)?;
        let is_gap = |b: &&u8| matches!(b, b',' | b';') || b.is_ascii_whitespace();
        // As rows, and as the matrix of them.
        let needed = 32.0 * bytes.iter().filter(is_gap).count() as f64;
        require(|| "it needs".to_owned(), needed)
            .map_err(|error| self.refusal("cannot be used", error))?;
        Rows::from_file(&bytes).map_err(|error| self.refusal("cannot be used", error))
    }

    /// A vector (a diagonal) or a symmetric matrix.
    ///
    /// # Errors
    /// If it cannot be read, or is neither.
    pub fn matrix(&self, symmetrize: bool) -> Result<Understood, Failure> {
        self.rows()?.symmetric(symmetrize).map_err(|error| {
            let hint = symmetrize_hint(&error);
            self.refusal("cannot be used", format!("{error}{hint}"))
        })
    }

    /// A network, `d×N`: each line is a neuron; and what is to be said about it.
    ///
    /// # Errors
    /// If it cannot be read, or is none.
    pub fn network(&self) -> Result<(DMatrix<f64>, String), Failure> {
        let (w, shape, notes) = self
            .rows()?
            .network()
            .map_err(|error| self.refusal("cannot be used", error))?;
        let neurons = match w.ncols() {
            1 => "1 neuron".to_owned(),
            many => format!("{many} neurons"),
        };
        let dim = w.nrows();
        let what = format!("{shape}: {neurons} in {dim} dimensions");
        let note = self.note(&what, &notes);
        Ok((w, note))
    }

    /// What was read, and what was done to it.
    pub fn note(&self, what: &str, notes: &[Note]) -> String {
        with_notes(format!("--{}: {} has {what}", self.key, self.name()), notes)
    }

    /// A file as what it has: “the matrix in the file “S.csv” is 3×3”.
    pub fn describe(&self, shape: Shape) -> String {
        match shape {
            Shape::Vector(_) | Shape::Wrapped { .. } => format!("{} has {shape}", self.name()),
            Shape::Matrix { rows: dim, .. } | Shape::Lower(dim) | Shape::Upper(dim) => {
                format!("the matrix in {} is {dim}×{dim}", self.name())
            }
        }
    }
}

/// A file in a sentence.
pub fn named(path: &Path) -> String {
    format!("the file “{}”", short(&path.to_string_lossy()))
}

/// What some numbers were read as, with what was done to them.
pub fn with_notes(what: String, notes: &[Note]) -> String {
    notes
        .iter()
        .fold(what, |text, note| format!("{text}; {note}"))
}

/// All bytes; ends early at what no reader wants, so that a device does not fill the memory.
fn read_bytes(
    reader: &mut dyn Read,
    longest: usize,
    is_hopeless: fn(&[u8]) -> bool,
) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        let count = match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.to_string()),
        };
        let is_first = bytes.is_empty();
        if bytes.len() + count > bytes.capacity() {
            let more = (2 * bytes.capacity()) as f64;
            require(|| "it needs".to_owned(), more).map_err(|error| error.to_string())?;
        }
        bytes.extend_from_slice(&chunk[..count]);
        if bytes.len() > longest {
            return Err(format!("it is longer than {} MB", longest >> 20));
        }
        if is_first && is_hopeless(&bytes) {
            break;
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_wants_is_not_read_to_its_end() {
        let read = |reader: &mut dyn Read| read_bytes(reader, 3 << 20, Rows::is_hopeless);
        assert_eq!(read(&mut &b"1,2"[..]), Ok(b"1,2".to_vec()));
        let endless = read(&mut io::repeat(b'1')).unwrap_err();
        assert!(endless.contains("longer than 3 MB"), "{endless}");
        assert!(read(&mut io::repeat(0)).unwrap().len() <= 1 << 16);
    }
}
