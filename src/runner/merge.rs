//! Parts of a plan put together.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

use super::store::{Effort, Store, StoreError, is_same_plan};
use crate::experiment::sweep::{Job, PlanPart, Sweep};

/// What has come of putting parts together.
#[derive(Debug)]
pub struct Merged {
    /// The plan that they are parts of.
    pub sweep: Sweep,
    /// Which of its runs are missing.
    pub missing: Vec<usize>,
    /// Runs that several directories have with different results, as other processors may give
    /// other last digits; the first is kept.
    pub different: Vec<String>,
}

/// Puts the finished runs of `parts` into `out`, in the order of the plan. There they can be
/// continued like any other. All is read before anything is written; `write` hears when that begins, and `note` what
/// [`Store::open`] has to say.
///
/// # Errors
/// If the directories hold different plans, or one cannot be read or written. What was there stays
/// as it was.
pub fn merge(
    parts: &[PathBuf],
    out: &Path,
    write: impl FnOnce(),
    note: impl FnMut(&str),
) -> Result<Merged, StoreError> {
    let mut plan: Option<Sweep> = None;
    let mut lines = HashMap::new();
    let mut efforts = Vec::new();
    let mut different = Vec::new();
    for path in parts {
        let part = Store::read(path, plan.as_ref())?;
        let sweep = plan.get_or_insert_with(|| part.sweep.clone());
        if !is_same_plan(sweep, &part.sweep) {
            return Err(StoreError::Mixed {
                path: path.clone(),
                first: parts[0].clone(),
            });
        }
        let took = part.efforts.into_iter();
        let mut took: HashMap<String, Effort> =
            took.map(|effort| (effort.run.clone(), effort)).collect();
        for (id, line) in part.lines {
            match lines.entry(id) {
                Entry::Vacant(new) => {
                    efforts.extend(took.remove(new.key()));
                    new.insert(line);
                }
                Entry::Occupied(known) if *known.get() != line => {
                    different.push(known.key().clone());
                }
                Entry::Occupied(_) => {}
            }
        }
    }
    let Some(sweep) = plan else {
        return Err(StoreError::Empty {
            path: out.to_owned(),
        });
    };
    write();
    let mut store = Store::open(out, &sweep, PlanPart::WHOLE, false, note)?;
    store.take_over(lines, &efforts)?;
    let jobs = sweep.jobs();
    store.settle(jobs.iter().map(Job::id))?;
    let missing = (0..jobs.len()).filter(|&job| !store.has(jobs[job].id()));
    let missing = missing.collect();
    Ok(Merged {
        sweep,
        missing,
        different,
    })
}
