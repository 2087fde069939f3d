//! What a reader of the page has to download.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{command, package, served, shown};

/// Prints the size of each part of the page, as it is and as a server would compress it.
pub(crate) fn report() -> Result<()> {
    let mut files: Vec<PathBuf> = package::loaded();
    let mut others: Vec<PathBuf> = command::site::files()?
        .into_iter()
        .filter(|file| !files.contains(file))
        .collect();
    others.sort();
    files.extend(others);

    let (mut raw_total, mut packed_total) = (0, 0);
    println!("{:>10} {:>10}  part", "bytes", "gzip");
    for file in files {
        let (raw, packed) = sizes(&file)?;
        raw_total += raw;
        packed_total += packed;
        println!("{raw:>10} {packed:>10}  {}", shown(&file));
    }
    println!("{raw_total:>10} {packed_total:>10}  in all");
    Ok(())
}

/// Bytes of a file: raw, and in gzip at its usual level.
fn sizes(file: &Path) -> Result<(usize, usize)> {
    let contents = served::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&contents)?;
    Ok((contents.len(), encoder.finish()?.len()))
}
