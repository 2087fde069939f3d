//! The scripts that `sweep --script` prints, under what they are for, with tasks that die at random moments.
//!
//! Whatever happens to the tasks, all is done in the end, each run once, and `merge` makes the bytes of an unbroken run.

mod deadline;
mod kubernetes;
mod manifest;
mod parallel;
mod place;
mod site;
mod slurm;
mod task;
mod whole;

use std::cell::OnceCell;
use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Result, anyhow};

use self::whole::Whole;
use super::Surroundings;
use crate::apt;
use crate::part::{End, Part};
use crate::process::{cargo, run};
use crate::workspace;

/// A test with what must come of it, in so many rounds.
type Tested = fn(&Whole, u64) -> Result<End>;

pub(crate) fn parts(surroundings: &Surroundings) -> Vec<Part<'_>> {
    let whole = Rc::<Common>::default();
    let all: [(&str, Tested); 3] = [
        ("Slurm", slurm::tested),
        ("GNU parallel", parallel::tested),
        ("Kubernetes, acted out", kubernetes::tested),
    ];
    let only = surroundings.only.as_deref().unwrap_or_default();
    let chosen = all.into_iter().filter(|(name, _)| name.contains(only));
    let part = |(name, tested): (_, Tested)| {
        let whole = Rc::clone(&whole);
        Part::skippable(name, move || {
            // Other systems do not tell by their files which processes there are.
            if !cfg!(target_os = "linux") {
                return Ok(End::Skipped("this is not Linux".to_owned()));
            }
            tested(whole.get()?, surroundings.rounds)
        })
    };
    chosen.map(part).collect()
}

/// What all of them are held against, made when first needed.
#[derive(Default)]
struct Common(OnceCell<Result<Whole, String>>);

impl Common {
    fn get(&self) -> Result<&Whole> {
        let made = || program().and_then(Whole::make);
        let whole = self
            .0
            .get_or_init(|| made().map_err(|error| format!("{error:#}")));
        whole.as_ref().map_err(|error| anyhow!("{error}"))
    }
}

/// The program, built as the native tests build it.
fn program() -> Result<PathBuf> {
    run(cargo()
        .arg("test")
        .args(workspace::LIBRARIES)
        .args(["--test", "cli", "--no-run"]))?;
    let name = format!("lazy-limits{}", std::env::consts::EXE_SUFFIX);
    Ok(workspace::target().join("debug").join(name))
}

/// What is missing of some programs, in words, after an attempt to install their packages.
fn missing(programs: &[&str], packages: &[&str]) -> Option<String> {
    let absent = || {
        let absent = programs.iter().filter(|name| which::which(name).is_err());
        absent.copied().collect::<Vec<_>>()
    };
    let mut reason = String::new();
    if !absent().is_empty()
        && apt::is_usable()
        && let Err(error) = apt::install_idle(packages)
    {
        reason = format!(" ({error:#})");
    }
    let absent = absent();
    (!absent.is_empty()).then(|| {
        format!(
            "{} cannot be found{reason}: install them (Debian: `apt-get install {}`)",
            absent.join(", "),
            packages.join(" ")
        )
    })
}
