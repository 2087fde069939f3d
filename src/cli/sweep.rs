//! `lazy-limits sweep`: many runs.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use crate::experiment::sweep::{Job, Sweep, SweepError};
use crate::runner::{
    Progress, Results, Standing, Store, SweepOptions, estimate, in_words, need, require,
    sweep as run_sweep,
};
use crate::setting::{self, VERSION};
use clap::ArgMatches;
use serde_json::{Value, json};

use super::Terminal;
use super::arguments::{THREADS, given};
use super::failure::Failure;
use super::file::InputFile;
use super::input;
use super::listing::Listing;
use super::long::{Runs, shown};
use super::report::Format;
use super::script::{SCRIPT, TASKS, Tasks};

pub(super) fn run(
    matches: &ArgMatches,
    terminal: &Terminal,
    format: Format,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let asked = Runs::read(matches)?;
    let source = InputFile::new("plan", given(matches, "plan").unwrap_or_default());
    let sweep = read(&source)?;
    if let Some(name) = input::extra(&SCRIPT, matches)? {
        return print(&name.to_string(), &sweep, matches, &asked, out);
    }
    if asked.dry_run {
        dry_run(&sweep, &asked, terminal, format, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let path = asked.out()?;
    let mut store = open(&sweep, &asked, terminal)?;
    let done = advance(&sweep, &mut store, &asked, terminal)?;
    summarise(&sweep, &store, path, done, format, out)?;
    Ok(terminal.status(!done))
}

/// Prints the script by which the plan is run in parts.
fn print(
    name: &str,
    sweep: &Sweep,
    matches: &ArgMatches,
    asked: &Runs,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let plan = input::text("plan", given(matches, "plan").unwrap_or_default())?;
    if plan == "-" {
        return Err(Failure::Usage(
            "the plan is “-”, but a script needs a file that every task can read".to_owned(),
        ));
    }
    let directory = asked
        .out
        .as_ref()
        .map_or("results".into(), |path| path.to_string_lossy());
    let count = match input::extra(&TASKS, matches)? {
        Some(setting::Value::Integer(count)) => count as usize,
        _ => TASKS.default.parse().unwrap_or(1),
    };
    let runs = sweep.jobs().len();
    if count > runs {
        super::note(&format!(
            "there are {count} tasks for {runs} runs: some will have nothing to do"
        ));
    }
    let threads = match input::extra(&THREADS, matches)? {
        Some(setting::Value::Integer(threads)) => Some(threads as usize),
        _ => None,
    };
    let tasks = Tasks {
        plan,
        out: &directory,
        count,
        threads,
        kernel: asked.kernel,
    };
    write!(out, "{}", tasks.script(name).unwrap_or_default())?;
    Ok(ExitCode::SUCCESS)
}

/// The plan, if it and its targets fit into memory.
fn read(source: &InputFile<'_>) -> Result<Sweep, Failure> {
    let refused = |error: SweepError| {
        let hint = super::hint::of_plan(&error);
        Failure::Usage(format!("{} {error}{hint}", in_plan(source)))
    };
    let text = source.text()?;
    require(
        || format!("{} reading it needs", in_plan(source)),
        need::of_json(text.len() as u64),
    )?;
    let object = serde_json::from_str(&text)
        .map_err(|error| refused(SweepError::Json(error.to_string())))?;
    require(
        || format!("{} its runs need", in_plan(source)),
        need::of_plan(&object),
    )?;
    let admit =
        |what: &str, bytes| require(|| what.to_owned(), bytes).map_err(|error| error.to_string());
    Sweep::from_object_if(object, admit).map_err(refused)
}

fn in_plan(source: &InputFile<'_>) -> String {
    format!("in the plan, {}:", source.name())
}

/// The directory, made anew only if all runs fit into memory.
pub(super) fn open(sweep: &Sweep, asked: &Runs, terminal: &Terminal) -> Result<Store, Failure> {
    if !asked.resume {
        let jobs = sweep.jobs();
        need::share_out(jobs, &asked.part.of(jobs), terminal.threads)?;
    }
    Ok(Store::open(
        asked.out()?,
        sweep,
        asked.part,
        asked.kernel,
        asked.resume,
        super::note,
    )?)
}

/// Runs what is missing; whether all is done, which it is unless a signal came.
pub(super) fn advance(
    sweep: &Sweep,
    store: &mut Store,
    asked: &Runs,
    terminal: &Terminal,
) -> Result<bool, Failure> {
    terminal.interrupt.hold();
    if let Some(time) = asked.until {
        terminal.interrupt.end_at(Instant::now() + time);
    }
    let progress = std::cell::RefCell::new(Progress::of_work(terminal.quiet));
    if store.dropped() > 0 {
        let count = store.dropped();
        progress.borrow().note(&format!(
            "note: {count} lines of records.jsonl were torn or strange and are dropped"
        ));
    }
    let options = SweepOptions {
        threads: terminal.threads,
        save_every: asked.save_every,
    };
    let watch = |standing: Standing| {
        let Standing {
            share,
            finished,
            runs,
        } = standing;
        let text = format!("{finished} of {runs} runs");
        progress.borrow_mut().says(share, text);
        terminal.interrupt.flow()
    };
    let note = |text: &str| progress.borrow().note(&format!("note: {text}"));
    let done = run_sweep(sweep, store, options, watch, note);
    progress.into_inner().finish();
    Ok(done?)
}

/// Says what has come of it.
pub(super) fn summarise(
    sweep: &Sweep,
    store: &Store,
    path: &Path,
    done: bool,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let jobs = sweep.jobs();
    let chosen = store.part().of(jobs);
    let lines: Vec<&str> = chosen
        .iter()
        .filter_map(|&job| store.line(jobs[job].id()))
        .collect();
    let diverged = lines.iter().filter(|line| has_diverged(line)).count();
    let records = Results::records(path);
    if format == Format::Json {
        let summary = json!({
            "schema": VERSION,
            "version": env!("CARGO_PKG_VERSION"),
            "command": "sweep",
            "name": sweep.name(),
            "part": store.part().to_string(),
            "runs": chosen.len(),
            "finished": lines.len(),
            "diverged": diverged,
            "records": records.to_string_lossy(),
            "interrupted": !done,
        });
        writeln!(out, "{summary}")?;
        return Ok(());
    }
    let runs = chosen.len();
    if done {
        writeln!(
            out,
            "{runs} runs are finished, {diverged} of them diverged: {}",
            shown(&records)
        )?;
    } else {
        writeln!(
            out,
            "{} of {runs} runs are finished, {diverged} of them diverged: {}; --resume goes on",
            lines.len(),
            shown(&records)
        )?;
    }
    Ok(())
}

fn has_diverged(line: &str) -> bool {
    let record: Value = serde_json::from_str(line).unwrap_or_default();
    record["diverged_at"].is_u64()
}

/// Lists the runs that are to be made with the time that each will take.
pub(super) fn dry_run(
    sweep: &Sweep,
    asked: &Runs,
    terminal: &Terminal,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let jobs = sweep.jobs();
    let finished = match asked.out.as_ref().filter(|_| asked.resume) {
        Some(path) if path.exists() => finished(path, sweep)?,
        _ => HashSet::new(),
    };
    let mut chosen = asked.part.of(jobs);
    chosen.retain(|&job| !finished.contains(jobs[job].id()));
    let (cohorts, _) = need::share_out(jobs, &chosen, terminal.threads)?;
    // What is known at once is said at once.
    let listing = Listing::new(format);
    listing.begin(chosen.len(), out)?;
    let seconds = estimate(jobs, cohorts)?;
    let runs: Vec<(&Job, f64)> = chosen
        .iter()
        .map(|job| (&jobs[*job], seconds[job]))
        .collect();
    let total: f64 = seconds.values().sum();
    let longest = seconds.values().copied().fold(0.0, f64::max);
    let wall = longest.max(total / terminal.threads as f64);
    if format == Format::Json {
        let list: Vec<Value> = runs
            .iter()
            .map(|(job, seconds)| {
                json!({
                    "run": job.id(),
                    "group": job.group() + 1,
                    "plan": job.plan().to_object(),
                    "seconds": seconds,
                })
            })
            .collect();
        let summary = json!({
            "schema": VERSION,
            "version": env!("CARGO_PKG_VERSION"),
            "command": "sweep",
            "name": sweep.name(),
            "part": asked.part.to_string(),
            "plan_runs": jobs.len(),
            "finished": finished.len(),
            "threads": terminal.threads,
            "seconds": wall,
            "runs": list,
        });
        writeln!(out, "{summary}")?;
        return Ok(());
    }
    for (job, seconds) in &runs {
        listing.row(job, *seconds, out)?;
    }
    if let Format::Table { .. } = format {
        writeln!(
            out,
            "\n{} runs, about {} on {} threads of this machine",
            runs.len(),
            in_words(wall),
            terminal.threads
        )?;
    }
    Ok(())
}

fn finished(path: &Path, sweep: &Sweep) -> Result<HashSet<String>, Failure> {
    let lines = Results::read(path, Some(sweep))?.lines;
    Ok(lines.into_iter().map(|(id, _)| id).collect())
}

/// What is special about a run, in one line.
pub(super) fn settings(job: &Job) -> String {
    let mut object = job.plan().to_object();
    object.remove("schema");
    let problem = object.remove("problem").unwrap_or_default();
    let mut parts = vec![problem.as_str().unwrap_or_default().to_owned()];
    parts.extend(object.iter().map(|(key, value)| match value {
        Value::String(text) => format!("{key}={}", super::failure::short(text)),
        other => format!("{key}={other}"),
    }));
    parts.join(" ")
}
