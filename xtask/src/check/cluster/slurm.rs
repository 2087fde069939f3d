//! The script for Slurm, submitted to a real one.

use std::collections::HashSet;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::deadline::{pass, wait_for};
use super::place::Place;
use super::site::{PACKAGES, PROGRAMS, Site, Task};
use super::task::Parts;
use super::whole::Whole;
use crate::apt;
use crate::part::End;

const TASKS: usize = 8;

/// How a task can die, or be disturbed.
#[derive(Clone, Copy, Debug)]
enum Death {
    /// Slurm puts it back into the queue.
    Preempted,
    /// It hears that its time is about to end.
    Announced,
    /// The program is killed, as for want of memory.
    ProgramKilled,
    /// All of its processes are.
    AllKilled,
    /// It is announced, preempted or killed as soon as it is begun.
    AtStart,
    /// Somebody starts the same task by hand.
    Copied,
    /// The machine is lost.
    MachineLost,
}

/// Those of a round, in any order. Besides, Slurm announces the end of time to those that run when it looks, twice a minute.
const DEATHS: [Death; 10] = [
    Death::Preempted,
    Death::Preempted,
    Death::Announced,
    Death::Announced,
    Death::ProgramKilled,
    Death::AllKilled,
    Death::AtStart,
    Death::AtStart,
    Death::Copied,
    Death::MachineLost,
];

pub(super) fn tested(whole: &Whole, rounds: u64) -> Result<End> {
    if !apt::is_root() {
        return Ok(End::Skipped(
            "a Slurm of one's own is started by root alone".to_owned(),
        ));
    }
    if let Some(missing) = super::missing(&PROGRAMS, &PACKAGES) {
        return Ok(End::Skipped(missing));
    }
    for seed in 1..=rounds {
        println!("Round {seed} of {rounds}, seed {seed}");
        let place = whole.place()?;
        let site = Site::start(&place)?;
        round(whole, &place, &site, seed)
            .and_then(|()| cancelled_stays_so(&place, &site))
            .inspect_err(|_| place.show_tails(".log"))
            .with_context(|| format!("round {seed}"))?;
    }
    Ok(End::Passed)
}

fn round(whole: &Whole, place: &Place, site: &Site<'_>, seed: u64) -> Result<()> {
    let count = TASKS.to_string();
    let script = place.script(
        "plan.json",
        "slurm",
        &["--tasks", &count, "--out", "results"],
    )?;
    fs::write(place.path("job.sh"), script)?;
    // A minute is the least time that Slurm knows, which ends a minute after its announcement: it is announced at once.
    let array = format!("--array=1-{TASKS}%2");
    let array = site.ask("sbatch", &["--parsable", &array, "--time=1", "job.sh"])?;
    let mut round = Round {
        place,
        site,
        array,
        parts: Parts {
            out: place.path("results"),
            first: 1,
            count: TASKS,
        },
        random: fastrand::Rng::with_seed(seed),
        killed: 0,
        copied: false,
    };
    let mut deaths = DEATHS;
    round.random.shuffle(&mut deaths);
    let mut died = 0;
    for (number, death) in deaths.into_iter().enumerate() {
        if number == DEATHS.len() / 2 {
            site.requeue_exit()?;
            println!("  from now on RequeueExit is 75");
        }
        pass(&mut round.random, Duration::from_secs(2));
        if !round.die(death)? {
            break;
        }
        died += 1;
    }
    wait_for("all tasks to complete", || {
        Ok(round.is_complete()?.then_some(()))
    })?;
    let restarts: usize = site
        .tasks(&round.array)?
        .iter()
        .map(|task| task.restarts)
        .sum();
    println!(
        "  {died} deaths of {}, {restarts} restarts, {} ends of time announced by Slurm",
        DEATHS.len(),
        site.announced()
    );
    ensure!(
        died > 0,
        "all tasks were complete before any died, which tests nothing"
    );
    whole.compare(place, &round.parts, round.killed)
}

/// An array under way.
struct Round<'a> {
    place: &'a Place,
    site: &'a Site<'a>,
    array: String,
    parts: Parts,
    random: fastrand::Rng,
    /// Tasks that could not say farewell.
    killed: usize,
    copied: bool,
}

