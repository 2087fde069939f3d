//! A plan of very many runs in very many parts: what planning, resuming and merging take, and what a shared disk is asked for.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use wait4::Wait4;

use super::median;
use super::native::built_as;
use super::trace::{DiskUse, strace, trace};
use crate::workspace;

/// How large the plan is.
pub(crate) struct ClusterSize {
    pub(crate) runs: usize,
    pub(crate) tasks: usize,
    /// Times that each command is measured.
    pub(crate) rounds: usize,
    /// Seconds for which long runs are watched.
    pub(crate) watched: u64,
}

impl ClusterSize {
    /// What the title promises.
    pub(crate) const FULL: Self = Self {
        runs: 100_000,
        tasks: 1000,
        rounds: 3,
        watched: 45,
    };
    /// A first look.
    pub(crate) const QUICK: Self = Self {
        runs: 200,
        tasks: 8,
        rounds: 1,
        watched: 3,
    };
}

/// What was found.
pub(crate) struct Cluster {
    pub(super) size: ClusterSize,
    pub(super) costs: Vec<Cost>,
    pub(super) plan: u64,
    /// Of a part, of all of them, and of what they are merged into.
    pub(super) part: Files,
    pub(super) parts: Files,
    pub(super) merged: Files,
    /// None where there is no strace.
    pub(super) disk: Option<Vec<Asked>>,
}

/// What a command took: medians, and the most memory.
pub(super) struct Cost {
    pub(super) name: String,
    pub(super) seconds: f64,
    /// Of them on the processor.
    pub(super) computing: f64,
    pub(super) bytes: u64,
}

/// How many files there are, and their lengths.
#[derive(Clone, Copy, Default)]
pub(super) struct Files {
    pub(super) count: u64,
    pub(super) bytes: u64,
}

/// What something asks of the disk.
pub(super) struct Asked {
    pub(super) name: String,
    pub(super) by: DiskUse,
}

/// The plan: networks of up to four neurons in three dimensions, of five steps.
fn plan(runs: usize) -> Value {
    // As a scan has them: some widths, some step sizes, many seeds.
    let seeds: Vec<usize> = (1..=runs / 20).collect();
    json!({
        "schema": 1,
        "name": "at scale",
        "groups": [{
            "problem": "qf", "dim": 3, "steps": 5,
            "vary": {"neurons": [1, 2, 3, 4], "step-scale": [0.25, 0.5, 1, 2, 4], "seed": seeds},
        }],
    })
}

/// Six networks of a size that papers have, side by side as those that share samples are.
fn long_plan() -> Value {
    json!({
        "schema": 1,
        "groups": [{
            "problem": "qf", "dim": 450, "neurons": 225,
            "vary": {"step-scale": [0.125, 0.25, 0.5, 1, 2, 4]},
        }],
    })
}

/// Measures it all, in target/scale.
pub(crate) fn measure(size: ClusterSize) -> Result<Cluster> {
    let place = workspace::target().join("scale");
    let _ = fs::remove_dir_all(&place);
    let shared = place.join("shared");
    fs::create_dir_all(&shared)?;
    let bench = Bench {
        program: built_as("lazy-limits", &["--release", "--bin", "lazy-limits"])?,
        size,
        place,
    };
    fs::write(bench.at("plan.json"), plan(bench.size.runs).to_string())?;
    fs::write(bench.at("long.json"), long_plan().to_string())?;
    let costs = bench.costs()?;
    let disk = if let Some(strace) = strace() {
        Some(bench.disk(&strace)?)
    } else {
        println!(
            "What the disk is asked for is left out: there is no strace here that may be used."
        );
        None
    };
    let found = Cluster {
        costs,
        plan: fs::metadata(bench.at("plan.json"))?.len(),
        part: files(&shared.join("part-1"))?,
        parts: files(&shared)?,
        merged: files(&bench.place.join("merged"))?,
        disk,
        size: bench.size,
    };
    // Hundreds of megabytes.
    fs::remove_dir_all(&bench.place)?;
    Ok(found)
}

