//! The script for GNU parallel, stopped at random moments and run again until all is done.

use std::fs::{self, File};
use std::process::{Child, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::deadline::{pass, wait_for};
use super::place::Place;
use super::task::Parts;
use super::whole::Whole;
use crate::part::End;
use crate::process;

const TASKS: usize = 8;

/// What happens to a script at work.
#[derive(Clone, Copy, Debug)]
enum Stop {
    /// parallel is told to end, and tells its tasks.
    Told,
    /// It is killed, and its tasks go on without it.
    Killed,
    /// A task is told to end, which parallel knows nothing of.
    TaskTold,
    /// A task is killed.
    TaskKilled,
    /// The shell that runs the script is killed, and all below go on.
    ShellKilled,
}

const STOPS: [Stop; 8] = [
    Stop::Told,
    Stop::Told,
    Stop::Killed,
    Stop::TaskTold,
    Stop::TaskTold,
    Stop::TaskKilled,
    Stop::TaskKilled,
    Stop::ShellKilled,
];

pub(super) fn tested(whole: &Whole, rounds: u64) -> Result<End> {
    if let Some(missing) = super::missing(&["parallel"], &["parallel"]) {
        return Ok(End::Skipped(missing));
    }
    for seed in 1..=rounds {
        println!("Round {seed} of {rounds}, seed {seed}");
        let place = whole.place()?;
        // There is another program of that name.
        let version = process::output(place.command("parallel").arg("--version"))?;
        if !version.starts_with("GNU parallel") {
            return Ok(End::Skipped(
                "the program parallel here is not GNU's: install that (Debian: `apt-get install parallel`)".to_owned(),
            ));
        }
        let mut round = Round::new(&place, seed)?;
        let done = round
            .run()
            .and_then(|()| whole.compare(&place, &round.parts, round.killed));
        done.inspect_err(|_| place.show_tails(".log"))
            .with_context(|| format!("round {seed}"))?;
    }
    Ok(End::Passed)
}

struct Round<'a> {
    place: &'a Place,
    parts: Parts,
    random: fastrand::Rng,
    killed: usize,
}

impl<'a> Round<'a> {
    fn new(place: &'a Place, seed: u64) -> Result<Self> {
        let count = TASKS.to_string();
        let options = ["--tasks", &count, "--out", "results"];
        let script = place.script("plan.json", "parallel", &options)?;
        fs::write(place.path("script"), script)?;
        let parts = Parts {
            out: place.path("results"),
            first: 1,
            count: TASKS,
        };
        Ok(Self {
            place,
            parts,
            random: fastrand::Rng::with_seed(seed),
            killed: 0,
        })
    }

    fn begin(&self) -> Result<Child> {
        let said = File::options()
            .append(true)
            .create(true)
            .open(self.place.path("said.log"))?;
        let mut command = self.place.command("sh");
        command
            .arg("script")
            .env("PARALLEL", "--jobs 2")
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said);
        Ok(command.spawn()?)
    }

    fn run(&mut self) -> Result<()> {
        let mut stops = STOPS;
        self.random.shuffle(&mut stops);
        let mut script = self.begin()?;
        let mut stopped = 0;
        for stop in stops {
            pass(&mut self.random, Duration::from_secs(2));
            let Some(number) = self.task_at_work(&mut script)? else {
                break;
            };
            println!("  {stop:?}, while task {number} is at work");
            self.strike(stop, script.id(), number);
            stopped += 1;
        }
        ensure!(stopped > 0, "all was done before anything was stopped");
        wait_for("all to be done", || self.is_done(&mut script))?;
        // Whoever does not know that all is done runs it again.
        let again = self.begin()?.wait()?;
        ensure!(
            again.success(),
            "run again after all was done, the script ended with {again}"
        );
        Ok(())
    }

    /// Whether the script has ended well; if it ended otherwise, it is run again.
    fn is_done(&self, script: &mut Child) -> Result<Option<()>> {
        match script.try_wait()? {
            Some(status) if status.success() => Ok(Some(())),
            Some(_) => {
                *script = self.begin()?;
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// A task at work, unless all is done before.
    fn task_at_work(&mut self, script: &mut Child) -> Result<Option<usize>> {
        wait_for("a task at work", || {
            if self.is_done(script)?.is_some() {
                return Ok(Some(None));
            }
            let mut working = self.parts.numbers().collect::<Vec<_>>();
            working.retain(|&number| self.parts.at_work(self.place, number).is_some());
            Ok(self.random.choice(working).map(Some))
        })
    }

    /// Whoever is to be stopped may have ended meanwhile.
    fn strike(&mut self, stop: Stop, shell: u32, number: usize) {
        let task = self.parts.at_work(self.place, number);
        let (processes, signal) = match stop {
            Stop::Told => (self.parallels(shell), "TERM"),
            Stop::Killed => (self.parallels(shell), "KILL"),
            Stop::ShellKilled => (vec![shell], "KILL"),
            Stop::TaskTold => (task.into_iter().collect(), "TERM"),
            Stop::TaskKilled => (task.into_iter().collect(), "KILL"),
        };
        for process in processes {
            let was_there = self.place.signal(process, signal);
            if was_there && matches!(stop, Stop::TaskKilled) {
                self.killed += 1;
            }
        }
    }

    /// The processes that a script has begun itself.
    fn parallels(&self, shell: u32) -> Vec<u32> {
        let parent = |number: u32| -> Option<u32> {
            let text = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
            // The name, in parentheses, may hold anything.
            let after = &text[text.rfind(')')? + 1..];
            after.split_whitespace().nth(1)?.parse().ok()
        };
        let mut processes = self.place.processes(None);
        processes.retain(|&number| parent(number) == Some(shell));
        processes
    }
}