impl Round<'_> {
    /// Lets a task die as soon as one is at work; whether there was one before all were complete.
    fn die(&mut self, death: Death) -> Result<bool> {
        let known = self.begun()?;
        let found = wait_for("a task at work", || {
            if self.is_complete()? {
                return Ok(Some(None));
            }
            let mut running = self.site.tasks(&self.array)?;
            running.retain(|task| match death {
                Death::AtStart => {
                    task.state == "RUNNING" && !known.contains(&(task.number, task.restarts))
                }
                _ => {
                    task.state == "RUNNING" && self.parts.at_work(self.place, task.number).is_some()
                }
            });
            let chosen = self.random.choice(running);
            Ok(chosen.map(Some))
        })?;
        let Some(task) = found else { return Ok(false) };
        let mut death = death;
        if let Death::AtStart = death {
            pass(&mut self.random, Duration::from_millis(200));
            let kinds = [Death::Preempted, Death::Announced, Death::AllKilled];
            death = kinds[self.random.usize(..kinds.len())];
            println!("  task {} at its start:", task.number);
        }
        println!("  task {}: {death:?}", task.number);
        self.strike(&task, death)?;
        Ok(true)
    }

    /// Whoever was to die may have ended meanwhile, which is no failure.
    fn strike(&mut self, task: &Task, death: Death) -> Result<()> {
        let name = task.name.as_str();
        match death {
            Death::Preempted => drop(self.site.ask("scontrol", &["requeue", name])),
            Death::Announced => {
                drop(
                    self.site
                        .ask("scancel", &["--signal=TERM", "--batch", name]),
                );
            }
            Death::ProgramKilled => {
                if let Some(process) = self.parts.at_work(self.place, task.number) {
                    self.killed += usize::from(self.place.signal(process, "KILL"));
                }
            }
            Death::AllKilled | Death::AtStart => {
                let variable = format!("SLURM_JOB_ID={}", task.job);
                for process in self.place.processes(Some(&variable)) {
                    self.place.signal(process, "KILL");
                }
                self.killed += 1;
            }
            Death::Copied => self.copy(task.number)?,
            Death::MachineLost => {
                self.site.lose_machine()?;
            }
        }
        // Slurm may kill what does not end within some seconds.
        if let Death::Preempted | Death::MachineLost = death {
            self.killed += 2;
        }
        Ok(())
    }

    /// Starts a task a second time, by hand: it is refused, or finds that the first has just ended.
    fn copy(&mut self, number: usize) -> Result<()> {
        self.copied = true;
        let mut command = self.place.program();
        let output = command
            .args(["sweep", "plan.json", "--resume", "--out"])
            .arg(self.parts.directory(number))
            .arg(format!("--part={number}/{TASKS}"))
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => {}
            Some(1) if said.contains(" is writing to ") => {
                println!("    {}", said.trim());
            }
            code => bail!("a second copy of task {number} ended with {code:?}: {said}"),
        }
        Ok(())
    }

    /// Which tasks have been begun, how often.
    fn begun(&self) -> Result<HashSet<(usize, usize)>> {
        let mut tasks = self.site.tasks(&self.array)?;
        tasks.retain(|task| task.state != "PENDING");
        Ok(tasks
            .iter()
            .map(|task| (task.number, task.restarts))
            .collect())
    }

    /// Whether all tasks are. What was killed ends in failure, and is submitted again as its user would.
    fn is_complete(&self) -> Result<bool> {
        let tasks = self.site.tasks(&self.array)?;
        for task in &tasks {
            if !task.has_ended() || task.state == "COMPLETED" {
                continue;
            }
            let is_expected = match task.exit.as_str() {
                // By a signal, itself or through its shell.
                "137:0" | "0:9" => self.killed > 0,
                // It was told to end before it could listen.
                "0:15" => true,
                // It came while a copy of it was at work.
                "1:0" => self.copied,
                _ => false,
            };
            if task.state != "FAILED" || !is_expected {
                bail!("a task has ended for no reason of ours: {task:?}");
            }
            println!("  task {} is submitted again ({})", task.number, task.exit);
            self.site.ask("scontrol", &["requeue", &task.name])?;
        }
        let complete = tasks.iter().filter(|task| task.state == "COMPLETED");
        Ok(complete.count() == TASKS)
    }
}

/// A task that its user cancels must not come back, though it ends as if its time were over.
fn cancelled_stays_so(place: &Place, site: &Site<'_>) -> Result<()> {
    let plan = r#"{"schema": 1, "groups": [{"problem": "qf", "dim": 40, "steps": 1000000000}]}"#;
    fs::write(place.path("endless.json"), plan)?;
    let options = ["--tasks", "1", "--out", "endless"];
    let script = place.script("endless.json", "slurm", &options)?;
    fs::write(place.path("endless.sh"), script)?;
    let array = site.ask("sbatch", &["--parsable", "endless.sh"])?;
    let parts = Parts {
        out: place.path("endless"),
        first: 1,
        count: 1,
    };
    wait_for("an endless task to begin", || Ok(parts.at_work(place, 1)))?;
    site.ask("scancel", &[&array])?;
    let ended = wait_for("a cancelled task to end", || {
        let tasks = site.tasks(&array)?;
        let task = tasks.into_iter().next();
        Ok(task.filter(|task| task.has_ended() || task.restarts > 0))
    })?;
    ensure!(
        ended.state == "CANCELLED",
        "a task was cancelled, but came back: {ended:?}"
    );
    Ok(())
}
