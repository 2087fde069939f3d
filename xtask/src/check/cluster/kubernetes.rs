//! The manifest for Kubernetes: valid by its schema, and its contract acted out, as no cluster is at hand.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::deadline::wait_for;
use super::manifest::{Action, Manifest};
use super::place::Place;
use super::task::Parts;
use super::whole::Whole;
use crate::part::End;
use crate::{python, workspace};

const TASKS: usize = 8;

/// What a cluster with room for two has.
const ROOM: usize = 2;

/// From PyPI: the schemas of all versions, with what checks against them.
const PACKAGES: [&str; 1] = ["kubernetes-validate==1.37.0"];

/// What happens to a pod at work.
#[derive(Clone, Copy, Debug)]
enum Blow {
    /// Its node is drained: it hears TERM, and KILL when its grace is over.
    Evicted,
    /// It hears TERM from somebody else.
    Told,
    /// It is killed, as for want of memory.
    Killed,
}

const BLOWS: [Blow; 9] = [
    Blow::Evicted,
    Blow::Evicted,
    Blow::Evicted,
    Blow::Told,
    Blow::Told,
    Blow::Told,
    Blow::Killed,
    Blow::Killed,
    Blow::Killed,
];

pub(super) fn tested(whole: &Whole, rounds: u64) -> Result<End> {
    let python = match python::system() {
        Ok(python) => python,
        Err(missing) => return Ok(End::Skipped(missing.to_owned())),
    };
    let directory = workspace::target().join("cluster/python");
    let python = python::environment(&python, &directory, &PACKAGES)?;
    for seed in 1..=rounds {
        println!("Round {seed} of {rounds}, seed {seed}");
        let place = whole.place()?;
        let manifest = printed(&python, &place, "plan.json")?;
        let mut job = Job::new(&place, manifest, seed);
        job.run()
            .and_then(|end| {
                ensure!(end == Ended::Complete, "the Job has failed: {end:?}");
                whole.compare(&place, &job.parts, job.killed)
            })
            .inspect_err(|_| place.show_tails(".log"))
            .with_context(|| format!("round {seed}"))?;
    }
    let place = whole.place()?;
    wrong_is_refused(&python, &place)?;
    wrong_plans_fail_at_once(&python, &place)?;
    Ok(End::Passed)
}

fn printed(python: &Path, place: &Place, plan: &str) -> Result<Manifest> {
    let count = TASKS.to_string();
    let options = ["--tasks", &count, "--out", "results"];
    let file = place.path("job.yaml");
    fs::write(&file, place.script(plan, "kubernetes", &options)?)?;
    Manifest::read(python, &file)
}

/// That the check can fail: Kubernetes drops fields that it does not know, and what they were to say.
fn wrong_is_refused(python: &Path, place: &Place) -> Result<()> {
    printed(python, place, "plan.json")?;
    let text = fs::read_to_string(place.path("job.yaml"))?;
    let file = place.path("wrong.yaml");
    fs::write(
        &file,
        text.replace("backoffLimitPerIndex", "backoffLimitPerPod"),
    )?;
    match Manifest::read(python, &file) {
        Ok(_) => bail!("a manifest with an unknown field was found to be valid"),
        Err(error) => ensure!(
            error.to_string().contains("backoffLimitPerPod"),
            "{error:#}"
        ),
    }
    Ok(())
}

/// Wrong input fails the Job, and is not tried over and over.
fn wrong_plans_fail_at_once(python: &Path, place: &Place) -> Result<()> {
    let manifest = printed(python, place, "plan.json")?;
    fs::write(place.path("plan.json"), r#"{"schema": 1, "groups": [{}]}"#)?;
    let mut job = Job::new(place, manifest, 0);
    let end = job.run()?;
    ensure!(end == Ended::Failed(2), "a wrong plan came to {end:?}");
    ensure!(
        job.begun <= ROOM,
        "a wrong plan was tried {} times",
        job.begun
    );
    println!("  a wrong plan fails the Job");
    Ok(())
}

/// What a Job comes to.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Complete,
    /// By a pod that ended so.
    Failed(i64),
}

/// A pod at work.
struct Pod {
    index: usize,
    child: Child,
    is_evicted: bool,
    /// When its grace is over.
    end: Option<Instant>,
}

/// A Job under way, as its controller sees it.
struct Job<'a> {
    place: &'a Place,
    manifest: Manifest,
    parts: Parts,
    random: fastrand::Rng,
    blows: Vec<Blow>,
    next_blow: Instant,
    pods: Vec<Pod>,
    waiting: Vec<usize>,
    complete: usize,
    failures: Vec<usize>,
    begun: usize,
    killed: usize,
}

