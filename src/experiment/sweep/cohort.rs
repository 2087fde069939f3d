//! Runs that see the same samples, side by side.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Job;
use crate::setting::{About, Parameters, Settings};
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
    // The last cohort of each kind, which alone may have room.
    let mut last: HashMap<u64, usize> = HashMap::new();
    for job in order {
        let kind = Shared::of(&jobs[job]).map(|shared| shared.digest());
        let open = kind.and_then(|kind| last.get(&kind).copied());
        // That digests agree proves nothing.
        let open = open.filter(|&open| {
            let cohort: &Vec<usize> = &out[open];
            cohort.len() < most && share(&jobs[cohort[0]], &jobs[job])
        });
        if let Some(open) = open {
            out[open].push(job);
        } else {
            if let Some(kind) = kind {
                last.insert(kind, out.len());
            }
            out.push(vec![job]);
        }
    }
    out
}

/// What runs of a cohort have in common.
struct Shared<'a> {
    group: usize,
    /// Of NT at the same weights, whose products with them are shared; none of narrow networks, to which drawing
    /// samples is much of a step.
    neurons: Option<usize>,
    settings: &'a Settings,
}

impl<'a> Shared<'a> {
    /// None if the run gains nothing from others: fits of random features are mostly solves, and to a wide network
    /// samples are little.
    fn of(job: &'a Job) -> Option<Self> {
        let (settings, neurons) = (job.plan().settings(), job.plan().neurons());
        let is_narrow = 2 * neurons <= settings.dim();
        let gains = match settings.regime {
            Regime::Rf => false,
            Regime::Nt => true,
            Regime::Nn => is_narrow,
        };
        gains.then_some(Self {
            group: job.group(),
            neurons: (!is_narrow).then_some(neurons),
            settings,
        })
    }

    fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.group, self.neurons).hash(&mut hasher);
        (self.settings.seed, self.settings.batch).hash(&mut hasher);
        self.settings.hash_about(About::PROBLEM, &mut hasher);
        hasher.finish()
    }
}

fn share(one: &Job, two: &Job) -> bool {
    let (Some(one), Some(two)) = (Shared::of(one), Shared::of(two)) else {
        return false;
    };
    let (a, b) = (one.settings, two.settings);
    (one.group, one.neurons) == (two.group, two.neurons)
        && (a.seed, a.batch, a.dim()) == (b.seed, b.batch, b.dim())
        && a.agrees(b, About::PROBLEM)
}
