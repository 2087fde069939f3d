//! The example notebook, executed as a kernel executes it, and its widgets in a browser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Surroundings, node, page};
use crate::part::{End, Part};
use crate::server::Site;
use crate::{bundle, package, process, python, workspace};

/// From PyPI: what executes notebooks, what they are executed by, and what their widget is made with.
const PACKAGES: [&str; 3] = ["nbclient==0.11.0", "ipykernel==7.4.0", "anywidget==0.11.0"];

pub(crate) fn parts(surroundings: &Surroundings) -> Vec<Part<'_>> {
    vec![Part::skippable("the notebook", || match python::system() {
        Ok(python) => tested(&python, surroundings).map(|()| End::Passed),
        Err(missing) => Ok(End::Skipped(missing.to_owned())),
    })]
}

fn tested(python: &Path, surroundings: &Surroundings) -> Result<()> {
    package::build()?;
    let browser = surroundings.browser()?;
    let executed = executed(python)?;
    let mut command = node::command()?;
    command
        .args(["--test", "--test-reporter=spec", page::TEST_TIMEOUT])
        .arg("tests/notebook/executed.test.mjs")
        .env("EXECUTED", executed)
        .env("CHROME", browser.chrome())
        .env("HEADLESS", browser.headless())
        .env("ARTEFACTS", page::artefacts()?);
    Site::bind("127.0.0.1", 0)?.run_during(|url| process::run(command.env("LAZY_LIMITS_URL", url)))
}

/// The example notebook with what came of it: copied with all that it needs, as whoever takes it does.
fn executed(python: &Path) -> Result<PathBuf> {
    let directory = workspace::target().join("notebook");
    let python = python::environment(python, &directory.join("python"), &PACKAGES)?;
    let copies = directory.join("example");
    fs::create_dir_all(&copies)?;
    for file in ["lazy_limits.ipynb", "lazy_limits_widget.py"] {
        let source = workspace::path("examples/notebook").join(file);
        fs::copy(source, copies.join(file))?;
    }
    bundle::write_widget(&copies.join("lazy_limits_widget.js"))?;
    let executed = directory.join("executed.ipynb");
    process::run(
        process::program(python)
            .arg("xtask/python/execute.py")
            .args([&copies.join("lazy_limits.ipynb"), &executed]),
    )?;
    Ok(executed)
}