impl<'a> Job<'a> {
    fn new(place: &'a Place, manifest: Manifest, seed: u64) -> Self {
        let count = manifest.completions;
        let mut random = fastrand::Rng::with_seed(seed);
        let mut blows = BLOWS.to_vec();
        random.shuffle(&mut blows);
        Self {
            place,
            parts: Parts {
                out: place.path("results"),
                first: 0,
                count,
            },
            random,
            blows,
            next_blow: Instant::now(),
            pods: Vec::new(),
            waiting: (0..count).rev().collect(),
            complete: 0,
            failures: vec![0; count],
            begun: 0,
            killed: 0,
            manifest,
        }
    }

    fn run(&mut self) -> Result<Ended> {
        let end = wait_for("the Job to end", || self.advance())?;
        if end == Ended::Complete {
            let struck = BLOWS.len() - self.blows.len();
            println!(
                "  {struck} blows of {}, {} pods for {} indices",
                BLOWS.len(),
                self.begun,
                self.manifest.completions
            );
            ensure!(struck > 0, "all was done before anything happened");
        }
        Ok(end)
    }

    /// Begins pods where there is room, strikes one when it is time, and sees which have ended.
    fn advance(&mut self) -> Result<Option<Ended>> {
        let room = ROOM.min(self.manifest.parallelism);
        while self.pods.len() < room
            && let Some(index) = self.waiting.pop()
        {
            let pod = self.begin(index)?;
            self.pods.push(pod);
        }
        self.strike();
        let mut going = Vec::new();
        for mut pod in std::mem::take(&mut self.pods) {
            let Some(status) = pod.child.try_wait()? else {
                if pod.end.is_some_and(|end| Instant::now() >= end) {
                    self.killed += 1;
                    pod.child.kill()?;
                }
                going.push(pod);
                continue;
            };
            // A container that a signal has ended has 128 and its number: here that of KILL, for all that matters.
            let code = i64::from(status.code().unwrap_or(137));
            if code == 0 {
                self.complete += 1;
                continue;
            }
            println!("  pod {} has ended with {code}", pod.index);
            match self.manifest.action(code, pod.is_evicted) {
                Action::FailJob => {
                    self.end(going)?;
                    return Ok(Some(Ended::Failed(code)));
                }
                Action::Ignore => {}
                Action::Count => {
                    self.failures[pod.index] += 1;
                    if self.failures[pod.index] > self.manifest.backoff_limit {
                        bail!("index {} has failed too often", pod.index);
                    }
                }
            }
            ensure!(
                [75, 137].contains(&code),
                "pod {} ended with {code} for no reason of ours",
                pod.index
            );
            // Behind the others.
            self.waiting.insert(0, pod.index);
        }
        self.pods = going;
        let is_complete = self.complete == self.manifest.completions;
        Ok(is_complete.then_some(Ended::Complete))
    }

    fn begin(&mut self, index: usize) -> Result<Pod> {
        self.begun += 1;
        let said = File::options()
            .append(true)
            .create(true)
            .open(self.place.path(&format!("pod-{index}.log")))?;
        let (program, arguments) = self
            .manifest
            .words
            .split_first()
            .context("there is no command")?;
        // Where the volume is mounted.
        let mut command = self.place.command(program);
        command
            .args(arguments)
            .env("JOB_COMPLETION_INDEX", index.to_string())
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said);
        Ok(Pod {
            index,
            child: command.spawn()?,
            is_evicted: false,
            end: None,
        })
    }

    /// When a random time is over, something happens to one of the pods at work.
    fn strike(&mut self) {
        let now = Instant::now();
        if now < self.next_blow {
            return;
        }
        let at_work = |pod: &&mut Pod| self.parts.at_work(self.place, pod.index).is_some();
        let pods = self.pods.iter_mut().filter(at_work).collect::<Vec<_>>();
        let Some(pod) = self.random.choice(pods) else {
            return;
        };
        let Some(blow) = self.blows.pop() else { return };
        println!("  pod {}: {blow:?}", pod.index);
        let process = pod.child.id();
        match blow {
            Blow::Evicted => {
                pod.is_evicted = true;
                pod.end = Some(now + self.manifest.grace);
                self.place.signal(process, "TERM");
            }
            Blow::Told => drop(self.place.signal(process, "TERM")),
            Blow::Killed => {
                self.killed += 1;
                self.place.signal(process, "KILL");
            }
        }
        self.next_blow = now + Duration::from_secs(4).mul_f64(self.random.f64());
    }

    /// Ends the others: the Job has failed.
    fn end(&self, pods: Vec<Pod>) -> Result<()> {
        for mut pod in pods {
            self.place.signal(pod.child.id(), "TERM");
            pod.child.wait()?;
        }
        Ok(())
    }
}
