//! Many runs on all cores, each saved as it goes.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::checkpoint::Checkpoint;
use super::memory::MemoryError;
use super::need;
use super::slice::{self, SLICE};
use super::store::{Finished, Store};
use super::store_error::StoreError;
use super::timed::timed;
use crate::experiment::sweep::{Job, Sweep};
use crate::experiment::{ExperimentError, Run, advance_together};

/// Most words of workers heard before the watcher is.
const AT_ONCE: usize = 1000;

/// How a sweep is run.
#[derive(Clone, Copy, Debug)]
pub struct SweepOptions {
    /// Threads; results do not depend on it.
    pub threads: usize,
    /// Time between two checkpoints of a run.
    pub save_every: Duration,
}

/// Where a sweep stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// Work made in this session, of the work that was left.
    pub share: f64,
    /// Runs finished, earlier ones included.
    pub finished: usize,
    /// Runs in all.
    pub runs: usize,
}

/// Why a sweep ended before its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SweepRunError {
    /// Something cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A run does not fit into memory.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The system gives no threads.
    #[error("no threads can be started: {0}")]
    Threads(std::io::Error),
    /// A run that its plan allows is refused all the same.
    #[error("run {id}: {error}")]
    Run {
        /// Which.
        id: String,
        /// Why.
        error: ExperimentError,
    },
}

/// What a worker has to say.
enum Word {
    /// Work found made, in an earlier session.
    Saved(f64),
    Worked(f64),
    Note(String),
    /// A run, its record and the seconds that it took.
    Finished(usize, String, f64),
    Failed(SweepRunError),
}

/// Runs what is missing of the store's part of a plan. `watch` hears several times a second how it
/// stands, and `note` of what was not as it should be; when `watch` breaks, runs under way are
/// saved, and what is done stays. Returns whether all is done.
///
/// # Errors
/// If something cannot be written or a run cannot be made. What is done stays.
pub fn sweep(
    sweep: &Sweep,
    store: &mut Store,
    options: SweepOptions,
    mut watch: impl FnMut(Standing) -> ControlFlow<()>,
    mut note: impl FnMut(&str),
) -> Result<bool, SweepRunError> {
    let jobs = sweep.jobs();
    let chosen = store.part().of(jobs);
    let missing: Vec<usize> = chosen
        .iter()
        .copied()
        .filter(|&job| !store.has(jobs[job].id()))
        .collect();
    let (cohorts, threads) = need::share_out(jobs, &missing, options.threads.max(1))?;
    let queue = Mutex::new(VecDeque::from(cohorts));
    let mut total: f64 = missing.iter().map(|&job| jobs[job].work().total()).sum();
    let paths: Vec<PathBuf> = jobs.iter().map(|job| store.checkpoint(job.id())).collect();
    let stop = AtomicBool::new(false);
    let mut failure = None;
    let (sender, receiver) = mpsc::channel();
    let (jobs, queue, paths, stopping) = (&jobs, &queue, &paths, &stop);
    thread::scope(|scope| {
        for _ in 0..threads.min(missing.len()) {
            let worker = Worker {
                jobs,
                paths,
                save_every: options.save_every,
                stop: stopping,
                words: sender.clone(),
            };
            let work = move || {
                while !worker.is_stopped() {
                    let next = queue
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .pop_front();
                    let Some(cohort) = next else { break };
                    if let Err(error) = worker.run(&cohort) {
                        worker.say(Word::Failed(error));
                        break;
                    }
                }
            };
            if let Err(error) = thread::Builder::new().spawn_scoped(scope, work) {
                stopping.store(true, Ordering::Relaxed);
                failure.get_or_insert(SweepRunError::Threads(error));
                break;
            }
        }
        drop(sender);
        let mut worked = 0.0;
        let mut finished = chosen.len() - missing.len();
        loop {
            let first = match receiver.recv_timeout(SLICE) {
                Ok(word) => Some(word),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let mut ended = Vec::new();
            for word in first.into_iter().chain(receiver.try_iter().take(AT_ONCE)) {
                match word {
                    Word::Saved(work) => total -= work,
                    Word::Worked(work) => worked += work,
                    Word::Note(text) => note(&text),
                    Word::Finished(job, record, seconds) => ended.push(Finished {
                        id: jobs[job].id(),
                        record,
                        seconds,
                    }),
                    Word::Failed(error) => {
                        stopping.store(true, Ordering::Relaxed);
                        failure.get_or_insert(error);
                    }
                }
            }
            if !ended.is_empty() {
                match store.finish(&ended) {
                    Ok(()) => finished += ended.len(),
                    Err(error) => {
                        stopping.store(true, Ordering::Relaxed);
                        failure.get_or_insert(error.into());
                    }
                }
            }
            let standing = Standing {
                share: if total > 0.0 {
                    (worked / total).min(1.0)
                } else {
                    1.0
                },
                finished,
                runs: chosen.len(),
            };
            if watch(standing).is_break() {
                stopping.store(true, Ordering::Relaxed);
            }
        }
    });
    if let Some(failure) = failure {
        return Err(failure);
    }
    let done = chosen.iter().all(|&job| store.has(jobs[job].id()));
    if done {
        store.settle(chosen.iter().map(|&job| jobs[job].id()))?;
    }
    Ok(done)
}

/// One thread's view.
struct Worker<'a> {
    jobs: &'a [Job],
    /// Where each job is saved.
    paths: &'a [PathBuf],
    save_every: Duration,
    stop: &'a AtomicBool,
    words: Sender<Word>,
}

