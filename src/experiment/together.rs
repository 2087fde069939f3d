//! Runs side by side.

use super::Run;

/// Makes up to `steps` steps of each run, with its reports; each goes on as if it were alone, bit for bit, but what those of
/// a kind have in common is computed once (see [`RunKind::together`](super::RunKind::together)).
pub fn advance_together(runs: &mut [&mut dyn Run], steps: u64) {
    let mut left = steps;
    while left > 0 {
        let until = runs.iter().map(|run| run.until_report());
        let Some(next) = until.filter(|&steps| steps > 0).min() else {
            return;
        };
        let some = next.min(left);
        let mut rest: Vec<&mut dyn Run> = runs.iter_mut().map(|run| &mut **run).collect();
        while let Some(first) = rest.first() {
            let kind = first.plan().kind();
            let (mut alike, others) = rest.into_iter().partition(|run| run.plan().kind() == kind);
            let alike: &mut Vec<&mut dyn Run> = &mut alike;
            (kind.together)(alike, some);
            rest = others;
        }
        left -= some;
    }
}

/// Advances runs that have nothing in common, one after the other.
pub fn advance_each(runs: &mut [&mut dyn Run], steps: u64) {
    for run in runs.iter_mut() {
        run.advance(steps);
    }
}
