//! The parts of a long run, each of which is gone through whether or not the ones before it went well.

use std::time::{Duration, Instant};

use anyhow::Result;

/// One named piece of work.
pub(crate) struct Part<'work> {
    name: &'static str,
    work: Box<dyn FnOnce() -> Result<End> + 'work>,
}

/// How a piece of work ends if it does not fail.
pub(crate) enum End {
    Passed,
    /// It could not be done here, for the reason that the sentence gives.
    Skipped(String),
}

impl<'work> Part<'work> {
    pub(crate) fn new(name: &'static str, work: impl FnOnce() -> Result<()> + 'work) -> Self {
        Self::skippable(name, || work().map(|()| End::Passed))
    }

    /// Work that not every machine can do.
    pub(crate) fn skippable(
        name: &'static str,
        work: impl FnOnce() -> Result<End> + 'work,
    ) -> Self {
        Self {
            name,
            work: Box::new(work),
        }
    }
}

struct Outcome {
    name: &'static str,
    took: Duration,
    result: Result<End>,
}

/// Does every part in turn, says how each went, and returns whether none failed.
///
/// The counts are the last thing said, alone on their line, where people and scripts look for them.
pub(crate) fn run_all(parts: Vec<Part<'_>>) -> bool {
    let outcomes: Vec<Outcome> = parts.into_iter().map(run).collect();

    println!("\nSummary");
    for Outcome { name, took, result } in &outcomes {
        let seconds = took.as_secs_f64();
        match result {
            Ok(End::Passed) => println!("  passed  {seconds:>7.1} s  {name}"),
            Ok(End::Skipped(reason)) => println!("  skipped {seconds:>7.1} s  {name}: {reason}"),
            Err(error) => println!("  FAILED  {seconds:>7.1} s  {name}: {error:#}"),
        }
    }
    let all: Duration = outcomes.iter().map(|outcome| outcome.took).sum();
    println!("  in all  {:>7.1} s\n", all.as_secs_f64());

    println!("{}", counts(&outcomes));
    outcomes.iter().all(|outcome| outcome.result.is_ok())
}

fn counts(outcomes: &[Outcome]) -> String {
    let [mut passed, mut failed, mut skipped] = [0; 3];
    for outcome in outcomes {
        *match outcome.result {
            Ok(End::Passed) => &mut passed,
            Ok(End::Skipped(_)) => &mut skipped,
            Err(_) => &mut failed,
        } += 1;
    }
    match skipped {
        0 => format!("{passed} passed, {failed} failed"),
        _ => format!("{passed} passed, {failed} failed, {skipped} skipped"),
    }
}

fn run(part: Part<'_>) -> Outcome {
    println!("\n=== {} ===", part.name);
    let start = Instant::now();
    let result = (part.work)();
    match &result {
        Ok(End::Passed) => {}
        Ok(End::Skipped(reason)) => println!("Skipped: {reason}"),
        Err(error) => println!("FAILED: {error:#}"),
    }
    Outcome {
        name: part.name,
        took: start.elapsed(),
        result,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn what_is_skipped_has_neither_passed_nor_failed() {
        let skipped = || Part::skippable("absent", || Ok(End::Skipped("it is not here".into())));
        let counted = |parts: Vec<Part<'_>>| {
            let outcomes: Vec<Outcome> = parts.into_iter().map(run).collect();
            counts(&outcomes)
        };
        assert_eq!(
            counted(vec![Part::new("one", || Ok(()))]),
            "1 passed, 0 failed"
        );
        let parts = vec![
            Part::new("one", || Ok(())),
            skipped(),
            Part::new("other", || bail!("no")),
        ];
        assert_eq!(counted(parts), "1 passed, 1 failed, 1 skipped");
        assert!(run_all(vec![skipped()]));
        assert!(!run_all(vec![Part::new("other", || bail!("no"))]));
    }
}
