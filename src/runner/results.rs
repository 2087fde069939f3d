//! What a directory of results holds, read without changing it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::disk::patiently;
use super::machine::Machine;
use super::memory::{MemoryError, require};
use super::need;
use super::store_error::{StoreError, refused};
use crate::experiment::sweep::{Job, PlanPart, Sweep, SweepError};
use crate::linalg::ProductKernel;
use crate::stream;

/// The file that says what is run.
pub(super) const HEADER: &str = "sweep.json";
const RECORDS: &str = "records.jsonl";
const SECONDS: &str = "seconds.jsonl";

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
    /// The file of a directory that has a line for each finished run.
    pub fn records(directory: &Path) -> PathBuf {
        directory.join(RECORDS)
    }

    /// That which says what each took, and where.
    pub(super) fn seconds(directory: &Path) -> PathBuf {
        directory.join(SECONDS)
    }

    /// Reads a directory, without changing it. If it is of the plan `known`, as one is mostly, that is not read
    /// again.
    ///
    /// # Errors
    /// If it holds no results, or cannot be read.
    pub fn read(path: &Path, known: Option<&Sweep>) -> Result<Self, StoreError> {
        let Header {
            sweep,
            part,
            kernel,
        } = Header::read(path, known)?;
        let (lines, _) = read_lines(path, &sweep)?;
        let seconds = Self::seconds(path);
        fits(&seconds, as_lines)?;
        let text = fs::read_to_string(seconds).unwrap_or_default();
        let efforts = text.lines().map(serde_json::from_str);
        Ok(Self {
            efforts: efforts.filter_map(Result::ok).collect(),
            sweep,
            part,
            kernel,
            lines,
        })
    }

    /// Whether they are of that plan.
    pub fn is_of(&self, sweep: &Sweep) -> bool {
        is_same_plan(&self.sweep, sweep)
    }
}

/// What a directory says of itself.
pub(super) struct Header {
    pub(super) sweep: Sweep,
    pub(super) part: PlanPart,
    pub(super) kernel: ProductKernel,
}

impl Header {
    /// Reads it; of the plan `known` without reading that again.
    pub(super) fn read(path: &Path, known: Option<&Sweep>) -> Result<Self, StoreError> {
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
        Ok(Self {
            sweep,
            part,
            kernel,
        })
    }
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
pub(super) fn read_lines(
    path: &Path,
    sweep: &Sweep,
) -> Result<(Vec<(String, String)>, usize), StoreError> {
    let file = Results::records(path);
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
