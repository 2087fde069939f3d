//! Runs that gain from advancing side by side.

use std::collections::HashMap;

use super::Job;

/// Most runs of a cohort: beyond it there is little to share, and much to hold in memory.
const MOST: usize = 6;

/// Puts the runs `wanted` of a plan into cohorts for `threads` threads: runs of one group that
/// [gain from it](crate::experiment::Outline::shares), the most work first. The groups stay in the order of the plan, and in
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
    // The last cohort of those that share, which alone may have room.
    let mut last: HashMap<(usize, &str, &str), usize> = HashMap::new();
    for job in order {
        let (group, kind) = (jobs[job].group(), jobs[job].plan().kind().name);
        let shares = jobs[job].outline().shares.as_deref();
        let shares = shares.map(|shares| (group, kind, shares));
        let open = shares.and_then(|shares| last.get(&shares).copied());
        let open = open.filter(|&open| out[open].len() < most);
        if let Some(open) = open {
            out[open].push(job);
        } else {
            if let Some(shares) = shares {
                last.insert(shares, out.len());
            }
            out.push(vec![job]);
        }
    }
    out
}
