//! What must come of every plan that was run in parts: the bytes of the same plan, run without a break.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};

use super::place::Place;
use super::task::Parts;
use crate::process;

/// Runs of a second or two on a calm machine, so that there is time to die.
const PLAN: &str = r#"{"schema": 1, "name": "deaths", "groups": [
  {"problem": "qf", "dim": 40, "steps": 60000, "vary": {"neurons": [16, 40], "regime": ["nn", "nt"], "seed": [1, 2, 3, 4]}},
  {"problem": "mg", "dim": 24, "steps": 60000, "vary": {"neurons": [12, 24], "seed": [1, 2, 3, 4]}}]}
"#;

/// The unbroken run.
pub(super) struct Whole {
    pub(super) program: PathBuf,
    records: String,
}

impl Whole {
    /// Makes it, with this program.
    pub(super) fn make(program: PathBuf) -> Result<Self> {
        let place = Place::new(&program)?;
        fs::write(place.path("plan.json"), PLAN)?;
        process::run(
            place
                .program()
                .args(["sweep", "plan.json", "--out", "whole"]),
        )?;
        let records = fs::read_to_string(place.path("whole/records.jsonl"))?;
        Ok(Self { program, records })
    }

    /// A place with the plan, as `plan.json`.
    pub(super) fn place(&self) -> Result<Place> {
        let place = Place::new(&self.program)?;
        fs::write(place.path("plan.json"), PLAN)?;
        Ok(place)
    }

    /// Puts the parts together as the scripts tell their readers, unless that was done, and compares.
    pub(super) fn compare(&self, place: &Place, parts: &Parts, killed: usize) -> Result<()> {
        let merged = parts.out.join("merged");
        if !merged.exists() {
            let mut command = place.program();
            let directories = parts.numbers().map(|number| parts.directory(number));
            command.arg("merge").args(directories);
            process::output(command.arg("--out").arg(&merged))?;
        }
        parts.check(self.records.lines().count(), killed)?;
        let file = merged.join("records.jsonl");
        let records = fs::read_to_string(&file).context("nothing was merged")?;
        ensure!(
            records.lines().count() == self.records.lines().count(),
            "{} has {} lines, those of the unbroken run are {}",
            file.display(),
            records.lines().count(),
            self.records.lines().count()
        );
        for (found, wanted) in records.lines().zip(self.records.lines()) {
            if found != wanted {
                bail!("a record is\n{found}\nbut that of the unbroken run is\n{wanted}");
            }
        }
        ensure!(records == self.records, "the bytes differ between lines");
        Ok(())
    }
}
