//! `cargo xtask pack`

use anyhow::Result;
use clap::Args;

use crate::check::node;
use crate::{bundle, package, process, workspace};

/// Makes the package for npm, and says what a page writes to load it from a server of others.
///
/// It is made in target/npm: a directory, and the tarball that `npm publish` takes. The lines for a page hold the hash of every
/// module, so that browsers accept no other bytes.
#[derive(Debug, Args)]
pub(crate) struct Pack {
    /// Where its files will lie, if not where jsDelivr has those of npm.
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
}

impl Pack {
    pub(crate) fn run(&self) -> Result<()> {
        package::build()?;
        bundle::single()?;
        process::run(
            node::command()?
                .arg("xtask/node/pack.mjs")
                .arg(workspace::target().join("npm"))
                .args(&self.from),
        )
    }
}
