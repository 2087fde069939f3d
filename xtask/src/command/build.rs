//! `cargo xtask build`

use std::path::{self, PathBuf};

use anyhow::Result;
use clap::Args;

use super::site;
use crate::{bundle, package, size};

/// Builds the wasm packages of the page and says how large each part of the page is.
///
/// They are made in www/pkg, compiled for release, with type declarations for editors and for the type check. What has
/// not changed is not built again.
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Also puts all that a web server needs into this directory.
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,

    /// Also writes a figure as one HTML file that works without a server; into a directory, those of all chapters.
    #[arg(long, value_name = "FILE|DIR/")]
    single: Option<PathBuf>,

    /// The figure of that file [default: quadratic].
    #[arg(long, value_name = "NAME", requires = "single")]
    figure: Option<String>,

    /// Writes the whole chapter instead of the figure alone.
    #[arg(long, requires = "single")]
    article: bool,

    /// Where the page is published, with a slash at its end: links of the file lead there.
    #[arg(long, value_name = "URL", requires = "single")]
    address: Option<String>,
}

impl Build {
    pub(crate) fn run(&self) -> Result<()> {
        package::build()?;
        bundle::single_where_possible()?;
        size::report()?;
        if let Some(directory) = &self.site {
            let directory = &path::absolute(directory)?;
            site::build_to(directory)?;
            println!("The page is in {}.", directory.display());
        }
        if let Some(output) = &self.single {
            bundle::write_single(&self.options(), &path::absolute(output)?)?;
        }
        Ok(())
    }

    /// What the file is to hold.
    fn options(&self) -> Vec<String> {
        let mut options = Vec::new();
        let pairs = [("--figure", &self.figure), ("--address", &self.address)];
        for (name, value) in pairs {
            options.extend(value.iter().map(|value| format!("{name}={value}")));
        }
        options.extend(self.article.then(|| "--article".to_owned()));
        options
    }
}
