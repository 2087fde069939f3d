//! The parts of a long run, each of which is gone through whether or not the ones before it went well.

use std::time::{Duration, Instant};

use anyhow::Result;

/// One named piece of work.
pub(crate) struct Part<'work> {
    pub(crate) name: &'static str,
    pub(crate) work: Box<dyn FnOnce() -> Result<()> + 'work>,
}

impl<'work> Part<'work> {
    pub(crate) fn new(name: &'static str, work: impl FnOnce() -> Result<()> + 'work) -> Self {
        Self {
            name,
            work: Box::new(work),
        }
    }
}

struct Outcome {
    name: &'static str,
    took: Duration,
    result: Result<()>,
}

/// Does every part in turn, says how each went, and returns whether all went well.
///
/// The counts are the last thing said, alone on their line, where people and scripts look for them.
pub(crate) fn run_all(parts: Vec<Part<'_>>) -> bool {
    let outcomes: Vec<Outcome> = parts.into_iter().map(run).collect();

    println!("\nSummary");
    for Outcome { name, took, result } in &outcomes {
        let seconds = took.as_secs_f64();
        match result {
            Ok(()) => println!("  passed {seconds:>7.1} s  {name}"),
            Err(error) => println!("  FAILED {seconds:>7.1} s  {name}: {error:#}"),
        }
    }
    let all: Duration = outcomes.iter().map(|outcome| outcome.took).sum();
    println!("  in all {:>7.1} s\n", all.as_secs_f64());

    let failed = outcomes
        .iter()
        .filter(|outcome| outcome.result.is_err())
        .count();
    println!("{} passed, {failed} failed", outcomes.len() - failed);
    failed == 0
}

fn run(part: Part<'_>) -> Outcome {
    println!("\n=== {} ===", part.name);
    let start = Instant::now();
    let result = (part.work)();
    if let Err(error) = &result {
        println!("FAILED: {error:#}");
    }
    Outcome {
        name: part.name,
        took: start.elapsed(),
        result,
    }
}