/// A run under way.
struct Running {
    job: usize,
    state: Box<dyn Run>,
    /// Work said so far.
    worked: f64,
    seconds: f64,
    is_done: bool,
}

impl Worker<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn say(&self, word: Word) {
        // Whoever hears is gone only when the sweep is.
        let _ = self.words.send(word);
    }

    /// Runs a cohort to its end, or saves it when asked to stop.
    fn run(&self, cohort: &[usize]) -> Result<(), SweepRunError> {
        let mut running = Vec::with_capacity(cohort.len());
        for &job in cohort {
            if self.is_stopped() {
                return self.save(&running);
            }
            running.push(self.take_up(job)?);
        }
        let mut saved = Instant::now();
        let mut steps = 1;
        loop {
            self.finish(&mut running);
            if running.iter().all(|run| run.is_done) {
                return Ok(());
            }
            if self.is_stopped() || saved.elapsed() >= self.save_every {
                self.save(&running)?;
                if self.is_stopped() {
                    return Ok(());
                }
                saved = Instant::now();
            }
            let started = Instant::now();
            lockstep(&mut running, steps);
            steps = slice::next(steps, started.elapsed());
            for run in running.iter_mut().filter(|run| !run.is_done) {
                let work = self.jobs[run.job].work();
                let worked = work.until(run.state.step() as f64, run.state.reports().len() as f64);
                self.say(Word::Worked(worked - run.worked));
                run.worked = worked;
            }
        }
    }

    /// A run as it was saved, or at its start.
    fn take_up(&self, job: usize) -> Result<Running, SweepRunError> {
        let plan = self.jobs[job].plan();
        let id = self.jobs[job].id();
        let saved = Checkpoint::read(&self.paths[job]).ok();
        let restored = saved.and_then(|saved| {
            match saved.restore_like(plan) {
                Ok((state, seconds)) if state.plan() == plan => return Some((state, seconds)),
                Ok(_) => self.say(Word::Note(format!(
                    "the checkpoint of run {id} is of another run; it starts again"
                ))),
                Err(error) => self.say(Word::Note(format!(
                    "run {id} cannot go on from its checkpoint and starts again: {error}"
                ))),
            }
            None
        });
        let (state, seconds) = if let Some(restored) = restored {
            restored
        } else {
            let state = plan.begin().map_err(|error| SweepRunError::Run {
                id: id.to_owned(),
                error,
            })?;
            (state, 0.0)
        };
        // What was done in an earlier session takes no time of this one.
        let worked = self.jobs[job]
            .work()
            .until(state.step() as f64, state.reports().len() as f64);
        self.say(Word::Saved(worked));
        Ok(Running {
            job,
            state,
            worked,
            seconds,
            is_done: false,
        })
    }

    /// Hands over the runs that have come to their end.
    fn finish(&self, running: &mut [Running]) {
        for run in running.iter_mut() {
            if run.state.is_finished() && !run.is_done {
                let (record, seconds) = timed(|| run.state.record(true));
                run.seconds += seconds;
                run.is_done = true;
                // All of it: a run that diverged has saved the rest.
                let total = self.jobs[run.job].work().total();
                self.say(Word::Worked(total - run.worked));
                self.say(Word::Finished(run.job, record, run.seconds));
            }
        }
    }

    fn save(&self, running: &[Running]) -> Result<(), SweepRunError> {
        for run in running.iter().filter(|run| !run.is_done) {
            Checkpoint::save(&self.paths[run.job], &*run.state, run.seconds)?;
        }
        Ok(())
    }
}

