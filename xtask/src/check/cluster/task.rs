//! What a task leaves to be seen in its directory: who is at work there, and what was made how often.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::place::Place;

/// The directories of all parts, by their numbers.
pub(super) struct Parts {
    /// Under it lies each part.
    pub(super) out: PathBuf,
    /// The number of the first: schedulers count from 0 or from 1.
    pub(super) first: usize,
    pub(super) count: usize,
}

impl Parts {
    pub(super) fn directory(&self, number: usize) -> PathBuf {
        self.out.join(format!("part-{number}"))
    }

    pub(super) fn numbers(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.count
    }

    /// The process that is at work in a part, if one is.
    pub(super) fn at_work(&self, place: &Place, number: usize) -> Option<u32> {
        let text = fs::read(self.directory(number).join("lease.json")).ok()?;
        let lease: Value = serde_json::from_slice(&text).ok()?;
        let process = lease["process"].as_u64()? as u32;
        place.processes(None).contains(&process).then_some(process)
    }

    /// Checks that each run is there once, and once only, and that nothing else is left. A task that is killed between noting a run
    /// and noting how long it took, may be missing in the latter; of these there are at most `killed`.
    pub(super) fn check(&self, runs: usize, killed: usize) -> Result<()> {
        let mut records = HashMap::new();
        let mut seconds = HashMap::new();
        for number in self.numbers() {
            let directory = self.directory(number);
            count(&directory.join("records.jsonl"), &mut records)?;
            count(&directory.join("seconds.jsonl"), &mut seconds)?;
            no_remains(&directory)?;
        }
        let twice = |counts: &HashMap<String, usize>| {
            let mut twice = counts.iter().filter(|(_, count)| **count > 1);
            twice.next().map(|(run, count)| format!("{run}, {count}×"))
        };
        ensure!(
            records.len() == runs,
            "{} of {runs} runs have a record",
            records.len()
        );
        ensure!(
            twice(&records).is_none(),
            "made more than once: {:?}",
            twice(&records)
        );
        ensure!(
            twice(&seconds).is_none(),
            "finished more than once: {:?}",
            twice(&seconds)
        );
        ensure!(
            seconds.len() + killed >= runs,
            "{} of {runs} runs have a time, though only {killed} tasks were killed",
            seconds.len()
        );
        Ok(())
    }
}

/// Counts the lines of each run.
fn count(file: &Path, counts: &mut HashMap<String, usize>) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("no {}", file.display()))?;
    for line in text.lines() {
        let value: Value = serde_json::from_str(line)
            .with_context(|| format!("a line of {} is none: {line}", file.display()))?;
        let run = value["run"].as_str().context("a line names no run")?;
        *counts.entry(run.to_owned()).or_default() += 1;
    }
    Ok(())
}

/// Checks that a directory holds what a finished part has, and nothing of those who died.
fn no_remains(directory: &Path) -> Result<()> {
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_known = ["sweep.json", "records.jsonl", "seconds.jsonl", "lock"];
        ensure!(
            is_known.contains(&name.as_str()),
            "{name} is left in {}",
            directory.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_twice_or_left_is_found() {
        let directory = tempfile::tempdir().unwrap();
        let parts = Parts {
            out: directory.path().to_owned(),
            first: 0,
            count: 2,
        };
        let write = |number, name: &str, text: &str| {
            let part = parts.directory(number);
            fs::create_dir_all(&part).unwrap();
            fs::write(part.join(name), text).unwrap();
        };
        let whole = || {
            for (number, run) in ["a", "b"].iter().enumerate() {
                for name in ["records.jsonl", "seconds.jsonl"] {
                    write(number, name, &format!("{{\"run\":\"{run}\"}}\n"));
                }
            }
        };
        let said = |runs, killed| parts.check(runs, killed).unwrap_err().to_string();
        whole();
        parts.check(2, 0).unwrap();
        assert!(said(3, 0).contains("2 of 3 runs have a record"));
        write(1, "records.jsonl", "{\"run\":\"a\"}\n{\"run\":\"b\"}\n");
        assert!(said(2, 0).contains("made more than once"));
        whole();
        write(1, "seconds.jsonl", "{\"run\":\"b\"}\n{\"run\":\"b\"}\n");
        assert!(said(2, 0).contains("finished more than once"));
        write(1, "seconds.jsonl", "");
        assert!(said(2, 0).contains("only 0 tasks"));
        parts.check(2, 1).unwrap();
        write(1, "records.jsonl", "{\"run\":\"b\"");
        assert!(said(2, 1).contains("is none"));
        whole();
        write(0, "records.jsonl.host-7-0.tmp", "");
        assert!(said(2, 0).contains("records.jsonl.host-7-0.tmp is left"));
    }
}