struct Bench {
    program: PathBuf,
    size: ClusterSize,
    place: PathBuf,
}

impl Bench {
    /// A file or directory of this measurement.
    fn at(&self, name: &str) -> String {
        self.place.join(name).to_string_lossy().into_owned()
    }

    fn costs(&self) -> Result<Vec<Cost>> {
        let (runs, tasks) = (self.size.runs, self.size.tasks);
        let plan = self.at("plan.json");
        let part = format!("{}/{tasks}", tasks.div_ceil(2));
        let parts: Vec<String> = (1..=tasks)
            .map(|task| self.at(&format!("shared/part-{task}")))
            .collect();
        let (single, whole, merged) = (self.at("single"), self.at("whole"), self.at("merged"));
        let of_part = [
            "sweep",
            &plan,
            "--out",
            &single,
            "--part",
            &part,
            "--resume",
            "--threads",
            "1",
        ];
        let of_merged = ["sweep", &plan, "--out", &merged, "--resume"];
        let fresh = |path: &str| {
            let _ = fs::remove_dir_all(path);
        };
        let mut merge = vec!["merge"];
        merge.extend(parts.iter().map(String::as_str));
        merge.extend(["--out", &merged]);
        let each = runs / tasks;
        let whole = self.cost(
            format!("all {runs} runs in one process"),
            &["sweep", &plan, "--out", &whole, "--resume"],
            || fresh(&whole),
        )?;
        self.deal()?;
        let costs = vec![
            self.cost(
                format!("`sweep --dry-run` of all {runs} runs"),
                &["sweep", &plan, "--dry-run", "--format", "json"],
                || {},
            )?,
            self.cost(
                format!("a task’s start: reads the plan, finds its {each} runs"),
                &[&of_part[..], &["--until", "0s"]].concat(),
                || fresh(&single),
            )?,
            self.cost(
                "a task, from its start to its end".to_owned(),
                &of_part,
                || fresh(&single),
            )?,
            self.cost(
                "`--resume` of a task that has ended".to_owned(),
                &of_part,
                || {},
            )?,
            whole,
            self.cost(format!("`merge` of {tasks} parts"), &merge, || {
                fresh(&merged);
            })?,
            self.cost(
                "`--resume` of what is merged, all done".to_owned(),
                &of_merged,
                || {},
            )?,
        ];
        let records = |directory: &str| fs::read(self.place.join(directory).join("records.jsonl"));
        if records("merged")? != records("whole")? {
            bail!("the merged parts differ from what they are parts of");
        }
        Ok(costs)
    }

    /// Deals the results of all runs out to the directories of tasks. Tasks would deal in another order, and to read the plan a
    /// thousand times would take longer than to run it. Line by line: the system counts what this program holds as the memory of
    /// those that it starts.
    fn deal(&self) -> Result<()> {
        let whole = self.place.join("whole");
        let tasks = self.size.tasks;
        let directory = |task: usize| self.place.join(format!("shared/part-{}", task + 1));
        let header = fs::read_to_string(whole.join("sweep.json"))?;
        for task in 0..tasks {
            let part = format!("\"part\": \"{}/{tasks}\"", task + 1);
            let header = header.replace("\"part\": \"1/1\"", &part);
            fs::create_dir_all(directory(task))?;
            fs::write(directory(task).join("sweep.json"), header)?;
            fs::write(directory(task).join("lock"), "")?;
        }
        let mut owners = HashMap::new();
        for name in ["records.jsonl", "seconds.jsonl"] {
            for line in BufReader::new(File::open(whole.join(name))?).lines() {
                let line = line?;
                let record: Value = serde_json::from_str(&line)?;
                let run = record["run"].as_str().context("a line has no run")?;
                let next = owners.len() % tasks;
                let owner = *owners.entry(run.to_owned()).or_insert(next);
                let mut file = OpenOptions::new();
                let file = file.append(true).create(true);
                writeln!(file.open(directory(owner).join(name))?, "{line}")?;
            }
        }
        Ok(())
    }

