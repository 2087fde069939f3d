//! Every check of the project, in groups by what they need.

mod browsers;
mod cluster;
mod containerfile;
mod lint;
mod native;
pub(crate) mod node;
mod notebook;
mod oldest_rust;
mod page;
mod wasm;
mod wasm_pack;

use std::cell::OnceCell;

use anyhow::{Result, anyhow};
use clap::ValueEnum;

use crate::browser::Browser;
use crate::part::Part;

/// Checks that are run together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Group {
    /// Formatting, clippy for every target, documentation, and what is depended on.
    Lint,
    /// Unit, property, reference and command-line tests, and the examples in the documentation.
    Native,
    /// Tests in a headless browser and in its workers, with and without SIMD.
    Wasm,
    /// The page: types of its JavaScript, and every test in tests/page.
    Page,
    /// The example notebook, executed, and its widgets in a browser.
    Notebook,
    /// The page's core in Firefox and WebKitGTK, where they are.
    Browsers,
    /// The scripts for schedulers, under a Slurm of one machine, GNU parallel and what stands for Kubernetes.
    Cluster,
    /// That the crate also works with wasm-pack.
    WasmPack,
}

impl Group {
    /// In the order of running: what is quick to fail comes first.
    pub(crate) const ALL: [Self; 8] = [
        Self::Lint,
        Self::Native,
        Self::Wasm,
        Self::Page,
        Self::Notebook,
        Self::Browsers,
        Self::Cluster,
        Self::WasmPack,
    ];

    pub(crate) fn parts(self, surroundings: &Surroundings) -> Vec<Part<'_>> {
        match self {
            Self::Lint => lint::parts(),
            Self::Native => native::parts(surroundings),
            Self::Wasm => wasm::parts(surroundings),
            Self::Page => page::parts(surroundings),
            Self::Notebook => notebook::parts(surroundings),
            Self::Browsers => browsers::parts(surroundings),
            Self::Cluster => cluster::parts(surroundings),
            Self::WasmPack => wasm_pack::parts(surroundings),
        }
    }
}

/// What is checked between one edit and the next.
pub(crate) fn quick() -> Vec<Part<'static>> {
    vec![
        Part::new("formatting", lint::formatting),
        Part::new("clippy of the library", lint::clippy_library),
        Part::new("compiling tests", native::compile_quick),
        Part::new("unit tests", native::unit),
        Part::new("reference values and laws", native::values),
        Part::skippable("types of the page's JavaScript", page::types_at_hand),
    ]
}

/// What several checks share.
pub(crate) struct Surroundings {
    /// Only tests with this in their name.
    only: Option<String>,
    /// How often what happens at random does.
    rounds: u64,
    browser: OnceCell<Result<Browser, String>>,
}

impl Surroundings {
    pub(crate) const fn new(only: Option<String>, rounds: u64) -> Self {
        Self {
            only,
            rounds,
            browser: OnceCell::new(),
        }
    }

    /// The browser, looked for once, when first needed.
    fn browser(&self) -> Result<&Browser> {
        self.browser
            .get_or_init(|| Browser::find().map_err(|error| format!("{error:#}")))
            .as_ref()
            .map_err(|error| anyhow!("{error}"))
    }

    /// The name filter as test programs take it.
    fn filter(&self) -> impl Iterator<Item = &str> {
        self.only
            .as_deref()
            .into_iter()
            .flat_map(|text| ["--", text])
    }
}
