//! A directory of results that is never half-written.
//!
//! `sweep.json` says what is run, `records.jsonl` has a line for each finished run, `seconds.jsonl`
//! what each took and where, `checkpoints/` the runs under way. Lines are appended as runs finish;
//! when all have, they are put into the order of the plan. All else is written to a temporary file
//! that is then renamed.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::disk::{append, append_to, clear, is_temporary, write_whole};
use super::lease::{self, LEASE, Lease, PACE};
use super::machine::Machine;
use super::results::{Effort, HEADER, Header, Results, is_same_plan, read_lines};
use super::store_error::{StoreError, refused};
use crate::experiment::sweep::{PlanPart, Sweep};
use crate::linalg::ProductKernel;
use crate::setting::VERSION;
use crate::stream;

const CHECKPOINTS: &str = "checkpoints";
const LOCK: &str = "lock";

/// Results on disk.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    part: PlanPart,
    /// Lines of finished runs by id.
    lines: HashMap<String, String>,
    /// Lines that were no record of this plan and have been dropped.
    dropped: usize,
    records: File,
    seconds: File,
    machine: Machine,
    kernel: ProductKernel,
    lease: Lease,
    /// Held as long as this lives; the system releases it whatever happens to the process.
    _lock: File,
}

/// A run that has come to its end.
pub struct Finished<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it has come to, as [`Run::record`](crate::experiment::Run::record) says it.
    pub record: String,
    /// The processor's time that it took, in seconds.
    pub seconds: f64,
}

impl Store {
    /// Opens `path` for a part of a plan, making it if there is none; products are made by `kernel`, which is the one that this
    /// process has chosen where runs are made. Where another machine was at work there, `note` hears that it is waited for.
    ///
    /// # Errors
    /// If it holds something else, or results that are not to be continued.
    pub fn open(
        path: &Path,
        sweep: &Sweep,
        part: PlanPart,
        kernel: ProductKernel,
        resume: bool,
        mut note: impl FnMut(&str),
    ) -> Result<Self, StoreError> {
        fs::create_dir_all(path).map_err(refused(path, "written"))?;
        let (lock, is_locked) = lock(path)?;
        let lease = Lease::take(path, is_locked, PACE, &mut note)?;
        let header = path.join(HEADER);
        if header.exists() {
            if !resume {
                return Err(StoreError::Taken {
                    path: path.to_owned(),
                });
            }
            let found = Header::read(path, Some(sweep))?;
            same(path, &found, sweep, part, kernel)?;
        } else {
            let mut entries = fs::read_dir(path).map_err(refused(path, "read"))?;
            // A process that was killed may have left the latter.
            let is_ours = |name: &str| name == LOCK || name == LEASE || is_temporary(name);
            let foreign = entries.any(|entry| {
                !entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(is_ours))
            });
            if foreign {
                return Err(StoreError::Foreign {
                    path: path.to_owned(),
                });
            }
            let text = json!({
                "schema": VERSION,
                "version": env!("CARGO_PKG_VERSION"),
                "streams": stream::VERSION,
                "part": part.to_string(),
                "product_kernel": kernel.choice(),
                "plan": sweep.to_object(),
            });
            write_whole(&header, format!("{text:#}\n").as_bytes())?;
        }
        let checkpoints = path.join(CHECKPOINTS);
        fs::create_dir_all(&checkpoints).map_err(refused(&checkpoints, "written"))?;
        clear(path);
        clear(&checkpoints);
        let (lines, dropped) = read_lines(path, sweep)?;
        if dropped > 0 {
            let kept: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
            write_lines(&Results::records(path), &kept)?;
        }
        Ok(Self {
            records: append_to(&Results::records(path))?,
            seconds: append_to(&Results::seconds(path))?,
            machine: Machine::here(),
            kernel,
            path: path.to_owned(),
            part,
            lines: lines.into_iter().collect(),
            dropped,
            lease,
            _lock: lock,
        })
    }

    /// Which part of the plan is run here.
    pub fn part(&self) -> PlanPart {
        self.part
    }

    /// How many lines were no record of this plan, as a torn last one is, and have been dropped.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// Whether the run of that id is finished.
    pub fn has(&self, id: &str) -> bool {
        self.lines.contains_key(id)
    }

    /// The line of the finished run of that id.
    pub fn line(&self, id: &str) -> Option<&str> {
        self.lines.get(id).map(String::as_str)
    }

    /// Where the run of that id is saved while it is under way.
    pub fn checkpoint(&self, id: &str) -> PathBuf {
        self.path.join(CHECKPOINTS).join(id)
    }

    /// Adds finished runs, all of them at once: to wait for the disk takes longer than to make a small run.
    ///
    /// # Errors
    /// If one cannot be written; as many as can be are, and what was there stays as it was.
    pub fn finish(&mut self, runs: &[Finished<'_>]) -> Result<(), StoreError> {
        self.own()?;
        let lines = runs.iter().map(|run| line_of(run.id, &run.record));
        let lines: Vec<String> = lines.collect();
        let mut written = self.add(runs, &lines);
        if written.is_err() && runs.len() > 1 {
            // There may be room for some of them.
            let mut each = runs.chunks(1).zip(lines.chunks(1));
            written = each.try_for_each(|(run, line)| self.add(run, line));
        }
        let added = runs.iter().filter(|run| self.has(run.id));
        let added = added.map(|run| Effort {
            run: run.id.to_owned(),
            seconds: run.seconds,
            product_kernel: Some(self.kernel.name().into()),
            machine: self.machine.clone(),
        });
        let added: Vec<Effort> = added.collect();
        let noted = self.took(added.iter());
        written.and(noted)?;
        for run in runs {
            // Left behind it would do no harm: a finished run is never taken up again.
            let _ = fs::remove_file(self.checkpoint(run.id));
        }
        Ok(())
    }

    /// Refuses to write where another process does.
    fn own(&self) -> Result<(), StoreError> {
        if self.lease.is_lost() {
            return Err(StoreError::Lost {
                path: self.path.clone(),
            });
        }
        Ok(())
    }

    /// Adds the lines of finished runs, all or none.
    fn add(&mut self, runs: &[Finished<'_>], lines: &[String]) -> Result<(), StoreError> {
        let path = Results::records(&self.path);
        let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
        append(&mut self.records, text.as_bytes()).map_err(refused(&path, "written"))?;
        let ids = runs.iter().map(|run| run.id.to_owned());
        self.lines.extend(ids.zip(lines.iter().cloned()));
        Ok(())
    }

    /// Notes what runs took.
    fn took<'a>(&mut self, efforts: impl Iterator<Item = &'a Effort>) -> Result<(), StoreError> {
        let path = Results::seconds(&self.path);
        let mut text = String::new();
        for one in efforts {
            text.push_str(&json!(one).to_string());
            text.push('\n');
        }
        append(&mut self.seconds, text.as_bytes()).map_err(refused(&path, "written"))
    }

    /// Takes over runs that were finished elsewhere, and what they took. They are on disk once they are
    /// [settled](Self::settle).
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn take_over(
        &mut self,
        lines: HashMap<String, String>,
        efforts: &[Effort],
    ) -> Result<(), StoreError> {
        self.lines.extend(lines);
        self.took(efforts.iter())
    }

    /// Puts the lines into the order of `ids`, so that the file says nothing of when and where
    /// which run was made, and removes what is left of runs under way.
    ///
    /// # Errors
    /// If it cannot be written; what was there stays as it was.
    pub fn settle<'a>(&mut self, ids: impl Iterator<Item = &'a str>) -> Result<(), StoreError> {
        self.own()?;
        let lines: Vec<&str> = ids.filter_map(|id| self.line(id)).collect();
        let path = Results::records(&self.path);
        write_lines(&path, &lines)?;
        self.records = append_to(&path)?;
        let _ = fs::remove_dir_all(self.path.join(CHECKPOINTS));
        Ok(())
    }
}

