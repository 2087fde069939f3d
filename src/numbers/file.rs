//! What kind of file some bytes are.

use super::{NumbersError, Rows, brackets, lines, npy};

/// Beginnings of files that are no text, with what they are and what to do.
const KINDS: &[(&[u8], &str, &str)] = &[
    (
        b"\x1f\x8b",
        "compressed by gzip (.gz, .rds)",
        "unpack it: gzip -dc FILE gives the text that “-” reads, or write it uncompressed",
    ),
    (
        b"BZh",
        "compressed by bzip2",
        "unpack it first: bzip2 -dc FILE",
    ),
    (
        b"\xfd7zXZ\0",
        "compressed by xz",
        "unpack it first: xz -dc FILE",
    ),
    (
        b"\x28\xb5\x2f\xfd",
        "compressed by Zstandard",
        "unpack it first: zstd -dc FILE",
    ),
    (
        b"\x89HDF\r\n\x1a\n",
        "HDF5",
        "write the matrix as text or as .npy",
    ),
    (
        b"MATLAB ",
        "a .mat file of MATLAB",
        "write the matrix with writematrix(B, 'B.csv')",
    ),
    (
        b"RDX",
        "an .RData file of R",
        "write the matrix with write.table",
    ),
    (
        b"PAR1",
        "a Parquet file",
        "write the matrix as CSV or as .npy",
    ),
    (
        b"\x80\x02",
        "a pickle of Python",
        "write the matrix with numpy.save",
    ),
    (
        b"\x80\x03",
        "a pickle of Python",
        "write the matrix with numpy.save",
    ),
    (
        b"\x80\x04",
        "a pickle of Python",
        "write the matrix with numpy.save",
    ),
    (
        b"\x80\x05",
        "a pickle of Python",
        "write the matrix with numpy.save",
    ),
    (b"%PDF", "a PDF", "write the numbers as text"),
    (b"\x89PNG", "a picture", "write the numbers as text"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old office document",
        "export the sheet as CSV",
    ),
];

const UTF_16: NumbersError = NumbersError::Foreign {
    what: "text in UTF-16, as some Windows programs write it",
    instead: "save it as UTF-8",
};

impl Rows {
    /// The rows of a file: a text in UTF-8 as [`Rows::from_text`] reads it, with comment lines, one
    /// line of headings, a column of names, and quotes around numbers; or a `.npy` of float32 or
    /// float64 with up to two dimensions.
    ///
    /// # Errors
    /// As there; and a file of another kind is named, with what to do.
    pub fn from_file(bytes: &[u8]) -> Result<Self, NumbersError> {
        let rows = if bytes.starts_with(npy::MAGIC) {
            npy::read(bytes)?
        } else {
            let text = text(bytes)?;
            check_octave(text)?;
            let (start, line) = beginning(text);
            if start.starts_with('[') {
                brackets::read(start, line)?
            } else {
                lines::read::<true>(text)?
            }
        };
        Self {
            is_file: true,
            ..rows
        }
        .checked()
    }

    /// Whether a file that begins with these bytes need not be read to its end, as
    /// [`Rows::from_file`] would refuse it: a device must not fill the memory.
    pub fn is_hopeless(beginning: &[u8]) -> bool {
        !beginning.starts_with(npy::MAGIC) && beginning.contains(&0)
    }
}

/// The text of a file, without the mark that editors of some systems begin it with.
fn text(bytes: &[u8]) -> Result<&str, NumbersError> {
    let foreign = |what, instead| Err(NumbersError::Foreign { what, instead });
    if bytes.starts_with(b"PK\x03\x04") {
        // The name of the first member stands at byte 30.
        let name = &bytes[30.min(bytes.len())..bytes.len().min(90)];
        let has = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
        return if has(b".npy") {
            foreign(
                "an .npz archive of NumPy",
                "save one array of it as .npy: numpy.save(\"B.npy\", numpy.load(\"B.npz\")[\"B\"])",
            )
        } else if has(b"[Content_Types]") || has(b"mimetype") {
            foreign("an office document", "export the sheet as CSV")
        } else {
            foreign("a ZIP archive", "unpack it and give one file of it")
        };
    }
    if let Some((_, what, instead)) = KINDS.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return foreign(what, instead);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(UTF_16);
    }
    if let Some(zero) = bytes.iter().position(|&byte| byte == 0) {
        // Digits in UTF-16 have a zero beside each.
        let is_wide = bytes.len() > 3 && zero < 2 && bytes[zero + 2] == 0 && bytes[1 - zero] != 0;
        return if is_wide {
            Err(UTF_16)
        } else {
            foreign(
                "not text but binary of an unknown kind",
                "write the numbers as text or as .npy",
            )
        };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).or(foreign(
        "not text in UTF-8",
        "save it as UTF-8, or the numbers alone",
    ))
}

/// The text from where the numbers may begin, after blank and comment lines, and the line of that.
fn beginning(text: &str) -> (&str, usize) {
    let mut line = 1;
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r']);
        let is_comment = rest.starts_with(['#', '%']);
        match rest.split_once('\n') {
            Some((head, tail)) if is_comment || head.is_empty() => {
                rest = tail;
                line += 1;
            }
            _ => return (rest, line),
        }
    }
}

/// Refuses what Octave saves as text beside matrices: their numbers would mean something else.
fn check_octave(text: &str) -> Result<(), NumbersError> {
    if !text.starts_with("# Created by Octave") {
        return Ok(());
    }
    let mut kinds = text
        .lines()
        .filter_map(|line| line.strip_prefix("# type: "));
    let kind = kinds.next().unwrap_or_default().trim();
    if kinds.next().is_some() {
        return Err(NumbersError::Unread(
            "it has several variables of Octave; save one, as in save -text B.txt B".to_owned(),
        ));
    }
    if !["matrix", "scalar", "diagonal matrix"].contains(&kind) || text.contains("\n# ndims:") {
        return Err(NumbersError::Unread(format!(
            "it has a “{}” of Octave; save a matrix, as in B = full(B); save -text B.txt B",
            super::error::first(kind)
        )));
    }
    Ok(())
}
