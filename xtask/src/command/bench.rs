//! `cargo xtask bench`

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::bench::{Measuring, browser, document, exact, forms, native};

/// Measures steps of SGD beside those of JAX, TensorFlow and TensorFlow.js, and writes docs/performance.md.
///
/// The others are installed, in fixed versions, into target/peers: about 2 GB, once. Takes about a quarter of an hour,
/// on a machine that should have nothing else to do. `native` and `exact` need Python 3.11 or later with venv and pip; `browser`
/// and `forms` need Node.js 20 or later with npm, and a Chromium.
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
        Ok(())
    }

    fn show(&self, name: &str, table: &str) -> Result<()> {
        println!("\n{table}");
        if self.quick {
            return Ok(());
        }
        document::write(name, table)
    }
}
