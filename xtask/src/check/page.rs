//! The page, from its JavaScript's types to what a reader does with it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Surroundings, node};
use crate::command::site;
use crate::part::{End, Part};
use crate::server::Site;
use crate::{bundle, package, process, workspace};

/// Milliseconds after which a test is given up: far more than any takes, so that nothing hangs for ever.
pub(super) const TEST_TIMEOUT: &str = "--test-timeout=600000";

pub(crate) fn parts(surroundings: &Surroundings) -> Vec<Part<'_>> {
    vec![
        Part::new("the page's wasm", built),
        Part::new("types of the page's JavaScript", types),
        Part::new("the page in a browser", || end_to_end(surroundings)),
    ]
}

/// The part that the tests have besides, and what is shipped: last, as cargo keeps what it has compiled last.
fn built() -> Result<()> {
    package::build_part(package::TOY)?;
    package::build()
}

/// The generated declarations take part, so the package must be there.
fn types() -> Result<()> {
    package::build()?;
    compare_types()
}

/// The same with the declarations as they were last generated: to build them anew takes longer than all other quick checks.
pub(super) fn types_at_hand() -> Result<End> {
    if which::which("node").is_err() {
        return Ok(End::Skipped("there is no Node.js".to_owned()));
    }
    if !package::is_there() {
        package::build()?;
    }
    compare_types()?;
    Ok(End::Passed)
}

fn compare_types() -> Result<()> {
    process::run(node::command()?.args([
        "node_modules/typescript/bin/tsc",
        "--project",
        "tsconfig.json",
    ]))
}

fn end_to_end(surroundings: &Surroundings) -> Result<()> {
    package::build()?;
    let browser = surroundings.browser()?;
    let files = test_files(surroundings.only.as_deref())?;
    let (busy, calm): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| is_busy(file));

    bundle::single()?;
    let built = built_site()?;
    let artefacts = artefacts()?;
    for entry in fs::read_dir(&artefacts)? {
        fs::remove_file(entry?.path())?;
    }

    let (sources, built) = (Site::bind("127.0.0.1", 0)?, Site::of_built(built)?);
    let run = |url: &str, site_url: &str, files: &[PathBuf], at_once: u32| {
        if files.is_empty() {
            return Ok(());
        }
        process::run(
            node::command()?
                .args(["--test", "--test-reporter=spec", TEST_TIMEOUT])
                .arg(format!("--test-concurrency={at_once}"))
                .args(files)
                .env("LAZY_LIMITS_URL", url)
                .env("SITE_URL", site_url)
                .env("CHROME", browser.chrome())
                .env("HEADLESS", browser.headless())
                .env("ARTEFACTS", &artefacts),
        )
    };
    sources.run_during(|url| {
        built.run_during(|site_url| {
            let outcomes = [run(url, site_url, &calm, 2), run(url, site_url, &busy, 1)];
            outcomes.into_iter().collect()
        })
    })
}

/// The site as it is shipped, made anew.
fn built_site() -> Result<PathBuf> {
    let directory = workspace::target().join("page-site");
    if directory.exists() {
        fs::remove_dir_all(&directory)?;
    }
    site::build_to(&directory)?;
    Ok(directory)
}

/// Files whose pages train on all cores, or are dragged while others train: one after the other. Pages of the others are read and
/// set, and are as well seen two at a time.
const BUSY: [&str; 10] = [
    "activation",
    "drag",
    "fallback",
    "forms",
    "full-size",
    "mixture",
    "products",
    "results",
    "runs",
    "weight",
];

fn is_busy(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    BUSY.iter()
        .any(|busy| name == format!("{busy}.test.mjs").as_str())
}

/// The directory for what people look at afterwards.
pub(super) fn artefacts() -> Result<PathBuf> {
    let directory = workspace::target().join("page-artefacts");
    fs::create_dir_all(&directory)?;
    Ok(directory)
}

/// The files in `tests/page` that hold tests, and whose name contains `only`.
fn test_files(only: Option<&str>) -> Result<Vec<PathBuf>> {
    let directory = workspace::path("tests/page");
    let mut files: Vec<PathBuf> = fs::read_dir(&directory)
        .with_context(|| format!("cannot read {}", directory.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".test.mjs") && name.contains(only.unwrap_or_default())
        })
        .collect();
    files.sort();
    if files.is_empty() {
        // Without a list, Node.js would run whatever it takes for a test, anywhere.
        bail!("no test file of that name is in {}", directory.display());
    }
    Ok(files)
}