/// Advances the runs that are furthest behind, until they have caught up with the next or have
/// made `steps` steps. They share the time that it takes.
fn lockstep(running: &mut [Running], steps: u64) {
    let open = || running.iter().filter(|run| !run.is_done);
    let behind = open().map(|run| run.state.step()).min().unwrap_or(0);
    let ahead = open()
        .map(|run| run.state.step())
        .filter(|&step| step > behind)
        .min();
    let steps = ahead.map_or(steps, |ahead| steps.min(ahead - behind));
    let mut behind: Vec<&mut Running> = running
        .iter_mut()
        .filter(|run| !run.is_done && run.state.step() == behind)
        .collect();
    let mut states: Vec<&mut dyn Run> = behind.iter_mut().map(|run| &mut *run.state).collect();
    let ((), seconds) = timed(|| advance_together(&mut states, steps));
    let each = seconds / behind.len().max(1) as f64;
    for run in behind {
        run.seconds += each;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value, json};

    use super::*;
    use crate::experiment::sweep::PlanPart;
    use crate::experiment::walk::WALK;
    use crate::linalg::ProductKernel;
    use crate::runner::Results;

    /// A directory for the whole plan, begun or gone on with.
    fn opened(path: &std::path::Path, plan: &Sweep) -> Store {
        let kernel = ProductKernel::default();
        Store::open(path, plan, PlanPart::WHOLE, kernel, true, |_| {}).unwrap()
    }

    fn at_their_start(plan: &Sweep) -> Vec<Running> {
        let jobs = plan.jobs().iter().enumerate();
        jobs.map(|(job, of)| Running {
            job,
            state: of.plan().begin().unwrap(),
            worked: 0.0,
            seconds: 0.0,
            is_done: false,
        })
        .collect()
    }

    #[test]
    fn a_resumed_sweep_says_how_much_is_done_of_what_was_left() {
        let plan =
            r#"{"schema":1,"name":"one run","groups":[{"problem":"qf","dim":8,"steps":4000}]}"#;
        let plan = Sweep::from_json(plan).unwrap();
        let name = format!("lazy-limits-resumed-{}", std::process::id());
        let path = &std::env::temp_dir().join(name);
        let mut store = opened(path, &plan);
        let mut running = at_their_start(&plan);
        lockstep(&mut running, 2000);
        let worker = Worker {
            jobs: plan.jobs(),
            paths: &[store.checkpoint(plan.jobs()[0].id())],
            save_every: Duration::MAX,
            stop: &AtomicBool::new(false),
            words: mpsc::channel().0,
        };
        worker.save(&running).unwrap();
        let options = SweepOptions {
            threads: 1,
            save_every: Duration::MAX,
        };
        let mut shares = Vec::new();
        let watch = |standing: Standing| {
            shares.push(standing.share);
            ControlFlow::Continue(())
        };
        sweep(&plan, &mut store, options, watch, |note| panic!("{note}")).unwrap();
        fs::remove_dir_all(path).unwrap();
        assert!(
            shares.iter().any(|&share| share > 0.0 && share < 0.4),
            "{shares:?}"
        );
        assert!((shares.last().unwrap() - 1.0).abs() < 1e-12, "{shares:?}");
    }

    #[test]
    fn who_waits_for_others_is_not_charged_for_them() {
        let plan = r#"{"schema":1,"name":"two","groups":[{"problem":"qf","dim":8,"steps":4000,"vary":{"seed":[1,2]}}]}"#;
        let plan = Sweep::from_json(plan).unwrap();
        let mut running = at_their_start(&plan);
        lockstep(&mut running[1..], 5);
        let before = running[1].seconds;
        lockstep(&mut running, 100);
        assert_eq!(running[0].state.step(), 5);
        assert_eq!(running[1].seconds.to_bits(), before.to_bits());
        assert!(running[0].seconds > 0.0 && before > 0.0);
    }

    /// The layer knows no paper: what nothing but itself says what it is, is stopped and goes on like any other.
    #[test]
    fn a_sweep_of_any_runs_ends_with_the_same_bytes() {
        let object = json!({
            "schema": 1,
            "groups": [{"problem": "walk", "vary": {"seed": [1, 2, 3], "steps": [100, 2000]}}],
        });
        let Value::Object(object) = object else {
            panic!("{object}")
        };
        let find = |name: &str| (name == WALK.name).then_some(&WALK);
        let plan = Sweep::from_object_among(object, &|_, _| Ok(()), &find).unwrap();
        let records = |name: &str, stops: u32| {
            let name = format!("lazy-limits-walks-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let mut done = false;
            for session in 0..=stops {
                let mut store = opened(&path, &plan);
                if session < stops {
                    let mut running = at_their_start(&plan);
                    running.retain(|run| !store.has(plan.jobs()[run.job].id()));
                    lockstep(&mut running, 50 * u64::from(session + 1));
                    let paths = plan.jobs().iter().map(|job| store.checkpoint(job.id()));
                    let worker = Worker {
                        jobs: plan.jobs(),
                        paths: &paths.collect::<Vec<_>>(),
                        save_every: Duration::MAX,
                        stop: &AtomicBool::new(false),
                        words: mpsc::channel().0,
                    };
                    worker.save(&running).unwrap();
                } else {
                    let options = SweepOptions {
                        threads: 2,
                        save_every: Duration::MAX,
                    };
                    let watch = |_| ControlFlow::Continue(());
                    let note = |note: &str| panic!("{note}");
                    done = sweep(&plan, &mut store, options, watch, note).unwrap();
                }
            }
            assert!(done);
            let lines = fs::read_to_string(Results::records(&path)).unwrap();
            fs::remove_dir_all(path).unwrap();
            lines
        };
        let unbroken = records("unbroken", 0);
        assert_eq!(unbroken.lines().count(), 6);
        assert!(unbroken.starts_with(r#"{"run":""#), "{unbroken}");
        assert_eq!(records("broken", 2), unbroken);
    }
}
