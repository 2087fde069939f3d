//! Runs that see the same samples, side by side.

use super::Job;
use crate::setting::Settings;
use crate::train::Regime;

/// Most runs of a cohort: beyond it there is little to share, and much to hold in memory.
const MOST: usize = 6;

/// Puts the runs `wanted` of a plan into cohorts for `threads` threads: runs of one group that share
/// target, seed and batch and gain from it, the most work first. The groups stay in the order of the plan, and in
/// each the cohort with the most work comes first.
pub fn cohorts(jobs: &[Job], wanted: &[usize], threads: usize) -> Vec<Vec<usize>> {
    // Few runs are spread over the threads rather than kept together.
    let most = wanted.len().div_ceil(threads.max(1)).min(MOST);
    let mut order = wanted.to_vec();
    order.sort_by(|&a, &b| {
        let work = |job: usize| jobs[job].work().total();
        let group = jobs[a].group().cmp(&jobs[b].group());
        group.then(work(b).total_cmp(&work(a)))
    });
    let mut out: Vec<Vec<usize>> = Vec::new();
    for job in order {
        let open = out
            .iter_mut()
            .find(|cohort| cohort.len() < most && share(&jobs[cohort[0]], &jobs[job]));
        match open {
            Some(cohort) => cohort.push(job),
            None => out.push(vec![job]),
        }
    }
    out
}

/// Whether two runs see the same samples and gain from it: NT at the same weights, whose products
/// with them are shared, or two narrow networks, to which drawing samples is much of a step.
fn share(one: &Job, two: &Job) -> bool {
    let (a, b): (&Settings, &Settings) = (one.plan().settings(), two.plan().settings());
    let (m, n) = (one.plan().neurons(), two.plan().neurons());
    let same_weights = a.regime == Regime::Nt && b.regime == Regime::Nt && m == n;
    let narrow = 2 * m.max(n) <= a.dim();
    one.group() == two.group()
        // The fits of random features are mostly solves, of which nothing is shared.
        && a.regime != Regime::Rf
        && b.regime != Regime::Rf
        && (same_weights || narrow)
        && (a.seed, a.batch, a.dim()) == (b.seed, b.batch, b.dim())
        && a.has_same_problem(b)
}
