//! `cargo xtask serve`

use anyhow::Result;
use clap::Args;

use crate::server::Site;
use crate::{bundle, package, size};

const DEFAULT_PORT: u16 = 8000;

/// Builds the page, serves it and prints its address.
///
/// Edits of HTML, CSS and JavaScript show on reload; after edits of Rust, start this again, and for them to be in what the page
/// saves as one file. Pages of other origins may load everything, so embedding can be tried too.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Port to listen on [default: 8000, or the next free one].
    #[arg(long, value_name = "P")]
    port: Option<u16>,

    /// Address to listen on; 0.0.0.0 lets other machines see the page.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,

    /// Opens the page in the default browser.
    #[arg(long)]
    open: bool,
}

impl Serve {
    pub(crate) fn run(&self) -> Result<()> {
        package::build()?;
        bundle::single_where_possible()?;
        size::report()?;
        let site = match self.port {
            Some(port) => Site::bind(&self.host, port)?,
            None => Site::bind_from(&self.host, DEFAULT_PORT)?,
        };
        let url = site.url()?;
        println!("Serving {url} until Ctrl-C.");
        if self.open
            && let Err(error) = open::that_detached(&url)
        {
            println!("No browser could be opened ({error}): open {url} yourself.");
        }
        site.run();
        Ok(())
    }
}
