//! `cargo xtask bench`

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::bench::cluster::{self, ClusterSize};
use crate::bench::document::{self, CLUSTERS, PERFORMANCE};
use crate::bench::{Measuring, browser, exact, forms, native};

/// Measures steps of SGD beside those of JAX, TensorFlow and TensorFlow.js, and writes docs/performance.md; `cluster` measures very
/// many runs and tasks, and writes the tables of docs/clusters.md.
///
/// The others are installed, in fixed versions, into target/peers: about 2 GB, once. Takes about a quarter of an hour,
/// on a machine that should have nothing else to do. `native` and `exact` need Python 3.11 or later with venv and pip; `browser`
/// and `forms` need Node.js 20 or later with npm, and a Chromium; `cluster` sees what disks are asked for with strace, where that is.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// What to measure [default: all].
    #[arg(value_enum, value_name = "WHERE")]
    places: Vec<Place>,

    /// Measures each mode once and briefly, and only prints the tables.
    #[arg(long)]
    quick: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Place {
    /// JAX and TensorFlow, on all cores.
    Native,
    /// Exact risks of random features, beside NumPy with its BLAS.
    Exact,
    /// TensorFlow.js with its wasm backend, in a worker of a headless browser.
    Browser,
    /// Nobody but ourselves: each form of our wasm, and the lines of the figures, in that browser.
    Forms,
    /// Very many runs in very many tasks: what plans, resuming and merging take, and what a shared disk is asked for.
    Cluster,
}

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        let measuring = Measuring {
            rounds: if self.quick { 1 } else { 3 },
            seconds: if self.quick { 0.15 } else { 0.4 },
        };
        let asked = |place| self.places.is_empty() || self.places.contains(&place);
        if asked(Place::Native) {
            let found = native::measure(&measuring)?;
            self.show("native", &document::native_table(&found))?;
            self.show("cost", &document::cost_table(&found))?;
        }
        if asked(Place::Exact) {
            let found = exact::measure(&measuring)?;
            self.show("exact", &document::exact_table(&found))?;
        }
        if asked(Place::Browser) {
            let found = browser::measure(&measuring)?;
            self.show("browser", &document::browser_table(&found))?;
        }
        if asked(Place::Forms) {
            let found = forms::measure(&measuring)?;
            self.show("forms", &document::forms_table(&found))?;
            self.show("theory", &document::theory_table(&found))?;
        }
        if asked(Place::Cluster) {
            let size = if self.quick {
                ClusterSize::QUICK
            } else {
                ClusterSize::FULL
            };
            let found = cluster::measure(size)?;
            self.show_in(CLUSTERS, "scale", &document::scale_table(&found))?;
            if let Some(table) = document::disk_table(&found) {
                self.show_in(CLUSTERS, "disk", &table)?;
            }
        }
        Ok(())
    }

    fn show(&self, name: &str, table: &str) -> Result<()> {
        self.show_in(PERFORMANCE, name, table)
    }

    fn show_in(&self, file: &str, name: &str, table: &str) -> Result<()> {
        println!("\n{table}");
        if self.quick {
            return Ok(());
        }
        document::write(file, name, table)
    }
}