    /// What a command takes; `before` goes before each time.
    fn cost(&self, name: String, arguments: &[&str], before: impl Fn()) -> Result<Cost> {
        let (mut seconds, mut computing, mut bytes) = (Vec::new(), Vec::new(), 0);
        for _ in 0..self.size.rounds {
            before();
            let begin = Instant::now();
            let mut child = Command::new(&self.program)
                .args(arguments)
                .arg("--quiet")
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .spawn()?;
            let end = child.wait4()?;
            if !end.status.success() && end.status.code() != Some(75) {
                bail!("{name} failed ({})", end.status);
            }
            seconds.push(begin.elapsed().as_secs_f64());
            computing.push((end.rusage.utime + end.rusage.stime).as_secs_f64());
            bytes = bytes.max(end.rusage.maxrss);
        }
        let (seconds, computing) = (median(seconds), median(computing));
        println!("{name}: {seconds:.2} s, {computing:.2} s on the processor");
        Ok(Cost {
            name,
            seconds,
            computing,
            bytes,
        })
    }

    /// What the disk is asked for, from differences of tasks that do more and less.
    fn disk(&self, strace: &Path) -> Result<Vec<Asked>> {
        let out = self.at("traced");
        let watched = format!("{}s", self.size.watched);
        let part = format!("{0}/{0}", self.size.tasks);
        let traced = |plan: &str, more: &[&str]| {
            let _ = fs::remove_dir_all(&out);
            let plan = self.at(plan);
            let arguments = [
                "sweep",
                &plan,
                "--out",
                &out,
                "--resume",
                "--quiet",
                "--threads",
                "1",
            ];
            let arguments = [&arguments[..], more].concat();
            let scratch = self.place.join("trace");
            trace(strace, &scratch, Path::new(&out), &self.program, &arguments)
        };
        let start = traced("plan.json", &["--part", &part, "--until", "0s"])?;
        let whole = traced("plan.json", &["--part", &part])?;
        let long = traced("long.json", &["--until", &watched, "--save-every", "1"])?;
        let all = |of: super::trace::Traced| of.lease.and(&of.checkpoints).and(&of.rest);
        let lease = long.lease.without(&start.lease);
        let mut rows = vec![
            Asked {
                name: "a task’s start and end".to_owned(),
                by: all(start),
            },
            Asked {
                name: format!("its {} short runs", self.size.runs / self.size.tasks),
                by: all(whole).without(&all(start)),
            },
        ];
        for (name, all) in [
            ("a lease’s renewal", lease),
            ("a checkpoint, d = 450, N = 225", long.checkpoints),
        ] {
            if let Some(by) = all.each() {
                let name = name.to_owned();
                rows.push(Asked { name, by });
            }
        }
        Ok(rows)
    }
}

/// The files in a directory, and below it.
fn files(directory: &Path) -> Result<Files> {
    let mut sum = Files::default();
    let entries =
        fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    for entry in entries {
        let entry = entry?;
        let about = entry.metadata()?;
        let more = if about.is_dir() {
            files(&entry.path())?
        } else {
            Files {
                count: 1,
                bytes: about.len(),
            }
        };
        sum.count += more.count;
        sum.bytes += more.bytes;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_have_as_many_runs_as_they_are_asked_for() {
        for ClusterSize { runs, tasks, .. } in [ClusterSize::FULL, ClusterSize::QUICK] {
            let plan = plan(runs);
            let vary = plan["groups"][0]["vary"].as_object().unwrap();
            let lists = vary.values().map(|list| list.as_array().unwrap().len());
            assert_eq!(lists.product::<usize>(), runs);
            assert_eq!(runs % tasks, 0);
        }
    }
}
