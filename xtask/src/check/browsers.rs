//! That the page works in other browsers than Chromium.

use anyhow::Result;

use super::{Surroundings, node, page};
use crate::browser::driven::{self, Driven, Found};
use crate::part::{End, Part};
use crate::server::Site;
use crate::{bundle, package, process};

pub(crate) fn parts(surroundings: &Surroundings) -> Vec<Part<'_>> {
    let part = |name, find: fn() -> Result<Found>| {
        Part::skippable(name, move || match find()? {
            Ok(browser) => core_tests(&browser, surroundings).map(|()| End::Passed),
            Err(reason) => Ok(End::Skipped(reason)),
        })
    };
    vec![
        part("the page in Firefox", driven::firefox),
        part("the page in WebKitGTK", driven::webkit),
    ]
}

fn core_tests(browser: &Driven, surroundings: &Surroundings) -> Result<()> {
    package::build()?;
    bundle::single()?;
    let node = node::command()?;
    let artefacts = page::artefacts()?;
    // Around node, which ends the driver and with it the browser; the display ends after them.
    let mut command = match &browser.display {
        None => node,
        Some(display) => {
            let mut command = process::program(display);
            command.arg("--auto-servernum").arg(node.get_program());
            command
        }
    };
    command
        .args(["--test", "--test-reporter=spec", page::TEST_TIMEOUT])
        .args(
            surroundings
                .only
                .iter()
                .map(|text| format!("--test-name-pattern={text}")),
        )
        .arg("tests/browsers/core.test.mjs")
        .env("BROWSER", browser.name)
        .env("PROGRAM", &browser.program)
        .env("DRIVER", &browser.driver)
        .env("ARTEFACTS", artefacts);
    Site::bind("127.0.0.1", 0)?.run_during(|url| process::run(command.env("LAZY_LIMITS_URL", url)))
}
