//! A directory of results that is never half-written.
//!
//! `sweep.json` says what is run, `records.jsonl` has a line for each finished run, `seconds.jsonl`
//! what each took and where, `checkpoints/` the runs under way. Lines are appended as runs finish;
//! when all have, they are put into the order of the plan. All else is written to a temporary file
//! that is then renamed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::disk::{append, append_to, clear, is_temporary, patiently, write_whole};
use super::lease::{self, LEASE, Lease, PACE};
use super::machine::Machine;
use super::memory::{MemoryError, require};
use super::need;
use crate::experiment::sweep::{Job, PlanPart, Sweep, SweepError};
use crate::linalg::ProductKernel;
use crate::setting::VERSION;
use crate::stream;

const HEADER: &str = "sweep.json";
const RECORDS: &str = "records.jsonl";
const SECONDS: &str = "seconds.jsonl";
const CHECKPOINTS: &str = "checkpoints";
const LOCK: &str = "lock";

/// Why a directory cannot be used. Each message is one sentence.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It holds results already, and nobody said that they are to be continued.
    #[error("{} holds results already; --resume continues them, or give another --out", path.display())]
    Taken {
        /// The directory.
        path: PathBuf,
    },
    /// It holds something else.
    #[error("{} is not empty, but holds no results of a plan; give another --out", path.display())]
    Foreign {
        /// The directory.
        path: PathBuf,
    },
    /// It holds another plan's results.
    #[error("{} holds the results of another plan ({found}); give another --out", path.display())]
    Other {
        /// The directory.
        path: PathBuf,
        /// What differs.
        found: String,
    },
    /// Parts of different plans.
    #[error("{} and {} hold results of different plans; only parts of one plan can be merged", first.display(), path.display())]
    Mixed {
        /// The directory.
        path: PathBuf,
        /// The first one.
        first: PathBuf,
    },
    /// It holds no results at all.
    #[error("{} holds no results of a plan: it has no sweep.json", path.display())]
    Empty {
        /// The directory.
        path: PathBuf,
    },
    /// Its header cannot be read.
    #[error("{} cannot be used: {reason}", path.display())]
    Header {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It holds more than fits into memory.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// Another process is at work there.
    #[error("{holder} is writing to {}; wait for it to end", path.display())]
    Busy {
        /// The directory.
        path: PathBuf,
        /// Who that is.
        holder: String,
    },
    /// Another process has taken it over.
    #[error("another process has taken over {}, as this one was not heard of for so long; what it has saved there stays", path.display())]
    Lost {
        /// The directory.
        path: PathBuf,
    },
    /// Its runs are made with another product kernel.
    #[error("{} holds results made with --kernel {found}; give that again, or another --out", path.display())]
    Kernel {
        /// The directory.
        path: PathBuf,
        /// Which.
        found: &'static str,
    },
    /// The system refuses.
    #[error("{} cannot be {what}: {error}", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// Why.
        error: io::Error,
    },
}

impl StoreError {
    /// Whether it is about what was asked for, not about what the system can do.
    pub fn is_usage(&self) -> bool {
        !matches!(
            self,
            Self::Io { .. } | Self::Busy { .. } | Self::Lost { .. }
        )
    }
}

/// Turns a refusal of the system into ours.
pub(super) fn refused(path: &Path, what: &'static str) -> impl Fn(io::Error) -> StoreError {
    let path = path.to_owned();
    move |error| StoreError::Io {
        path: path.clone(),
        what,
        error,
    }
}

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

/// What a directory holds.
#[derive(Debug)]
pub struct Results {
    /// The plan.
    pub sweep: Sweep,
    /// The part of it that is run there.
    pub part: PlanPart,
    /// What makes their products.
    pub kernel: ProductKernel,
    /// The ids of finished runs and their records, a line each, in the order in which they stand
    /// there. Lines that are no records are left out.
    pub lines: Vec<(String, String)>,
    /// What runs took; a run may be there twice, or not at all.
    pub efforts: Vec<Effort>,
}

/// What a run took. One line of JSON, beside the records: these are the same wherever they are made.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Effort {
    /// The run's id.
    pub run: String,
    /// The processor's time in seconds, over all sessions.
    pub seconds: f64,
    /// The [name](ProductKernel::name) of what made its products there; older programs did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_kernel: Option<Cow<'static, str>>,
    /// Where it was made; where there were several, the one that finished it.
    #[serde(flatten)]
    pub machine: Machine,
}

impl Results {
    /// Whether they are of that plan.
    pub fn is_of(&self, sweep: &Sweep) -> bool {
        is_same_plan(&self.sweep, sweep)
    }
}

