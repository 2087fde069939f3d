//! `cargo xtask build`

use std::path::{self, PathBuf};

use anyhow::Result;
use clap::{ArgGroup, Args};

use super::address::{self, Address};
use super::site;
use crate::{bundle, package, size};

/// Builds the wasm packages of the page and says how large each part of the page is.
///
/// They are made in www/pkg, compiled for release, with type declarations for editors and for the type check. What has
/// not changed is not built again.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("output").args(["site", "single"]).multiple(true))]
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

    /// A lesson that the file is to give: a file, as docs/lessons.md says. The figure is that which it is about.
    #[arg(long, value_name = "FILE", requires = "single")]
    lesson: Option<PathBuf>,

    /// Writes the whole chapter instead of the figure alone.
    #[arg(long, requires = "single")]
    article: bool,

    /// Also writes the figure as a module for notebooks, with everything in it.
    #[arg(long, value_name = "FILE")]
    widget: Option<PathBuf>,

    /// Where the site will stand on the web, such as <https://example.org/lazy-limits/>: links of a single file lead there; each
    /// chapter of a site says so to search engines and to whoever shows or embeds links, and sitemap.xml, robots.txt and answers
    /// for oEmbed are made.
    #[arg(long, value_name = "URL", requires = "output")]
    address: Option<Address>,
}

impl Build {
    pub(crate) fn run(&self) -> Result<()> {
        package::build()?;
        bundle::single_where_possible()?;
        size::report()?;
        if let Some(directory) = &self.site {
            let directory = &path::absolute(directory)?;
            site::build_to(directory)?;
            if let Some(address) = &self.address {
                address::announce(directory, address)?;
            }
            println!("The page is in {}.", directory.display());
        }
        if let Some(output) = &self.single {
            bundle::write_single(&self.options()?, &path::absolute(output)?)?;
        }
        if let Some(output) = &self.widget {
            bundle::write_widget(&path::absolute(output)?)?;
        }
        Ok(())
    }

    /// What the file is to hold.
    fn options(&self) -> Result<Vec<String>> {
        let mut options = Vec::new();
        let address = self.address.as_ref().map(Address::to_string);
        let lesson = self.lesson.as_ref().map(path::absolute).transpose()?;
        let lesson = lesson.map(|file| file.display().to_string());
        let pairs = [
            ("--figure", self.figure.clone()),
            ("--lesson", lesson),
            ("--address", address),
        ];
        for (name, value) in pairs {
            options.extend(value.map(|value| format!("{name}={value}")));
        }
        options.extend(self.article.then(|| "--article".to_owned()));
        Ok(options)
    }
}
