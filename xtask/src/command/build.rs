//! `cargo xtask build`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::site;
use crate::{package, size};

/// Builds the wasm packages of the page and says how large each part of the page is.
///
/// They are made in www/pkg, compiled for release, with type declarations for editors and for the type check. What has
/// not changed is not built again.
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Also copies all that a web server needs into this directory.
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
}

impl Build {
    pub(crate) fn run(&self) -> Result<()> {
        package::build()?;
        size::report()?;
        if let Some(directory) = &self.site {
            site::copy_to(directory)?;
            println!("The page is in {}.", directory.display());
        }
        Ok(())
    }
}