/// A record with the run's id, as a line.
fn line_of(id: &str, record: &str) -> String {
    let members = record.trim_start().trim_start_matches('{');
    let comma = if members.trim_start().starts_with('}') {
        ""
    } else {
        ","
    };
    // An id is of hexadecimal digits.
    format!("{{\"run\":\"{id}\"{comma}{members}")
}

/// The directory's lock, and whether this process has it now.
fn lock(path: &Path) -> Result<(File, bool), StoreError> {
    let file = path.join(LOCK);
    let lock = File::create(&file).map_err(refused(&file, "written"))?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy {
            path: path.to_owned(),
            holder: lease::holder(path)
                .unwrap_or_else(|| "another process of this machine".to_owned()),
        }),
        Ok(()) => Ok((lock, true)),
        // Not every file system has locks; the lease then has to do.
        Err(TryLockError::Error(_)) => Ok((lock, false)),
    }
}

/// Refuses results of another plan, part or kernel.
fn same(
    path: &Path,
    found: &Header,
    sweep: &Sweep,
    part: PlanPart,
    kernel: ProductKernel,
) -> Result<(), StoreError> {
    let other = |found: String| {
        Err(StoreError::Other {
            path: path.to_owned(),
            found,
        })
    };
    if !is_same_plan(&found.sweep, sweep) {
        let name = found.sweep.name();
        let count = found.sweep.jobs().len();
        return other(if name.is_empty() {
            format!("{count} runs")
        } else {
            format!("“{name}”, {count} runs")
        });
    }
    if found.part != part {
        return other(format!("part {} of the same plan", found.part));
    }
    if found.kernel != kernel {
        return Err(StoreError::Kernel {
            path: path.to_owned(),
            found: found.kernel.choice(),
        });
    }
    Ok(())
}

fn write_lines(path: &Path, lines: &[&str]) -> Result<(), StoreError> {
    let mut text = lines.join("\n");
    if !lines.is_empty() {
        text.push('\n');
    }
    write_whole(path, text.as_bytes())
}