/// What a directory says of itself.
struct Header {
    sweep: Sweep,
    part: PlanPart,
    kernel: ProductKernel,
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
    /// The file of a directory that has a line for each finished run.
    pub fn records(directory: &Path) -> PathBuf {
        directory.join(RECORDS)
    }

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
            let found = read_header(path, Some(sweep))?;
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
            write_lines(&Self::records(path), &kept)?;
        }
        Ok(Self {
            records: append_to(&Self::records(path))?,
            seconds: append_to(&path.join(SECONDS))?,
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

    /// What a directory holds, without changing it. If it is of the plan `known`, as one is mostly, that is not read
    /// again.
    ///
    /// # Errors
    /// If it holds no results, or cannot be read.
    pub fn read(path: &Path, known: Option<&Sweep>) -> Result<Results, StoreError> {
        let Header {
            sweep,
            part,
            kernel,
        } = read_header(path, known)?;
        let (lines, _) = read_lines(path, &sweep)?;
        let seconds = path.join(SECONDS);
        fits(&seconds, as_lines)?;
        let text = fs::read_to_string(seconds).unwrap_or_default();
        let efforts = text.lines().map(serde_json::from_str);
        Ok(Results {
            efforts: efforts.filter_map(Result::ok).collect(),
            sweep,
            part,
            kernel,
            lines,
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
        let path = Self::records(&self.path);
        let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
        append(&mut self.records, text.as_bytes()).map_err(refused(&path, "written"))?;
        let ids = runs.iter().map(|run| run.id.to_owned());
        self.lines.extend(ids.zip(lines.iter().cloned()));
        Ok(())
    }

    /// Notes what runs took.
    fn took<'a>(&mut self, efforts: impl Iterator<Item = &'a Effort>) -> Result<(), StoreError> {
        let path = self.path.join(SECONDS);
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
        let path = Self::records(&self.path);
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

fn read_header(path: &Path, known: Option<&Sweep>) -> Result<Header, StoreError> {
    let file = path.join(HEADER);
    fits(&file, need::of_json)?;
    let text = patiently(|| fs::read_to_string(&file)).map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            StoreError::Empty {
                path: path.to_owned(),
            }
        } else {
            refused(&file, "read")(error)
        }
    })?;
    let unusable = |reason: String| StoreError::Header {
        path: file.clone(),
        reason,
    };
    let mut object: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| unusable(error.to_string()))?;
    let streams = object.remove("streams").unwrap_or_default();
    if streams != stream::VERSION {
        return Err(unusable(format!(
            "it was begun with version {streams} of the random streams, but this program has version {}",
            stream::VERSION
        )));
    }
    let part = object.get("part").and_then(Value::as_str);
    let part = part.unwrap_or_default().parse();
    let part = part.map_err(|error: SweepError| unusable(error.to_string()))?;
    let kernel = match object.get("product_kernel").map(Value::as_str) {
        // Older programs had no other.
        None => ProductKernel::Fastest,
        Some(name) => name.and_then(ProductKernel::from_choice).ok_or_else(|| {
            unusable("it names a product kernel that this program does not have".to_owned())
        })?,
    };
    let Some(Value::Object(plan)) = object.remove("plan") else {
        return Err(unusable("it has no plan".to_owned()));
    };
    let sweep = if let Some(known) = known.filter(|known| known.is_written_as(&plan)) {
        known.clone()
    } else {
        let what = || format!("the plan in {} needs", file.display());
        require(what, need::of_plan(&plan))?;
        Sweep::from_object(plan).map_err(|error| unusable(error.to_string()))?
    };
    Ok(Header {
        sweep,
        part,
        kernel,
    })
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

/// Whether two plans have the same runs in the same order.
pub(super) fn is_same_plan(one: &Sweep, two: &Sweep) -> bool {
    let ids = |sweep| Sweep::jobs(sweep).iter().map(Job::id);
    // Of a plan that was read once, as that of many parts, this is seen at once.
    std::ptr::eq(one.jobs(), two.jobs()) || ids(one).eq(ids(two))
}

/// Lines as they are read: the file, the lines, and as they are written again.
fn as_lines(length: u64) -> f64 {
    4.0 * length as f64
}

/// Whether a file fits into memory.
fn fits(file: &Path, need: fn(u64) -> f64) -> Result<(), MemoryError> {
    // One that is not there needs nothing.
    let length = fs::metadata(file).map_or(0, |file| file.len());
    require(|| format!("reading {} needs", file.display()), need(length))
}

/// The lines of runs of the plan, each once, and how many others there were.
fn read_lines(path: &Path, sweep: &Sweep) -> Result<(Vec<(String, String)>, usize), StoreError> {
    let file = Store::records(path);
    fits(&file, as_lines)?;
    let bytes = match patiently(|| fs::read(&file)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        read => read.map_err(refused(&file, "read"))?,
    };
    // A part has few of the plan's runs, so nothing here is made of all of them.
    let mut known = HashSet::new();
    let mut is_new = |id: &str| sweep.place(id).is_some_and(|place| known.insert(place));
    let (mut lines, mut dropped) = (Vec::new(), 0);
    for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
        match run_of(piece).filter(|(id, _)| is_new(id)) {
            Some(line) => lines.push(line),
            None => dropped += 1,
        }
    }
    Ok((lines, dropped))
}

/// The id of a whole line, and the line; `None` for a torn one.
fn run_of(piece: &[u8]) -> Option<(String, String)> {
    let line = std::str::from_utf8(piece.strip_suffix(b"\n")?).ok()?;
    let value: Value = serde_json::from_str(line).ok()?;
    let id = value.get("run")?.as_str()?.to_owned();
    Some((id, line.to_owned()))
}

fn write_lines(path: &Path, lines: &[&str]) -> Result<(), StoreError> {
    let mut text = lines.join("\n");
    if !lines.is_empty() {
        text.push('\n');
    }
    write_whole(path, text.as_bytes())
}
